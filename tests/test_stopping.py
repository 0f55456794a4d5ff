"""A stop ends the question it names: before it begins, in the middle of a step, and never another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from ui.stopping import Stops


class Maker:
    """Steps 0, 1, 2, the second of which waits until it may be made."""

    def __init__(self) -> None:
        self.go_on, self.waiting, self.ended = asyncio.Event(), asyncio.Event(), False

    async def steps(self) -> AsyncGenerator[int]:
        try:
            yield 0
            self.waiting.set()
            await self.go_on.wait()
            yield 1
            yield 2
        finally:
            self.ended = True


async def gather(stops: Stops, key: str, maker: Maker) -> list[int]:
    """Return the steps that are given."""
    return [step async for step in stops.unless(key, maker.steps())]


def test_a_stop_in_the_middle_of_a_step_ends_it_and_its_maker() -> None:
    async def run() -> None:
        stops, stopped, other = Stops(), Maker(), Maker()
        asking, asking_other = asyncio.create_task(gather(stops, "a", stopped)), asyncio.create_task(gather(stops, "b", other))
        await asyncio.gather(stopped.waiting.wait(), other.waiting.wait())
        stops.stop(["a"])
        assert await asking == [0] and stopped.ended and not other.ended
        other.go_on.set()
        assert await asking_other == [0, 1, 2] and other.ended

    asyncio.run(run())


def test_a_stop_that_overtakes_its_question_is_remembered_once() -> None:
    async def run() -> None:
        stops, maker, again = Stops(), Maker(), Maker()
        stops.stop(["a"])
        assert await gather(stops, "a", maker) == []
        again.go_on.set()
        assert await gather(stops, "a", again) == [0, 1, 2]

    asyncio.run(run())


def test_no_more_stops_are_remembered_than_a_server_can_hold() -> None:
    async def run() -> None:
        stops, first, last = Stops(most=2), Maker(), Maker()
        stops.stop(["a", "b", "c"])
        first.go_on.set()
        assert await gather(stops, "a", first) == [0, 1, 2] and await gather(stops, "c", last) == []

    asyncio.run(run())


def test_who_goes_away_ends_the_maker_and_an_error_of_a_step_is_passed_on() -> None:
    async def failing() -> AsyncGenerator[int]:
        yield 0
        raise LookupError("a step could not be made")

    async def run() -> None:
        stops, maker = Stops(), Maker()
        asking = asyncio.create_task(gather(stops, "a", maker))
        await maker.waiting.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert maker.ended
        with pytest.raises(LookupError):
            [step async for step in stops.unless("b", failing())]

    asyncio.run(run())
