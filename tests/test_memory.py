"""Free memory is given back where the C library can, and what is in use stays."""

from __future__ import annotations

import platform
import threading

from assistant.memory import give_back


def test_memory_is_given_back_by_glibc_and_what_is_in_use_stays() -> None:
    kept: list[list[bytes]] = []

    def allocate() -> None:
        rows = [bytes([n % 256]) * 700 for n in range(20_000)]
        kept.append(rows[::50])

    threads = [threading.Thread(target=allocate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert give_back() is (platform.libc_ver()[0] == "glibc")
    assert all(row == bytes([at * 50 % 256]) * 700 for rows in kept for at, row in enumerate(rows))
