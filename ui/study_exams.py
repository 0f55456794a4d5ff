"""Exams as HTML: those that are fixed, one's consent, the form that fixes one, and what a lecturer sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ui.markup import both, escaped
from ui.study_words import STUDY

if TYPE_CHECKING:
    from assistant.study.classroom import Exam, Missed

__all__ = ["exam_page", "handed_in"]


def exam_page(
    exams: Sequence[tuple[Exam, int]], missed: Mapping[str, Sequence[Missed]], consented: Mapping[str, bool], decks: Mapping[str, int], teaches: bool
) -> str:
    """Return the part for exams; each exam comes with how many of those who sat it are left out of its results.

    What is a lecturer's (results, what a class missed, the form) is shown to who `teaches` alone.
    """
    rows = "".join(_exam(one, withheld, teaches) for one, withheld in exams)
    note = f'<p class="hint exam-note">{both(STUDY["exam_note"])}</p>'
    listed = f'{note}<ul class="exams">{rows}</ul>' if rows else f'<p class="hint">{both(STUDY["no_exams"])}</p>'
    consents = "".join(
        f'<li><button type="button" class="second" data-do="consent" data-group="{escaped(group)}" data-given="{"no" if given else "yes"}">'
        f"{both(STUDY['withdraw' if given else 'consent'], group=group)}</button></li>"
        for group, given in consented.items()
    )
    mine = f'<ul class="consents">{consents}</ul><p class="hint">{both(STUDY["consent_hint"])}</p>' if consents else ""
    tables = "".join(_missed(group, found) for group, found in missed.items())
    taught = f"<h3>{both(STUDY['lecturer'])}</h3>{tables}{_fix(decks)}" if teaches else ""
    return f'<h3 tabindex="-1" data-focus>{both(STUDY["exam_list"])}</h3>{listed}{mine}{taught}'


def handed_in(right: int, count: int) -> str:
    """Return what an exam came to for the one who sat it."""
    return (
        f'<section class="done" tabindex="-1" data-focus><p class="total" data-say>{both(STUDY["handed_in"], right=str(right), n=str(count))}</p>'
        f'<p class="act"><button type="button" class="go" data-do="exams">{both(STUDY["more"])}</button></p></section>'
    )


def _exam(one: Exam, withheld: int, teaches: bool) -> str:
    """Return one exam with what may be done with it."""
    table = f'<a class="second" href="./study/results?{escaped(urlencode({"exam": one.name}))}" download>{both(STUDY["results"])}</a>'
    about = both(STUDY["exam_row"], group=one.group, n=str(len(one.items)), minutes=str(one.minutes))
    left_out = f' <span class="hint">{both(STUDY["withheld"], n=str(withheld))}</span>' if withheld else ""
    results = f"{table}{left_out}" if teaches else ""
    return (
        f'<li><p><b>{escaped(one.name)}</b> <span class="hint">{about}</span></p><p class="act">'
        f'<button type="button" class="go" data-do="sit" data-exam="{escaped(one.name)}">{both(STUDY["sit"])}</button>'
        f"{results}</p></li>"
    )


def _missed(group: str, rows: Sequence[Missed]) -> str:
    """Return the provisions that a class missed, in numbers."""
    title = f"<h4>{both(STUDY['missed'], group=group)}</h4>"
    if not rows:
        return f'{title}<p class="hint">{both(STUDY["none_missed"])}</p>'
    heads = "".join(f'<th scope="col">{both(STUDY[name])}</th>' for name in ("document", "provision", "wrong_of", "trainees"))
    body = "".join(
        f'<tr><th scope="row">{escaped(one.document)}</th><td>{escaped(one.locator)}</td>'
        f"<td>{one.wrong}/{one.answers}</td><td>{one.trainees}</td></tr>"
        for one in rows
    )
    return f'{title}<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _fix(decks: Mapping[str, int]) -> str:
    """Return the form that fixes an exam of a kept deck."""
    if not decks:
        return f'<p class="hint">{both(STUDY["no_decks"])}</p>'
    rows = "".join(f'<option value="{escaped(name)}">{escaped(name)} ({count})</option>' for name, count in decks.items())
    words = "".join(
        f'<p class="field"><label for="study-{name}">{both(STUDY[label])}</label>'
        f'<input type="text" id="study-{name}" name="{name}" maxlength="80" required></p>'
        for name, label in (("name", "exam_name"), ("group", "group"))
    )
    numbers = "".join(
        f'<p class="field"><label for="study-{name}">{both(STUDY[name])}</label>'
        f'<input type="number" id="study-{name}" name="{name}" min="{low}" max="{high}" value="{value}" inputmode="numeric"></p>'
        for name, low, high, value in (("count", 1, 200, 20), ("minutes", 1, 600, 30), ("seed", 0, 999999, 0))
    )
    deck = f'<p class="field"><label for="study-exam-deck">{both(STUDY["deck"])}</label><select id="study-exam-deck" name="deck">{rows}</select></p>'
    return (
        f'<form data-do="fix" autocomplete="off"><fieldset><legend>{both(STUDY["fix"])}</legend><div class="pair">{words}{deck}{numbers}</div>'
        f'<p class="hint below">{both(STUDY["seed_hint"])}</p></fieldset>'
        f'<p class="act"><button type="submit" class="go">{both(STUDY["fix"])}</button></p></form>'
    )
