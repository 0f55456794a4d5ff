"""One file over HTTPS, resumed where it broke off, from listed hosts at public addresses alone. The only module that imports httpx.

Every address, a redirect's too, is checked before anything is sent: its scheme, its host against the list, and each number that the
host's name stands for; the connection then goes to the very number that was checked. Proxies of the environment are not used, for behind
one nobody can check. Plain HTTP is for listed loopback addresses alone, which only a test lists.
"""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import NotFetched

if TYPE_CHECKING:
    import httpx

__all__ = ["Limits", "download"]

_REDIRECTS = 5
_BLOCK = 1 << 16
_AGENT = "attache (Digital Attache; corpus fetch)"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes and seconds that one file may take, and the seconds to wait for a silent server."""

    bytes: int = 128 << 20
    seconds: float = 600.0
    silence: float = 20.0


def download(
    url: str, part: Path, hosts: frozenset[str], limits: Limits, progress: Callable[[int, int], None], clock: Callable[[], float] = time.monotonic
) -> str:
    """Bring the file at `url` into `part` and return its media type; what had arrived before is gone on with.

    `progress` is called with the bytes that are there and in all (nought: not known). Raises NotFetched, `retryable` when the same call
    may go better; what has arrived then stays. Raises OSError when `part` cannot be written.
    """
    import httpx

    end = clock() + limits.seconds
    timeout = httpx.Timeout(limits.silence)
    try:
        with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
            for _ in range(_REDIRECTS + 1):
                request = _request(client, url, part, hosts)
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        url = str(httpx.URL(url).join(response.headers["location"]))
                        continue
                    return _receive(response, part, url, limits, progress, lambda: clock() > end)
                finally:
                    response.close()
    except httpx.TimeoutException as error:
        raise NotFetched(f"{_host(url)} does not answer", retryable=True) from error
    except httpx.InvalidURL as error:
        raise NotFetched(f"{url} is no address") from error
    except httpx.HTTPError as error:
        raise NotFetched(f"the connection to {_host(url)} failed ({error or type(error).__name__})", retryable=True) from error
    raise NotFetched(f"{_host(url)} sends from one address to the next without end")


def _host(url: str) -> str:
    """Return the host of an address for a message."""
    import httpx

    return httpx.URL(url).host


def _request(client: httpx.Client, url: str, part: Path, hosts: frozenset[str]) -> httpx.Request:
    """Return the request for an address that has been checked, aimed at a number that has been checked."""
    import httpx

    address = httpx.URL(url)
    number = _number(address.host, address.scheme, address.port, hosts)
    headers = {"Host": address.netloc.decode("ascii"), "User-Agent": _AGENT, "Accept-Encoding": "identity"}
    known = _known(part)
    # without a sign that the file is still the same one, two halves of two files would be put together
    if known.get("url") == url and known.get("validator") and part.exists() and part.stat().st_size:
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": known["validator"]}
    return client.build_request("GET", address.copy_with(host=number), headers=headers, extensions={"sni_hostname": address.host})


def _number(host: str, scheme: str, port: int | None, hosts: frozenset[str]) -> str:
    """Return the number of a host that may be spoken to; raises NotFetched when it may not or has none."""
    if host not in hosts:
        raise NotFetched(f"it leads to {host or 'no host'}, which is not on the manifest's list")
    with suppress(ValueError):
        if ip_address(host).is_loopback:
            return host
    if scheme != "https" or port not in (None, 443):
        raise NotFetched(f"it leads to {host} by {scheme}:{port or ''}, and only https is used".replace(":,", ","))
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise NotFetched(f"the name {host} cannot be looked up", retryable=True) from error
    for number in found:
        if not ip_address(number).is_global:
            raise NotFetched(f"the name {host} stands for {number}, which is no public address")
    if not found:
        raise NotFetched(f"the name {host} stands for no address", retryable=True)
    return found[0]


def _receive(response: httpx.Response, part: Path, url: str, limits: Limits, progress: Callable[[int, int], None], late: Callable[[], bool]) -> str:
    """Write the body of a response to `part` and return its media type."""
    there = part.stat().st_size if part.exists() else 0
    resumed = response.status_code == 206 and _begins_at(response) == there
    if response.status_code == 416 or (response.status_code == 206 and not resumed):
        _forget(part)
        raise NotFetched("the server cannot go on where it broke off", retryable=True)
    if response.status_code not in (200, 206):
        again = response.status_code >= 500 or response.status_code in (408, 429)
        raise NotFetched(f"the server says {response.status_code} {response.reason_phrase}".rstrip(), retryable=again)
    plain = response.headers.get("content-encoding", "identity") == "identity"
    length = response.headers.get("content-length", "")
    done = there if resumed else 0
    total = done + int(length) if plain and length.isdecimal() else 0
    if not resumed:
        _remember(part, url, _validator(response) if plain else "")
    with part.open("ab" if resumed else "wb") as file:
        for block in response.iter_raw(_BLOCK) if plain else response.iter_bytes(_BLOCK):
            done += len(block)
            if max(done, total) > limits.bytes:
                break
            file.write(block)
            progress(done, total)
            if late():
                raise NotFetched(f"it took longer than {limits.seconds:.0f} seconds", retryable=False)
    if max(done, total) > limits.bytes:
        _forget(part)
        raise NotFetched(f"it is larger than {limits.bytes:,} bytes")
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _begins_at(response: httpx.Response) -> int:
    """Return where a partial body begins, -1 when it does not say."""
    found = re.match(r"bytes (\d+)-", response.headers.get("content-range", ""))
    return int(found[1]) if found else -1


def _validator(response: httpx.Response) -> str:
    """Return what tells this version of the file from another: a strong tag, else the date of its last change."""
    tag = str(response.headers.get("etag", ""))
    return tag if tag and not tag.startswith("W/") else str(response.headers.get("last-modified", ""))


def _state(part: Path) -> Path:
    """Return the file that says what `part` is a part of."""
    return part.with_name(part.name + ".json")


def _known(part: Path) -> dict[str, str]:
    """Return what is known of a part, nothing when that cannot be read."""
    try:
        found = json.loads(_state(part).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(part: Path, url: str, validator: str) -> None:
    """Write down what `part` will be a part of."""
    _state(part).write_text(json.dumps({"url": url, "validator": validator}), "utf-8")


def _forget(part: Path) -> None:
    """Remove a part and what is known of it."""
    part.unlink(missing_ok=True)
    _state(part).unlink(missing_ok=True)
