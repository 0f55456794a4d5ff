"""The page of kept conversations as HTML, and what stands under an answer that is kept. Every word of others passes `escaped`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from assistant.history.values import Conversation, Kept
from ui.evidence import Lookup
from ui.history_words import KEPT
from ui.markup import both, escaped
from ui.render import answered
from ui.words import Phrase, date_phrase

__all__ = ["conversation_html", "frame", "listing", "moment"]


def frame(*, exports: bool = False, suggests: bool = False) -> str:
    """Return the still parts of the page: the search, the place of the list, and the dialogs; `exports`: that of briefing notes too.

    `suggests` tells the script that questions to ask next are offered.
    """
    hint = KEPT["search"]
    words = "".join(
        f'<i data-key="{key}" data-vi="{escaped(KEPT[key].vi)}" data-en="{escaped(KEPT[key].en)}"></i>'
        for key in ("deleted", "renamed", "opened", "gone", "bad_title", "failed", "thanks", "editing")
    )
    return (
        f'<h2 id="history-name" tabindex="-1">{both(KEPT["title"])}</h2><p class="lead">{both(KEPT["intro"])}</p>'
        f'<form class="find" id="history-find" role="search"><label for="history-words">{both(hint)}</label>'
        '<input type="search" id="history-words" autocomplete="off" maxlength="200" enterkeyhint="search"></form>'
        f'<p class="problem" id="history-problem" role="alert" hidden></p><div id="history-list"></div>{_renaming()}{_deleting()}{_wrong()}'
        f"{_exporting() if exports else ''}{'<i data-next hidden></i>' if suggests else ''}"
        f'<template id="history-said">{words}</template>'
    )


def _dialog(name: str, title: str, inner: str, yes: str, *, danger: bool = False) -> str:
    """Return a dialog with a form in it; Escape and the second button close it."""
    kind = "danger" if danger else "go"
    return (
        f'<dialog id="{name}" aria-labelledby="{name}-name"><form method="dialog"><h3 id="{name}-name">{both(KEPT[title])}</h3>{inner}'
        f'<p class="act"><button type="submit" class="{kind}" value="yes">{both(KEPT[yes])}</button>'
        f'<button type="button" class="second" data-close>{both(KEPT["cancel"])}</button></p></form></dialog>'
    )


def _renaming() -> str:
    """Return the dialog that asks for a title."""
    inner = (
        f'<p><label for="history-title">{both(KEPT["new_title"])}</label>'
        '<input type="text" id="history-title" maxlength="200" required autocomplete="off"></p>'
    )
    return _dialog("history-rename", "rename_title", inner, "save")


def _deleting() -> str:
    """Return the dialog that asks before a conversation is deleted."""
    inner = f'<p class="which" id="history-which"></p><p>{both(KEPT["delete_more"])}</p>'
    return _dialog("history-delete", "delete_title", inner, "delete_yes", danger=True)


def _wrong() -> str:
    """Return the dialog in which a citation is reported; the script lists the citations of the answer."""
    inner = (
        '<p><select id="wrong-mark" aria-labelledby="history-wrong-name"></select></p>'
        f'<p><label for="wrong-words">{both(KEPT["wrong_words"])}</label><textarea id="wrong-words" rows="3" maxlength="2000"></textarea></p>'
    )
    return _dialog("history-wrong", "wrong_title", inner, "send")


def _exporting() -> str:
    """Return the dialog in which answers, the form of file and the language are chosen."""

    def choice(name: str, values: Sequence[tuple[str, str]]) -> str:
        boxes = "".join(
            f'<label class="box"><input type="radio" name="{name}" value="{value}"{" checked" if at == 0 else ""}>'
            f"<span>{both(KEPT[key])}</span></label>"
            for at, (value, key) in enumerate(values)
        )
        return f'<fieldset><legend>{both(KEPT[name])}</legend><div class="boxes">{boxes}</div></fieldset>'

    forms = choice("form", (("docx", "form_docx"), ("html", "form_html"), ("md", "form_md")))
    languages = choice("lang", (("vi", "lang_vi"), ("en", "lang_en"), ("both", "lang_both")))
    return (
        '<dialog id="history-export" aria-labelledby="history-export-name"><form method="dialog">'
        f'<h3 id="history-export-name">{both(KEPT["export"])}</h3><p class="hint">{both(KEPT["export_more"])}</p>'
        f'<p><label for="export-title">{both(KEPT["note_title"])}</label><input type="text" id="export-title" maxlength="200" autocomplete="off"></p>'
        f'<fieldset><legend>{both(KEPT["answers"])}</legend><div id="export-turns"></div></fieldset>{forms}{languages}'
        '<div id="export-told" role="status"></div>'
        f'<p class="act"><button type="button" class="go" id="export-go">{both(KEPT["export_go"])}</button>'
        f'<button type="button" class="second" data-close>{both(KEPT["close"])}</button></p></form></dialog>'
    )


def listing(conversations: Sequence[Conversation], *, searched: bool, exports: bool = False) -> str:
    """Return the list of conversations, or a sentence that there is none."""
    if not conversations:
        return f'<p class="hint">{both(KEPT["none_found" if searched else "none"])}</p>'
    return f'<ul class="kept">{"".join(_row(one, exports) for one in conversations)}</ul>'


def _row(one: Conversation, exports: bool) -> str:
    """Return one conversation: its title opens it, buttons export, rename and delete it."""
    name, title = escaped(one.id), escaped(one.title)
    count = both(KEPT["question"]) if one.turns == 1 else both(KEPT["questions"], n=str(one.turns))
    buttons = "".join(
        f'<button type="button" class="link" data-do="{what}" aria-describedby="t-{name}">{both(KEPT[what])}</button>'
        for what in (*(("export",) if exports else ()), "rename", "delete")
    )
    return (
        f'<li data-id="{name}"><button type="button" class="open" data-do="open" id="t-{name}" dir="auto">{title}</button>'
        f'<p class="hint"><span>{count}</span> <span>{both(moment(one.changed))}</span></p><p class="tools">{buttons}</p></li>'
    )


def moment(at: datetime) -> Phrase:
    """Return a moment as each language writes it, in the time of this machine."""
    here = at.astimezone()
    day = date_phrase(here.date().isoformat())
    return Phrase(f"{here:%H:%M}, {day.vi}", f"{day.en}, {here:%H:%M}")


def conversation_html(kept: Sequence[Kept], lookup: Lookup, reported: Mapping[str, Collection[str]]) -> str:
    """Return the exchanges of a conversation with the evidence as the library has it now: a quote that is gone says so.

    `reported` are the kinds of reports on each answer by its id.
    """
    return "".join(answered(one.id, one.answer.question, one.answer, lookup, one, reported=reported.get(one.id, ())) for one in kept)
