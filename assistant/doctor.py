"""`attache doctor`: one line a check of the installation, from the encoder to a cited answer, with the network shut if asked.

The shut network is real: every connection that is not to loopback raises in this process, and what was tried is listed. `offline` opens
it again; `refuse_for_good` cannot be undone, nor got round by any Python code. Native code is seen by neither: `assistant.alone` sees it.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

__all__ = ["Attempt", "offline", "refuse_for_good"]

Attempt = str


def _is_local(address: Any) -> bool:
    """Tell whether a socket address is loopback or a Unix socket."""
    if not isinstance(address, tuple) or address[0] == "localhost":
        return True
    try:
        return ip_address(str(address[0])).is_loopback
    except ValueError:  # a name, “127.example.org” too
        return False


@contextmanager
def offline() -> Iterator[list[Attempt]]:
    """Refuse every connection but loopback for the block; yields the list of refused attempts, filled as they happen."""
    attempts: list[Attempt] = []
    original = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto", "sendmsg")}
    resolvers = {name: getattr(socket, name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")}

    def guarded(name: str) -> Callable[..., Any]:
        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if (name != "sendmsg" or len(arguments) == 4) and not _is_local(address):
                attempts.append(f"{name} {address}")
                raise OSError(f"offline: {name} to {address} refused")
            return original[name](self, *arguments)

        return call

    def resolving(name: str) -> Callable[..., Any]:
        def lookup(host: Any, *arguments: Any, **named: Any) -> Any:
            plain = host.decode("ascii", "replace") if isinstance(host, bytes) else host
            if plain and not _is_local((plain,)):
                attempts.append(f"look up {plain}")
                raise socket.gaierror(f"offline: look-up of {plain} refused")
            return resolvers[name](host, *arguments, **named)

        return lookup

    try:
        for name in original:
            setattr(socket.socket, name, guarded(name))
        for name in resolvers:
            setattr(socket, name, resolving(name))
        yield attempts
    finally:
        for name, function in original.items():
            setattr(socket.socket, name, function)
        for name, function in resolvers.items():
            setattr(socket, name, function)


def refuse_for_good(tell: Callable[[Attempt], object]) -> None:
    """Refuse every connection but loopback for the rest of this process, and tell each; what Python itself is asked for is heard, by any module."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            address = arguments[1]
            if not _is_local(address):
                tell(f"{event.removeprefix('socket.')} {address}")
                raise OSError(f"offline: {event.removeprefix('socket.')} to {address} refused")
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0].decode("ascii", "replace") if isinstance(arguments[0], bytes) else arguments[0]
            if host and not _is_local((host,)):
                tell(f"look up {host}")
                raise socket.gaierror(f"offline: look-up of {host} refused")

    sys.addaudithook(hear)
