"""The fuzzer: a planted fault is found and told once, its inputs lead into the readers, and what it once found stays mended."""

from __future__ import annotations

import random
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.errors import AttacheError
from corpus.formats.plain import read_plain
from corpus.legal.document_of import document_of
from corpus.regular.regular import regular
from evals.fuzz import Findings, main, tried
from evals.fuzz_targets import TARGETS


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Cut, repeat and overwrite some stretches."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        piece = data[start : start + chance.randint(0, 40)]
        new = chance.choice([b"", piece * 3, bytes(chance.randrange(256) for _ in range(3)), "Điều 9. ".encode(), b"12/", b"\n", b"(a)"])
        data = data[:start] + new + data[start + len(piece) :]
    return data[:20_000]


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_the_inputs_of_a_target_and_their_ruins_are_no_findings(name: str) -> None:
    findings, chance = Findings(name), random.Random(5)
    for data in list(TARGETS[name].seeds())[:8]:
        tried(TARGETS[name].read, data, findings)
        for _ in range(6):
            tried(TARGETS[name].read, spoilt(data, chance), findings)
    assert findings.all() == []


def test_a_fault_is_told_once_with_its_smallest_input_and_errors_of_ours_are_none() -> None:
    def read(data: bytes) -> None:
        if b"no" in data:
            raise AttacheError("It cannot be read.", advice="Give another.")
        assert b"!" not in data, "planted"

    findings = Findings("planted")
    assert [tried(read, data, findings) for data in (b"long!", b"no!", b"fine", b"longer!", b"!")] == [True, False, False, False, True]
    (finding,) = findings.all()
    assert finding.said.startswith("AssertionError: planted") and finding.input == "b'!'" and finding.place.startswith("test_evals_fuzz.py:")


def test_a_short_run_with_atheris_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    if find_spec("atheris") is None:
        pytest.skip("Atheris is not installed")
    assert main(["--minutes", "0.05", "--target", "locators"]) == 0
    assert '"findings": []' in capsys.readouterr().out


@pytest.mark.parametrize("words", ["Luật số: 12/ai.", "Quyết định số: 5/", "Số: 1/2"])
def test_a_number_that_is_none_is_no_number(words: str) -> None:
    text = f"QUỐC HỘI\n{words}\nHà Nội, ngày 10 tháng 6 năm 2024\n\nĐiều 1. Phạm vi\nLuật này quy định về việc thử.\n"
    reading = document_of(regular(read_plain(text.encode(), Path("a.txt"))), "thu", sha256="0" * 64)
    assert reading.document.number == "thu"
