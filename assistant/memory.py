"""Memory that is free in this process given back to the system.

The allocator of the C library keeps what many threads freed in pieces: a server that opens its library anew every few seconds grew by a
gigabyte in half an hour (`evals.soak`) although nothing was held. `malloc_trim` is glibc's; other C libraries have none and keep less.
"""

from __future__ import annotations

import ctypes

__all__ = ["give_back"]


def give_back() -> bool:
    """Give free memory back; tells whether this C library can. Takes some milliseconds, in which other threads go on."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return False
    trim(0)
    return True
