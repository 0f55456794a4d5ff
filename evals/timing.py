"""How long something takes, how much memory and how much room it needs: figures for benchmarks, never for tests.

Clocks on shared machines are noisy: a figure means something beside another one of the same run.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Timing", "disk_megabytes", "memory_megabytes", "timed"]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds a call over `n` calls: mean, median, 95th percentile (nearest rank)."""

    n: int
    mean: float
    p50: float
    p95: float

    @classmethod
    def of(cls, milliseconds: Sequence[float]) -> Timing:
        """Return the timing of at least one call."""
        ordered = sorted(milliseconds)
        n = len(ordered)
        return cls(n, sum(ordered) / n, *(ordered[math.ceil(share * n) - 1] for share in (0.5, 0.95)))


def timed(call: Callable[[str], object], arguments: Sequence[str]) -> Timing:
    """Call once for each argument and return the timing."""
    spent = []
    for argument in arguments:
        started = time.perf_counter()
        call(argument)
        spent.append((time.perf_counter() - started) * 1000)
    return Timing.of(spent)


def memory_megabytes(field: str = "VmRSS") -> float:
    """Return the resident memory of this process in MB (MiB), with VmHWM its highest so far; nought where the system does not tell."""
    try:
        rows = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith(f"{field}:")), 0.0)


def disk_megabytes(folder: Path) -> float:
    """Return the room that the files below a folder take in MB (MiB)."""
    return sum(os.stat(root_file).st_blocks * 512 for root_file in folder.rglob("*") if root_file.is_file()) / (1 << 20)
