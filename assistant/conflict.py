"""Two provisions in force on the day that disagree about what was asked: found among what was looked at, and shown side by side.

Only what an answer quotes is compared, with provisions of other acts that were looked at for it. Acts that replace, repeal or amend one
another do not disagree, one has changed the other; editor's notes, cards and acts of other states lay down nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conflict_matter import Matter, matter_between, statement
from assistant.conflict_place import Placed, matter_of
from assistant.conflict_rank import Rule, precedence
from assistant.draft import Draft, Line, Quote
from assistant.evidence import Candidate, Sentence
from assistant.phrases import phrase
from assistant.question import Shape
from assistant.understand import Understanding
from assistant.writing import day_in_words
from corpus.bundle import INVERSE
from corpus.document import Document
from corpus.legal.acts import numbers
from corpus.normalise import tokens
from corpus.sentences import sentences
from index.relations import CHANGING, norm_of

__all__ = ["Conflict", "conflict_in", "digest_notes", "in_force_on_the_same", "settled"]

_IN_FORCE = ("in_force", "amended")
_KINDS = ("law", "ordinance", "decree", "resolution", "decision", "circular", "directive", "conclusion", "regulation", "plan")
_CHANGED = (*CHANGING, *(INVERSE[kind] for kind in CHANGING))
_CLAUSE = re.compile(r"^\s*\d{1,3}[.)]\s+")
_LOCAL = re.compile(r"HĐND|UBND|HDND")
_ALIKE, _MAIN, _MOST = 0.5, 0.85, 4


@dataclass(frozen=True, slots=True)
class Conflict:
    """Quotes of provisions that disagree about a matter, the one that the law puts first before the others, else the latest first.

    `beside` tells that the question is answered by the first one alone (it names that act, or asks for something else), so that
    the disagreement is told of in a note.
    """

    matter: Matter
    sides: tuple[Quote, ...]
    beside: bool = False

    def lead(self, language: str) -> str:
        """Return the sentence that tells in what the provisions disagree."""
        return phrase("conflict", language, matter=phrase(f"matter_{self.matter}", language))

    def notes(self, language: str) -> tuple[str, ...]:
        """Return which act the law puts first, if it tells; and what the others say, where the answer does not show it."""
        told = []
        if self.beside:
            matter = phrase(f"matter_{self.matter}", language)
            told = [phrase("conflict_beside", language, place=_label(q, language), matter=matter, words=q.shown) for q in self.sides[1:]]
        first = precedence([quote.candidate.document for quote in self.sides])
        return (*told, phrase(f"conflict_{first.rule}", language, document=first.document))


def settled(part: Understanding, draft: Draft, candidates: Sequence[Candidate], day: date) -> tuple[Draft, Conflict | None]:
    """Return the draft of a part of a question and the disagreement in it: its sides, labelled, then stand in place of what they answer."""
    found = conflict_in(part, draft.lines, candidates, day)
    if found is None or found.beside:
        return draft, found
    shown = {(q.candidate.key, q.span) for q in found.sides}
    whole = part.form.shape is Shape.LIST
    kept = (line for line in draft.lines if whole and not any((q.candidate.key, q.span) in shown for q in line.quotes))
    sides = (Line((_unnumbered(quote),), label=_label(quote, part.language)) for quote in found.sides)
    return Draft((*kept, *sides), table=True), found


def conflict_in(part: Understanding, lines: Sequence[Line], candidates: Sequence[Candidate], day: date) -> Conflict | None:
    """Return the first disagreement between what is quoted and what else was looked at, None where there is none.

    A question that compares wants the difference itself.
    """
    if part.form.shape is Shape.COMPARISON:
        return None
    quotes = [quote for line in lines[:_MOST] for quote in line.quotes]
    for quote in quotes:
        mine = _sentence(quote)
        if mine is None or not _binding(quote.candidate, day):
            continue
        found = list(_against(quote.candidate, mine, candidates, day))
        if found:
            matter = found[0][0]
            others = [Quote(c, s.text, (s.start, s.end)) for kind, c, s in found if kind is matter]
            return _arranged(part, matter, [quote, *others[: _MOST - 1]], main=_answers(quote, quotes[0]))
    return None


def _arranged(part: Understanding, matter: Matter, sides: list[Quote], *, main: bool) -> Conflict:
    """Return the conflict with its sides in order; the quoted one stays first where it alone answers."""
    numbers_of = [quote.candidate.document.number for quote in sides]
    named = {*part.documents, *part.dated}
    if not main or (named and not named.issuperset(numbers_of)):
        return Conflict(matter, tuple(sides), beside=True)
    ahead = precedence([quote.candidate.document for quote in sides])
    sides.sort(key=lambda q: q.candidate.document.issued or "", reverse=True)
    sides.sort(key=lambda q: ahead.rule is not Rule.NONE and q.candidate.document.number != ahead.document)
    return Conflict(matter, tuple(sides))


def _answers(quote: Quote, first: Quote) -> bool:
    """Tell whether a quote answers, rather than standing beside what does."""
    one, best = _sentence(quote), _sentence(first)
    return quote is first or (one is not None and best is not None and one.score >= _MAIN * best.score and one.holds >= best.holds)


def _sentence(quote: Quote) -> Sentence | None:
    """Return the sentence that a quote shows whole, None for items and parts."""
    if len(quote.shown) < quote.span[1] - quote.span[0]:
        return None
    return next((s for s in quote.candidate.sentences if (s.start, s.end) == quote.span), None)


def _placed(candidate: Candidate, sentence: Sentence) -> Placed:
    """Return a sentence in its place."""
    return Placed(sentence.text, candidate.language, candidate.document, candidate.provision)


def _against(candidate: Candidate, mine: Sentence, candidates: Sequence[Candidate], day: date) -> Iterator[tuple[Matter, Candidate, Sentence]]:
    """Yield the sentences of other acts that disagree with one, one of each act, and in what."""
    words = frozenset(tokens(mine.text))
    seen: set[str] = set()
    for other in candidates:
        act = norm_of(other.document.number)
        if other.language != candidate.language or act in seen or act == norm_of(candidate.document.number) or not _binding(other, day):
            continue
        for sentence in other.sentences:
            theirs = frozenset(tokens(sentence.text))
            if len(words & theirs) < _ALIKE * min(len(words), len(theirs)):
                continue
            matter = matter_of(_placed(candidate, mine), _placed(other, sentence))
            if matter and not _related(candidate.document, other.document):
                seen.add(act)
                yield matter, other, sentence
                break


def in_force_on_the_same(lines: Sequence[Line], out: Sequence[Document], candidates: Sequence[Candidate], day: date) -> tuple[str, ...]:
    """Return the acts in force that put otherwise what is quoted from acts that are `out` of force: they are the ones to quote."""
    aside = {document.number for document in out}
    quotes = (quote for line in lines for quote in line.quotes if quote.candidate.document.number in aside)
    found = (other for quote in quotes if (mine := _sentence(quote)) for _, other, _ in _against(quote.candidate, mine, candidates, day))
    return tuple(dict.fromkeys(other.document.number for other in found))


def _binding(candidate: Candidate, day: date) -> bool:
    """Tell whether a provision lays something down in Viet Nam on a day."""
    document = candidate.document
    ours = document.kind in _KINDS and bool(numbers(document.number)) and not _LOCAL.search(document.number)
    return ours and candidate.provision.role != "note" and document.text_kind != "card" and document.status_on(day) in _IN_FORCE


def _related(one: Document, other: Document) -> bool:
    """Tell whether one act has replaced, repealed or changed the other, whichever of them says so."""
    return any(
        norm_of(relation.target) == norm_of(there.number) for here, there in ((one, other), (other, one)) for relation in here.related(*_CHANGED)
    )


def _unnumbered(quote: Quote) -> Quote:
    """Return a quote that shows its words without the number of their clause, which its label tells."""
    return replace(quote, shown=_CLAUSE.sub("", quote.shown))


def _label(quote: Quote, language: str) -> str:
    """Return an act's number with the address of the words, its issuer and its date."""
    document, provision = quote.candidate.document, quote.candidate.provision
    issuer = document.issuer.get(language)
    by = phrase("issued_by", language, issuer=issuer) if issuer else phrase("issued", language)
    day = phrase("issued_on", language, day=day_in_words(document.issued, language)) if document.issued else ""
    return f"{document.number}, {provision.locator}{f' ({by}{day})' if issuer or day else ''}"


def digest_notes(lines: Sequence[Line], documents: Mapping[str, Document], texts: Callable[[str], Sequence[str]], language: str) -> tuple[str, ...]:
    """Return a note for each quote of official words that the digest of the same provision puts otherwise; `texts` names an act's texts."""
    notes: dict[str, None] = {}
    for quote in (quote for line in lines[:_MOST] for quote in line.quotes):
        candidate = quote.candidate
        names = texts(candidate.document.number) if candidate.document.text_kind == "official" else ()
        for digest in (documents[name] for name in names if name != candidate.key[0]):
            provision = digest.find(str(candidate.provision.locator)) if digest.text_kind == "digest" else None
            said = statement(quote.shown, candidate.language, digest.number)
            if provision is None:
                continue
            for sentence in sentences(provision.text.only(candidate.language)):
                matter = matter_between(said, statement(sentence.text, candidate.language, digest.number))
                if matter:
                    told = phrase(f"matter_{matter}", language)
                    notes[phrase("digest_differs", language, place=f"{digest.number}, {provision.locator}", matter=told, words=sentence.text)] = None
    return tuple(notes)
