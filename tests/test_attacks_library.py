"""Attacks by direct HTTP on the library of a server with accounts, and on its tools for other programs: files, removal, what waits of others."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import quote

import pytest

from tests.attacked_site import Reply, Site
from ui.limits import LARGER

TEXT = "# Quyết định 1/2026/QĐ-THU\n\nĐiều 1. Phạm vi\n\nQuyết định này quy định việc thử.\n"
BYTES = {"content_type": "application/octet-stream"}


def give(site: Site, name: str, data: bytes | str, user: str = "cu", **headers: str) -> Reply:
    """Give a file to the library, as its page does."""
    return site.send("POST", f"/library/upload?name={quote(name, safe='')}", data, user=user, **{**BYTES, **headers})


def token(reply: Reply) -> str:
    """The name under which a given file waits."""
    found = re.search(r'data-token="(\w+)"', reply.text)
    assert found, reply.text[:300]
    return found.group(1)


def test_a_reader_reads_the_library_and_changes_nothing(site: Site) -> None:
    for path in ("list", "one?number=52-NQ/TW", "find?number=52-NQ/TW&q=x", "health"):
        assert site.send("GET", f"/library/{path}", user="lan").status == 200, path
    body = {"number": "52-NQ/TW", "token": "x"}
    for name in ("take", "discard", "remove"):
        assert site.send("POST", f"/library/{name}", body).status == 401
        for user in ("lan", "eva"):
            assert site.send("POST", f"/library/{name}", body, user=user).status == 403
    assert [give(site, "a.txt", TEXT, user).status for user in ("lan", "eva", "cu", "quan")] == [403, 403, 200, 200]
    assert site.send("GET", "/library/progress", user="lan").status == 403
    assert site.send("GET", "/library/one?number=52-NQ/TW", user="lan").status == 200


def test_a_file_that_waits_belongs_to_who_gave_it(site: Site) -> None:
    waits = token(give(site, "cu.txt", TEXT, "cu"))
    assert site.send("POST", "/library/take", {"token": waits}, user="quan").status == 409
    assert site.send("POST", "/library/discard", {"token": waits}, user="quan").status == 200  # which drops nothing of another
    assert list((site.home / "uploads" / "pending").glob(f"{waits}/*"))
    for forged in ("../" + waits, waits.upper(), "", "..", "x" * 5000, "\x00"):
        assert site.send("POST", "/library/take", {"token": forged}, user="cu").status == 409
    assert site.send("POST", "/library/discard", {"token": waits}, user="cu").status == 200
    assert not list((site.home / "uploads" / "pending").glob(f"{waits}/*"))


def test_an_upload_over_the_limit_is_refused_in_one_sentence(site: Site) -> None:
    most = LARGER["/library/upload"]
    told = give(site, "a.txt", b"x", content_length=str(most + 1))
    assert told.status == 413 and len(told.text) < 300
    assert give(site, "a.txt", b"0" * (most + 1)).status == 413


def test_another_site_s_form_gives_no_file(site: Site) -> None:
    assert give(site, "a.txt", TEXT, content_type="multipart/form-data; boundary=b").status == 415
    assert give(site, "a.txt", TEXT, content_type="text/plain").status == 415
    assert give(site, "a.txt", TEXT, origin="https://evil.example").status == 403
    assert site.send("POST", "/library/remove", "number=52-NQ/TW", user="cu", content_type="application/x-www-form-urlencoded").status == 415


@pytest.mark.parametrize(
    "name",
    ["../../x.txt", "..\\..\\x.txt", "/etc/passwd", "C:\\x.txt", "a\x00.txt", ".bashrc",
     "…/" * 90 + "x.txt", "", "con.txt", "\u202etxt.exe", "<img src=x>.txt"]
)  # fmt: skip
def test_a_file_s_name_leads_out_of_no_folder(site: Site, name: str) -> None:
    before = {path for path in site.home.rglob("*") if "uploads" not in path.parts}
    reply = give(site, name, TEXT)
    assert reply.status == 200 and "<img" not in reply.text
    pending = site.home / "uploads" / "pending"
    new = {path for path in site.home.rglob("*") if "uploads" not in path.parts} - before
    assert not [path for path in new if path.suffix == ".txt" or "passwd" in path.name]
    assert all(len(path.relative_to(pending).parts) <= 2 for path in pending.rglob("*"))


def _zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_files_that_hurt_are_told_and_nothing_fails(site: Site) -> None:
    bomb = _zipped({f"{n}.txt": b"0" * 8_000_000 for n in range(40)})
    inside = _zipped({"../../../escaped.txt": TEXT.encode(), "/escaped.txt": TEXT.encode(), "ok.txt": TEXT.encode()})
    nested = _zipped({"a.zip": _zipped({"b.zip": _zipped({"c.txt": TEXT.encode()})})})
    cut = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R"
    for name, data in (
        ("bomb.zip", bomb), ("inside.zip", inside), ("nested.zip", nested), ("cut.pdf", cut), ("none.pdf", b""), ("none.docx", b""),
        ("wrong.pdf", TEXT.encode()), ("wrong.docx", cut), ("program.exe", b"MZ\x90\x00"), ("deep.html", b"<div>" * 50_000),
        ("nul.txt", b"\x00" * 5000), ("entities.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), ("evil.html", b'<img src="file:///etc/passwd"><script>1</script>'),
    ):  # fmt: skip
        reply = give(site, name, data)
        assert reply.status == 200 and "root:" not in reply.text and "Traceback" not in reply.text, name
    assert not list(site.home.rglob("escaped.txt")) and not list(site.home.parent.glob("escaped.txt"))
    assert site.send("GET", "/library/health", user="cu").status == 200


def test_nothing_is_fetched_or_read_for_a_name_that_is_an_address(site: Site) -> None:
    for number in ("../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x", "\x00", "x" * 5000, f"{site.home}/accounts.sqlite3"):
        for path in ("one?number={}", "find?number={}&q=x", "provision?number={}&locator=x", "provision?number=52-NQ/TW&locator={}"):
            reply = site.send("GET", f"/library/{path.replace('{}', quote(number, safe=''))}", user="lan")
            assert reply.status == 404 and "root:" not in reply.text and "SQLite" not in reply.text
        for page in ("whole", "printed"):
            reply = site.send("GET", f"/source/{page}?number={quote(number, safe='')}&locator=x&start=-1&end=9999999", user="lan")
            assert reply.status in (400, 404) and "root:" not in reply.text, page
    assert site.send("POST", "/library/remove", {"number": "52-NQ/TW"}, user="cu").status in (200, 404, 409)
    assert site.send("GET", "/library/one?number=52-NQ/TW", user="lan").status == 200  # what came with the program stays


# --- tools of other programs ---------------------------------------------------------------------------------------------------


def _mcp(site: Site, method: str, user: str = "", **headers: str) -> Reply:
    """Send one message of the protocol."""
    message: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": method}
    message["params"] = {"name": "ask", "arguments": {"question": "Mục tiêu kinh tế số?"}} if method == "tools/call" else {}
    return site.send("POST", "/mcp", message, user=user, **({"accept": "application/json, text/event-stream"} | headers))


def test_the_tools_ask_for_a_token_and_know_no_other_way_in(site: Site) -> None:
    for headers in ({}, {"authorization": "Bearer attache_x"}, {"mcp_session_id": "x"}, {"cookie": "attache_session=x"}):
        reply = _mcp(site, "tools/call", **headers)
        assert reply.status == 401 and json.loads(reply.text)["error"]["code"] == 401
    assert _mcp(site, "tools/call", "lan").status == 200
    assert _mcp(site, "tools/call", "lan", origin="https://evil.example").status == 403
    assert _mcp(site, "tools/call", "lan", host="evil.example").status == 421
    assert site.send("GET", "/mcp", user="lan", accept="text/event-stream").status == 405
    assert site.send("POST", "/mcp", "x" * 300_000, user="lan", content_type="application/json").status == 413
    for body in ("", "{", "[]", "null", '{"jsonrpc": "2.0"}', "[" * 5000):
        reply = site.send("POST", "/mcp", body, user="lan", content_type="application/json", accept="application/json, text/event-stream")
        assert reply.status == 400 and len(reply.text) < 2000 and "Traceback" not in reply.text


def test_a_real_client_uses_the_tools_with_a_token(site: Site) -> None:
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client
    from mcp.shared._httpx_utils import create_mcp_http_client

    async def used() -> Any:
        http = create_mcp_http_client({"authorization": f"Bearer {site.tokens['lan']}"})
        async with http, Client(streamable_http_client(f"{site.url}mcp", http_client=http)) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            return names, await client.call_tool("ask", {"question": "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"})

    names, done = asyncio.run(used())
    assert names == {"ask", "search", "show"} and "[1] 52-NQ/TW" in done.content[0].text
