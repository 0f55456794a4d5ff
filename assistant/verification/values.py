"""The values of verification: what is checked against what, and what came of it.

A `Claim` is one sentence of an answer with its marks. A `Source` is what a mark names: the words of a passage, and what its
document is known by (number, title, issuer, dates), which may be said of it too. A `Verdict` tells whether the sentence
stands, where, and if not, every `Reason` why.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Document
from corpus.normalise import nfc

__all__ = ["Claim", "Fault", "Judge", "Quoted", "Reason", "Source", "Verdict"]


class Fault(enum.StrEnum):
    """What can be wrong with a sentence."""

    NO_MARK = "no_mark"
    UNKNOWN_MARK = "unknown_mark"
    QUOTE = "quote"
    FIGURE = "figure"
    DATE = "date"
    NUMBER = "document_number"
    NAME = "name"
    UNIT = "unit"
    MODALITY = "modality"
    NEGATION = "negation"
    QUALIFIER = "qualifier"
    ORDER = "order"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong: its kind, the words of the sentence that it is about, and a sentence for a reader."""

    fault: Fault
    words: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer without its marks, the numbers of its marks in order, and its span in the answer (with marks)."""

    text: str
    marks: tuple[int, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """What a mark names: the words of a passage in `language`, the number of its document, and its locator.

    `about` is what the document and the passage are known by (titles, headings, aliases in both languages): it may be said in a
    sentence that cites the passage, and supports nothing alone. `issuer`, `issued` and `effective` (ISO dates) may be said of
    the document's issue and of its entry into force, and of nothing else.
    """

    text: str
    document: str = ""
    locator: str = ""
    about: str = ""
    language: str = "vi"
    issuer: str = ""
    issued: str = ""
    effective: str = ""

    @classmethod
    def of(cls, document: Document, locator: str, language: str, text: str | None = None) -> Source:
        """Return the provision at `locator`, or `text` of it alone, with what is known of its document.

        A provision that does not exist has no words, so that nothing stands on it.
        """
        provision = document.find(locator)
        words = text if text is not None else provision.text.only(language) if provision else ""
        known = [document.number, *document.aliases, document.title.vi, document.title.en]
        if provision is not None:
            known += [provision.heading.vi, provision.heading.en]
        about = nfc("\n".join(dict.fromkeys(part for part in known if part)))
        issuer = "\n".join(dict.fromkeys(name for name in (document.issuer.vi, document.issuer.en) if name))
        return cls(nfc(words), document.number, locator, about, language, nfc(issuer), document.issued or "", document.effective_from or "")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words that support a sentence best: `sources[source].text[start:end] == text`."""

    source: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence stands on what it cites, the words that it stands on, and every reason why not.

    `likeness` lies between nought and one: how much of what the sentence says its sources say, in whatever words.
    """

    verified: bool
    reasons: tuple[Reason, ...] = ()
    quote: Quoted | None = None
    likeness: float = 1.0


class Judge(Protocol):
    """Who tells whether a sentence says what its sources say; `assistant.verification.judge.Verifier` is one."""

    def check(self, sentence: str, cited: Sequence[Source], *, language: str) -> Verdict:
        """Tell whether `sentence` in `language` stands on the sources that its marks name, taken together."""
        ...
