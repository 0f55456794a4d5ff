"""Composing with a chat model: its reply, sentence by sentence, against the passages it was given; only what stands is shown.

A sentence keeps the marks of the passages that support it. Where its own marks are wrong, missing or more than it needs, the
passage that does support it is cited instead; where none does, the sentence is dropped, or shown as not verified without any
mark when that is wished. Marks are numbered anew by the exact words that they open.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Citation, Judged, ModelReply, Turn
from assistant.draft import Quote
from assistant.errors import GenerationFailed
from assistant.evidence import Candidate, looked_at
from assistant.generation import ChatModel
from assistant.phrases import phrase
from assistant.prompting import Prompt, Prompter
from assistant.question import content_words
from assistant.reply import Reply, Said
from assistant.verification.values import Judge, Source, Verdict
from assistant.writing import Citations, marked
from corpus.normalise import fold, tokens
from corpus.sentences import sentences

__all__ = ["Composed", "ModelComposer"]

_LONGEST = 8000
_MOST = 40
"""Characters of a reply, and sentences, after which it is no longer listened to."""
_REPEATS = 2
"""A small model that has nothing more to say says the same again and again: so often it is let."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What came of a reply: the text with its citations, and the reply itself with the verdict on every sentence.

    `declined` tells that the model found no answer, `shows_failed` that sentences which did not stand are in the text, labelled.
    """

    text: str
    citations: tuple[Citation, ...]
    declined: bool
    shows_failed: bool
    reply: ModelReply


class ModelComposer:
    """Writes answers with one chat model; `show_unverified` keeps sentences that do not stand, each labelled."""

    def __init__(self, model: ChatModel, judge: Judge, prompter: Prompter, *, show_unverified: bool = False) -> None:
        self._model, self._judge, self._prompter = model, judge, prompter
        self._show = show_unverified

    @property
    def name(self) -> str:
        """The model's name as `provider:model`."""
        return self._model.name

    @property
    def sends_to(self) -> str:
        """The host that questions and passages are sent to; empty when it is this machine."""
        return self._model.sends_to

    def write(
        self, question: str, language: str, candidates: Sequence[Candidate], day: date, history: Sequence[Turn] = ()
    ) -> Iterator[str | Composed]:
        """Yield the text as its sentences stand, empty pieces while there is none, and what came of it last. Raises GenerationFailed."""
        prompt = self._prompter.prompt(question, language, candidates, history)
        if not prompt.passages:
            raise GenerationFailed("No passage fits into the context of the chat model.", advice="Raise ATTACHE_MODEL_TOKENS.")
        sheet = _Sheet(prompt, self._judge, language, day, self._show)
        reply = Reply()
        pieces = self._model.stream(prompt.system, prompt.user)
        try:
            complete = yield from _heard(pieces, reply, sheet)
        finally:
            pieces.close()
        for said in reply.end(complete):
            yield sheet.put(said)
        yield sheet.composed(self.name, reply.text)


def _heard(pieces: Generator[str, None, bool], reply: Reply, sheet: _Sheet) -> Generator[str, None, bool]:
    """Yield what each piece adds to the answer; return whether the reply came to its own end."""
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            return bool(end.value)
        added = "".join(sheet.put(said) for said in reply.feed(piece))
        yield added
        if len(reply.text) > _LONGEST or sheet.sentences >= _MOST or sheet.repeats > _REPEATS:
            return False


class _Sheet:
    """The answer while it is written."""

    def __init__(self, prompt: Prompt, judge: Judge, language: str, day: date, show: bool) -> None:
        self._prompt, self._judge, self._language, self._show = prompt, judge, language, show
        # a day of issue or of entry into force must stand in the words cited: a reader who opens them looks for it there
        found = (Source.of(c.document, str(c.provision.locator), c.language) for c in prompt.passages)
        self._sources = [replace(source, issued="", effective="") for source in found]
        self._numbered = Citations(day, language)
        self._text = ""
        self._judged: list[Judged] = []
        self._introduction: Said | None = None
        self._declined = False
        self.repeats = 0

    @property
    def sentences(self) -> int:
        """How many sentences were judged."""
        return len(self._judged)

    def put(self, said: Said) -> str:
        """Judge one sentence; return what it adds to the text."""
        if said.refuses:
            self._declined = True
            return ""
        if any(said.text == earlier.text for earlier in self._judged):
            self.repeats += 1
            return ""
        if said.introduces:
            self._introduction = said
            return ""
        quotes, reasons = self._support(said)
        self._judged.append(Judged(said.text, bool(quotes), reasons))
        if quotes:
            numbers = dict.fromkeys(self._numbered.mark(quote).mark for quote in quotes)
            added = self._introduced(quotes, said.bullet) + self._joined(_with_marks(said.text, list(numbers)), said.bullet)
        elif self._show:
            added = self._joined(phrase("unverified", self._language, sentence=said.text), said.bullet)
        else:
            added = ""
        return added

    def composed(self, model: str, said: str) -> Composed:
        """Return what the sheet holds; `said` is the whole reply as it came."""
        citations = tuple(self._numbered.by_words.values())
        prompt = self._prompt
        reply = ModelReply(model, prompt.system, prompt.user, looked_at(prompt.passages), said, tuple(self._judged), prompt.boundary)
        return Composed(self._text, citations, self._declined and not citations, self._show, reply)

    def _joined(self, words: str, bullet: bool) -> str:
        """Add words to the text as a list item or in the run of it; return what was added."""
        before = "" if not self._text else "\n" if bullet else " "
        added = f"{before}- {words}" if bullet else f"{before}{words}"
        self._text += added
        return added

    def _introduced(self, quotes: Sequence[Quote], bullet: bool) -> str:
        """Add the introduction that waits, if the list that it announces has come and stands where the introduction stands too."""
        said, self._introduction = self._introduction, None
        if said is None or not bullet or said.tainted:
            return ""
        place = next(i for i, candidate in enumerate(self._prompt.passages) if candidate is quotes[0].candidate)
        if not self._judge.check(said.text, [self._sources[place]], language=self._language).verified:
            return ""
        return self._joined(_with_marks(said.text, [self._numbered.mark(quotes[0]).mark]), False)

    def _support(self, said: Said) -> tuple[list[Quote], tuple[str, ...]]:
        """Return the quotes that a sentence stands on, none with the reasons when it does not."""
        if said.tainted:
            return [], ("it held a link, a tag or an address",)
        if said.text.endswith("?"):
            return [], ("it asks and says nothing",)
        named = [number - 1 for number in dict.fromkeys(said.marks) if 0 < number <= len(self._sources)]
        found = [quote for place in named if (quote := self._alone(said, place)[0])]
        found = found or self._together(said, named)
        if found:
            return found, ()
        others = [row for place in range(len(self._sources)) if place not in named and (row := self._alone(said, place))[0]]
        if others:
            best = max(others, key=lambda row: row[1].likeness)[0]
            return [best] if best else [], ()
        return [], tuple(map(str, self._alone(said, named[0])[1].reasons)) if named else ("it names no passage that says it",)

    def _alone(self, said: Said, place: int) -> tuple[Quote | None, Verdict]:
        """Return the words of one passage that bear a sentence by themselves: one sentence of it, or two that are neighbours.

        A passage as a whole is too much: a figure of its one sentence and a name of its other make a third that it never says.
        """
        source = self._sources[place]
        verdict = self._judge.check(said.text, [source], language=self._language)
        if not verdict.verified or verdict.quote is None or not self._says_something(said, source):
            return None, replace(verdict, verified=False)
        for start, end in _spans(source.text, verdict.quote.start, verdict.quote.end):
            alone = self._judge.check(said.text, [replace(source, text=source.text[start:end])], language=self._language)
            if alone.verified:
                return Quote(self._prompt.passages[place], said.text, (start, end)), verdict
            verdict = replace(verdict, reasons=verdict.reasons or alone.reasons)
        return None, replace(verdict, verified=False)

    def _together(self, said: Said, places: Sequence[int]) -> list[Quote]:
        """Return the words of several passages that bear a sentence together, such as a comparison; none when they do not."""
        if len(places) < 2:
            return []
        verdicts = [self._judge.check(said.text, [self._sources[place]], language=self._language) for place in places]
        quotes = [(place, verdict.quote) for place, verdict in zip(places, verdicts, strict=True) if verdict.quote]
        shortened = [replace(self._sources[place], text=quote.text) for place, quote in quotes]
        if len(quotes) < 2 or not self._judge.check(said.text, shortened, language=self._language).verified:
            return []
        return [Quote(self._prompt.passages[place], said.text, (quote.start, quote.end)) for place, quote in quotes]

    def _says_something(self, said: Said, source: Source) -> bool:
        """Tell whether a sentence says more than what its document is called: “Có.”, “5”, “Luật A, Điều 13” do not."""
        known = {fold(word) for word in tokens(source.about)}
        there = {fold(word) for word in tokens(source.text)} if source.language == self._language else None
        own = [fold(word) for word in content_words(said.text) if not word[0].isdigit() and fold(word) not in known]
        return any(there is None or word in there for word in own)


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a quote's own span, then that of its sentence, then of its sentence with a neighbour."""
    rows = sentences(text)
    inside = [place for place, row in enumerate(rows) if row.start < end and start < row.end]
    if not inside:
        return [(start, end)]
    first, last = inside[0], inside[-1]
    found = [(start, end), (rows[first].start, rows[last].end)]
    if last + 1 < len(rows):
        found.append((rows[first].start, rows[last + 1].end))
    if first:
        found.append((rows[first - 1].start, rows[last].end))
    return list(dict.fromkeys(found))


def _with_marks(words: str, numbers: Sequence[int]) -> str:
    """Return words with all their marks before the closing stop."""
    first = marked(words, numbers[0])
    return first.replace(f"[{numbers[0]}]", "".join(f"[{number}]" for number in numbers))
