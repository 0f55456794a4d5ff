"""What stands between the browser and Gradio: few paths, own hosts only, strict headers, no foreign address in the page.

Gradio serves many routes that this page never uses (uploads, files by path, a proxy, code helpers); all but those of
`OPEN` answer 404. Scripts and styles count only with the nonce that is made for each answer, so markup that slipped in would stay
dead; `unsafe-eval` stays because Gradio makes its own component functions from text, and style attributes because it sets them.
A report of measurements, which holds other people's words, is given under a policy that lets it run and reach nothing, as is all
that is no page.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from collections.abc import Collection
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from ui.api.style import STYLE
from ui.plainly import header, say
from ui.whose import DISPLAY, MAY
from ui.words import WORDS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OPEN", "Guard", "policy"]

OPEN = re.compile(
    r"^/(?:|mcp|config|theme\.css|favicon\.ico|manifest\.json|robots\.txt|healthz|readyz|sign-in|sign-out|page/[\w.-]+|evaluate/(?:report|compare|beside)|(?:history|library|source)/\w+|(?:assets|static|svelte)/.+"
    r"|study/(?:anki|test|results|log)|api/v1/(?:ask|search|documents(?:/.+)?|docs|openapi\.json)|v1/(?:models|chat/completions)"
    r"|gradio_api/(?:info|app_id|startup-events|theme\.css|cancel|reset|heartbeat/\w+|queue/(?:join|data)|run/predict))/?$"
)
_FOREIGN = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")
_HEADERS = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)
_FILES = ("page", "source", "evaluate", "history", "library", "adding", "account", "study")
_HEAD = '<script src="./page/views.js"></script><script src="./page/copying.js"></script>' + "".join(
    f'<link rel="stylesheet" href="./page/{name}.css"><script src="./page/{name}.js"></script>' for name in _FILES
)
_NOTHING = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_KEPT = re.compile(r"/(?:page|assets|static|svelte)/|/(?:theme\.css|favicon\.ico|robots\.txt)$")
_NO_STORE = (b"cache-control", b"no-store")
_REPORT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"  # of a style element with nothing in it, which Gradio draws
_SIGN_IN = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

_NO_SCRIPT = f"{escape(WORDS['needs_script'].vi)} / {escape(WORDS['needs_script'].en)}"


def policy(nonce: str) -> str:
    """Return the Content-Security-Policy of a page whose own scripts carry `nonce`."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'nonce-{nonce}' {_EMPTY}; "
        "style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        "worker-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
    )


def _policy_of(path: str) -> str:
    """Return the policy of what is no page of Gradio's: what is no page at all may do nothing, whoever makes a page of it."""
    if path.startswith(("/evaluate/", "/study/")):
        return _REPORT
    if path == "/api/v1/docs":
        return f"{_NOTHING}; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
    return _SIGN_IN if path == "/sign-in" else _NOTHING


class Guard:
    """ASGI middleware that guards the page; `hosts` are the names it answers to, with ports, None for any."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = None) -> None:
        self._app = app
        self._hosts = frozenset(hosts) if hosts is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, 404 or 421 for what is not ours, else pass on and dress the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._hosts is not None and header(scope, b"host") not in self._hosts:
            await say(scope, _dressed(send, _NOTHING, scope), "wrong_host")
        elif not OPEN.match(scope["path"]):
            await say(scope, _dressed(send, _NOTHING, scope), "not_found")
        elif _foreign(scope):
            await say(scope, _dressed(send, _NOTHING, scope), "foreign")
        elif scope["path"] == "/":
            await self._page(scope, receive, send)
        else:
            await self._app(scope, receive, _dressed(send, _policy_of(scope["path"]), scope))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the page itself on: gathered whole, with the nonce, the language and our own files put in."""
        nonce = secrets.token_urlsafe(16)
        plain = dict(scope)
        plain["headers"] = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        language = "en" if parse_qs(scope["query_string"].decode("latin-1")).get("lang") == ["en"] else "vi"
        start: Message = {}
        body = bytearray()
        dressed = _dressed(send, policy(nonce), scope)

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            if start["status"] != 200:
                await dressed(start)
                await dressed({"type": "http.response.body", "body": bytes(body)})
                return
            page = _rewritten(body.decode("utf-8", "replace"), nonce, language, _whose(plain)).encode()
            length = len(page) if scope["method"] != "HEAD" else 0
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            headers += [(b"content-length", str(length).encode()), (b"cache-control", b"no-store")]
            await dressed({**start, "headers": headers})
            await dressed({"type": "http.response.body", "body": page if length else b""})

        await self._app(plain, receive, gather)


def _whose(scope: Scope) -> str:
    """Return attributes that tell the page whose it is and what they may do, none where there are no accounts."""
    if DISPLAY not in scope:
        return ""
    return f' data-user="{escape(scope[DISPLAY])}" data-may="{" ".join(sorted(scope[MAY]))}"'


def _rewritten(page: str, nonce: str, language: str, whose: str = "") -> str:
    """Return Gradio's page in our language, without foreign addresses, its scripts allowed by the nonce."""
    local = _FOREIGN.sub("", page).replace('lang="en"', f'lang="{language}"{whose}', 1)
    headed = local.replace("</head>", f"{_HEAD}</head>", 1).replace("<gradio-app", f"<noscript>{_NO_SCRIPT}</noscript><gradio-app", 1)
    return re.sub(r"<(script|style)(?=[\s>])", rf'<\1 nonce="{nonce}"', headed)


def _dressed(send: Send, content_policy: str, scope: Scope) -> Send:
    """Return a `send` that adds the security headers to every answer; nothing but the program's own files is kept by anybody on the way."""
    ours = [(name.encode(), value.encode()) for name, value in (*_HEADERS, ("content-security-policy", content_policy))]
    if scope.get("scheme") == "https":
        ours.append((b"strict-transport-security", b"max-age=31536000"))
    names = {name for name, _ in ours}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message["headers"] if name.lower() not in names]
            told = [] if _KEPT.match(scope["path"]) or any(name.lower() == b"cache-control" for name, _ in kept) else [_NO_STORE]
            message = {**message, "headers": [*kept, *ours, *told]}
        await send(message)

    return sending


def _foreign(scope: Scope) -> bool:
    """Tell whether another site's page sent a request that changes something: browsers name that site, programs name none."""
    origin = header(scope, b"origin")
    return scope["method"] not in ("GET", "HEAD") and bool(origin) and urlsplit(origin).netloc != header(scope, b"host")
