"""Passages: what is searched. A passage never crosses two provisions and stays under a limit of length.

A passage's identity is document, locator, part and language, never its text: the same sentence stands in many laws.
`embedding_text` puts title and heading before the words (measured gain of 0.6 to 2.8 nDCG points); quotes are taken
from `text` alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import FRAME, LANGUAGES, RECORD, Document, Provision
from corpus.sentences import sentences

__all__ = ["MAX_CHARACTERS", "Passage", "cut"]

# About 400 tokens of Vietnamese at 2.5 characters a token, the limit of common encoders less the breadcrumb.
MAX_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """A searchable part of a provision in one language.

    `span` is where `text` stands in the provision's text. `serves` is the language of questions that it answers: its
    own, or `any` when the provision exists in no other language. `held_as` names the text that it stands in: the document's
    number, or another name where the catalogue holds several texts of one act (`index.catalogue`).
    """

    id: str
    document: str
    locator: str
    part: int
    language: str
    serves: str
    role: str
    breadcrumb: str
    heading: str
    text: str
    span: tuple[int, int]
    held_as: str

    @property
    def embedding_text(self) -> str:
        """Title, heading and words: what is encoded and indexed."""
        above = " — ".join(part for part in (self.breadcrumb, self.heading) if part)
        return f"{above}\n{self.text}" if above else self.text


def cut(document: Document, limit: int = MAX_CHARACTERS, held_as: str = "") -> tuple[Passage, ...]:
    """Cut every provision of `document` into passages of at most `limit` characters, at the ends of sentences.

    A single sentence longer than the limit stays whole, for half a sentence supports nothing. What only frames an act, its head and
    its signatures, is not searched.
    """
    found: list[Passage] = []
    for provision in document.provisions:
        if provision.role == FRAME:
            continue
        languages = [language for language in LANGUAGES if provision.text.only(language).strip()]
        for language in languages:
            serves = language if len(languages) > 1 else "any"
            found.extend(_of(document, provision, language, serves, limit, held_as or document.number))
    return tuple(found)


def _of(document: Document, provision: Provision, language: str, serves: str, limit: int, held_as: str) -> list[Passage]:
    """Return the passages of one provision in one language."""
    source = provision.text.only(language)
    title = document.title.get(language)
    # the id of a record is a key of somebody's table: it says nothing of what the record is about
    breadcrumb = title if document.kind == RECORD else f"{document.number} · {title} · {provision.locator}"
    return [
        Passage(
            id=f"{held_as}#{provision.locator}/{part}@{language}",
            document=document.number,
            locator=str(provision.locator),
            part=part,
            language=language,
            serves=serves,
            role=provision.role,
            breadcrumb=breadcrumb,
            heading=provision.heading.get(language),
            text=source[start:end],
            span=(start, end),
            held_as=held_as,
        )
        for part, (start, end) in enumerate(_bounds(source, limit), start=1)
    ]


def _bounds(source: str, limit: int) -> list[tuple[int, int]]:
    """Return even stretches of whole sentences, each under the limit where its sentences allow it."""
    spans = sentences(source)
    total = spans[-1].end - spans[0].start if spans else 0
    target = total / max(1, -(-total // limit)) if total else limit
    bounds: list[tuple[int, int]] = []
    start = end = -1
    for span in spans:
        if start >= 0 and (span.end - start > limit or end - start >= target):
            bounds.append((start, end))
            start = -1
        start = span.start if start < 0 else start
        end = span.end
    if start >= 0:
        bounds.append((start, end))
    return bounds
