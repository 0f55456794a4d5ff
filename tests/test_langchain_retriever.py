from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.compose import open_assistant
from assistant.langchain_retriever import AttacheRetriever
from assistant.settings import Settings


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(Settings(Path(tmp_path_factory.mktemp("home"))))


def test_a_chain_gets_provisions_with_their_addresses(answering: Assistant) -> None:
    found = AttacheRetriever(answering, k=4).invoke("Nghị quyết 52 do ai ký?")
    assert 0 < len(found) <= 4
    signed = next(d for d in found if d.metadata["locator"] == "Thuộc tính")
    assert signed.metadata["document"] == "52-NQ/TW"
    assert signed.metadata["status"] == "in_force"
    assert "Nguyễn Phú Trọng" in signed.page_content


def test_the_budget_of_tokens_is_kept(answering: Assistant) -> None:
    question = "Nghị quyết 57 đặt mục tiêu gì đến năm 2030?"
    everything = AttacheRetriever(answering, k=8).invoke(question)
    few = AttacheRetriever(answering, k=8, max_tokens=600).invoke(question)
    assert 0 < len(few) < len(everything)
    assert AttacheRetriever(answering, k=8, max_tokens=1).invoke(question) == []
