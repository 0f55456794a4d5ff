"""The way of one question, in eight steps one can read on a screen.

1 hand over   2 understand   3 retrieve   4 decide   5 compose   6 verify   7 annotate   8 give the answer back
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache

from assistant.addressed import asks_for_address, at_address, whole_provision
from assistant.annotate import notes_on_time, outcome_on_time
from assistant.answer import EXTRACTIVE, Answer, Outcome, Turn
from assistant.bounds import Bounds, outside
from assistant.conflict import Conflict, digest_notes, in_force_on_the_same, settled
from assistant.decide import Support, support_of, unsupported_particulars
from assistant.draft import Draft, Line
from assistant.evidence import Candidate, Gatherer, looked_at
from assistant.extractive import compose
from assistant.looked import Found, Looked, focus, words_of
from assistant.modelled import ModelComposer
from assistant.phrases import phrase
from assistant.prefer import in_force_instead, official_words, out_of_force, without
from assistant.question import Shape, Want
from assistant.receipts import Receipts
from assistant.relevance import Subject
from assistant.tuning import Tuning
from assistant.understand import LONGEST, Understander, Understanding, greets, refers_back
from assistant.verification.values import Judge
from assistant.wording import Quoted, worded
from assistant.writing import Written, write
from corpus.document import Document, Provision
from corpus.errors import UnknownDocument, UnknownProvision
from corpus.normalise import clean, fold
from index.chain import Step, chain_of
from index.embedding import Encoder
from index.entry import NO_FILTERS, Filters
from index.lexical import LexicalIndex
from index.names import parse_address
from index.retrieve import HybridRetriever, Query, Retrieved

__all__ = ["Assistant", "Looked", "Tuning"]

_PIECE = 24
_CLAUSES = 60
_TURNS = 3


class Assistant:
    """Answers questions from one index: by quoting it, or worded by a chat model and checked against it."""

    def __init__(
        self, retriever: HybridRetriever, lexical: LexicalIndex, encoder: Encoder, understander: Understander, judge: Judge,
        *, tuning: Tuning | None = None, left_out: Sequence[str] = (), examples: Mapping[str, Sequence[str]] | None = None,
        composer: ModelComposer | None = None, receipts: Receipts | None = None,
    ) -> None:  # fmt: skip
        self._retriever = retriever
        self._lexical = lexical
        self._understander = understander
        self._judge = judge
        self.tuning = self._tuning = tuning or Tuning()
        self._documents = retriever.documents
        self._gatherer = Gatherer(retriever.documents, encoder, self._tuning.weighing)
        self._examples = examples or {}
        self.left_out = tuple(left_out)
        self.composer = composer
        self.receipts = receipts
        self.generator = composer.name if composer else EXTRACTIVE
        self._limits, self._filters = Bounds(), NO_FILTERS
        self.sends_to = composer.sends_to if composer else ""

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Answer one question; never raises for what a person typed."""
        *_, answer = self.stream(question, history, as_of, language)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Iterator[str | Answer]:
        """Yield the answer's text in pieces, empty ones while a model is silent, then the whole answer, which has the last word.

        Only verified words are ever yielded, unless a setting asks for the others, labelled. Closing the iterator stops a model.
        """
        started = time.perf_counter()
        day = as_of or date.today()
        understanding = self._understander.read(question, self._remembered(history), language, day)
        pieces = self._pieces(understanding, history, day)
        for piece in pieces:
            if isinstance(piece, Answer):
                told = (self._limits.told(piece.language),) if self._limits else ()
                piece = replace(piece, seconds=time.perf_counter() - started, notes=(*piece.notes, *told))
            yield piece

    def _pieces(self, understanding: Understanding, history: Sequence[Turn], day: date) -> Iterator[str | Answer]:
        """Yield the text in pieces and the answer; no model is asked what needs no document or has no answer in them."""
        answer = self._by_form(understanding, day)
        if answer is None:
            found = self._found(understanding, day)
            answer = self._quoted(understanding, found, day)
            if self.composer is not None and answer.outcome is Outcome.CONFLICT:
                note = phrase("conflict_unworded", understanding.language, model=self.composer.name)
                answer = replace(answer, notes=(*answer.notes, note))
            elif self.composer is not None and answer.outcome.says_something:
                quoted = Quoted(answer, found.passages())
                yield from worded(self.composer, understanding, quoted, day, history, lambda w: self._annotated(understanding, found, w, day))
                return
        words = answer.text.split(" ")
        for start in range(0, len(words), _PIECE):
            yield " ".join(words[start : start + _PIECE]) + (" " if start + _PIECE < len(words) else "")
        yield answer

    def search(
        self, query: str, k: int = 10, *, documents: Sequence[str] = (), issuers: Sequence[str] = (), kinds: Sequence[str] = (),
        years: Sequence[int] = (), valid_on: date | None = None,
    ) -> tuple[Retrieved, ...]:  # fmt: skip
        """Return the best `k` provisions for a query, of documents that meet every limit given.

        Bounds are names of documents in any spelling, names of issuers or parts of them, kinds, years of issue, and a day on
        which the document must be in force. Raises UnknownDocument, UnknownFilter.
        """
        limits = Bounds(tuple(documents), tuple(issuers), tuple(kinds), tuple(years), valid_on)
        filters = limits.filters(self.document, self._documents)
        return self._retrieve(self._understander.read(query), k, filters=filters)

    def within(self, limits: Bounds) -> Assistant:
        """Return an assistant that answers from documents within some limits alone, and says so; raises UnknownDocument, UnknownFilter."""
        made = copy(self)
        made._limits, made._filters = limits, limits.filters(self.document, self._documents)
        return made

    def each_document(self) -> Iterator[Document]:
        """Yield all documents in order, the library's first, their provisions read when they are looked at."""
        return self._documents.heads()

    def documents(self) -> tuple[Document, ...]:
        """Return all documents in order, the library's first."""
        return tuple(self.each_document())

    def document(self, number: str) -> Document:
        """Return the document of a number or name; raises UnknownDocument with the nearest ones."""
        exact = self._documents.get(number)
        if exact:
            return exact
        mentions = self._retriever.names.find(clean(number))
        if mentions:
            return self._documents[mentions[0].numbers[0]]
        folded = {fold(n): n for n in self._retriever.names.numbers()}
        raise UnknownDocument(number, tuple(folded[n] for n in get_close_matches(fold(number), folded, 2, 0.6)))

    def texts(self, name: str) -> tuple[Document, ...]:
        """Return the texts of the document of a number or name, its official words before a digest; raises UnknownDocument."""
        document = self.document(name)
        names = self._documents.texts(document.number)
        return (document,) if name in names and name != document.number else tuple(self._documents[held_as] for held_as in names)

    def place(self, name: str, locator: str) -> tuple[Document, tuple[Provision, ...]]:
        """Return what stands at an address and the text that has it, official words first.

        An article is all its clauses; a point is its clause with the words of the point alone. Raises UnknownDocument, UnknownProvision.
        """
        texts = self.texts(name)
        said = parse_address(locator)
        for document in texts:
            for address in dict.fromkeys((locator, *([str(said)] if said else []))):
                found = at_address(document, address)
                if found:
                    return document, found
        names = [str(p.locator) for document in texts for p in document.provisions]
        raise UnknownProvision(texts[0].number, locator, tuple(get_close_matches(locator, names, 3, 0.3)))

    def provision(self, number: str, locator: str) -> Provision:
        """Return the first provision at an address; raises UnknownDocument or UnknownProvision with the nearest ones."""
        return self.place(number, locator)[1][0]

    def chain(self, document: Document) -> tuple[Step, ...]:
        """Return what a document replaced and what replaced it, over all steps, and what changed it, the earliest first."""
        return chain_of(document, self._documents)

    def examples(self, language: str) -> tuple[str, ...]:
        """Return example questions that the library answers."""
        return tuple(self._examples.get(language, ()))

    def _remembered(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the last turn with the documents it was about, found by answering the last few turns again when not known."""
        last: tuple[Turn, ...] = ()
        for turn in history[-_TURNS:]:
            documents = turn.documents
            if not documents:
                understanding = self._understander.read(turn.question, last, None, date.today())
                answer = self._by_form(understanding, date.today()) or self._by_evidence(understanding, date.today())
                documents = focus(understanding, answer, self._retriever)
            last = (replace(turn, documents=documents),)
        return last

    def _by_form(self, understanding: Understanding, day: date) -> Answer | None:
        """Return the answer to what needs no document: greetings, secrets, opinions, nothing, too much; else None."""
        verdict = understanding.verdict
        if verdict is None:
            return outside(understanding, self._filters, self._documents, day)
        if verdict is Outcome.UNCLEAR:
            name = "too_long" if len(understanding.question) > LONGEST else "empty"
        elif verdict is Outcome.OUT_OF_SCOPE:
            name = "greeting" if greets(understanding.question) else "out_of_scope"
        else:
            name = "refused"
        return Answer(understanding.question[:LONGEST], understanding.language, day, verdict, phrase(name, understanding.language))

    def _retrieve(self, understanding: Understanding, k: int, only: tuple[str, ...] = (), filters: Filters = NO_FILTERS) -> tuple[Retrieved, ...]:
        """Step 3: search by words, meaning and address; with `only` in those documents alone."""
        documents = only or tuple(dict.fromkeys((*understanding.documents, *understanding.dated)))
        u = understanding
        return self._retriever.retrieve(
            Query(u.text, u.language, documents, u.address, u.also, only_documents=bool(only), k=k, filters=filters or self._filters)
        )

    def look(self, question: str, history: Sequence[Turn] = (), leave_out: frozenset[tuple[str, str]] = frozenset()) -> tuple[Looked, ...]:
        """Return what each part of a question leads to before it is decided on; for fitting and for explaining.

        `leave_out` names provisions (document, locator in lower case) that are treated as if they did not exist.
        """
        return self._look(self._understander.read(question, self._remembered(history), None, date.today()), leave_out)

    def _look(self, understanding: Understanding, leave_out: frozenset[tuple[str, str]] = frozenset(), day: date | None = None) -> tuple[Looked, ...]:
        """Steps 3 to 5 for each part of the question; a part that points back takes its documents from the one before."""
        parts = self._understander.parts(understanding)
        looked: list[Looked] = []
        for part in parts:
            if looked and part.inherited and refers_back(part.text):
                part = replace(part, documents=self._pointed_at(looked[-1].lines, part))
            inside = self._look_at(part, len(parts), leave_out, part.documents, day) if part.inherited and part.documents else None
            if inside and inside.support and replace(inside.support, certain=True).enough(self._tuning.decision):
                looked.append(replace(inside, support=replace(inside.support, certain=True)))
            else:
                looked.append(self._look_at(part, len(parts), leave_out, day=day))
        return tuple(looked)

    def _look_at(
        self, part: Understanding, parts: int, leave_out: frozenset[tuple[str, str]], only: tuple[str, ...] = (), day: date | None = None
    ) -> Looked:
        """Retrieve, gather and compose for one part, over a second document when the first one only points to it.

        With `only` nothing but those documents is looked at: what a follow-up speaks of. With a `day` the acts in force on it are
        preferred to those in whose place they stand, as long as they answer.
        """
        subject = Subject(part, self._lexical.frequency, self._lexical.size())

        retrieve = cache(lambda documents, k: self._retrieve(part, k, documents))  # most of what is looked for is looked for again

        def candidates_of(*queries: tuple[tuple[str, ...], int], title: str = "") -> list[Candidate]:
            found = [r for documents, k in queries for r in retrieve(documents, k)]
            found += self._retrieve(replace(part, text=title), 2, queries[-1][0]) if title else ()
            kept = {(r.passage.held_as, r.passage.locator): r for r in reversed(found)}
            seen = [r for r in kept.values() if (r.passage.document, r.passage.locator.casefold()) not in leave_out]
            return self._gatherer.gather(part, subject, seen)

        several = part.documents if part.form.shape is Shape.COMPARISON and len(part.documents) > 1 else ()
        related = ((part.related, 4),) if part.related and not only else ()
        queries = ((only, self._tuning.provisions), *(((number,), 4) for number in several[:4]), *related)
        if not (every := candidates_of(*queries)):
            return Looked(part, (), (), None)
        if asked := self._asked_for(part, subject, leave_out, day):
            return asked
        if not several and (part.form.shape is Shape.COMPARISON or Want.DOCUMENT in part.form.wants):
            # what is compared, or what act it is, may stand in the same document further from the question's words
            top = every[0].document
            queries = (*queries, ((top.number,), self._tuning.provisions))
            every = candidates_of(*queries, title=top.title.get(part.language) if Want.DOCUMENT in part.form.wants else "")
        candidates = official_words(every)
        draft = compose(part, subject, candidates, parts=parts)
        support = support_of(part, subject, draft, candidates)
        if candidates != every and not support.enough(self._tuning.decision):
            candidates, draft = every, compose(part, subject, every, parts=parts)
            support = support_of(part, subject, draft, every)
        linked = self._linked(part, draft) if part.form.shape is Shape.FACT and support.wanting else ()
        if linked:
            further = official_words(candidates_of((only, self._tuning.provisions), (linked, 5)))
            deeper = replace(part, documents=(*part.documents, *linked))
            draft = compose(deeper, subject, further, parts=parts)
            candidates, support = further, support_of(part, subject, draft, further)
        looked = Looked(part, tuple(candidates), draft.lines, support, draft.table)
        out = out_of_force(part, draft.lines, day) if day else ()
        instead = in_force_instead(out, self._documents, day) if day and out else ()
        instead += in_force_on_the_same(draft.lines, out, candidates, day) if day and out else ()
        left = without(official_words(candidates_of(*queries, (instead, 4))), out, instead) if instead else ()
        return self._in_force(looked, subject, left, out, instead, parts) if left else looked

    def _asked_for(self, part: Understanding, subject: Subject, leave_out: frozenset[tuple[str, str]], day: date | None) -> Looked | None:
        """Answer a question for a provision by its address with the whole of it; None when something else is asked."""
        if not asks_for_address(part):
            return None
        found = self._retrieve(part, _CLAUSES, part.documents)
        seen = [r for r in found if (r.passage.document, r.passage.locator.casefold()) not in leave_out]
        candidates = self._gatherer.gather(part, subject, seen)
        draft = whole_provision(part, candidates, day or date.today())
        if draft is None:
            return None
        support = replace(support_of(part, subject, draft, candidates), asked=True)
        return Looked(part, tuple(candidates), draft.lines, support)

    def _in_force(
        self, looked: Looked, subject: Subject, left: Sequence[Candidate], out: Sequence[Document], instead: Sequence[str], parts: int
    ) -> Looked:
        """Answer from what is `left` without documents that are `out` of force, if an act `instead` of them answers; else as before."""
        draft = compose(looked.part, subject, left, parts=parts)
        support = support_of(looked.part, subject, draft, left)
        quoted = {q.candidate.document.number for line in draft.lines for q in line.quotes}
        aside = tuple(document for document in out if document.number not in quoted)
        first = draft.lines[0].quotes[0].candidate.document.number if draft.lines else ""
        if not aside or first not in instead or not support.enough(self._tuning.decision):
            return looked
        return Looked(looked.part, tuple(left), draft.lines, support, draft.table, aside)

    def _linked(self, part: Understanding, draft: Draft) -> tuple[str, ...]:
        """Return the documents that the best words name and the question does not: where a chain of two documents leads on."""
        if not part.documents or not draft.lines:
            return ()
        first = draft.lines[0].quotes[0]
        named = [n for m in self._retriever.names.find(first.shown) for n in m.numbers]
        return tuple(dict.fromkeys(n for n in named if n not in part.documents and n != first.candidate.document.number))[:2]

    def _by_evidence(self, understanding: Understanding, day: date) -> Answer:
        """Steps 3 to 7, by quoting."""
        return self._quoted(understanding, self._found(understanding, day), day)

    def _found(self, understanding: Understanding, day: date) -> Found:
        """Steps 3 to 5: what all parts of the question led to; a part that finds nothing makes the answer partial."""
        kept: list[Line] = []
        seen: dict[tuple[str, str], Candidate] = {}
        failed: list[Support | None] = []
        table = False
        aside: dict[str, Document] = {}
        conflicts: list[Conflict] = []
        for look in self._look(understanding, day=day):
            seen.update({c.key: c for c in look.candidates if c.key not in seen})
            if look.support is not None and look.support.enough(self._tuning.decision):
                said = {words_of(line) for line in kept}
                draft, conflict = settled(look.part, Draft(look.lines, table=look.table), look.candidates, day)
                conflicts.extend([conflict] if conflict else [])
                kept.extend(line for line in draft.lines if words_of(line) not in said)
                table = table or draft.table
                aside.update({document.number: document for document in look.aside})
            else:
                failed.append(look.support)
        return Found(Draft(tuple(kept), table=table), tuple(seen.values()), tuple(failed), tuple(aside.values()), tuple(conflicts))

    def _pointed_at(self, lines: Sequence[Line], part: Understanding) -> tuple[str, ...]:
        """Return the documents that the words said so far name, those they are quoted from last."""
        quotes = [quote for line in lines for quote in line.quotes]
        named = [n for q in quotes for m in self._retriever.names.find(q.shown) if m.by == "number" for n in m.numbers]
        fresh = [n for n in named if n not in part.documents]
        return tuple(dict.fromkeys(fresh)) or part.documents

    def _quoted(self, understanding: Understanding, found: Found, day: date) -> Answer:
        """Steps 5 to 7: write, verify, annotate; or say that the documents do not answer."""
        language = understanding.language
        if not found.draft.lines:
            return self._abstain(understanding, day, found.candidates, found.failed[0] if found.failed else None)
        lead = phrase("check", language) if understanding.form.shape is Shape.CLAIM else ""
        lead = next((conflict.lead(language) for conflict in found.conflicts if not conflict.beside), lead)
        written = write(replace(found.draft, lead=lead), self._documents, day, language, self._judge)
        if not written.citations:
            return self._abstain(understanding, day, found.candidates, None)
        return self._annotated(understanding, found, written, day)

    def _annotated(self, understanding: Understanding, found: Found, written: Written, day: date) -> Answer:
        """Step 7: what a reader must know beside the text."""
        language, failed = understanding.language, found.failed
        notes = list(notes_on_time(written.citations, self._documents, day, language, found.aside))
        notes.extend(note for conflict in found.conflicts for note in conflict.notes(language))
        notes.extend(digest_notes(found.draft.lines, self._documents, self._documents.texts, language))
        strange = unsupported_particulars(understanding, " ".join((written.text, *(f"{c.title} {c.locator}" for c in written.citations))))
        if strange:
            notes.insert(0, phrase("unseen", language, words=", ".join(f"“{s}”" for s in strange)))
        if understanding.order:
            notes.insert(0, phrase("ordered", language))
        if understanding.asked_in == "fr":
            notes.append(phrase("french", language))
        if written.dropped:
            notes.append(phrase("failed", language))
        outcome = Outcome.CONFLICT if found.disputed(written.citations) else outcome_on_time(written.citations)
        outcome = Outcome.PARTIAL if failed else outcome
        missing = [word for support in failed if support for word in support.missing]
        if missing:
            notes.insert(0, phrase("missing", language, words=", ".join(f"“{w}”" for w in missing[:5])))
        return Answer(understanding.question, language, day, outcome, written.text, written.citations, looked_at(found.candidates), tuple(notes))

    def _abstain(self, understanding: Understanding, day: date, candidates: Sequence[Candidate], support: Support | None) -> Answer:
        """Say that the documents do not answer, what is missing, and what is nearest."""
        language = understanding.language
        sentences = [phrase("not_found", language)]
        if support and support.missing:
            sentences.append(phrase("missing", language, words=", ".join(f"“{w}”" for w in support.missing[:5])))
        if candidates:
            places = "; ".join(f"{c.document.number}, {c.provision.locator}" for c in candidates[:3])
            sentences.append(phrase("nearest", language, places=places))
        return Answer(understanding.question, language, day, Outcome.NOT_IN_CORPUS, " ".join(sentences), (), looked_at(candidates))
