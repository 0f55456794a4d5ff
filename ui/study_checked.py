"""A trainee's own words as HTML: the forms of an answer and a draft, and both marked claim by claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.markup import both, escaped, fixed
from ui.study_form import documents_field
from ui.study_items import quoted
from ui.study_order import LONGEST_TEXT
from ui.study_words import FAULTS, FINDINGS, STUDY
from ui.words import Phrase

if TYPE_CHECKING:
    from assistant.study.drill import Departure, Drilled, Part
    from assistant.study.marking import Marked, MarkedClaim
    from assistant.study.reading import Section

__all__ = ["drill_form", "drilled", "mark_form", "marked_answer"]

_SIGNS = {"supported": "✓", "contradicted": "✗", "not_found": "?"}


def mark_form(text: str = "", document: str = "", locator: str = "", sections: Sequence[Section] = ()) -> str:
    """Return the form of a free answer; once a document is named its provisions may be listed."""
    rows = "".join(_provision(one, locator) for one in sections)
    chosen = (
        f'<p class="field"><label for="study-locator">{both(STUDY["mark_locator"])}</label><select id="study-locator" name="locator">'
        f'<option value="">{_plain(STUDY["any_provision"])}</option>{rows}</select></p>'
        if sections
        else ""
    )
    find = f'<button type="button" class="second" data-do="mark_form">{both(STUDY["find_provisions"])}</button>'
    return (
        f'<p class="lead">{both(STUDY["mark_intro"])}</p><form data-do="mark" autocomplete="off"><div class="pair">'
        f'{documents_field("document", "mark_document", document)}{chosen}</div><p class="act">{find}</p>{_area("mark_text", text)}'
        f'<p class="act"><button type="submit" class="go">{both(STUDY["mark_go"])}</button></p></form>'
    )


def _provision(one: Section, chosen: str) -> str:
    """Return one provision to choose."""
    words = f"{one.locator} {one.heading}"[:90]
    return f'<option value="{escaped(one.locator)}"{" selected" if one.locator == chosen else ""}>{escaped(words)}</option>'


def marked_answer(marked: Marked) -> str:
    """Return an answer as marked: its claims, then which points of the provision it says."""
    said, count = marked.complete
    points = "".join(
        f'<li class="{"good" if point.said else "care"}"><span aria-hidden="true">{"✓" if point.said else "○"}</span> {escaped(point.text)} '
        f'<span class="note">{both(STUDY["said" if point.said else "unsaid"])}</span></li>'
        for point in marked.points
    )
    complete = f'<h3>{both(STUDY["complete"], said=str(said), n=str(count))}</h3><ul class="points">{points}</ul>' if count else ""
    return f"{_result(marked.claims, _claims(marked.claims))}{complete}"


def drill_form(text: str = "") -> str:
    """Return the form of a draft."""
    return (
        f'<p class="lead">{both(STUDY["drill_intro"])}</p><form data-do="drill" autocomplete="off">{_area("drill_text", text)}'
        f'<p class="act"><button type="submit" class="go">{both(STUDY["drill_go"])}</button></p></form>'
    )


def drilled(found: Drilled) -> str:
    """Return a draft as checked: each paragraph with its flagged terms, its claims, and what the terms should be."""
    parts = "".join(f"{_paragraph(part, found.departures)}{_claims(part.marked.claims)}" for part in found.parts)
    terms = "".join(f"<li>{both(STUDY['term_' + one.kind], written=one.written, vi=one.vi, en=one.en)}</li>" for one in found.departures)
    listed = f'<ul class="terms">{terms}</ul>' if terms else f"<p>{both(STUDY['terms_fine'])}</p>" if found.parts else ""
    return f"{_result([claim for part in found.parts for claim in part.marked.claims], parts)}<h3>{both(STUDY['terms'])}</h3>{listed}"


def _result(claims: Sequence[MarkedClaim], inside: str) -> str:
    """Return a result that takes the focus, with how many claims were found how."""
    counts = Counter(str(claim.finding) for claim in claims)
    summed = " · ".join(f"{both(FINDINGS[finding])}: {counts[finding]}" for finding in FINDINGS)
    head = f'<h3 id="study-claims">{both(STUDY["claims"])}</h3><p class="hint" data-say>{summed}</p>'
    nothing = f"<p>{both(STUDY['no_claims'])}</p>"
    return f'<section tabindex="-1" data-focus aria-labelledby="study-claims">{head}{inside or nothing}</section>'


def _claims(claims: Sequence[MarkedClaim]) -> str:
    """Return claims with what the documents say to each."""
    rows = "".join(_claim(claim) for claim in claims)
    return f'<ol class="claims">{rows}</ol>' if rows else ""


def _claim(claim: MarkedClaim) -> str:
    """Return one claim: its words, the finding, the reasons against it, and the provision."""
    told = [reason for reason in claim.reasons if claim.finding == "contradicted" and reason.fault in FAULTS]
    against = "".join(f"<li>{both(FAULTS[reason.fault], words=reason.words)}</li>" for reason in told)
    reasons = f'<ul class="reasons">{against}</ul>' if against else ""
    cited = quoted([claim.cited]) if claim.cited else ""
    return (
        f'<li class="claim" data-finding="{claim.finding}"><p class="finding"><span aria-hidden="true">{_SIGNS[claim.finding]}</span> '
        f"{both(FINDINGS[claim.finding])}</p><p>{escaped(claim.text)}</p>{reasons}{cited}</li>"
    )


def _paragraph(part: Part, departures: Sequence[Departure]) -> str:
    """Return a paragraph of a draft with the words that depart from agreed terms marked."""
    mine = sorted({one.span for one in departures if one.language == part.language and part.text[slice(*one.span)] == one.written})
    made, at = [], 0
    for start, end in mine:
        if start >= at:
            made.append(f"{escaped(part.text[at:start])}<mark>{escaped(part.text[start:end])}</mark>")
            at = end
    return f'<p class="draft" lang="{fixed(part.language)}">{"".join(made)}{escaped(part.text[at:])}</p>'


def _area(label: str, text: str) -> str:
    """Return the field for a text."""
    return (
        f'<p class="field wide-field"><label for="study-text">{both(STUDY[label])}</label>'
        f'<textarea id="study-text" name="text" rows="6" maxlength="{LONGEST_TEXT}">\n{escaped(text)}</textarea></p>'
    )


def _plain(phrase: Phrase) -> str:
    """Return a phrase where no element may stand, as in an option: both languages."""
    return f"{escaped(phrase.vi)} / {escaped(phrase.en)}"
