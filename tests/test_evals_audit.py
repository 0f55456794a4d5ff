"""The audit: no locked package is below the floor that keeps a known hole out, and one that were would be named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.version import Version

from evals.audit import LOCKS, Advisories, below, locked, main, told

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", LOCKS)
def test_no_locked_package_is_below_its_floor(name: str) -> None:
    pins = locked((ROOT / name).read_text("utf-8"))
    assert len(pins) > 100 and list(below(pins, Advisories.read())) == []


def test_every_floor_is_of_a_package_that_we_have_and_names_its_holes() -> None:
    advisories = Advisories.read()
    pins = locked("\n".join((ROOT / name).read_text("utf-8") for name in LOCKS))
    assert advisories.floors.keys() <= pins.keys()
    holes = [hole for _, found in advisories.floors.values() for hole in found]
    assert all(re.fullmatch(r"CVE-20\d\d-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}", hole) for hole in holes) and len(set(holes)) == len(holes) > 30
    assert not set(holes) & advisories.without_effect.keys() and all(advisories.without_effect.values())


def test_an_old_package_is_named_with_what_it_lets_in() -> None:
    pins = locked("Jinja2==3.1.4 \\\n    --hash=sha256:00\nh11==0.16.0\nlangchain_core==1.2.5\n")
    assert pins == {"jinja2": Version("3.1.4"), "h11": Version("0.16.0"), "langchain-core": Version("1.2.5")}
    first, second = below(pins, Advisories.read())
    assert first.startswith("jinja2 3.1.4 is below 3.1.6: CVE-2024-56326") and second.startswith("langchain-core 1.2.5 is below 1.2.28")


def test_the_command_tells_of_both_locks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--floors-alone"]) == 0
    assert capsys.readouterr().out == "".join(f"{name}: no package is below its floor\n" for name in LOCKS)


def test_what_pip_audit_knows_is_told_and_what_it_does_not_know_proves_nothing() -> None:
    clean, unknown = {"name": "a", "version": "1", "vulns": []}, {"name": "c", "skip_reason": "x"}
    holed = {"name": "b", "version": "2", "vulns": [{"id": "CVE-2026-0001"}]}
    assert told([clean, unknown]) == (True, "1 packages looked up (1 are not known there); no known hole")
    assert told([clean, holed]) == (False, "2 packages looked up; b 2: CVE-2026-0001")
    assert told([unknown]) == (True, "its database cannot be reached, so that the floors alone were held")
