"""A receipt is checked again, with no chat model and no network: against itself, and against the library as it is now.

Every sentence is judged anew on the quotes that it cites; every quote must stand character for character (in NFC) in the receipt's
own copy of the provision and in the library's. That a document has been replaced since is told apart from words that have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer import Citation
from assistant.receipt import Receipt, sha256_of
from assistant.receipt_reading import Contents, Passage, contents
from assistant.receipt_sentences import Answered, Sentence, judged
from assistant.receipt_words import Trouble, say, say_fault
from assistant.verification.claims import without_marks
from assistant.verification.values import Judge, Source
from corpus.document import Document
from corpus.errors import BadLocator
from corpus.legal.address import within
from corpus.normalise import nfc

__all__ = ["Checked", "CheckedSentence", "Finding", "check"]

_ENDED = ("replaced", "expired", "repealed")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in both languages; `fails` tells that because of it the receipt does not verify, else it is for knowledge."""

    trouble: str
    vi: str
    en: str
    mark: int | None = None
    fails: bool = True

    def get(self, language: str) -> str:
        """Return the sentence in `language`."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of the answer with its marks and what was found; `own` tells that it is the assistant's own and cites nothing."""

    text: str
    marks: tuple[int, ...]
    own: bool
    findings: tuple[Finding, ...]

    @property
    def stands(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not any(finding.fails for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: findings on the receipt as a whole, and its sentences in order."""

    question: str
    language: str
    made: str
    findings: tuple[Finding, ...]
    sentences: tuple[CheckedSentence, ...]

    @property
    def stands(self) -> bool:
        """Tell whether everything verifies."""
        return all(sentence.stands for sentence in self.sentences) and not any(finding.fails for finding in self.findings)

    def to_json(self, name: str, language: str | None = None) -> dict[str, Any]:
        """Return the check of the file called `name` as plain values."""
        said = language or self.language

        def plain(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
            return [{"trouble": f.trouble, "mark": f.mark, "fails": f.fails, "text": f.get(said)} for f in findings]

        return {
            "file": name, "verified": self.stands, "question": self.question, "made": self.made, "findings": plain(self.findings),
            "sentences": [
                {"text": s.text, "marks": list(s.marks), "verified": s.stands, "own": s.own, "findings": plain(s.findings)} for s in self.sentences
            ],
        }  # fmt: skip


def check(receipt: Receipt, documents: Mapping[str, Document], judge: Judge, day: date) -> Checked:
    """Check a receipt against itself and against `documents`, with the status of these on `day`. Raises ValueError for no receipt."""
    said = contents(receipt)
    answered = Answered(said.text, said.language, said.generator, said.citations, said.questions, said.places)
    kept = {passage.key: passage for passage in said.passages}
    mine = {c.mark: kept[c.stands_in].source(c.quote) for c in said.citations if c.stands_in in kept}
    theirs = {
        c.mark: Source.of(document, c.provision_at, c.language, c.quote) for c in said.citations if (document := documents.get(c.text_name))
    }  # fmt: skip
    quotes = {c.mark: _quote_findings(c, kept, documents, said, day) for c in said.citations}
    sentences = judged(answered, mine, judge)
    now = judged(answered, theirs, judge)
    findings = []
    if not receipt.intact:
        findings.append(_found(Trouble.ALTERED))
    if not _said(said.text, said.recorded):
        findings.append(_found(Trouble.OTHER_SENTENCES))
    if len({c.mark for c in said.citations}) < len(said.citations):
        findings.append(_found(Trouble.MARKS_TWICE))
    checked = tuple(_sentence(one, again, quotes) for one, again in zip(sentences, now, strict=True))
    used = {mark for sentence in sentences for mark in sentence.marks}
    findings += [finding for mark, rows in quotes.items() if mark not in used for finding in rows]
    return Checked(said.questions[0], said.language, said.made.isoformat(), tuple(findings), checked)


def _said(text: str, recorded: Sequence[str]) -> bool:
    """Tell whether the sentences recorded stand in the answer's text in their order, however another version parts them."""
    letters, at = _letters(text), 0
    for sentence in map(_letters, recorded):
        place = letters.find(sentence, at)
        if place < 0:
            return False
        at = place + len(sentence)
    return bool(recorded) or not letters


def _letters(text: str) -> str:
    """Return letters and figures alone, without marks."""
    return "".join(character for character in without_marks(text) if character.isalnum())


def _found(trouble: Trouble, mark: int | None = None, *, fails: bool = True, **values: object) -> Finding:
    """Return a finding in both languages."""
    return Finding(str(trouble), say(trouble, "vi", **values), say(trouble, "en", **values), mark, fails)


def _sentence(one: Sentence, now: Sentence, quotes: Mapping[int, list[Finding]]) -> CheckedSentence:
    """Return a sentence with what was found of its quotes and of itself, on the receipt's passages and then on the library's."""
    findings = [finding for mark in dict.fromkeys(one.marks) for finding in quotes.get(mark, ())]
    if one.labelled:
        findings.append(_found(Trouble.LABELLED))
    for reason in one.reasons:
        findings.append(Finding(str(reason.fault), say_fault(reason, "vi"), say_fault(reason, "en")))
    if one.stands and not now.stands and not any(finding.fails for finding in findings):
        why = {language: "; ".join(say_fault(reason, language) for reason in now.reasons) for language in ("vi", "en")}
        trouble = Trouble.LIBRARY_DISAGREES
        findings.append(Finding(str(trouble), say(trouble, "vi", why=why["vi"]), say(trouble, "en", why=why["en"])))
    return CheckedSentence(one.text, one.marks, one.own, tuple(findings))


def _of(citation: Citation, trouble: Trouble, **values: str) -> Finding:
    """Return a finding about a citation that fails it."""
    vi, en = (say(trouble, language, **{"document": citation.document, "locator": citation.locator, **values}) for language in ("vi", "en"))
    return Finding(str(trouble), vi, en, citation.mark)


def _quote_findings(
    citation: Citation, kept: Mapping[tuple[str, str, str], Passage], documents: Mapping[str, Document], said: Contents, day: date
) -> list[Finding]:
    """Return what is wrong with a quote, or worth knowing: first in the receipt, then in the library."""
    passage = kept.get(citation.stands_in)
    found = []
    if passage is None:
        found.append(_of(citation, Trouble.NO_PASSAGE))
    elif sha256_of(passage.text) != passage.sha256:
        found.append(_of(citation, Trouble.PASSAGE_ALTERED))
    if passage is not None and not _stands(citation, passage.text):
        found.append(_of(citation, Trouble.NOT_QUOTED))
    if passage is not None and passage.document != citation.document:
        found.append(_of(citation, Trouble.MISPLACED, truth=passage.document))
    document = documents.get(citation.text_name)
    if document is None:
        return [*found, _of(citation, Trouble.REMOVED)]
    return [*found, *_in_library(citation, document, passage), *_status(citation, document, said, day)]


def _stands(citation: Citation, text: str) -> bool:
    """Tell whether a quote stands at its span in a text, character for character in NFC."""
    return bool(citation.quote) and nfc(text[citation.span[0] : citation.span[1]]) == nfc(citation.quote)


def _in_library(citation: Citation, document: Document, passage: Passage | None) -> list[Finding]:
    """Return whether a quote still stands at its address in the library; words around it may have moved it inside its provision.

    Where the document's file is still the one that was cited, it is not the library that has changed.
    """
    try:
        provision = document.find(citation.provision_at)
    except BadLocator:  # whoever wrote the receipt may have written anything for an address
        provision = None
    if provision is None:
        return [_of(citation, Trouble.PROVISION_REMOVED)]
    text = provision.text.only(citation.language)
    start = citation.span[0] if _stands(citation, text) else text.find(nfc(citation.quote))
    if start < 0 or not citation.quote:
        same = passage is not None and document.sha256 and passage.document_sha256 == document.sha256
        return [_of(citation, Trouble.NEVER_STOOD if same else Trouble.CHANGED)]
    official = document.text_kind == "official"
    address = within(provision, start, start + len(citation.quote), citation.language) if official else provision.locator
    if document.number != citation.document or str(address).casefold() != citation.locator.casefold():
        return [_of(citation, Trouble.MISPLACED, truth=f"{document.number}, {address}")]
    return []


def _status(citation: Citation, document: Document, said: Contents, day: date) -> list[Finding]:
    """Return what has become of a document since the receipt was made, and whether the receipt tells its status rightly."""
    mark, number, then = citation.mark, document.number, said.then[citation.mark]
    now, on_the_day = document.status_on(day), document.status_on(said.as_of)
    found = []
    if now in _ENDED:
        trouble = Trouble.REPLACED if now == "replaced" else Trouble.EXPIRED
        vi, en = (say(trouble, language, document=number, how=_how_ended(document, language)) for language in ("vi", "en"))
        # what had ended already when the receipt was made was cited knowingly
        found.append(Finding(str(trouble), vi, en, mark, fails=then not in _ENDED))
    elif now == "amended" != then:
        by = ", ".join(dict.fromkeys(r.target for r in document.related("amended_by", "partially_repealed_by")))
        found.append(_found(Trouble.AMENDED, mark, fails=False, document=number, by=by or "–"))
    if on_the_day != citation.status and not any(finding.fails for finding in found):
        fails = (on_the_day in _ENDED) != (citation.status in _ENDED)
        values = {"day": said.as_of.isoformat(), "said": citation.status, "now": on_the_day}
        found.append(replace(_of(citation, Trouble.STATUS, **values), fails=fails))
    return found


def _how_ended(document: Document, language: str) -> str:
    """Return by which act and from which day a document has ended, as far as the library knows."""
    relations = tuple(document.related("replaced_by", "repealed_by"))
    by = ", ".join(dict.fromkeys(r.target for r in relations))
    since = min((r.since for r in relations if r.since), default=None)
    words = [f"bởi {by}" if language == "vi" else f"by {by}"] if by else []
    if since:
        words.append(f"từ ngày {since}" if language == "vi" else f"from {since}")
    elif document.effective_to:
        words.append(f"sau ngày {document.effective_to}" if language == "vi" else f"after {document.effective_to}")
    return f" {', '.join(words)}" if words else ""
