"""The page of threats: every hole that we know of has a row, and every test that a row names is there."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "threats.md"
HOLES = ROOT.parent / "shared" / "PITFALLS.md"


def rows(text: str) -> dict[str, str]:
    """The first cell of every row of the last table of a text, with the last one."""
    table = [line.strip("| ").split(" | ") for line in text.split("\n|---")[-1].splitlines()[1:] if line.startswith("|")]
    return {cells[0]: cells[-1] for cells in table}


def named(text: str) -> set[tuple[str, str]]:
    """The tests that a text names."""
    return set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", text))


def test_every_hole_has_a_row_and_every_row_has_a_test() -> None:
    held = rows(PAGE.read_text("utf-8"))
    assert len(held) >= 17 and all(named(cell) for cell in held.values())
    assert all(re.fullmatch(r"(`test_\w+\.py::test_\w+`(, )?)+", cell) for cell in held.values())


def test_the_holes_are_all_that_were_collected() -> None:
    if not HOLES.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("../shared is not beside this checkout")
    section = HOLES.read_text("utf-8").split("## Holes to test for")[1].split("\n---")[0]
    collected = {line.strip("| ").split(" | ")[0] for line in section.splitlines() if line.startswith("| ")} - {"Test"}
    assert len(collected) == 17 and collected == set(rows(PAGE.read_text("utf-8")))


@pytest.mark.parametrize(("file", "name"), sorted(named(PAGE.read_text("utf-8"))))
def test_a_test_that_guards_is_there_and_is_run(file: str, name: str) -> None:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name]
    assert len(found) == 1 and any(isinstance(node, ast.Assert) or "raises" in ast.dump(node) for node in ast.walk(found[0]))
    marks = {ast.unparse(mark) for mark in found[0].decorator_list}
    assert not any("skip" in mark or "xfail" in mark for mark in marks)
