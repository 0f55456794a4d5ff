"""The page where one signs in: plain HTML, no script, in both languages, and nothing of the request in it but where to go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl

from ui.markup import escaped
from ui.words import Phrase

if TYPE_CHECKING:
    from starlette.types import Receive, Send

__all__ = ["ADDRESS", "SIGN_IN", "SignIn", "read_form", "safe_next", "sign_in_page"]

ADDRESS = "/sign-in"
_LARGEST_FORM = 8192
_INSIDE = re.compile(r"/(?![/\\])[\w\-./?=&%#]{0,500}")

SIGN_IN: Mapping[str, Phrase] = MappingProxyType({
    "title": Phrase("Đăng nhập", "Sign in"),
    "program": Phrase("Tùy viên số", "Attaché"),
    "name": Phrase("Tên đăng nhập", "Name"),
    "password": Phrase("Mật khẩu", "Password"),
    "enter": Phrase("Đăng nhập", "Sign in"),
    "other": Phrase("English", "Tiếng Việt"),
    "wrong": Phrase(
        "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại, hoặc hỏi người quản trị.",
        "The name or the password is not right. Check both, or ask an administrator.",
    ),
    "wait": Phrase("Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại.", "There were too many attempts. Wait some minutes and try again."),
    "ended": Phrase("Phiên làm việc đã kết thúc. Hãy đăng nhập lại.", "Your session has ended. Sign in again."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the page shows: its language, a message by name, and where to go on."""

    language: str
    message: str = ""
    onward: str = "/"

    @classmethod
    def read(cls, query: str, language: str) -> SignIn:
        """Read the query of the page's address."""
        given = parse_qs(query)
        return cls(language, "ended" if given.get("ended") == ["1"] else "", safe_next(given.get("next", [""])[0]))

    def said(self, message: str) -> SignIn:
        """Return the page with another message."""
        return replace(self, message=message)

    def html(self) -> str:
        """Return the page."""

        def word(key: str) -> str:
            return escaped(SIGN_IN[key].en if self.language == "en" else SIGN_IN[key].vi)

        other = "vi" if self.language == "en" else "en"
        message = f'<p class="message" role="alert">{word(self.message)}</p>' if self.message else ""
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{word('title')} – {word('program')}</title>"
            '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/sign-in.css">'
            f"</head><body><main><h1>{word('program')}</h1><h2>{word('title')}</h2>{message}"
            f'<form method="post" action="{ADDRESS}?lang={self.language}">'
            f'<label for="name">{word("name")}</label><input id="name" name="name" autocomplete="username" autocapitalize="none" required autofocus>'
            f'<label for="password">{word("password")}</label>'
            '<input id="password" name="password" type="password" autocomplete="current-password" required>'
            f'<input type="hidden" name="next" value="{escaped(self.onward)}"><button type="submit">{word("enter")}</button></form>'
            f'<p class="other"><a href="{ADDRESS}?lang={other}" lang="{other}">{word("other")}</a></p></main></body></html>'
        )


def safe_next(given: str) -> str:
    """Return a place of this server to go on to: a path that begins with one slash; anything else becomes the first page."""
    return given if _INSIDE.fullmatch(given) else "/"


async def read_form(receive: Receive) -> dict[str, str] | None:
    """Return the fields of a form, None for one that is too large; fields that make no sense are left out."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body.extend(message.get("body", b""))
        more = message.get("more_body", False)
        if len(body) > _LARGEST_FORM:
            return None
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=10))
    except ValueError:
        return {}


async def sign_in_page(send: Send, shown: SignIn, status: int, bodyless: bool = False, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Send the page."""
    content = shown.html().encode()
    told = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if bodyless else content})
