"""The shut network: what is refused, what is let through, and that it opens again."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from assistant.doctor import offline

OUTSIDE = ("192.0.2.1", 80)


@pytest.mark.parametrize("call", ["connect", "connect_ex", "create_connection", "sendto", "sendmsg"])
def test_every_way_out_is_refused_and_told(call: str) -> None:
    kind = socket.SOCK_DGRAM if call.startswith("send") else socket.SOCK_STREAM
    with closing(socket.socket(socket.AF_INET, kind)) as one, offline() as attempts:
        with pytest.raises(OSError, match=r"^offline: "):
            if call == "create_connection":
                socket.create_connection(OUTSIDE, timeout=1)
            elif call == "sendto":
                one.sendto(b"x", OUTSIDE)
            elif call == "sendmsg":
                one.sendmsg([b"x"], [], 0, OUTSIDE)
            else:
                getattr(one, call)(OUTSIDE)
        assert len(attempts) == 1
        assert "192.0.2.1" in attempts[0]


@pytest.mark.parametrize("name", ["example.invalid", "127.example.invalid", "localhost.example.invalid", "2001:db8::1"])
@pytest.mark.parametrize("call", ["getaddrinfo", "gethostbyname", "gethostbyname_ex"])
def test_every_look_up_is_refused_and_told(call: str, name: str) -> None:
    with offline() as attempts:
        with pytest.raises(socket.gaierror, match=r"^offline: "):
            getattr(socket, call)(name, *((443,) if call == "getaddrinfo" else ()))
        assert attempts == [f"look up {name}"]


def test_a_look_up_by_bytes_is_refused() -> None:
    with offline() as attempts, pytest.raises(socket.gaierror, match=r"^offline: "):
        socket.getaddrinfo(b"example.invalid", 443)
    assert attempts == ["look up example.invalid"]


def test_loopback_goes_through() -> None:
    with offline() as attempts, closing(socket.create_server(("127.0.0.1", 0))) as server:
        for host in ("127.0.0.1", "localhost"):
            with closing(socket.create_connection((host, server.getsockname()[1]), timeout=5)) as client:
                accepted, _ = server.accept()
                with closing(accepted):
                    accepted.sendall(b"hello")
                    assert client.recv(5) == b"hello"
        first, second = socket.socketpair()
        with closing(first), closing(second):
            first.sendmsg([b"pair"])
            assert second.recv(4) == b"pair"
    assert attempts == []


def test_afterwards_everything_is_as_it_was() -> None:
    names = ("connect", "connect_ex", "sendto", "sendmsg")
    before = [getattr(socket.socket, name) for name in names], socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex
    with pytest.raises(RuntimeError), offline():
        assert socket.getaddrinfo is not before[1]
        raise RuntimeError
    assert before == ([getattr(socket.socket, name) for name in names], socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex)
