"""Steps made in a thread: given in order, and ended when whoever waits goes away in the middle of one."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import aclosing
from threading import Event

from ui.stepping import stepwise


def test_steps_come_in_order_and_their_maker_ends() -> None:
    async def gather() -> list[int]:
        return [step async for step in stepwise(number for number in range(5))]

    assert asyncio.run(gather()) == [0, 1, 2, 3, 4]


def test_who_is_cancelled_in_the_middle_of_a_step_ends_its_maker() -> None:
    begun, go_on, ended = Event(), Event(), Event()

    def maker() -> Generator[int]:
        try:
            yield 1
            begun.set()
            go_on.wait(10)
            yield 2
        finally:
            ended.set()

    async def read() -> None:
        async with aclosing(stepwise(maker())) as steps:
            async for _ in steps:
                pass

    async def cancel() -> None:
        reading = asyncio.create_task(read())
        await asyncio.to_thread(begun.wait, 10)
        reading.cancel()
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(reading, return_exceptions=True)

    asyncio.run(cancel())
    assert ended.is_set()
