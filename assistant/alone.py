"""A network with nothing in it but this process: what the kernel gives to who asks for a network namespace of their own.

Every address there is answers by refusing, for all are made to lead to loopback; and whatever is sent to one that is not loopback is
written down, by whomever in this process or its children it was sent, be it Python, a library's native code or a browser. A name that is
looked up shows as what is sent to a name server. Not seen is what leaves by a Unix socket, as a look-up through a service of the
machine does; Linux only, and only where the kernel lets users make namespaces.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from assistant.errors import AssistantError

__all__ = ["NotAlone", "enter", "sent"]

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
_NEW_ROUTE, _REQUEST_ACK_CREATE = 24, 0x1 | 0x4 | 0x200 | 0x400
_LOCAL_TABLE, _BY_KERNEL, _HOST, _LOCAL, _DEVICE = 255, 2, 254, 2, 4
_ALL_PROTOCOLS, _OUTGOING = 3, 4
_ATTACH_FILTER = 26
_NAMES = 53
_DROP, _KEEP = 17, 18
# Classic BPF, each line (code, line if true, line if not, value): keep what goes to no address of loopback, and all that goes to a name server.
_BYTE, _HALF, _WORD, _MASK, _EQUAL, _RETURN = 0x30, 0x28, 0x20, 0x54, 0x15, 0x06
_FILTER = (
    (_BYTE, 0, 0, 0), (_MASK, 0, 0, 0xF0), (_EQUAL, 3, 9, 0x40),                           # 0: version 4?
    (_BYTE, 0, 0, 16), (_EQUAL, 5, _KEEP, 127),                                            # 3: to 127.…?
    (_BYTE, 0, 0, 9), (_EQUAL, 7, _DROP, socket.IPPROTO_UDP),                              # 5: to loopback by UDP?
    (_HALF, 0, 0, 22), (_EQUAL, _KEEP, _DROP, _NAMES),                                     # 7: to a name server?
    (_WORD, 0, 0, 24), (_EQUAL, 11, _KEEP, 0), (_WORD, 0, 0, 28), (_EQUAL, 13, _KEEP, 0),  # 9: version 6, to ::1?
    (_WORD, 0, 0, 32), (_EQUAL, 15, _KEEP, 0), (_WORD, 0, 0, 36), (_EQUAL, _DROP, _KEEP, 1),
    (_RETURN, 0, 0, 0), (_RETURN, 0, 0, 0xFFFF),
)  # fmt: skip


class NotAlone(AssistantError):
    """No network of one's own can be had here; the sentence says why."""

    advice = "What Python code does is watched all the same."


def enter(tell: Callable[[str], object]) -> None:
    """Put this process, which may have no second thread yet, into a network of its own; `tell` is called for each attempt to leave it.

    Raises NotAlone, and then nothing has changed.
    """
    if not sys.platform.startswith("linux"):
        raise NotAlone("Only Linux gives a process a network of its own.")
    if len(os.listdir("/proc/self/task")) > 1:
        raise NotAlone("This process has more than one thread already.")
    user, group, libc = os.getuid(), os.getgid(), ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER | _NEW_NETWORK):
        raise NotAlone(f"The kernel gives no network of one's own here ({os.strerror(ctypes.get_errno())}).")
    try:
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path(f"/proc/self/{name}").write_text(line)
        _raise_loopback()
        for family in (socket.AF_INET, socket.AF_INET6):
            _lead_here(family)
        tap = _tap()
    except OSError as error:
        raise NotAlone(f"The network of one's own is of no use ({error.strerror or error}).") from error
    Thread(target=_watch, args=(tap, tell), name="tap", daemon=True).start()


def _raise_loopback() -> None:
    """Switch loopback on."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, asked))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def _lead_here(family: int) -> None:
    """Make every address of a family one of this network's own, so that it refuses at once instead of being waited for."""
    route = struct.pack("BBBBBBBBI", family, 0, 0, 0, _LOCAL_TABLE, _BY_KERNEL, _HOST, _LOCAL, 0)
    route += struct.pack("HHI", 8, _DEVICE, socket.if_nametoindex("lo"))
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.bind((0, 0))
        kernel.send(struct.pack("IHHII", 16 + len(route), _NEW_ROUTE, _REQUEST_ACK_CREATE, 1, 0) + route)
        status = -struct.unpack_from("i", kernel.recv(4096), 16)[0]
    if status and family == socket.AF_INET:  # a machine without version 6 has nothing to lead
        raise OSError(status, os.strerror(status))


def _tap() -> socket.socket:
    """Return a socket that gets a copy of every packet that is not for loopback; the kernel drops the others unread."""
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
    program = b"".join(  # the kernel counts lines from the next one on
        struct.pack("HBBI", code, *(max(0, to - at - 1) if code == _EQUAL else 0 for to in ways), value)
        for at, (code, *ways, value) in enumerate(_FILTER)
    )
    held = ctypes.create_string_buffer(program)
    tap.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HL", len(_FILTER), ctypes.addressof(held)))
    tap.bind(("lo", _ALL_PROTOCOLS))
    return tap


def _watch(tap: socket.socket, tell: Callable[[str], object]) -> None:
    """Tell what each packet tried, once for each thing that is tried."""
    while True:
        packet, (_, _, kind, *_) = tap.recvfrom(65535)
        said = sent(packet) if kind == _OUTGOING else None
        if said:
            tell(said)


def sent(packet: bytes) -> str | None:
    """Return what an IP packet tries, None for one that only answers another."""
    if len(packet) < 20:
        return None
    if packet[0] >> 4 == 4:
        protocol, start, to = packet[9], (packet[0] & 15) * 4, socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif packet[0] >> 4 != 6:
        return "send what is no packet of the Internet's"
    elif len(packet) >= 40:
        protocol, start, to = packet[6], 40, f"[{socket.inet_ntop(socket.AF_INET6, packet[24:40])}]"
    else:
        return None
    within = packet[start:]
    if protocol == socket.IPPROTO_TCP and len(within) >= 14:
        opens = within[13] & 0x12 == 0x02  # SYN without ACK
        return f"connect to {to}:{int.from_bytes(within[2:4], 'big')}" if opens else None
    if protocol == socket.IPPROTO_UDP and len(within) >= 8:
        port = int.from_bytes(within[2:4], "big")
        name = _name(within[8:]) if port == _NAMES else ""
        return f"look up {name} at {to}" if name else f"send to {to}:{port}"
    return None if protocol in (socket.IPPROTO_ICMP, socket.IPPROTO_ICMPV6) else f"send to {to} by protocol {protocol}"


def _name(asked: bytes) -> str:
    """Return the name in a question to a name server, empty where it cannot be read."""
    labels, at = [], 12
    while at < len(asked) and 0 < asked[at] < 64:
        labels.append(asked[at + 1 : at + 1 + asked[at]].decode("ascii", "replace"))
        at += 1 + asked[at]
    return ".".join(labels)
