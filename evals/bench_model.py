"""What verification is worth with a chat model: the same replies with it and without it, beside each other.

Every question is asked once. With verification is what the product shows. Without it is the bare reply over the same passages,
also where the product declines without asking a model: then the model is asked all the same. Printed for both: sentences,
figures that stand in no passage given, figures that do not stand where the sentence cites. `--out` gets both sides as answers
of `attache ask --batch --json`, with the cases, for a scorer of right answers.

    python -m evals.bench_model CASES.jsonl... --model openai:NAME --url http://127.0.0.1:8199/v1 [--sample 40] [--out DIR]
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.answer import EXTRACTIVE, Answer, Citation, Evidence, ModelReply, Outcome, Turn
from assistant.assistant import Assistant
from assistant.compose import open_assistant
from assistant.errors import GenerationFailed
from assistant.modelled import Composed
from assistant.reply import Reply
from assistant.settings import Settings
from corpus.figures import number_set
from corpus.sentences import sentences

__all__ = ["main", "strange_figures"]

_LOG = logging.getLogger(__name__)
_MARK = re.compile(r"\[(\d+)\]")


def strange_figures(sentence: str, sources: Sequence[str]) -> set[str]:
    """Return the figures of a sentence that stand in none of the sources."""
    return {str(figure) for figure in number_set(_MARK.sub("", sentence)) - number_set("\n".join(sources))}


@dataclass
class _Side:
    """One side of the comparison: its answers and its counts."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def take(self, case: object, answer: Answer, passages: Sequence[str]) -> None:
        """Count an answer's sentences and strange figures; `passages` are all words that it may rest on."""
        self.rows.append(answer.to_json(case))
        self.counts["answers"] += 1
        self.counts[str(answer.outcome)] += 1
        if not answer.outcome.says_something:
            return
        cited = {c.mark: _source(c) for c in answer.citations}
        known = [answer.question, *cited.values()]
        wrong = 0
        for sentence in (span.text for span in sentences(answer.text)):
            if not re.search(r"\w", _MARK.sub("", sentence)):
                continue
            self.counts["sentences"] += 1
            nowhere = strange_figures(sentence, [*known, *passages])
            elsewhere = strange_figures(sentence, [answer.question, *(cited[int(n)] for n in _MARK.findall(sentence) if int(n) in cited)]) - nowhere
            self.counts["figures in no passage"] += len(nowhere)
            self.counts["figures not where cited"] += len(elsewhere)
            wrong += len(nowhere | elsewhere)
            if nowhere | elsewhere:
                self.examples.append(f"{case}: {sentence.strip()[:140]} ← {', '.join(sorted(nowhere | elsewhere))}")
        self.counts["answers with a strange figure"] += bool(wrong)


def _source(citation: Citation) -> str:
    """Return what a mark stands for: the words quoted, and where they are from."""
    return f"{citation.quote} {citation.document} {citation.title} {citation.locator}"


class _Bench:
    """Asks, keeps both sides, and counts what became of the replies."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.verified, self.bare = _Side(), _Side()
        self.fates: Counter[str] = Counter()

    def ask(self, case: dict[str, Any]) -> None:
        """Ask one question with verification and without. Raises GenerationFailed."""
        question, name = str(case["question"]), case.get("id")
        history = tuple(Turn(h["question"] if isinstance(h, dict) else h) for h in case.get("history") or ())
        answer = self._assistant.ask(question, history)
        reply = answer.reply or self._forced(answer, question, history)
        if reply is None:
            self.fates["nothing found to ask a model about"] += 1
            said = answer
        else:
            self._judged(answer, reply)
            said = self._as_said(answer, reply)
        passages = [_source(self._whole(n, e, answer.language)) for n, e in enumerate(reply.passages if reply else (), 1)]
        self.verified.take(name, answer, passages)
        self.bare.take(name, said, passages)
        told = " ".join((reply.text if reply else "").split())[:100]
        _LOG.info("%s %s %s %.1f s: %s", name, answer.generator, answer.outcome, answer.seconds, told)

    def _forced(self, answer: Answer, question: str, history: Sequence[Turn]) -> ModelReply | None:
        """Ask the model over what was found, though the product does not."""
        looked = self._assistant.look(question, history)
        candidates = tuple({c.key: c for look in looked for c in look.candidates}.values())
        if self._assistant.composer is None or not candidates:
            return None
        pieces: Iterator[str | Composed] = self._assistant.composer.write(question, answer.language, candidates, answer.as_of, history)
        composed = next((piece for piece in pieces if isinstance(piece, Composed)), None)
        self.fates["asked though the product declines"] += 1
        self.fates["… and some sentence would have stood"] += bool(composed and composed.citations)
        return composed.reply if composed else None

    def _judged(self, answer: Answer, reply: ModelReply) -> None:
        """Count what became of one reply."""
        if answer.reply is None:
            return
        self.fates["replies"] += 1
        self.fates["sentences of the model"] += len(reply.judged)
        self.fates["… verified"] += len(reply.judged) - reply.failed
        self.fates["shown as the model worded it" if answer.generator != EXTRACTIVE else "shown as quoted instead"] += 1

    def _whole(self, number: int, passage: Evidence, language: str) -> Citation:
        """Return a whole passage as a citation."""
        document = self._assistant.document(passage.text_name)
        provision = document.find(passage.locator)
        words = provision.text.only(language) if provision else ""
        return Citation(
            number, passage.document, document.title.get(language), passage.locator, words, document.text_kind, "", "", passage.passage_id, False,
            (0, len(words)), language, provision.role if provision else "",
        )  # fmt: skip

    def _as_said(self, answer: Answer, reply: ModelReply) -> Answer:
        """Return a bare reply as an answer that cites the whole passages that its marks name."""
        read = Reply()
        heard = [*read.feed(reply.text), *read.end(True)]
        declined = not heard or any(sentence.refuses for sentence in heard)
        named = {n for sentence in heard for n in sentence.marks if 0 < n <= len(reply.passages)}
        text = " ".join(f"{s.text.rstrip('.')} {''.join(f'[{n}]' for n in s.marks)}".rstrip() + "." for s in heard)
        citations = tuple(self._whole(n, reply.passages[n - 1], answer.language) for n in sorted(named))
        outcome = Outcome.NOT_IN_CORPUS if declined else Outcome.ANSWERED
        return replace(answer, outcome=outcome, text=text, citations=citations, notes=(), generator=reply.model)


def _table(bench: _Bench) -> str:
    """Return the two sides as a Markdown table, and what became of the replies."""
    names = ("answers", *map(str, Outcome), "sentences", "figures in no passage", "figures not where cited", "answers with a strange figure")
    rows = [f"| {name} | {bench.verified.counts[name]} | {bench.bare.counts[name]} |" for name in names]
    fates = [f"- {name}: {count}" for name, count in bench.fates.items()]
    return "\n".join(["| | with verification | without |", "|---|---|---|", *rows, "", *fates])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 0."""
    parser = argparse.ArgumentParser(description="a chat model's replies with verification and without")
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--url", default="")
    parser.add_argument("--sample", type=int, default=0, help="so many questions of each file, spread over it (default all)")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _LOG.setLevel(logging.INFO)
    cases = [case for path in options.cases for case in _sample(path, options.sample)]
    bench = _Bench(open_assistant(replace(Settings.read(), model=options.model, model_url=options.url or Settings.read().model_url)))
    for case in cases:
        try:
            bench.ask(case)
        except GenerationFailed as failure:
            _LOG.warning("%s: %s", case.get("id"), failure)
        except KeyboardInterrupt:
            _LOG.warning("Stopped; what was asked so far follows.")
            break
    for name, side in (("with verification", bench.verified), ("without", bench.bare)):
        _LOG.info("strange figures %s:\n%s", name, "\n".join(side.examples) or "none")
    _LOG.info("%s", _table(bench))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for stem, rows in (("cases", cases), ("verified", bench.verified.rows), ("bare", bench.bare.rows)):
            (options.out / f"{stem}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return 0


def _sample(path: Path, count: int) -> list[dict[str, Any]]:
    """Return so many cases of a file, evenly spread; all for nought."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if not count or count >= len(rows):
        return rows
    return [rows[int(place * len(rows) / count)] for place in range(count)]


if __name__ == "__main__":
    raise SystemExit(main())
