"""The one door of the whole application, Gradio's own addresses included: who comes in, and for what. Shut unless it is opened here.

Before anything is read or done, the request's session or token is looked up. Without accounts there is one user, who may do all, and
the server listens on loopback alone. Nothing that a request says of itself counts but its cookie and its `Authorization`.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from assistant.accounts.errors import AccountsFailed, NotAdmitted, TooManyAttempts
from assistant.accounts.keys import SESSION_SECONDS
from assistant.accounts.values import Right, User
from assistant.compose_accounts import Accounts
from ui.plainly import header, say
from ui.sign_in import ADDRESS, SignIn, read_form, safe_next, sign_in_page
from ui.whose import DISPLAY, MAY, USER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Entrance"]

_FREE = re.compile(r"/(?:favicon\.ico|robots\.txt|page/(?:sign-in\.css|icon\.svg))")
"""What anybody may have: nothing in it is anybody's."""
_NEEDS = (
    (re.compile(r"/evaluate/|/study/results"), Right.EVALUATE),
    (re.compile(r"/library/(?:upload|take|discard|remove|progress)"), Right.CURATE),
)
"""What needs more than reading, by the beginning of its address; handlers of the page ask `ui.whose.may` beside it."""
_BEARER = re.compile(r"Bearer ([!-~]{1,200})", re.IGNORECASE)


class Entrance:
    """ASGI middleware in front of everything; `accounts` is None where there are none."""

    def __init__(self, app: ASGIApp, accounts: Accounts | None = None) -> None:
        self._app = app
        self._accounts = accounts
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer 401 or 403, or 503 while nobody can be looked up; the first page sends to where one signs in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        else:
            try:
                await self._let_in(scope, receive, send)
            except AccountsFailed:  # of the door's own look-ups: the application tells its errors itself
                await say(scope, send, "accounts_out", [(b"retry-after", b"5")])

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or turn it away. Raises AccountsFailed before anything is sent."""
        if self._accounts is None or not await self._wanted(self._accounts):
            scope.update({MAY: frozenset(Right)})
            scope.pop(USER, None)
            await self._app(scope, receive, send)
        else:
            await self._guarded(self._accounts, scope, receive, send)

    async def _wanted(self, accounts: Accounts) -> bool:
        """Tell whether there are users; once there were, the door never stands open again."""
        self._begun = self._begun or await run_in_threadpool(accounts.users.any)
        return self._begun

    async def _guarded(self, accounts: Accounts, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request where there are accounts."""
        path = scope["path"]
        if path == ADDRESS:
            await self._sign_in(accounts, scope, receive, send)
            return
        if path == "/sign-out" and scope["method"] == "POST":
            await run_in_threadpool(accounts.keys.sign_out, _cookie(scope), _address(scope))
            await _redirect(send, ADDRESS, _set_cookie(scope, "", 0))
            return
        if _FREE.fullmatch(path):
            await self._app(scope, receive, send)
            return
        user = await run_in_threadpool(_who, accounts, scope)
        if user is None:
            if path == "/":
                ended = "&ended=1" if _cookie(scope) else ""
                await _redirect(send, f"{ADDRESS}?lang={_language(scope)}{ended}")
            else:
                await say(scope, send, "not_signed_in", [(b"www-authenticate", b'Bearer realm="attache"')])
            return
        needed = next((right for pattern, right in _NEEDS if pattern.match(path)), Right.READ)
        if not user.may(needed):
            await run_in_threadpool(accounts.keys.denied, user, path, _address(scope))
            await say(scope, send, "not_allowed")
            return
        scope.update({USER: user.name, DISPLAY: user.display, MAY: frozenset(right for right in Right if user.may(right))})
        await self._app(scope, receive, send)

    async def _sign_in(self, accounts: Accounts, scope: Scope, receive: Receive, send: Send) -> None:
        """Show where one signs in, or let somebody in."""
        query = scope["query_string"].decode("latin-1")
        shown = SignIn.read(query, _language(scope))
        if scope["method"] != "POST":
            await sign_in_page(send, shown, 200, scope["method"] == "HEAD")
            return
        form = await read_form(receive)
        if form is None:
            await say(scope, send, "too_large")
            return
        try:
            secret = await run_in_threadpool(accounts.keys.sign_in, form.get("name", ""), form.get("password", ""), _address(scope))
        except NotAdmitted:
            await sign_in_page(send, shown.said("wrong"), 401)
        except TooManyAttempts as error:
            await sign_in_page(send, shown.said("wait"), 429, headers=[(b"retry-after", str(error.seconds).encode())])
        else:
            await _redirect(send, safe_next(form.get("next", "")), _set_cookie(scope, secret, SESSION_SECONDS))


def _who(accounts: Accounts, scope: Scope) -> User | None:
    """Return whose request it is; a token that is sent is what counts, and a bad one is not made good by a cookie."""
    given = header(scope, b"authorization")
    if given:
        bearer = _BEARER.fullmatch(given.strip())
        return accounts.keys.by_token(bearer.group(1)) if bearer else None
    secret = _cookie(scope)
    return accounts.keys.by_session(secret) if secret else None


def _cookie_name(scope: Scope) -> str:
    """Return the name of our cookie; over https browsers hold it to this very host."""
    return "__Host-attache" if scope.get("scheme") == "https" else "attache_session"


def _cookie(scope: Scope) -> str:
    """Return the secret of the request's session, empty when it has none."""
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(_cookie_name(scope))
    except CookieError:
        return ""
    return found.value[:200] if found else ""


def _set_cookie(scope: Scope, secret: str, seconds: int) -> bytes:
    """Return the header that gives the browser its session, or takes it away."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{_cookie_name(scope)}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}".encode()


def _address(scope: Scope) -> str:
    """Return the address that the request comes from."""
    return str((scope.get("client") or ("",))[0])


def _language(scope: Scope) -> str:
    """Return the language that the address asks for."""
    return "en" if "lang=en" in scope["query_string"].decode("latin-1").split("&") else "vi"


async def _redirect(send: Send, place: str, cookie: bytes = b"") -> None:
    """Send the browser to a place of ours."""
    headers = [(b"location", place.encode()), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": [*headers, *([(b"set-cookie", cookie)] if cookie else [])]})
    await send({"type": "http.response.body", "body": b""})
