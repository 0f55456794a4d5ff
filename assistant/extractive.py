"""The extractive composer: chooses and arranges sentences of provisions; it never writes a fact of its own.

Fact questions get the best sentence and at most two more where they add a part of the question that is not yet said;
list questions get every item of one provision and none of another; comparisons get a row a document or a year. After
maximal marginal coverage: each further sentence must say something new of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Line, Quote
from assistant.evidence import Candidate, Sentence
from assistant.places import countries_in
from assistant.question import Shape, Want
from assistant.relevance import Subject
from assistant.understand import Understanding
from corpus.figures import figures
from corpus.sentences import items

__all__ = ["compose"]

_FACT_LENGTH = 560
_LONG_LENGTH = 2300
_NEW = 0.12
_ROWS = 6
_MOST = 3
_SHORT = 260
_MOSTLY = 0.6
_FIGURE = 0.15
_ACT = re.compile(r"\b\d+(?:/\d{4})?[/-][A-ZĐ]{2,}[\w-]*(?:[/-][A-ZĐ]\w+)?")
Pair = tuple[Candidate, Sentence]


def compose(understanding: Understanding, subject: Subject, candidates: Sequence[Candidate], *, parts: int = 1) -> Draft:
    """Return the draft that answers; `candidates` are in order of merit and not empty, `parts` share the room."""
    shape = understanding.form.shape
    if shape is Shape.COMPARISON:
        draft = _comparison(understanding, subject, candidates)
        if draft is not None:
            return draft
    if shape is Shape.LIST:
        return _listing(understanding, candidates)
    return _fact(understanding, subject, candidates, _FACT_LENGTH if parts == 1 else int(1.6 * _FACT_LENGTH / parts))


def _quote(candidate: Candidate, sentence: Sentence) -> Quote:
    """Return a quote of a whole sentence."""
    return Quote(candidate, sentence.text, (sentence.start, sentence.end))


def _fact(understanding: Understanding, subject: Subject, candidates: Sequence[Candidate], room: int) -> Draft:
    """Choose up to three sentences: the best one, then those that add most of what is still unsaid."""
    pool = [(c, s) for c in candidates for s in c.sentences]
    chosen = [_related_act(understanding, pool) or _first(pool, understanding.form.shape)]
    if understanding.form.shape is Shape.CLAIM:
        _add_figures(understanding, pool, chosen, room)
    while len(chosen) < _MOST:
        best = max(pool, key=lambda pair: _worth(understanding, subject, pair, chosen, room))
        if _worth(understanding, subject, best, chosen, room) <= _NEW:
            break
        chosen.append(best)
    if sum(len(s.text) for _, s in chosen) < _SHORT:
        chosen.extend(_context(understanding, pool, chosen))
    return Draft(tuple(Line((_quote(c, s),)) for c, s in chosen))


def _first(pool: Sequence[Pair], shape: Shape) -> Pair:
    """Return the best sentence; the act's own provision goes before a mere card or an editor's note that stands hardly higher.

    A claim that is checked keeps the note, for notes are where mistakes of sources are told.
    """
    best = max(pool, key=lambda pair: pair[1].score)
    if best[0].document.text_kind == "card" or (best[0].provision.role == "note" and shape is not Shape.CLAIM):
        rest = [p for p in pool if p[0].document.text_kind != "card" and (p[0].provision.role != "note" or best[0].document.text_kind == "card")]
        return max((p for p in rest if p[1].score >= 0.85 * best[1].score), key=lambda pair: pair[1].score, default=best)
    return best


def _related_act(understanding: Understanding, pool: Sequence[Pair]) -> Pair | None:
    """Return the sentence by which an act that was asked for says how it stands to the one named: “…, thực hiện Nghị quyết 57-NQ/TW”."""
    if Want.DOCUMENT not in understanding.form.wants or not understanding.related:
        return None
    named = (*understanding.documents, *understanding.dated)
    opening = [
        (c, s) for c, s in pool
        if c.document.number in understanding.related and c.document.provisions[:1] == (c.provision,) and any(n in s.text for n in named)
    ]  # fmt: skip
    return max(opening, key=lambda pair: pair[1].score, default=None)


def _add_figures(understanding: Understanding, pool: Sequence[Pair], chosen: list[Pair], room: int) -> None:
    """Add, for a claim that is checked, the best sentence with each figure of the claim that is not shown yet."""
    named = {f.value for n in understanding.documents for f in figures(n)}
    for figure in dict.fromkeys(f.value for f in figures(understanding.text) if f.value not in named):
        if any(figure in {f.value for f in figures(s.text)} for _, s in chosen) or len(chosen) == _MOST:
            continue
        have = [p for p in pool if p[0].document == chosen[0][0].document and figure in {f.value for f in figures(p[1].text)}]
        best = max(have, key=lambda pair: pair[1].score, default=None)
        length = sum(len(s.text) for _, s in chosen)
        if best and best[1].score > 0.4 * chosen[0][1].score and length + len(best[1].text) <= room:
            chosen.append(best)


def _worth(understanding: Understanding, subject: Subject, pair: Pair, chosen: Sequence[Pair], room: int) -> float:
    """Return what a further sentence adds: unsaid words and things wanted, a document named and not yet quoted, its nearness."""
    candidate, sentence = pair
    first = chosen[0]
    length = sum(len(s.text) for _, s in chosen)
    if pair in chosen or length + len(sentence.text) > room or sentence.score < 0.6 * first[1].score:
        return 0.0
    said = frozenset(term for _, s in chosen for term in s.coverage.covered)
    held = frozenset(want for _, s in chosen for want in s.holds)
    new = subject.gain(sentence.coverage, said) + 0.2 * len(sentence.holds - held) + _unseen_document(understanding, candidate, chosen)
    near = sentence.score / first[1].score
    if candidate.key == first[0].key:
        # the neighbours of a good sentence are its context when they stand nearly as high
        return new + 0.5 * max(0.0, near - 0.55)
    return 0.8 * new + 2.0 * max(0.0, near - 0.88)


def _context(understanding: Understanding, pool: Sequence[Pair], chosen: Sequence[Pair]) -> list[Pair]:
    """Return one sentence of context for a short answer: what act it is when an act was asked for, else the next best one.

    A reader who asks “which decree” wants its date and title too; a claim that is refuted wants what the source says instead.
    """
    first = chosen[0]
    document = first[0].document
    if Want.DOCUMENT in understanding.form.wants and document.number not in understanding.documents:
        opening = [p for p in pool if p[0].document == document and document.provisions[:1] == (p[0].provision,) and p not in chosen]
        if opening:
            return [opening[0]]
    floor = 0.5 if understanding.form.shape is Shape.CLAIM else 0.66
    rest = [p for p in pool if p not in chosen and p[0].document == document and p[1].score >= floor * first[1].score]
    best = max(rest, key=lambda pair: pair[1].score, default=None)
    return [best] if best and len(best[1].text) <= _SHORT else []


def _unseen_document(understanding: Understanding, candidate: Candidate, chosen: Sequence[Pair]) -> float:
    """Return a bonus for the first sentence of a document that the question names and no chosen sentence is from."""
    number = candidate.document.number
    wanted = number in understanding.documents or number in understanding.dated
    return 0.25 if wanted and all(c.document.number != number for c, _ in chosen) else 0.0


def _listing(understanding: Understanding, candidates: Sequence[Candidate]) -> Draft:
    """Choose the best provision and print its enumeration, or all its sentences, as a list."""
    top = candidates[0]
    best = top.best()
    introduction, parts = items(best.text)
    if len(parts) >= 2:
        lines = [Line((Quote(top, introduction, (best.start, best.end)),))]
        lines += [Line((Quote(top, part.text, (best.start, best.end)),), bullet=True) for part in parts]
        rest = [s for s in top.sentences if s is not best and s.score > 0.75 * best.score][:2]
        return Draft((*lines, *(Line((_quote(top, s),)) for s in rest)))
    lines, length = [], 0
    group = [top, *_companions(top, candidates[1:])]
    bullets = sum(len(c.sentences) for c in group) > 1
    for candidate in group:
        for sentence in candidate.sentences:
            if length + len(sentence.text) > _LONG_LENGTH:
                break
            lines.append(Line((_quote(candidate, sentence),), bullet=bullets))
            length += len(sentence.text)
    return Draft(tuple(lines))


def _companions(top: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    """Return the provisions of the same document that stand nearly as high, when the first one is a single sentence."""
    if len(top.sentences) > 1:
        return []
    return [c for c in others if c.document.number == top.document.number and c.score > 0.85 * top.score][:3]


def _comparison(understanding: Understanding, subject: Subject, candidates: Sequence[Candidate]) -> Draft | None:
    """Choose a row for each document or year compared; None when there is only one thing to show."""
    rows = _by_document(understanding, candidates) if len(understanding.documents) != 1 or not _COMPARED.search(understanding.text) else []
    if len(rows) < 2:
        rows = _by_number(understanding, candidates)
    if len(rows) < 2 and len(understanding.documents) < 2:
        rows = _by_stage(candidates)
    if len(rows) < 2:
        return None
    budget = _LONG_LENGTH // len(rows)
    lines: list[Line] = []
    both = _of_both(subject, candidates, [label for label, _ in rows])
    if both:
        lines.append(Line((_quote(*both),)))
    for label, row in rows:
        chosen = _row(subject, row, budget, both)
        if chosen:
            lines.append(Line(tuple(_quote(c, s) for c, s in chosen), label=label))
    return Draft(tuple(lines), table=True)


def _of_both(subject: Subject, candidates: Sequence[Candidate], labels: Sequence[str]) -> Pair | None:
    """Return the best sentence when it compares by itself: it names two of the things compared and says most of the subject."""
    top = candidates[0]
    best = top.best()
    names = [re.split(r"[/-]", label)[0] for label in labels]
    own = subject.cover(best.text).share
    return (top, best) if own >= _MOSTLY and sum(name in best.text for name in names) >= 2 else None


def _by_document(understanding: Understanding, candidates: Sequence[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Group candidates by the documents compared: those named, else the best two that cover the question."""
    named = [n for n in dict.fromkeys((*understanding.documents, *understanding.dated)) if any(c.document.number == n for c in candidates)]
    abroad = countries_in(understanding.text)
    if len(abroad) > 1:
        about = [next((c.document.number for c in candidates if code in countries_in(c.document.title.en)), "") for code in sorted(abroad)]
        named = list(dict.fromkeys((*named, *filter(None, about))))
    if len(named) < 2 and not understanding.form.wants & {Want.WHEN}:
        floor = 0.6 * candidates[0].score
        others = [c.document.number for c in candidates if c.score >= floor and c.document.number not in named]
        years = set(re.findall(r"\b20\d\d\b", understanding.text))
        if len(named) == 1 and len(years) > 1:
            return []
        named = [*named, *dict.fromkeys(others)][:2]
    return [(n, [c for c in candidates if c.document.number == n]) for n in named[:_ROWS]]


def _by_stage(candidates: Sequence[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Group the provisions of one document that differ by their years or ordinals alone (“Mục tiêu 2025-2027”, “Mục tiêu 2028-2030”)."""
    top = candidates[0]

    def stage(candidate: Candidate) -> tuple[str, str]:
        name = str(candidate.provision.locator)
        return re.sub(r"\d+", "#", name), ", ".join(re.findall(r"\d+(?:-\d+)?", name))

    plain = not any(step.level for step in top.provision.locator.steps)  # an article and the next are no stages of one thing
    alike = [c for c in candidates if plain and c.document == top.document and stage(c)[0] == stage(top)[0] and stage(c)[1]]
    return sorted((stage(c)[1], [c]) for c in alike)[:_ROWS]


_COMPARED = re.compile(
    r"(?<![\w/.,-])(\d{1,4})(?:[^\d]{1,24}?)(?:và|va|and|với|voi|,|so với|vs|sang|to|đến) (?:[^\d]{0,24}?)(\d{1,4})(?![\w/.,%-])", re.I
)


def _by_number(understanding: Understanding, candidates: Sequence[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Group candidates by the years or ordinals that the question compares (“2025 và 2030”, “lần thứ 31 và 32”).

    A provision whose address or heading bears the number comes before one that only says it.
    """
    pair = _COMPARED.search(understanding.text)
    keys = list(pair.groups()) if pair else list(dict.fromkeys(re.findall(r"\b20\d\d\b", understanding.text)))
    rows = []
    for key in dict.fromkeys(keys[:_ROWS]):
        bears = re.compile(rf"(?<!\d){key}(?!\d)")
        mine = [c for c in candidates if bears.search(f"{c.provision.locator} {c.provision.heading.get(c.language)}")]
        mine = mine or [c for c in candidates if any(bears.search(s.text) for s in c.sentences)]
        if mine:
            rows.append((key, mine))
    return rows


def _row(subject: Subject, candidates: Sequence[Candidate], budget: int, shown: Pair | None) -> list[Pair]:
    """Choose up to three sentences for a row, each adding something; figures come first, for they are what is compared."""

    def worth(pair: Pair) -> float:
        return pair[1].score + _FIGURE * bool(figures(_ACT.sub("", pair[1].text)))

    pool = sorted(((c, s) for c in candidates for s in c.sentences if (c, s) != shown), key=worth, reverse=True)
    chosen = pool[:1]
    for candidate, sentence in pool[1:]:
        length = sum(len(s.text) for _, s in chosen)
        if len(chosen) == _MOST or length + len(sentence.text) > budget:
            continue
        said = frozenset(term for _, s in chosen for term in s.coverage.covered)
        if subject.gain(sentence.coverage, said) > _NEW or worth((candidate, sentence)) > 0.85 * worth(pool[0]):
            chosen.append((candidate, sentence))
    return chosen
