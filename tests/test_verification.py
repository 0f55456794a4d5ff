"""A sentence stands on what it cites, or every reason why not is told."""

from __future__ import annotations

import pytest

from assistant.verification.claims import split_claims
from assistant.verification.judge import Verifier
from assistant.verification.values import Fault, Source

TEXT = "Nghị quyết 52-NQ/TW đặt mục tiêu đến năm 2025 kinh tế số chiếm 20% GDP. Cơ quan phải trả lời trong ít nhất 10 ngày."
SOURCE = Source(TEXT, "52-NQ/TW", "Mục tiêu 2025")


@pytest.mark.parametrize("said", ["Đến năm 2025 kinh tế số chiếm 20 phần trăm GDP [1].", "Cơ quan phải trả lời trong ít nhất 10 ngày [1]."])
def test_what_is_said_stands(said: str) -> None:
    assert Verifier().check(said, [SOURCE], language="vi").verified


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Đến năm 2025 kinh tế số chiếm 25% GDP [1].", Fault.FIGURE),
        ("Cơ quan có thể trả lời trong ít nhất 10 ngày [1].", Fault.MODALITY),
        ("Nghị quyết 57-NQ/TW đặt mục tiêu kinh tế số chiếm 20% GDP [1].", Fault.NUMBER),
    ],
)
def test_what_is_turned_is_caught(said: str, fault: Fault) -> None:
    assert fault in {reason.fault for reason in Verifier().check(said, [SOURCE], language="vi").reasons}


def test_claims_carry_their_marks() -> None:
    assert [claim.marks for claim in split_claims("Một câu [1]. Hai câu. [2]")] == [(1,), (2,)]
