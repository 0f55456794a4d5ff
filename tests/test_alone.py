"""A network of one's own: what each packet tells, and that native code and children are seen in it as Python is."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.alone import sent

ROOT = Path(__file__).parents[1]

NATIVE = """
import ctypes, socket, struct, subprocess, sys, time
from assistant.alone import NotAlone, enter
seen = []
try:
    enter(seen.append)
except NotAlone as error:
    print("NOT ALONE", error)
    sys.exit()
with socket.create_server(("127.0.0.1", 0)) as server:  # loopback goes through, and is nothing to tell
    socket.create_connection(server.getsockname(), 2).close()
libc = ctypes.CDLL(None)
def native(kind, address, port):
    made = libc.socket(socket.AF_INET, kind, 0)
    to = struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", port, socket.inet_aton(address))
    return libc.connect(made, to, len(to)), made
native(socket.SOCK_STREAM, "192.0.2.7", 443)
_, made = native(socket.SOCK_DGRAM, "192.0.2.8", 9999)
libc.send(made, b"words", 5, 0)
child = "import socket\\ntry:\\n    socket.create_connection(('198.51.100.3', 25), 2)\\nexcept OSError:\\n    pass"
subprocess.run([sys.executable, "-c", child], check=True)
six = "import socket\\ntry:\\n    socket.create_connection(('2001:db8::9', 80), 2)\\nexcept OSError:\\n    pass"
subprocess.run([sys.executable, "-c", six], check=True)
time.sleep(0.3)
print("|".join(dict.fromkeys(seen)))
"""


def four(protocol: int, to: str, within: bytes, first: int = 0x45) -> bytes:
    """A packet of version 4."""
    addresses = socket.inet_aton("192.0.2.1") + socket.inet_aton(to)
    return struct.pack("!BBHHHBBH", first, 0, 20 + len(within), 0, 0, 64, protocol, 0) + addresses + within


def six(protocol: int, to: str, within: bytes) -> bytes:
    """A packet of version 6."""
    return struct.pack("!IHBB16s16s", 6 << 28, len(within), protocol, 64, bytes(16), socket.inet_pton(socket.AF_INET6, to)) + within


def tcp(port: int, flags: int) -> bytes:
    return struct.pack("!HHIIBBHHH", 40000, port, 0, 0, 5 << 4, flags, 0, 0, 0)


def udp(port: int, data: bytes) -> bytes:
    return struct.pack("!HHHH", 40000, port, 8 + len(data), 0) + data


QUESTION = bytes(12) + b"\x04docs\x07example\x03org\x00\x00\x01\x00\x01"


@pytest.mark.parametrize(("packet", "said"), [
    (four(socket.IPPROTO_TCP, "192.0.2.9", tcp(443, 0x02)), "connect to 192.0.2.9:443"),
    (four(socket.IPPROTO_TCP, "192.0.2.9", tcp(443, 0x12)), None),  # answers one that asked
    (four(socket.IPPROTO_TCP, "192.0.2.9", tcp(443, 0x10)), None),
    (six(socket.IPPROTO_TCP, "2001:db8::1", tcp(80, 0x02)), "connect to [2001:db8::1]:80"),
    (four(socket.IPPROTO_UDP, "192.0.2.9", udp(53, QUESTION)), "look up docs.example.org at 192.0.2.9"),
    (four(socket.IPPROTO_UDP, "127.0.0.53", udp(53, QUESTION)), "look up docs.example.org at 127.0.0.53"),
    (four(socket.IPPROTO_UDP, "192.0.2.9", udp(53, b"?")), "send to 192.0.2.9:53"),
    (four(socket.IPPROTO_UDP, "192.0.2.9", udp(443, b"quic")), "send to 192.0.2.9:443"),
    (four(socket.IPPROTO_ICMP, "192.0.2.9", b"\x03\x03" + bytes(6)), None),  # tells that a port is shut
    (four(132, "192.0.2.9", bytes(12)), "send to 192.0.2.9 by protocol 132"),
    (b"", None), (b"\x45", None), (b"\x60" + bytes(25), None), (bytes(60), "send what is no packet of the Internet's"),
])  # fmt: skip
def test_what_a_packet_tries_is_said(packet: bytes, said: str | None) -> None:
    assert sent(packet) == said


def test_native_code_and_children_are_seen_and_loopback_is_not() -> None:
    run = [sys.executable, "-c", NATIVE]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    if "NOT ALONE" in done.stdout:
        pytest.skip(f"this machine gives no network of one's own: {done.stdout}")
    seen = done.stdout.strip().split("|")
    assert {"connect to 192.0.2.7:443", "send to 192.0.2.8:9999", "connect to 198.51.100.3:25"} <= set(seen)
    assert not [one for one in seen if "127.0.0.1" in one]


def test_who_has_a_second_thread_is_told_that_it_is_too_late() -> None:
    late = """
import threading
from assistant.alone import NotAlone, enter
stop = threading.Event()
other = threading.Thread(target=stop.wait)
other.start()
try:
    enter(print)
except NotAlone as error:
    print(error, error.advice)
stop.set()
"""
    done = subprocess.run([sys.executable, "-c", late], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.startswith("This process has more than one thread already.") and done.stderr == ""
