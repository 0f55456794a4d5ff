"""`attache doctor`: one line a check of the installation, from the encoder to a cited answer, with the network shut if asked.

The shut network is real: every connection that is not to loopback raises in this process, and what was tried is listed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["Attempt", "offline"]

Attempt = str


def _is_local(address: Any) -> bool:
    """Tell whether a socket address is loopback or a Unix socket."""
    return not isinstance(address, tuple) or str(address[0]).startswith("127.") or address[0] in ("::1", "localhost")


@contextmanager
def offline() -> Iterator[list[Attempt]]:
    """Refuse every connection but loopback for the block; yields the list of refused attempts, filled as they happen."""
    attempts: list[Attempt] = []
    original = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
    resolve = socket.getaddrinfo

    def guarded(name: str) -> Callable[..., Any]:
        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if not _is_local(address):
                attempts.append(f"{name} {address}")
                raise OSError(f"offline: {name} to {address} refused")
            return original[name](self, *arguments)

        return call

    def lookup(host: Any, *arguments: Any, **named: Any) -> Any:
        if host not in (None, "", b"") and not _is_local((str(host),)):
            attempts.append(f"look up {host}")
            raise socket.gaierror(f"offline: look-up of {host} refused")
        return resolve(host, *arguments, **named)

    try:
        for name in original:
            setattr(socket.socket, name, guarded(name))
        socket.getaddrinfo = lookup
        yield attempts
    finally:
        for name, function in original.items():
            setattr(socket.socket, name, function)
        socket.getaddrinfo = resolve
