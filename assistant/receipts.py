"""Receipts issued and checked over one library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from assistant.answer import EXTRACTIVE, Answer, Citation, ModelReply, Turn
from assistant.receipt import FORMAT, Receipt, sha256_of
from assistant.receipt_check import Checked, check
from assistant.receipt_reading import Passage
from assistant.receipt_sentences import Answered, Sentence, judged
from assistant.verification.values import Judge, Source
from corpus.document import Document

__all__ = ["Origin", "Receipts"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What answers come from: the product's version, the generation of the index, the hashes of the library and of the weights.

    `model` holds the settings under which a chat model words answers, never a key; empty when none does.
    """

    version: str
    generation: str
    library: str
    encoder: str
    weights: str
    model: Mapping[str, Any]


class Receipts:
    """Issues receipts for answers over `documents` and checks them against these, with a judge of sentences that needs no chat model."""

    def __init__(self, documents: Mapping[str, Document], judge: Judge, origin: Origin) -> None:
        self.documents, self._judge, self._origin = documents, judge, origin

    def issue(self, answer: Answer, history: Sequence[Turn] = (), made: datetime | None = None) -> Receipt:
        """Return the receipt of an answer that was just given, made at a time (now unless said); `to_bytes` gives the file's content."""
        made = made or datetime.now(UTC)
        passages = self._passages(answer.citations)
        sources = {c.mark: passages[c.stands_in].source(c.quote) for c in answer.citations if c.stands_in in passages}
        places = frozenset(f"{e.document}, {e.locator}" for e in answer.evidence)
        questions = (answer.question, *(turn.question for turn in history))
        answered = Answered(answer.text, answer.language, answer.generator, answer.citations, questions, places)
        origin = asdict(self._origin)
        day = made.astimezone().date()
        return Receipt.seal({
            "format": FORMAT, "made": made.astimezone(UTC).isoformat(timespec="seconds"),
            "product": {"name": "digital-attache", "version": origin.pop("version")},
            "question": answer.question, "history": [asdict(turn) for turn in history],
            "language": answer.language, "as_of": answer.as_of.isoformat(),
            "index": {name: origin[name] for name in ("generation", "library", "encoder", "weights")},
            "answer": answer.to_json() | {"citations": [self._cited(c, day) for c in answer.citations]},
            "passages": [asdict(passage) for passage in passages.values()],
            "sentences": [_plain(sentence) for sentence in judged(answered, sources, self._judge)],
            "model": _model(answer.reply, self._origin.model, shown=answer.generator != EXTRACTIVE),
        })  # fmt: skip

    def check(self, receipt: Receipt, day: date | None = None) -> Checked:
        """Check a receipt against itself and against the library as it is now, on a day (today unless said). Raises ValueError for no receipt."""
        return check(receipt, self.documents, self._judge, day or date.today())

    def _cited(self, citation: Citation, day: date) -> dict[str, Any]:
        """Return a citation with the status that its document has on the day on which the receipt is made."""
        document = self.documents.get(citation.text_name)
        return asdict(citation) | {"span": list(citation.span), "status_when_made": document.status_on(day) if document else citation.status}

    def _passages(self, citations: Sequence[Citation]) -> dict[tuple[str, str, str], Passage]:
        """Return the provisions that are cited, each once; one that has left the library meanwhile is left out."""
        found: dict[tuple[str, str, str], Passage] = {}
        for citation in citations:
            document = self.documents.get(citation.text_name)
            provision = document.find(citation.provision_at) if document else None
            if document is None or provision is None:
                continue
            text = provision.text.only(citation.language)
            known = Source.of(document, citation.provision_at, citation.language, citation.quote)
            found[citation.stands_in] = Passage(
                citation.text_name, document.number, citation.provision_at, citation.language, text, sha256_of(text),
                known.about, known.issuer, known.issued, known.effective, document.sha256,
            )  # fmt: skip
        return found


def _plain(sentence: Sentence) -> dict[str, Any]:
    """Return the verdict on a sentence as plain values."""
    reasons = [{"fault": str(reason.fault), "words": reason.words} for reason in sentence.reasons]
    return {"text": sentence.text, "marks": list(sentence.marks), "verified": sentence.stands, "own": sentence.own, "reasons": reasons}


def _model(reply: ModelReply | None, settings: Mapping[str, Any], *, shown: bool) -> dict[str, Any] | None:
    """Return what a chat model was given and said, whether its words are `shown` or quotes took over; None when none was asked."""
    if reply is None:
        return None
    passages = [{"number": n, "document": e.document, "locator": e.locator, "passage_id": e.passage_id} for n, e in enumerate(reply.passages, 1)]
    return {
        "name": reply.model, "settings": dict(settings), "shown": shown, "boundary": reply.boundary, "system": reply.system, "user": reply.user,
        "passages": passages, "reply": reply.text,
        "sentences": [{"text": j.text, "verified": j.verified, "reasons": list(j.reasons)} for j in reply.judged],
    }  # fmt: skip
