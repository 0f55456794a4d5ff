"""What stands around every answer: the strict headers, the policy of its kind, and nothing kept on the way but the program's own files."""

from __future__ import annotations

import pytest

from tests.attacked_site import Site
from ui.guard import policy

COMMON = {
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}  # fmt: skip
ANSWERS = (
    ("GET", "/", "lan", 200), ("GET", "/", "", 303), ("GET", "/sign-in", "", 200), ("GET", "/config", "lan", 200), ("GET", "/config", "", 401),
    ("GET", "/api/v1/documents", "lan", 200), ("GET", "/api/v1/docs", "lan", 200), ("GET", "/api/v1/openapi.json", "lan", 200),
    ("POST", "/api/v1/ask", "lan", 422), ("GET", "/history/list", "lan", 200), ("GET", "/library/list", "lan", 200),
    ("GET", "/evaluate/report?run=x", "eva", 404), ("GET", "/evaluate/report?run=x", "lan", 403), ("GET", "/mcp", "lan", 405),
    ("GET", "/page/page.js", "lan", 200), ("GET", "/page/icon.svg", "", 200), ("GET", "/x", "", 404), ("GET", "/gradio_api/upload", "quan", 404),
    ("GET", "/healthz", "", 200), ("GET", "/readyz", "", 200), ("HEAD", "/readyz", "", 200), ("POST", "/healthz", "", 401),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "user", "status"), ANSWERS)
def test_every_answer_carries_the_strict_headers(site: Site, method: str, path: str, user: str, status: int) -> None:
    reply = site.send(method, path, user=user)
    assert reply.status == status and {name: reply.headers.get(name) for name in COMMON} == COMMON and "server" not in reply.headers
    rules = reply.headers["content-security-policy"]
    assert "default-src 'none'" in rules and "frame-ancestors 'none'" in rules and "https:" not in rules and "*" not in rules
    assert "strict-transport-security" not in reply.headers and "access-control-allow-origin" not in reply.headers
    assert path == "/" or "script-src" not in rules
    assert path == "/" or path.startswith("/evaluate/") or "unsafe" not in rules  # a report carries its own styles
    if not path.startswith("/page/"):
        assert reply.headers["cache-control"] == "no-store"


def test_what_is_no_page_can_do_nothing_even_when_a_browser_makes_one_of_it(site: Site) -> None:
    for path in ("/history/list", "/library/list", "/api/v1/documents", "/page/icon.svg", "/healthz", "/readyz", "/x"):
        assert site.send("GET", path, user="lan").headers["content-security-policy"].startswith("sandbox; default-src 'none'; base-uri 'none'")


def test_our_health_is_told_to_anybody_by_a_name_of_the_server_and_to_nobody_by_another(site: Site) -> None:
    for path, words in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        assert site.send("GET", path).text == words
        assert site.send("GET", path, host="evil.example").status == 421
        assert site.send("GET", path, host=f"10.9.8.7:{site.port}").text == words  # the name that the site was started with, as for a probe by number


def test_over_https_a_browser_is_told_to_stay_there(site: Site) -> None:
    assert site.send("GET", "/sign-in", x_forwarded_proto="https").headers["strict-transport-security"] == "max-age=31536000"


def test_the_page_s_policy_allows_no_inline_code_and_no_other_host() -> None:
    rules = policy("abc").split("; ")
    assert "script-src 'self' 'nonce-abc' 'unsafe-eval'" in rules and "form-action 'none'" in rules
    assert any(rule.startswith("style-src 'self' 'nonce-abc' 'sha256-") for rule in rules)
    assert not any("http" in rule or "*" in rule for rule in rules)
