"""Attacks by direct HTTP on a server with accounts; each test is named after what it guards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.accounts.values import Role
from assistant.compose_accounts import open_accounts
from assistant.compose_history import open_history
from assistant.settings import Settings
from tests.attacked_site import Site, ask
from tests.fake_assistant import HOSTILE, FakeAssistant
from tests.trap import trap
from ui.guard import OPEN
from ui.keeping import Desk
from ui.plainly import REFUSALS
from ui.sign_in import SIGN_IN, safe_next
from ui.web import make_app

SECRETS = ("root:", "SQLite format", "account_users", "[project]", "import ", "daemon:")
PATHS = (
    "/etc/passwd", "../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%252f..%252fetc%252fpasswd",
    "....//....//etc/passwd", "..\\..\\..\\etc\\passwd", "..%5c..%5cetc%5cpasswd", "%2fetc%2fpasswd", "//etc/passwd", "C:/Windows/win.ini",
    "C:%5cWindows%5cwin.ini", "/etc/passwd%00.png", "%00/etc/passwd", "..%c0%af..%c0%afetc/passwd", "file:///etc/passwd",
)  # fmt: skip
ROOTS = (
    "/", "/page/", "/static/", "/assets/", "/svelte/", "/file=", "/gradio_api/file=", "/gradio_api/file/", "/gradio_api/upload/",
    "/gradio_api/stream/",
    "/gradio_api/proxy=", "/gradio_api/deep_link?session_hash=", "/gradio_api/component_server/", "/theme.css/", "/evaluate/report?run=",
    "/history/open?id=",
    "/api/v1/documents/",
)  # fmt: skip
PRIVATE = (
    ("POST", "/api/v1/ask"), ("GET", "/api/v1/search?q=x"), ("GET", "/api/v1/documents"), ("GET", "/api/v1/documents/52-NQ/TW"), ("GET",
    "/v1/models"),
    ("POST", "/v1/chat/completions"), ("GET", "/api/v1/docs"), ("GET", "/api/v1/openapi.json"), ("GET", "/config"), ("GET", "/gradio_api/info"),
    ("POST", "/gradio_api/queue/join"), ("GET", "/gradio_api/queue/data?session_hash=s1"), ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/cancel"), ("POST", "/gradio_api/reset"), ("GET", "/gradio_api/heartbeat/s1"), ("GET", "/gradio_api/startup-events"),
    ("GET", "/history/list"), ("GET", "/history/open?id=x"), ("POST", "/history/delete"), ("POST", "/history/rename"), ("POST", "/history/report"),
    ("GET", "/evaluate/report?run=x"), ("GET", "/evaluate/compare?run=x"), ("GET", "/page/page.js"), ("GET", "/assets/x.js"), ("POST", "/sign-out/x"),
    ("POST", "/mcp"), ("GET", "/mcp"), ("GET", "/source/whole?number=52-NQ/TW&locator=x"), ("GET", "/source/printed?number=52-NQ/TW&locator=x"),
    *(("GET", f"/history/{name}?id=x&turn=x") for name in ("choices", "note", "export", "next")),
    *(("GET", f"/study/{name}?deck=x&exam=x") for name in ("anki", "test", "results", "log")),
    *(("GET", f"/library/{name}") for name in ("list", "one", "find", "provision", "health", "progress")),
    *(("POST", f"/library/{name}") for name in ("upload", "take", "discard", "remove")),
)  # fmt: skip


# --- before sign-in -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_nothing_is_done_before_sign_in_is_checked(site: Site, method: str, path: str) -> None:
    reply = site.send(method, path, {"question": "x", "messages": [], "session_hash": "s1"} if method == "POST" else None)
    assert reply.status in (401, 404) and (reply.status == 401 or path == "/sign-out/x"), path
    assert len(reply.text) < 400 and "Traceback" not in reply.text


def test_a_large_body_is_not_read_before_sign_in_is_checked(site: Site) -> None:
    for path in ("/api/v1/ask", "/library/upload", "/mcp", "/gradio_api/queue/join"):
        assert site.send("POST", path, b"x" * 10, content_length="99999999999").status == 401
        assert site.send("POST", path, b"x" * 10, user="quan", content_length="99999999999").status == 413
    assert site.send("POST", "/api/v1/ask", "x" * 400_000, user="lan", content_type="application/json").status == 413
    assert site.send("POST", "/sign-in", "x" * 20_000).status == 413


def test_the_first_page_sends_to_sign_in_and_nothing_of_it_is_told(site: Site) -> None:
    reply = site.send("GET", "/?lang=en")
    assert reply.status == 303 and reply.headers["location"] == "/sign-in?lang=en" and reply.text == ""
    page = site.send("GET", "/sign-in?lang=en")
    assert page.status == 200 and SIGN_IN["enter"].en in page.text and "script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"] and "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "header",
    [
        {"x_user": "quan"}, {"x_forwarded_user": "quan"}, {"remote_user": "quan"}, {"x_forwarded_for": "127.0.0.1"}, {"x_original_url": "/sign-in"},
        {"x_rewrite_url": "/page/icon.svg"}, {"x_http_method_override": "GET"}, {"attache.user": "quan"}, {"cookie": "attache_session=quan"},
        {"authorization": "Basic cXVhbjpxdWFu"}, {"authorization": "Bearer "}, {"authorization": "Bearer null"}, {"authorization": "quan"},
        {"cookie": "attache_session="}, {"cookie": "\x01;;==;"}, {"x_api_key": "quan"}, {"origin": "http://127.0.0.1"}, {"x_gradio_user": "app"},
        {"x_gradio_server": "http://127.0.0.1"}, {"user_agent": "uptime-check"}, {"upgrade": "websocket", "connection": "upgrade"},
    ],
)  # fmt: skip
def test_no_single_header_skips_the_check(site: Site, header: dict[str, str]) -> None:
    for method, path in (("GET", "/api/v1/documents"), ("GET", "/config"), ("GET", "/history/list")):
        assert site.send(method, path, **header).status in (400, 401), header


@pytest.mark.parametrize(
    "path", ["/API/v1/documents", "//config", "/config/", "/./config", "/config;x", "/page/../config", "/sign-in/../config", "/%63onfig"]
)
def test_another_spelling_of_an_address_is_no_other_door(site: Site, path: str) -> None:
    assert site.send("GET", path).status in (401, 404)


# --- files and other servers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ROOTS)
def test_no_file_is_read_by_an_address(site: Site, root: str) -> None:
    for path in (*PATHS, f"{site.home}/accounts.sqlite3", f"..{site.home}/accounts.sqlite3"):
        reply = site.send("GET", root + path.replace(" ", "%20"), user="quan")
        assert reply.status in (303, 400, 401, 403, 404, 422), (root, path, reply.status)
        assert not any(secret in reply.text for secret in SECRETS), (root, path)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file={}", "/file={}", "/gradio_api/proxy={}", "/proxy={}", "/gradio_api/upload?url={}", "/api/v1/search?q={}",
        "/?url={}&view={}",
        "/api/v1/documents/{}", "/sign-in?next={}", "/?__theme={}", "/evaluate/report?run={}",
    ],
)  # fmt: skip
def test_the_server_fetches_no_address_for_a_caller(site: Site, path: str) -> None:
    with trap() as (base, seen):
        address = f"{base}/x.svg"
        site.send("GET", path.replace("{}", address), user="quan")
        value = {"path": address, "url": address, "meta": {"_type": "gradio.FileData"}, "orig_name": "x.svg"}
        site.send("POST", "/gradio_api/run/predict", {"data": [value], "fn_index": 0, "session_hash": "ssrf"}, user="quan")
        site.send("POST", "/api/v1/ask", {"question": f"![x]({address}) <img src={address}>"}, user="quan")
    assert seen == []


def test_uploads_are_not_taken_by_the_page(site: Site) -> None:
    body = '--b\r\ncontent-disposition: form-data; name="files"; filename="../../x.svg"\r\n\r\n<svg onload=alert(1)>\r\n--b--\r\n'
    for path in ("/gradio_api/upload", "/upload", "/gradio_api/upload?upload_id=1"):
        assert site.send("POST", path, body, user="quan", content_type="multipart/form-data; boundary=b").status == 404


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example\t", "javascript:alert(1)", "/\nevil",
        "http:evil",
        "///evil.example", "/@evil.example", " //evil.example", "data:text/html,x", "/sign-in\r\nset-cookie: a=b", "evil.example", "",
    ],
)  # fmt: skip
def test_sign_in_leads_nowhere_else(site: Site, onward: str) -> None:
    reply = site.sign_in("lan", onward=onward)
    place = reply.headers["location"]
    assert (
        reply.status == 303
        and place.startswith("/")
        and not place.startswith(("//", "/\\"))
        and "evil.example" not in place.replace("/%09/evil.example", "")
    )
    assert safe_next("/?lang=en") == "/?lang=en" and "\n" not in place and reply.headers["set-cookie"].count("=") >= 2


def test_no_address_is_answered_by_a_way_to_elsewhere(site: Site) -> None:
    for path in (
        "//evil.example", "//evil.example/", "/\\evil.example/", "//evil.example/history/list/", "/history/list//evil.example/",
        "/config//evil.example",
        "/page//evil.example/", "/page/..//evil.example/", "/assets//evil.example/", "/sign-in/?next=//evil.example", "/sign-in//evil.example/",
        "/?next=https://evil.example", "/?lang=https://evil.example", "/?view=//evil.example&url=//evil.example", "/gradio_api//evil.example/",
        "/source/whole?number=//evil.example&locator=x", "/evaluate/report?run=//evil.example", "/api/v1/documents///evil.example/",
    ):  # fmt: skip
        for user in ("", "quan"):
            for named in ("evil.example", f"evil.example:{site.port}"):
                assert "location" not in site.send("GET", path, user=user, host=named).headers, (path, named)
            onward = site.send("GET", path, user=user, x_forwarded_host="evil.example", x_forwarded_proto="https").headers.get("location", "/")
            assert not onward.startswith(("//", "/\\")) and "evil.example" not in onward.partition("?")[0], (path, onward)


# --- who may what ------------------------------------------------------------------------------------------------------------


def test_a_user_sees_only_their_own_conversations(site: Site) -> None:
    kept = open_history(site.settings)
    answer = FakeAssistant().ask("Mục tiêu kinh tế số của Lan?")
    mine = kept.keep("lan", answer).conversation
    minh, lan = site.cookie("minh"), site.cookie("lan")
    assert "của Lan" in site.send("GET", f"/history/open?id={mine}", cookie=lan).text
    assert "của Lan" not in site.send("GET", "/history/list", cookie=minh).text
    for reply in (
        site.send("GET", f"/history/open?id={mine}", cookie=minh), site.send("GET", f"/history/open?id={mine}", user="quan"),
        site.send("POST", "/history/rename", {"id": mine, "title": "của Minh"}, cookie=minh),
        site.send("POST", "/history/delete", {"id": mine}, cookie=minh),
        *(site.send("GET", f"/history/{name}?id={mine}", cookie=minh) for name in ("choices", "note", "export")),
    ):  # fmt: skip
        assert reply.status == 404 and "của Lan" not in reply.text
    turn = kept.conversation("lan", mine)[1][0].id
    assert site.send("POST", "/history/report", {"turn": turn, "kind": "good"}, cookie=minh).status == 404
    assert kept.conversation("lan", mine)[0].title != "của Minh"
    kept.close()


def test_a_conversation_is_not_gone_on_with_by_another(site: Site) -> None:
    kept = open_history(site.settings)
    mine = kept.keep("lan", FakeAssistant().ask("Mục tiêu kinh tế số?")).conversation
    joined = ask(site, "Còn Luật An ninh mạng?", site.cookie("bi"), "bi-session", conversation=mine)
    assert joined.status == 200
    site.send("GET", "/gradio_api/queue/data?session_hash=bi-session", user="bi")
    assert len(kept.conversation("lan", mine)[1]) == 1
    assert mine not in {one.id for one in kept.conversations("bi")} and kept.conversations("bi")  # what was asked is in one of their own
    kept.close()


def test_a_stream_and_a_state_of_gradio_belong_to_one_user(site: Site) -> None:
    lan, minh = site.cookie("lan"), site.cookie("minh")
    assert ask(site, "Mục tiêu kinh tế số?", lan, "lan-session").status == 200
    for method, path, body in (
        ("GET", "/gradio_api/queue/data?session_hash=lan-session", None), ("GET", "/gradio_api/heartbeat/lan-session", None),
        ("POST", "/gradio_api/queue/join", {"data": [None], "fn_index": 0, "session_hash": "lan-session"}),
        ("POST", "/gradio_api/run/predict", {"data": [None], "fn_index": 0, "session_hash": "lan-session"}),
        ("POST", "/gradio_api/cancel", {"event_id": "x", "fn_index": 0, "session_hash": "lan-session"}),
        ("POST", "/gradio_api/queue/join?session_hash=minh", {"data": [None], "fn_index": 0, "session_hash": "lan-session"}),
    ):  # fmt: skip
        assert site.send(method, path, body, cookie=minh).status == 404, path
    assert "kinh t" in site.send("GET", "/gradio_api/queue/data?session_hash=lan-session", cookie=lan).text.casefold()


def test_a_hidden_endpoint_called_directly_asks_for_the_role(site: Site) -> None:
    config = json.loads(site.send("GET", "/config", user="eva").text)
    bench = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "bench")
    hidden = {d["targets"][0][1]: d["id"] for d in config["dependencies"] if d["targets"] and d["targets"][0][0] == bench}
    assert set(hidden) == {"submit", "select", "stop"}
    said = {}
    for user in ("lan", "eva"):
        for name in ("select", "submit"):
            body = {"data": [], "fn_index": hidden[name], "session_hash": f"{user}-{name}", "event_data": {"files": ["none"], "limit": 1}}
            assert site.send("POST", "/gradio_api/queue/join", body).status == 401
            assert site.send("POST", "/gradio_api/queue/join", body, user=user).status == 200
            said[user, name] = site.send("GET", f"/gradio_api/queue/data?session_hash={user}-{name}", user=user).text
    assert all("<" in said["eva", name] for name in ("select", "submit"))  # the page of runs, and why this order is refused
    assert not any("<" in said["lan", name] for name in ("select", "submit"))
    assert site.send("GET", "/evaluate/report?run=none", user="eva").status == 404
    assert site.send("GET", "/evaluate/report?run=none", user="lan").status == 403 and "denied lan" in _log(site)


def test_results_of_others_exams_are_for_those_who_measure(site: Site) -> None:
    for user, status in (("", 401), ("lan", 403), ("cu", 403), ("eva", 404)):
        assert site.send("GET", "/study/results?exam=x", user=user).status == status


def test_named_endpoints_of_gradio_do_not_exist(site: Site) -> None:
    for path in (
        "/gradio_api/call/ask",
        "/gradio_api/api/ask",
        "/gradio_api/run/ask",
        "/api/predict",
        "/run/predict",
        "/gradio_api/mcp",
        "/gradio_api/runs",
    ):
        assert site.send("POST", path, {"data": []}, user="quan").status == 404


def test_a_suspended_user_s_token_and_session_stop_at_once(site: Site) -> None:
    session = site.cookie("bi")
    assert site.send("GET", "/v1/models", user="bi").status == 200 and site.send("GET", "/config", cookie=session).status == 200
    with open_accounts(site.settings) as accounts:
        accounts.users.suspend("bi")
        assert site.send("GET", "/v1/models", user="bi").status == 401 and site.send("GET", "/config", cookie=session).status == 401
        assert site.sign_in("bi").status == 401
        for method, path in PRIVATE:  # with the token and with the session, at every address
            for headers in ({"authorization": f"Bearer {site.tokens['bi']}"}, {"cookie": session}):
                assert site.send(method, path, {} if method == "POST" else None, **headers).status in (401, 404), path
        accounts.users.suspend("bi", suspended=False)
    assert site.send("GET", "/v1/models", user="bi").status == 200 and site.send("GET", "/config", cookie=session).status == 401


def test_a_changed_role_and_a_revoked_token_count_at_once(site: Site) -> None:
    with open_accounts(site.settings) as accounts:
        accounts.users.set_role("bi", Role.EVALUATOR)
        assert site.send("GET", "/evaluate/report?run=x", user="bi").status == 404
        accounts.users.set_role("bi", Role.READER)
        assert site.send("GET", "/evaluate/report?run=x", user="bi").status == 403
        other = accounts.users.make_token("bi", "other")
        assert site.send("GET", "/v1/models", authorization=f"Bearer {other}").status == 200
        accounts.users.revoke_token("bi", "other")
    assert site.send("GET", "/v1/models", authorization=f"Bearer {other}").status == 401


def test_a_token_yields_no_session_and_no_other_token(site: Site) -> None:
    # there are no share tokens; what comes nearest is a reader's token, which opens nothing but what its user may do
    for path in ("/api/v1/ask", "/v1/models", "/config"):
        assert "set-cookie" not in site.send("GET", path, user="lan").headers
    assert site.send("GET", "/config", cookie=f"attache_session={site.tokens['quan']}").status == 401
    assert site.send("GET", "/config", authorization=f"Bearer {site.cookie('quan').partition('=')[2]}").status == 401
    paths = json.loads(site.send("GET", "/api/v1/openapi.json", user="lan").text)["paths"]
    assert not any(word in path for path in paths for word in ("token", "user", "key", "share", "session"))


@pytest.mark.parametrize("forged", ["attache_" + "A" * 43, "attache_", "x", "eyJhbGciOiJub25lIn0.e30.", "A" * 200, "%00", "lan"])
def test_a_forged_token_or_session_is_refused_in_one_sentence(site: Site, forged: str) -> None:
    for headers in ({"authorization": f"Bearer {forged}"}, {"cookie": f"attache_session={forged}"}):
        reply = site.send("GET", "/api/v1/documents", **headers)
        assert reply.status == 401 and json.loads(reply.text)["error"]["message"] == REFUSALS["not_signed_in"][1].en
    good = site.cookie("lan")
    assert site.send("GET", "/config", cookie=good, authorization=f"Bearer {forged}").status == 401  # a bad token is not made good by a cookie


def test_an_ended_session_is_told_in_one_sentence(site: Site) -> None:
    session = site.cookie("lan")
    out = site.send("POST", "/sign-out", "", cookie=session)
    assert out.status == 303 and "Max-Age=0" in out.headers["set-cookie"]
    assert site.send("GET", "/config", cookie=session).status == 401
    back = site.send("GET", "/", cookie=session)
    assert back.status == 303 and back.headers["location"] == "/sign-in?lang=vi&ended=1"
    assert SIGN_IN["ended"].vi in site.send("GET", back.headers["location"], cookie=session).text


# --- sign-in itself ------------------------------------------------------------------------------------------------------------


def test_there_is_no_default_user_and_no_default_password(site: Site, tmp_path: Path) -> None:
    with open_accounts(Settings(home=tmp_path)) as accounts:
        assert accounts.users.all() == ()
    for name in ("admin", "root", "attache", "quan"):
        for password in ("admin", "", name, "password"):
            assert site.sign_in(name, password).status == 401


def test_sign_in_is_throttled_and_says_alike_who_is_not_there(site: Site) -> None:
    told = {site.sign_in(name, "wrong wrong wrong").text for name in ("eva", "nobody-1", "<script>alert(1)</script>")}
    assert len(told) == 1 and SIGN_IN["wrong"].vi in told.pop()
    statuses = [site.sign_in("nobody-2", "wrong wrong wrong", x_forwarded_for=f"10.0.0.{n}").status for n in range(7)]
    replies = [site.sign_in("nobody-3", "wrong wrong wrong") for _ in range(7)]
    assert statuses[0] == 401 and [r.status for r in replies] == [401] * 5 + [429] * 2 and int(replies[-1].headers["retry-after"]) > 0
    assert "sign-in throttled" in _log(site) and "wrong wrong" not in _log(site)


def test_the_cookie_is_for_the_server_alone(site: Site) -> None:
    cookie = site.sign_in("lan").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Max-Age=43200" in cookie
    behind = site.sign_in("lan", x_forwarded_proto="https").headers["set-cookie"]
    assert behind.startswith("__Host-attache=") and "; Secure" in behind


def test_another_site_s_page_can_do_nothing_with_a_visitor_s_session(site: Site) -> None:
    session = site.cookie("lan")
    for method, path in (
        ("POST", "/api/v1/ask"),
        ("POST", "/history/delete"),
        ("POST", "/sign-out"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/sign-in"),
    ):
        for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
            reply = site.send(method, path, {"question": "x"}, cookie=session, origin=origin)
            assert reply.status == 403 and "access-control-allow-origin" not in reply.headers
    assert site.send("OPTIONS", "/api/v1/ask", origin="https://evil.example", access_control_request_method="POST").status in (401, 403, 405)
    assert site.send("GET", "/config", cookie=session).status == 200
    assert site.send("GET", "/config", user="lan", host="evil.example").status == 421


# --- words -------------------------------------------------------------------------------------------------------------------


def test_script_in_a_user_s_name_stays_words(site: Site) -> None:
    page = site.send("GET", "/", cookie=site.cookie("minh"))
    assert page.status == 200 and "data-user=" in page.text and "<script>alert(1)" not in page.text and "&lt;script&gt;alert(1)" in page.text


def test_script_in_a_question_is_no_markup_in_any_answer(site: Site) -> None:
    session = site.cookie("lan")
    reply = site.send("POST", "/api/v1/ask", {"question": f"xss {HOSTILE}"}, user="lan")
    assert reply.headers["content-type"] == "application/json" and json.loads(reply.text)["question"] == f"xss {HOSTILE}"
    assert ask(site, f"xss {HOSTILE}", session, "xss-session").status == 200
    drawn = site.send("GET", "/gradio_api/queue/data?session_hash=xss-session", cookie=session).text
    assert "<script>" not in drawn and "<img" not in drawn and "&lt;script&gt;" in drawn
    assert "<script>" not in site.send("GET", "/history/list", cookie=session).text
    for path in (
        "/api/v1/documents/<script>alert(1)<%2Fscript>",
        "/sign-in?next=<script>&lang=<script>",
        "/evaluate/report?run=<script>",
        "/<script>",
    ):
        assert "<script>" not in site.send("GET", path.replace(" ", "%20"), user="eva").text.replace("“<script>alert(1)</script>”", "")


def test_every_address_of_the_application_is_tried_before_sign_in() -> None:
    # a route that is added is added to PRIVATE above, or to what anybody may have
    from starlette.routing import Mount, Route

    app = make_app(FakeAssistant(), kept=Desk(open_history(Settings(home=Path("unused"), database="sqlite://"))))
    ours = {route.path for route in app.routes if isinstance(route, Route | Mount)} - {"", "/page"} | set(app.openapi()["paths"])
    paths = {path.partition("?")[0] for _, path in PRIVATE}
    assert len(ours) > 12
    for made in ours:
        assert any(made == path or made.partition("{")[0] in path for path in paths), made
    assert all(OPEN.match(path) for path in paths if path != "/sign-out/x")


def _log(site: Site) -> str:
    """The lines of the log."""
    with open_accounts(site.settings) as accounts:
        return "\n".join(f"{entry.event} {entry.name} {entry.detail}" for entry in accounts.users.log(500))
