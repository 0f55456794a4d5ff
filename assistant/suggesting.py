"""Questions to ask next, offered only when the library answers them: each is asked, by quoting, before anybody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Outcome
from corpus.document import Document
from corpus.normalise import fold

__all__ = ["Ask", "Suggester"]

Ask = Callable[[str, date, str], Answer]
"""Answers a question as of a day in a language, without a model."""

_MOST = 3
_TRIED = 9
_DOCUMENTS = 2
_PLACES = 4
_ABOUT = ("{number} nêu gì về “{what}”?", "What does {number} say about “{what}”?")
_PLAIN: tuple[tuple[str, str], ...] = (
    ("{number} có hiệu lực từ ngày nào?", "When does {number} take effect?"),
    ("{number} do cơ quan nào ban hành, ngày nào?", "When and by whom was {number} issued?"),
)
_REPLACED = ("Văn bản nào thay thế {number}?", "Which document replaces {number}?")


@dataclass(frozen=True, slots=True)
class _Idea:
    """A question, the document that must answer it, and the provision that must be cited, if one is asked about."""

    question: str
    document: str
    locator: str = ""


class Suggester:
    """Offers questions on the documents that an answer cites."""

    def __init__(self, ask: Ask, lookup: Callable[[str], Document | None]) -> None:
        self._ask, self._lookup = ask, lookup

    def after(self, answer: Answer, asked: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Return up to three questions that the library answers on the answer's day, none of which was `asked` before."""
        known = {fold(question) for question in (*asked, answer.question)}
        offered: list[str] = []
        tried = 0
        for idea in self._ideas(answer):
            if fold(idea.question) in known:
                continue
            tried += 1
            known.add(fold(idea.question))
            if self._answers(idea, answer):
                offered.append(idea.question)
            if len(offered) == _MOST or tried == _TRIED:
                break
        return tuple(offered)

    def _answers(self, idea: _Idea, before: Answer) -> bool:
        """Tell whether the library answers a question by the document that it is about, and not with what was just said."""
        made = self._ask(idea.question, before.as_of, before.language)
        cited = {(c.document, c.provision_at) for c in made.citations}
        if made.outcome is not Outcome.ANSWERED or not all(c.verified for c in made.citations) or made.text == before.text:
            return False
        return (idea.document, idea.locator) in cited if idea.locator else idea.document in {document for document, _ in cited}

    def _ideas(self, answer: Answer) -> Iterator[_Idea]:
        """Yield questions, the nearest to the answer first."""
        english = answer.language == "en"
        numbers = list(dict.fromkeys(c.document for c in answer.citations))[:_DOCUMENTS]
        cited = {(c.document, c.provision_at) for c in answer.citations}
        for evidence in [e for e in answer.evidence if e.document in numbers and (e.document, e.locator) not in cited][:_PLACES]:
            document = self._lookup(evidence.text_name)
            provision = document.find(evidence.locator) if document else None
            heading = provision.heading.only(answer.language) if provision and provision.role == "provision" else ""
            if heading and len(heading) < 90:
                yield _Idea(_ABOUT[english].format(number=evidence.document, what=heading), evidence.document, evidence.locator)
        for number in numbers:
            document = self._lookup(number)
            if document is None:
                continue
            templates = [*([_REPLACED] if any(document.related("replaced_by", "repealed_by")) else []), *_PLAIN]
            yield from (_Idea(template[english].format(number=number), number) for template in templates)
