"""A refusal before the application is reached: a status, and one sentence with the next step, as JSON for programs or plain text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from ui.words import Phrase

if TYPE_CHECKING:
    from starlette.types import Scope, Send

__all__ = ["REFUSALS", "header", "prefers_vietnamese", "refusal", "say"]

REFUSALS: Mapping[str, tuple[int, Phrase]] = MappingProxyType({
    "not_signed_in": (401, Phrase(
        "Bạn chưa đăng nhập, hoặc phiên đã hết hạn. Hãy đăng nhập tại /sign-in, hoặc gửi mã truy cập còn hiệu lực.",
        "You are not signed in, or your session has ended. Sign in at /sign-in, or send a token that is valid.",
    )),
    "not_allowed": (403, Phrase(
        "Tài khoản của bạn không có quyền làm việc này. Hãy hỏi người quản trị.", "Your account may not do this. Ask an administrator.",
    )),
    "foreign": (403, Phrase(
        "Trang của nơi khác không được gửi yêu cầu này. Hãy làm từ trang của chương trình.",
        "A page of another site may not send this. Do it from this program's own page.",
    )),
    "not_found": (404, Phrase("Không có trang này. Hãy về trang đầu.", "There is nothing here. Go to the first page.")),
    "too_large": (413, Phrase("Yêu cầu quá lớn. Hãy gửi ít hơn.", "The request is too large. Send less.")),
    "wrong_host": (421, Phrase(
        "Máy này không nhận tên đó. Hãy dùng địa chỉ được in khi khởi động.", "This server does not go by that name. Use the address it printed.",
    )),
    "too_many_waiting": (429, Phrase(
        "Bạn đã gửi nhiều câu hỏi chưa được trả lời. Hãy đợi các câu ấy xong rồi hỏi tiếp.",
        "Many of your questions are waiting already. Let them be answered, then ask again.",
    )),
    "too_fast": (429, Phrase(
        "Bạn đang hỏi nhanh hơn mức cho phép. Hãy đợi một phút rồi hỏi tiếp.", 
        "You are asking faster than is allowed. Wait a minute, then ask again.",
    )),
    "busy": (503, Phrase(
        "Máy chủ đang có quá nhiều người hỏi. Hãy thử lại sau ít giây.", "Too many people are asking at this moment. Try again in a few seconds.",
    )),
    "accounts_out": (503, Phrase(
        "Cơ sở dữ liệu giữ tài khoản không trả lời. Hãy báo người quản trị; khi nó chạy lại, chương trình tự làm việc tiếp.",
        "The database that keeps the accounts does not answer. Tell the administrator; once it runs again, this program goes on by itself.",
    )),
    "too_many": (429, Phrase("Quá nhiều lần thử. Hãy đợi một lúc rồi thử lại.", "Too many attempts. Wait a while and try again.")),
})  # fmt: skip


def refusal(name: str) -> str:
    """Return what the table has under a name in both languages."""
    return f"{REFUSALS[name][1].vi} / {REFUSALS[name][1].en}"


def header(scope: Scope, name: bytes) -> str:
    """Return one request header, empty when it is missing."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def prefers_vietnamese(scope: Scope) -> bool:
    """Tell whether the caller asks for Vietnamese first, or for no language."""
    wanted = header(scope, b"accept-language").strip().lower()
    return not wanted or wanted.startswith("vi")


async def say(scope: Scope, send: Send, name: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """Answer with what the table has under a name."""
    status, phrase = REFUSALS[name]
    if scope["path"].startswith(("/api/", "/v1/", "/mcp")):
        message = phrase.vi if header(scope, b"accept-language").strip().lower().startswith("vi") else phrase.en
        body, kind = json.dumps({"error": {"type": name, "message": message, "code": status}}, ensure_ascii=False), b"application/json"
    else:
        first, second = (phrase.vi, phrase.en) if prefers_vietnamese(scope) else (phrase.en, phrase.vi)
        body, kind = f"{first}\n{second}\n", b"text/plain; charset=utf-8"
    content = body.encode()
    told = [(b"content-type", kind), (b"content-length", str(len(content)).encode()), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})
