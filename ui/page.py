"""The still parts of the page: header, conversation, evidence pane, question form and the line under it.

They are drawn once, in both languages; the script `assets/page.js` moves the answers in and shows one language.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.history_words import KEPT
from ui.markup import both, escaped, spoken
from ui.ports import AskService
from ui.words import WORDS, Phrase

__all__ = ["LONGEST_QUESTION", "shell"]

LONGEST_QUESTION = 4000

_EMBLEM = (
    '<svg class="emblem" viewBox="0 0 40 40" width="36" height="36" aria-hidden="true"><rect x="1" y="1" width="38" height="38" rx="9"/>'
    '<path d="M11 28 L20 10.5 L29 28 M14.6 21.6 H25.4"/><circle cx="31" cy="30" r="2.4"/></svg>'
)
_ARROWS = {"previous": "M10 3 L5 8 L10 13", "next": "M6 3 L11 8 L6 13", "back": "M6 2.5 L2.5 6 L6 9.5 M2.5 6 H10 A3.6 3.6 0 0 1 10 13.2 H7"}
_VIEWS = {"ask": "view_ask", "study": "view_study", "evaluate": "view_evaluate", "history": "view_history", "library": "view_library"}


def shell(service: AskService, views: Sequence[str] = ()) -> str:
    """Return the page for a service: its examples, its notices and the line that tells who answers; `views` are its further pages."""
    return (
        f'<a class="skip" href="#question">{_word("skip")}</a>{_header(views, _promise(service.sends_to))}'
        '<div class="columns"><section class="talk" aria-labelledby="talk-name">'
        f'<h2 class="vh" id="talk-name">{_word("conversation")}</h2>'
        f'<div class="scroll" id="scroll"><div class="reading">{_notice(service.left_out)}{_welcome(service)}'
        '<div id="past"></div><div id="live"></div></div></div>'
        f'<div class="dock"><p class="lost" id="lost" role="alert" hidden>{_word("lost")}</p>'
        f"{_form()}{_who(service.generator, service.sends_to)}</div></section>{_pane()}</div>"
        f'<p class="vh" id="say" role="status" aria-live="polite"></p><template id="words">{_script_words()}</template>'
    )


def _word(key: str) -> str:
    """Return one of the page's words in both languages."""
    return both(WORDS[key])


def _spoken(attribute: str, key: str) -> str:
    """Return an attribute whose words the script changes with the language."""
    return spoken(attribute, WORDS[key])


def _header(views: Sequence[str], promise: str) -> str:
    """Return the head of the page: its pages, where there are several, on those what leaves the machine, and the language control."""
    choices = "".join(
        f'<button type="button" data-language="{code}" lang="{code}" aria-pressed="{str(code == "vi").lower()}" aria-label="{name}">'
        f"{code.upper()}</button>"
        for code, name in (("vi", "VI – Tiếng Việt"), ("en", "EN – English"))
    )
    new = f'<button type="button" class="quiet-button" id="new" hidden>{_word("new")}</button>'
    return (
        f'<header class="top"><div class="brand">{_EMBLEM}<div><h1>{_word("name")}</h1><p class="tagline">{_word("tagline")}</p></div></div>'
        f'{_pages(views)}<p class="leaving">{promise}</p><div class="top-tools">{new}'
        f'<div class="languages" role="group" {_spoken("aria-label", "language")}>{choices}</div></div></header>'
    )


def _pages(views: Sequence[str]) -> str:
    """Return links to the chat and the further pages, nothing where there are none; the script shows the page that the address names."""
    links = "".join(f'<a href="#{name}" data-view="{name}">{_word(_VIEWS[name])}</a>' for name in ("ask", *views))
    return f'<nav class="pages" {_spoken("aria-label", "views")}>{links}</nav>' if views else ""


def _welcome(service: AskService) -> str:
    """Return what stands before the first question."""
    lists = "".join(
        f'<ul class="w examples" lang="{language}">'
        + "".join(f'<li><button type="button" class="example">{escaped(question)}</button></li>' for question in service.examples(language))
        + "</ul>"
        for language in ("vi", "en")
    )
    return f'<div class="welcome" id="welcome"><h2>{_word("welcome")}</h2><p>{_word("welcome_more")}</p><h3>{_word("examples")}</h3>{lists}</div>'


def _notice(left_out: Sequence[str]) -> str:
    """Return the notice of library files that could not be read, empty when all could."""
    if not left_out:
        return ""
    said = both(WORDS["left_out_one"]) if len(left_out) == 1 else both(WORDS["left_out"], n=str(len(left_out)))
    items = "".join(f"<li>{escaped(sentence)}</li>" for sentence in left_out)
    return f'<details class="notice"><summary>{said}</summary><ul>{items}</ul></details>'


def _form() -> str:
    """Return the question form: the question, the day to read as of, ask and stop."""
    return (
        f'<p class="editing" id="editing" hidden><span>{both(KEPT["editing"])}</span> '
        f'<button type="button" class="quiet-button" id="leave">{both(KEPT["edit_stop"])}</button></p>'
        '<form class="ask" id="ask" autocomplete="off">'
        f'<label class="vh" for="question">{_word("ask_label")}</label>'
        f'<textarea id="question" name="question" rows="1" maxlength="{LONGEST_QUESTION}" enterkeyhint="send" aria-describedby="keys" '
        f"{_spoken('placeholder', 'ask_placeholder')}></textarea>"
        f'<div class="ask-tools"><div class="as-of"><label for="as-of">{_word("as_of")}</label>'
        '<span class="day"><input type="date" id="as-of" name="as_of" min="1945-09-02" max="2199-12-31">'
        '<span id="as-of-words" aria-hidden="true"></span></span></div>'
        f"{_limits()}"
        f'<p class="keys" id="keys">{_word("keys")}</p>'
        f'<button type="button" class="stop" id="stop" hidden>{_word("stop")}</button>'
        f'<button type="submit" class="send" id="send">{_word("ask")}</button></div></form>'
    )


def _limits() -> str:
    """Return the limits of a question, folded away: documents, issuer, years, only what is in force."""
    fields = "".join(
        f'<p><label for="limit-{name}">{_word(key)}</label><input type="text" id="limit-{name}" maxlength="300" autocomplete="off"></p>'
        for name, key in (("documents", "limit_documents"), ("issuers", "limit_issuers"), ("years", "limit_years"))
    )
    return (
        f'<details class="limits" id="limits"><summary>{_word("limits")} <b id="limits-count"></b></summary><div class="limits-box">{fields}'
        f'<label class="tick"><input type="checkbox" id="limit-force"><span>{_word("limit_force")}</span></label></div></details>'
    )


def _who(generator: str, sends_to: str) -> str:
    """Return the line that tells who answers and which host the question goes to; nothing leaves the machine without one."""
    quoting = generator == "extractive"
    name = _word("by_extractive") if quoting else f"<b>{escaped(generator)}</b>"
    return f'<p class="who"><span>{_word("by")}: {name}.</span> <span class="promise">{_promise(sends_to)}.</span></p>'


def _promise(sends_to: str) -> str:
    """Return what leaves this machine: nothing, or the questions to a host."""
    return both(WORDS["sent"], host=sends_to) if sends_to else _word("private")


def _pane() -> str:
    """Return the empty evidence pane."""
    back, before, after = (_step(name, _ARROWS[name]) for name in ("back", "previous", "next"))
    return (
        '<aside class="pane" id="evidence-pane" aria-labelledby="pane-name"><div class="pane-head">'
        f'<h2 id="pane-name" tabindex="-1">{_word("evidence")} <span id="pane-label"></span><span id="pane-number"></span></h2>'
        f'<div class="steps" id="tools" hidden>{back}<span class="steps" id="steps"><span class="count" id="count"></span>'
        f"{before}{after}</span></div></div>"
        f'<div class="pane-body" id="pane-body" tabindex="0" role="group" aria-labelledby="pane-name">'
        f'<p class="empty" id="pane-empty">{_word("evidence_empty")}</p>'
        f'<p class="empty" id="pane-none" hidden>{_word("evidence_none")}</p><div id="shown"></div><div id="library-place"></div></div>'
        "</aside>"
    )


def _step(name: str, path: str) -> str:
    """Return a small button of the pane."""
    return (
        f'<button type="button" class="step" id="{name}" {_spoken("aria-label", name)} {_spoken("title", name)}>'
        f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="{path}"/></svg></button>'
    )


def _script_words() -> str:
    """Return the words that the script itself needs."""
    keys = ("page_title", "stopped", "answered_say", "failed", "stopped_short", "working")

    def row(key: str, phrase: Phrase) -> str:
        return f'<i data-key="{key}" data-vi="{escaped(phrase.vi)}" data-en="{escaped(phrase.en)}"></i>'

    return "".join(row(key, WORDS[key]) for key in keys)
