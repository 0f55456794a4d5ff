"""`attache history`: the conversations that the chat page keeps, listed, shown, searched, renamed, deleted for good."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from assistant.compose_history import open_history
from assistant.history.errors import UnknownConversation
from assistant.history.store import History
from assistant.history.values import Conversation, Kept
from assistant.settings import Settings
from ui.agreeing import agreed
from ui.console import ERR, OUT, write

__all__ = ["found", "history"]

_SHOWN = 8
"""How many characters of an id are printed; more where two begin alike."""


def history(options: Namespace) -> int:
    """Run one action of `attache history`; returns the exit status."""
    actions: dict[str, Callable[[History, Namespace], int]] = {
        "list": _list, "show": _show, "search": _list, "rename": _rename, "delete": _delete,
    }  # fmt: skip
    kept = open_history(Settings.read())
    try:
        return actions[str(options.action)](kept, options)
    finally:
        kept.close()


def found(kept: History, user: str, beginning: str) -> str:
    """Return the id of the one conversation of a user that begins like this; raises UnknownConversation."""
    names = [c.id for c in kept.conversations(user, 1 << 30) if beginning and c.id.startswith(beginning)]
    if len(names) != 1:
        few = "Several conversations begin" if names else "No conversation begins"
        raise UnknownConversation(f"{few} with “{beginning}”.")
    return names[0]


def _list(kept: History, options: Namespace) -> int:
    """List the conversations, those with certain words where words are given."""
    words = getattr(options, "words", None)
    listed = kept.conversations(options.user) if words is None else kept.search(options.user, words)
    if options.json:
        write(json.dumps([_head(one) for one in listed], ensure_ascii=False))
        return 0
    if not listed:
        ERR.print("Chưa có hội thoại nào. / No conversation is kept." if words is None else "Không tìm thấy. / Nothing was found.")
        return 0
    every = [one.id for one in (listed if words is None else kept.conversations(options.user))]
    table = Table("ID", "Tên / Title", "Câu hỏi / Questions", "Lần cuối / Last changed")
    for one in listed:
        table.add_row(_short(one.id, every), escape(one.title), str(one.turns), f"{one.changed.astimezone():%Y-%m-%d %H:%M}")
    OUT.print(table)
    return 0


def _short(name: str, every: Sequence[str]) -> str:
    """Return the beginning of an id that names it alone."""
    return next((name[:n] for n in range(_SHOWN, len(name)) if sum(other.startswith(name[:n]) for other in every) < 2), name)


def _show(kept: History, options: Namespace) -> int:
    """Print a conversation."""
    head, turns = kept.conversation(options.user, found(kept, options.user, options.conversation))
    if options.json:
        write(json.dumps(_head(head) | {"answers": [one.answer.to_json(one.id) | {"place": one.place} for one in turns]}, ensure_ascii=False))
        return 0
    OUT.print(f"[bold]{escape(head.title)}[/] [dim]{head.id}[/]")
    for one in turns:
        _print(one)
    return 0


def _print(one: Kept) -> None:
    """Print a question and its answer with the sources."""
    answer = one.answer
    OUT.print(f"\n[bold]{one.place}. {escape(answer.question)}[/] [dim]({answer.as_of.isoformat()})[/]", soft_wrap=True)
    OUT.print(escape(answer.text), soft_wrap=True)
    for c in answer.citations:
        OUT.print(f"[dim]\\[{c.mark}] {escape(c.document)}, {escape(c.locator)}: “{escape(c.quote)}”[/]", soft_wrap=True)


def _rename(kept: History, options: Namespace) -> int:
    """Give a conversation another title."""
    title = kept.rename(options.user, found(kept, options.user, options.conversation), options.title)
    write(json.dumps({"title": title}, ensure_ascii=False)) if options.json else OUT.print(escape(title), soft_wrap=True)
    return 0


def _delete(kept: History, options: Namespace) -> int:
    """Delete a conversation for good, having asked."""
    head, _ = kept.conversation(options.user, found(kept, options.user, options.conversation))
    if not options.yes and not agreed(f"Xóa vĩnh viễn / Delete for good: “{head.title}”?"):
        return 0
    kept.delete(options.user, head.id)
    if options.json:
        write(json.dumps({"deleted": head.id}))
    else:
        ERR.print("Đã xóa vĩnh viễn. / Deleted for good.")
    return 0


def _head(one: Conversation) -> dict[str, Any]:
    """Return a conversation as JSON tells of it."""
    return {"id": one.id, "title": one.title, "created": one.created.isoformat(), "changed": one.changed.isoformat(), "questions": one.turns}
