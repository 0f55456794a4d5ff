"""A briefing note made of answers: judged anew against the library as it is now; what does not stand is left out, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation
from assistant.briefing.note import Excerpt, Footnote, LeftOut, Line, Note, Section, SourceRow
from assistant.receipts import Receipts
from corpus.document import Bilingual, Document, Provision

__all__ = ["Briefer"]


class Briefer:
    """Makes notes with the judge and the documents by which receipts are issued, whichever these are at the time."""

    def __init__(self, receipts: Callable[[], Receipts]) -> None:
        self._current = receipts

    @property
    def _receipts(self) -> Receipts:
        """What receipts are issued by now."""
        return self._current()

    def note(self, title: str, answers: Sequence[Answer], made: date | None = None) -> Note:
        """Return the note of some answers, made on a day (today unless said)."""
        sections: list[Section] = []
        left_out: list[LeftOut] = []
        number = 1
        for answer in answers:
            lines, lost = self._lines(answer, number)
            number += sum(len(line.footnotes) for line in lines)
            left_out += lost
            if lines:
                sections.append(Section(answer.question, answer.language, answer.as_of, tuple(lines)))
        cited = [(answer, citation) for answer in answers for citation in answer.citations]
        used = {(f.document, f.locator, f.quote) for section in sections for line in section.lines for f in line.footnotes}
        cited = [(answer, c) for answer, c in cited if (c.document, c.locator, c.quote) in used]
        return Note(title, made or date.today(), tuple(sections), self._sources(cited), self._annex(cited), tuple(dict.fromkeys(left_out)))

    def _lines(self, answer: Answer, number: int) -> tuple[list[Line], list[LeftOut]]:
        """Return the sentences of an answer that stand, with footnotes from `number` on, and those that do not."""
        lines: list[Line] = []
        left_out: list[LeftOut] = []
        cited = {citation.mark: citation for citation in answer.citations}
        for sentence in self._receipts.issue(answer).body["sentences"]:
            reason = self._reason(sentence, cited)
            if reason and sentence["text"].startswith("|"):  # the head of a table says nothing
                continue
            if reason:
                left_out.append(LeftOut(answer.question, sentence["text"], reason))
                continue
            notes = tuple(self._footnote(cited[mark], number + at) for at, mark in enumerate(dict.fromkeys(sentence["marks"])))
            number += len(notes)
            lines.append(Line(sentence["text"], notes))
        left_out += [LeftOut(answer.question, note, "remark") for note in answer.notes]
        return lines, left_out

    def _reason(self, sentence: dict[str, Any], cited: dict[int, Citation]) -> str:
        """Return why a sentence is left out, empty when it is not."""
        if sentence["own"]:
            return "own"
        if not sentence["marks"]:
            return "no_footnote"
        if any(mark in cited and not self._stands(cited[mark]) for mark in sentence["marks"]):
            return "moved"
        known = all(mark in cited and cited[mark].verified for mark in sentence["marks"])
        return "" if sentence["verified"] and known else "not_verified"

    def _stands(self, citation: Citation) -> bool:
        """Tell whether the words that are quoted stand in the library, character for character."""
        _, provision = self._found(citation)
        return provision is not None and bool(citation.quote) and citation.quote in provision.text.only(citation.language)

    def _found(self, citation: Citation) -> tuple[Document | None, Provision | None]:
        """Return the document and the provision of a citation as the library has them now."""
        document = self._receipts.documents.get(citation.text_name)
        return document, document.find(citation.provision_at) if document else None

    def _footnote(self, citation: Citation, number: int) -> Footnote:
        """Return the footnote of a citation."""
        document, _ = self._found(citation)
        title = document.title if document else Bilingual(citation.title, citation.title)
        return Footnote(
            number, citation.quote, citation.language, citation.document, title, citation.locator, citation.status, citation.text_kind,
            citation.role, citation.url,
        )  # fmt: skip

    def _sources(self, cited: Sequence[tuple[Answer, Citation]]) -> tuple[SourceRow, ...]:
        """Return the documents that are quoted, each once a day and text, in the order of their first use."""
        rows: dict[tuple[str, date], SourceRow] = {}
        for answer, citation in cited:
            document, _ = self._found(citation)
            if document is None:
                continue
            url = citation.url or next(iter(document.urls), "")
            row = SourceRow(
                citation.document, document.title, document.issuer, document.issued or "", document.status_on(answer.as_of), answer.as_of,
                document.text_kind, url,
            )  # fmt: skip
            rows.setdefault((citation.text_name, answer.as_of), row)
        return tuple(rows.values())

    def _annex(self, cited: Sequence[tuple[Answer, Citation]]) -> tuple[Excerpt, ...]:
        """Return the provisions that are quoted, each once."""
        return tuple({(excerpt.document, excerpt.locator): excerpt for excerpt in self._excerpts(cited)}.values())

    def _excerpts(self, cited: Sequence[tuple[Answer, Citation]]) -> Iterator[Excerpt]:
        """Yield the provision of every citation."""
        for _, citation in cited:
            _, provision = self._found(citation)
            if provision is not None:
                yield Excerpt(citation.document, citation.provision_at, provision.heading, provision.text, citation.language)
