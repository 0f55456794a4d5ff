"""Official texts fetched from a real server on loopback: whole, resumed, refused, compared."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.bundle import read_library
from corpus.download import Limits, download
from corpus.errors import BadLibraryFile, CorpusError, NotFetched
from corpus.fetch import Fetched, fetch
from corpus.official import LOCK, Manifest, Text, read_manifest
from ui.cli import main

LAW = "Điều 1. Phạm vi điều chỉnh\n".encode() * 20_000
HOSTS = frozenset({"127.0.0.1"})


@dataclass
class Site:
    """What the server has and what it was asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    breaks: int = 0  # how many answers break off in the middle
    status: int = 0
    tag: str = '"1"'
    media: str = "application/pdf"
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            site.asked.append((self.path, wanted))
            if site.status or self.path in site.redirects or self.path not in site.files:
                self.send_response(site.status or (302 if self.path in site.redirects else 404))
                if self.path in site.redirects:
                    self.send_header("Location", site.redirects[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = site.files[self.path]
            start = int(wanted[6:-1]) if wanted and self.headers.get("If-Range") == site.tag else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", f"{site.media}; charset=utf-8")
            self.send_header("Content-Length", str(len(body) - start))
            self.send_header("ETag", site.tag)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.end_headers()
            if site.breaks:
                site.breaks -= 1
                self.wfile.write(body[start : start + (len(body) - start) // 2])
                return
            self.wfile.write(body[start:])

    return Handler


@contextmanager
def _served(site: Site) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with _served(Site({"/law": LAW})) as site:
        yield site


def _manifest(site: Site, *paths: str) -> Manifest:
    return Manifest(HOSTS, tuple(Text(f"{at}/2025/QH15", site.url + path, f"law-{at}") for at, path in enumerate(paths, 1)))


def _fetch(site: Site, folder: Path, *paths: str, again: bool = False, accept: bool = False, limits: Limits | None = None) -> list[Fetched]:
    return list(fetch(_manifest(site, *(paths or ("/law",))), folder, again=again, accept=accept, limits=limits))


def test_a_text_is_fetched_locked_and_kept(site: Site, tmp_path: Path) -> None:
    (row,) = _fetch(site, tmp_path)
    assert (row.outcome, row.file, row.sha256) == ("fetched", "law-1.pdf", hashlib.sha256(LAW).hexdigest())
    assert (tmp_path / "law-1.pdf").read_bytes() == LAW
    lock = json.loads((tmp_path / LOCK).read_text("utf-8"))
    assert lock == {site.url + "/law": {"file": "law-1.pdf", "sha256": row.sha256, "bytes": len(LAW)}}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["law-1.pdf", LOCK]
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "kept" and len(site.asked) == 1
    (row,) = _fetch(site, tmp_path, again=True)
    assert row.outcome == "same" and len(site.asked) == 2


def test_what_broke_off_is_gone_on_with(site: Site, tmp_path: Path) -> None:
    site.breaks = 2
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "fetched" and (tmp_path / "law-1.pdf").read_bytes() == LAW
    starts = [int(wanted[6:-1]) if wanted else 0 for _, wanted in site.asked]
    assert len(starts) == 3 and starts[0] == 0 < starts[1] < starts[2] < len(LAW)


def test_what_broke_off_for_good_is_gone_on_with_the_next_time(site: Site, tmp_path: Path) -> None:
    site.breaks = 3
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "failed" and "127.0.0.1 failed" in row.reason
    assert not (tmp_path / LOCK).exists() and 0 < (tmp_path / "law-1.part").stat().st_size < len(LAW)
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "fetched" and (tmp_path / "law-1.pdf").read_bytes() == LAW and site.asked[-1][1]


def test_halves_of_two_versions_are_never_put_together(site: Site, tmp_path: Path) -> None:
    site.breaks = 3
    _fetch(site, tmp_path)
    site.files["/law"], site.tag = LAW.upper(), '"2"'
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "fetched" and (tmp_path / "law-1.pdf").read_bytes() == LAW.upper()


def test_a_change_is_told_and_not_taken_unless_accepted(site: Site, tmp_path: Path) -> None:
    _fetch(site, tmp_path)
    site.files["/law"] = b"other words"
    (row,) = _fetch(site, tmp_path, again=True)
    assert (row.outcome, row.file) == ("changed", "law-1.changed.pdf") and "not what it was" in row.reason
    assert (tmp_path / "law-1.pdf").read_bytes() == LAW and (tmp_path / "law-1.changed.pdf").read_bytes() == b"other words"
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "kept"
    (row,) = _fetch(site, tmp_path, again=True, accept=True)
    assert row.outcome == "accepted" and (tmp_path / "law-1.pdf").read_bytes() == b"other words"
    assert _fetch(site, tmp_path)[0].outcome == "kept"


def test_a_file_that_was_spoilt_here_is_fetched_again(site: Site, tmp_path: Path) -> None:
    _fetch(site, tmp_path)
    (tmp_path / "law-1.pdf").write_bytes(b"spoilt")
    (row,) = _fetch(site, tmp_path)
    assert row.outcome == "same" and (tmp_path / "law-1.pdf").read_bytes() == LAW


def test_one_failure_stops_no_other(site: Site, tmp_path: Path) -> None:
    rows = _fetch(site, tmp_path, "/none", "/law")
    assert [row.outcome for row in rows] == ["failed", "fetched"] and rows[0].reason == "the server says 404 Not Found"
    assert [path for path, _ in site.asked] == ["/none", "/law"]


def test_a_server_in_trouble_is_asked_three_times(site: Site, tmp_path: Path) -> None:
    site.status = 503
    assert _fetch(site, tmp_path)[0].reason.startswith("the server says 503") and len(site.asked) == 3


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("https://example.org/law", "example.org, which is not on the manifest's list"),
        ("http://localhost/law", "localhost, which is not on"),
        ("http://169.254.169.254/latest", "169.254.169.254, which is not on"),
        ("file:///etc/passwd", "no host, which is not on"),
    ],
)
def test_a_redirect_elsewhere_is_refused(site: Site, tmp_path: Path, target: str, reason: str) -> None:
    site.redirects["/moved"] = target
    (row,) = _fetch(site, tmp_path, "/moved")
    assert row.outcome == "failed" and reason in row.reason and len(site.asked) == 1


def test_a_redirect_on_the_list_is_followed_but_not_for_ever(site: Site, tmp_path: Path) -> None:
    site.redirects |= {"/moved": "/law", "/round": "/round"}
    rows = _fetch(site, tmp_path, "/moved", "/round")
    assert [row.outcome for row in rows] == ["fetched", "failed"] and "without end" in rows[1].reason and len(site.asked) == 8


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://localhost/law", "stands for"),
        ("http://localhost/law", "only https"),
        ("https://localhost:8443/law", "only https"),
        ("https://10.0.0.1/law", "no public address"),
        ("https://[::ffff:10.0.0.1]/law", "no public address"),
        ("https://elsewhere.example/law", "not on the manifest's list"),
        ("no address", "no host"),
    ],
)
def test_private_addresses_and_plain_http_are_refused(tmp_path: Path, url: str, reason: str) -> None:
    hosts = frozenset({"localhost", "10.0.0.1", "::ffff:10.0.0.1"})
    with pytest.raises(NotFetched, match=reason) as caught:
        download(url, tmp_path / "x.part", hosts, Limits(), lambda done, total: None)
    assert not caught.value.retryable and list(tmp_path.iterdir()) == []


def test_too_large_too_slow_and_empty(site: Site, tmp_path: Path) -> None:
    (row,) = _fetch(site, tmp_path, limits=Limits(bytes=1000))
    assert row.reason == "it is larger than 1,000 bytes" and list(tmp_path.iterdir()) == []
    site.files["/empty"] = b""
    assert _fetch(site, tmp_path, "/empty")[0].reason == "the server sent an empty file"
    hours: Callable[[], float] = iter(range(0, 100_000, 1000)).__next__
    with pytest.raises(NotFetched, match="longer than 600 seconds"):
        download(site.url + "/law", tmp_path / "slow.part", HOSTS, Limits(), lambda done, total: None, hours)


def test_progress_tells_of_every_byte(site: Site, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    fetch(_manifest(site, "/law"), tmp_path, progress=lambda name, done, total: told.append((name, done, total)))
    assert told[-1] == ("1/2025/QH15", len(LAW), len(LAW)) and len(told) > 1


def test_the_ending_follows_the_server_and_never_the_address(site: Site, tmp_path: Path) -> None:
    site.files["/a.exe"] = b"x"
    site.media = "application/x-unknown"
    assert _fetch(site, tmp_path, "/a.exe")[0].file == "law-1.bin"


def test_a_broken_lock_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("{", "utf-8")
    with pytest.raises(CorpusError, match="cannot be read"):
        _fetch(site, tmp_path)
    assert site.asked == []


def test_the_manifest_that_ships_is_whole() -> None:
    manifest = read_manifest()
    documents = {document.number: document for document in read_library().documents}
    assert manifest.texts and len({text.name for text in manifest.texts}) == len(manifest.texts)
    for text in manifest.texts:
        assert text.url in documents[text.document].urls and text.url.startswith("https://")
    assert all(host == "chinhphu.vn" or host.endswith(".chinhphu.vn") for host in manifest.hosts)


@pytest.mark.parametrize("text", ["hosts: [a.vn]", "hosts: [a.vn]\ntexts:\n  - {document: x, url: 'https://b.vn/'}", "[", "texts: 5\nhosts: []"])
def test_a_manifest_that_breaks_its_format(tmp_path: Path, text: str) -> None:
    path = tmp_path / "official.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadLibraryFile):
        read_manifest(path)


def test_the_command_says_whom_it_connects_to_and_what_came(
    site: Site, tmp_path: Path, library_copy: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (library_copy / "official.yaml").write_text(
        f'hosts: ["127.0.0.1"]\ntexts:\n  - {{document: 116/2025/QH15, url: "{site.url}/law"}}\n  - {{document: x, url: "{site.url}/none"}}\n',
        "utf-8",
    )
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_copy))
    assert main(["corpus", "fetch", "--json"]) == 1
    said, told = (text.decode() for text in capfdbinary.readouterr())
    assert [row["outcome"] for row in json.loads(said)["texts"]] == ["fetched", "failed"]
    assert "connects to 127.0.0.1, and to nobody else" in told
    assert (tmp_path / "home" / "official" / "116-2025-qh15.pdf").read_bytes() == LAW
    assert len(site.asked) == 2
