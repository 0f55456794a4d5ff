"""The line of questions: users take turns, and the line has an end."""

from __future__ import annotations

import asyncio

import pytest

from ui.waiting_line import Line, TooBusy


async def _served(line: Line, user: str | None, order: list[str]) -> None:
    """Ask one question and write down whose it was."""
    async with line.turn(user):
        order.append(user or "")
        await asyncio.sleep(0)


def test_who_sends_many_questions_at_once_does_not_keep_another_user_waiting() -> None:
    async def run() -> list[str]:
        line, order = Line(1), list[str]()
        many = [asyncio.create_task(_served(line, "minh", order)) for _ in range(10)]
        await asyncio.sleep(0)
        await asyncio.gather(*many, asyncio.create_task(_served(line, "lan", order)))
        return order

    order = asyncio.run(run())
    assert len(order) == 11 and order.index("lan") <= 3


def test_a_user_s_own_row_and_the_whole_line_have_an_end() -> None:
    async def run(user: str | None, each: int, most: int) -> tuple[list[object], int]:
        line, order = Line(1, each, most), list[str]()
        done = await asyncio.gather(*(_served(line, user, order) for _ in range(6)), return_exceptions=True)
        return [error for error in done if error], line.waiting

    refused, left = asyncio.run(run("minh", 2, 100))
    assert len(refused) == 3 and left == 0 and all(str(error) == "too_many_waiting" for error in refused)
    refused, left = asyncio.run(run(None, 2, 3))
    assert len(refused) == 2 and left == 0 and all(str(error) == "busy" for error in refused)


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_who_goes_away_while_waiting_leaves_no_gap(moment: int) -> None:
    async def run() -> list[str]:
        line, order = Line(1), list[str]()
        first = asyncio.create_task(_served(line, "a", order))
        await asyncio.sleep(0)
        gone = asyncio.create_task(_served(line, "b", order))
        for _ in range(moment):
            await asyncio.sleep(0)
        gone.cancel()
        last = asyncio.create_task(_served(line, "c", order))
        await asyncio.gather(first, gone, last, return_exceptions=True)
        await asyncio.wait_for(_served(line, "d", order), 5)
        return order

    assert {"a", "c", "d"} <= set(asyncio.run(run()))


def test_a_user_asks_no_faster_than_the_rate_and_others_are_not_held_back() -> None:
    now = [0.0]

    async def run() -> list[str]:
        line, order = Line(4, rate=2, clock=lambda: now[0]), list[str]()
        for _ in range(2):
            await _served(line, "minh", order)
        with pytest.raises(TooBusy, match="too_fast"):
            await _served(line, "minh", order)
        await _served(line, "lan", order)
        now[0] = 31.0
        await _served(line, "minh", order)
        return order

    assert asyncio.run(run()) == ["minh", "minh", "lan", "minh"]
