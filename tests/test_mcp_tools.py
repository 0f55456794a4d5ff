"""The tools of other programs' assistants, used by a real client of the protocol: in this process, over stdio, and by HTTP with a token."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from tests.fake_assistant import HOSTILE, FakeAssistant
from ui.mcp_tools import WHOLE, tool_server

QUESTION = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"
T = TypeVar("T")

SERVER = """
from tests.fake_assistant import FakeAssistant
from ui.mcp_tools import serve_stdio
serve_stdio(FakeAssistant())
"""


def used(act: Callable[[Client], Awaitable[T]], service: Any = None) -> T:
    """Do something with a client of a server in this process."""

    async def doing() -> T:
        async with Client(tool_server(service or FakeAssistant())) as client:
            return await act(client)

    return asyncio.run(doing())


def called(name: str, arguments: dict[str, Any], service: Any = None) -> Any:
    """Call one tool."""
    return used(lambda client: client.call_tool(name, arguments), service)


def test_three_tools_that_only_read_are_told_with_what_they_take() -> None:
    tools = {tool.name: tool for tool in used(lambda client: client.list_tools()).tools}
    assert set(tools) == {"ask", "search", "show"} and all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
    assert tools["ask"].input_schema["required"] == ["question"] and tools["show"].input_schema["properties"]["document"]["description"]
    assert {"documents", "issuers", "kinds", "years", "valid_on", "k"} < set(tools["search"].input_schema["properties"])


def test_an_answer_has_its_footnotes_and_is_the_one_of_the_command_line() -> None:
    done = called("ask", {"question": QUESTION, "as_of": "2026-01-02"})
    assert not done.is_error and "[1] 52-NQ/TW, II (mục tiêu 2030): “Kinh tế số chiếm trên 30% GDP”" in done.content[0].text
    assert done.structured_content["outcome"] == "answered" and done.structured_content["as_of"] == "2026-01-02"
    assert done.structured_content["citations"][0]["document"] == "52-NQ/TW"


def test_search_finds_and_show_opens_what_was_found() -> None:
    found = called("search", {"query": "kinh tế số", "k": 2, "documents": ["57-NQ/TW"]}).structured_content["found"]
    assert found and {row["document"] for row in found} == {"57-NQ/TW"}
    shown = called("show", {"document": found[0]["document"], "locator": found[0]["locator"]})
    assert [one["locator"] for one in shown.structured_content["provisions"]] == [found[0]["locator"]]
    assert shown.structured_content["provisions"][0]["text"]["vi"] in shown.content[0].text
    assert len(called("show", {"document": "52-NQ/TW"}).structured_content["provisions"]) == 3


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("show", {"document": "../../etc/passwd"}, "etc/passwd"), ("show", {"document": "52-NQ/TW", "locator": "Điều 999"}, "999"),
        ("search", {"query": "x", "kinds": ["none"]}, "none"), ("ask", {"question": "hỏng rồi"}, "Check the model"),
        ("ask", {}, "question"), ("ask", {"question": "x" * 4001}, "4000"), ("search", {"query": "x", "k": 51}, "50"), ("tell", {}, "tell"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_one_sentence_for_the_model(tool: str, arguments: dict[str, Any], told: str) -> None:
    done = called(tool, arguments)
    assert done.is_error and told in done.content[0].text and "Traceback" not in done.content[0].text


def test_what_fails_unforeseen_tells_nothing_of_itself() -> None:
    done = called("ask", {"question": "nổ rồi"})
    assert done.is_error and done.content[0].text == "Error executing tool ask"


def test_hostile_words_stay_words() -> None:
    for words in (HOSTILE, "a\u202eb\u200b", "\x00", "😀" * 2000, "'; DROP TABLE documents; --", "{{7*7}} ${7*7} %s %n"):
        assert not called("ask", {"question": words}).is_error
        assert called("show", {"document": words[:400]}).is_error


def test_the_tools_over_stdio_as_another_program_starts_them(root: Path) -> None:
    async def doing() -> tuple[str, Any]:
        how = StdioServerParameters(command=sys.executable, args=["-c", SERVER], cwd=str(root), env={"PYTHONPATH": str(root), "PYTHONUTF8": "1"})
        async with Client(stdio_client(how)) as client:
            return str(client.server_info.name if client.server_info else ""), await client.call_tool("ask", {"question": QUESTION})

    name, done = asyncio.run(doing())
    assert name == "attache" and "[1] 52-NQ/TW" in done.content[0].text


def test_a_long_document_is_shown_by_its_addresses(tmp_path_factory: pytest.TempPathFactory) -> None:
    from dataclasses import replace

    from corpus.document import Bilingual
    from tests.fake_assistant import DOCUMENTS

    class Long(FakeAssistant):
        def texts(self, name: str) -> Any:
            first, *others = DOCUMENTS[0].provisions
            return (replace(DOCUMENTS[0], provisions=(replace(first, text=Bilingual("x" * WHOLE, "y")), *others)),)

    shown = called("show", {"document": "52-NQ/TW"}, Long())
    assert all(set(one) == {"locator", "heading"} for one in shown.structured_content["provisions"]) and len(shown.content[0].text) < 2000
