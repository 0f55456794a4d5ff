"""How well is a sentence judged? Pairs made from the library: a true sentence and the same one with a flip in it.

Each pair is a sentence of a digest, said again without changing its sense (other spellings of figures and dates, items in
another order, a shortened sentence, the sentence of the other language), and the same sentence with one figure, date, denial,
name, document number or modal verb turned. Both are judged against the whole provision. Beside them stand sentences whose
figures changed places, and true sentences that cite the wrong provision of the right document. Nobody wrote or chose a pair
by hand. One half, by document, is for development and for fitting the threshold of likeness; the figures that count are the
held-out half's.

    python -m evals.perturb [--pairs 500] [--fit] [--show KIND] [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant.compose import WEIGHTS
from assistant.verification.judge import Limits, Verifier
from assistant.verification.values import Source, Verdict
from corpus.bundle import LIBRARY, read_library
from corpus.document import Document, Provision
from corpus.glossary import Glossary
from corpus.sentences import sentences
from evals.fitted import keep
from evals.flips import FLIPS, REWRITINGS, People, flip_swap
from index.embedding import open_encoder

__all__ = ["Pair", "Tally", "build", "fit", "judge", "main", "people_of"]

_LOG = logging.getLogger(__name__)
_REJECTED = 0.005
_BODIES = (
    "Bộ Ngoại giao", "Bộ Công an", "Bộ Quốc phòng", "Bộ Tư pháp", "Bộ Tài chính", "Bộ Nội vụ", "Bộ Chính trị", "Ban Bí thư", "Quốc hội",
    "Chính phủ", "Thủ tướng Chính phủ", "Liên hợp quốc", "Liên minh châu Âu", "Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ",
    "Đan Mạch", "Hoa Kỳ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A true sentence, the same one made false, and where both claim to stand."""

    kind: str
    rewriting: str
    language: str
    true: str
    false: str
    source: Source
    held_out: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the library with what it is to be judged against."""

    text: str
    language: str
    source: Source
    translated: bool
    held_out: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The share, nought of nothing."""
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.hits:4d} of {self.of:4d}  {100 * self.share:5.1f} %"


def people_of(documents: Sequence[Document], glossary: Glossary) -> People:
    """Return the bodies that have a name in both languages, and the persons of the digests as they are written there."""
    import re

    bodies = tuple((term.vi, term.en) for term in glossary.terms if term.vi in _BODIES)
    title = {
        "vi": r"(?:Thủ tướng|Bộ trưởng|Thứ trưởng|Đại sứ|Tổng Bí thư|ông|bà) (\w+ \w+ \w+)",
        "en": r"(?:Minister|Secretary|Ambassador|Chairman|Mr|Ms)(?: of Foreign Affairs)? (\w+ \w+ \w+)",
    }
    persons = {
        language: tuple(
            dict.fromkeys(
                name
                for d in documents
                for p in d.provisions
                for name in re.findall(pattern, p.text.only(language))
                if name.istitle() and not name.startswith(("Bộ", "Ban", "Ministry", "Cục"))
            )
        )
        for language, pattern in title.items()
    }
    return People(bodies, persons)


def _sentences(documents: Sequence[Document]) -> Iterator[_Sentence]:
    """Yield the sentences of all digests against their own provision, and against its words of the other language."""
    # dealt out by turns, the longest first, so that both halves hold about as much
    for place, document in enumerate(sorted(documents, key=lambda d: (-len(d.provisions), d.number))):
        held_out = place % 4 in (1, 2)
        for provision in document.provisions:
            yield from _sentences_of(document, provision, held_out)


def _sentences_of(document: Document, provision: Provision, held_out: bool) -> Iterator[_Sentence]:
    """Yield the sentences of one provision; those of the other language only where there are as many."""
    spans = {language: sentences(provision.text.only(language)) for language in ("vi", "en")}
    for language, other in (("vi", "en"), ("en", "vi")):
        source = {x: Source.of(document, str(provision.locator), x) for x in ("vi", "en")}
        for span in spans[language]:
            if not 30 <= len(span.text) <= 400:
                continue
            yield _Sentence(span.text, language, source[language], False, held_out)
            if len(spans[other]) == len(spans[language]):
                yield _Sentence(span.text, language, source[other], True, held_out)


def build(documents: Sequence[Document], people: People, pairs: int = 500, seed: int = 20260101) -> list[Pair]:
    """Return pairs, every kind of flip as often; the same for the same library and seed."""
    chance = Random(seed)
    every = list(_sentences(documents))
    chance.shuffle(every)
    made: list[Pair] = []
    for place, (kind, flip) in enumerate(FLIPS.items()):
        wanted = pairs // len(FLIPS) + (place < pairs % len(FLIPS))
        seen: set[tuple[str, bool]] = set()
        for one in every:
            # a third across languages
            if len(seen) == wanted or (one.text, one.translated) in seen or (one.translated and chance.random() > 0.4):
                continue
            false = flip(one.text, one.language, chance, people)
            if false is None or false in one.source.text:
                continue
            seen.add((one.text, one.translated))
            made.append(_pair(kind, one, false, chance, people))
    return made


def _pair(kind: str, one: _Sentence, false: str, chance: Random, people: People) -> Pair:
    """Return a pair with a rewriting that fits the sentence, or the sentence as it is one time in six."""
    true, name = one.text, "as it is"
    ways = [(way, rewrite) for way, rewrite in REWRITINGS.items() if way != "opened"]
    chance.shuffle(ways)
    ways.append(("opened", REWRITINGS["opened"]))  # it fits every sentence
    for way, rewrite in ways if chance.random() > 1 / 6 else []:
        said = rewrite(one.text, one.language, chance, people)
        if said is not None:
            true, name = said, way
            break
    return Pair(kind, f"{name}, translated" if one.translated else name, one.language, true, false, one.source, one.held_out)


def swaps(documents: Sequence[Document], people: People, seed: int = 20260102) -> list[Pair]:
    """Return the sentences in which two figures of one kind can change places."""
    chance = Random(seed)
    found = []
    for one in _sentences(documents):
        false = flip_swap(one.text, one.language, chance, people)
        if false is not None and not one.translated:
            found.append(Pair("swap", "as it is", one.language, one.text, false, one.source, one.held_out))
    return found


def misplaced(documents: Sequence[Document], seed: int = 20260103) -> list[Pair]:
    """Return true sentences that cite another provision of the same document."""
    chance = Random(seed)
    every = list(_sentences(documents))
    by_document: dict[tuple[str, str], list[_Sentence]] = {}
    for one in every:
        by_document.setdefault((one.source.document, one.source.language), []).append(one)
    found = []
    for one in chance.sample(every, min(len(every), 900)):
        others = [o.source for o in by_document[one.source.document, one.source.language] if o.source.locator != one.source.locator]
        if others:
            kind = "misplaced, translated" if one.translated else "misplaced"
            found.append(Pair(kind, "as it is", one.language, one.text, one.text, chance.choice(others), one.held_out))
    return found


Judge = Callable[[str, Source, str], Verdict]


def judge(pairs: Sequence[Pair], check: Judge) -> tuple[Mapping[str, Tally], Mapping[str, Tally]]:
    """Return the flips caught by kind, and the true sentences rejected by rewriting."""
    caught: dict[str, Tally] = {}
    rejected: dict[str, Tally] = {}
    for pair in pairs:
        _count(caught, pair.kind, not check(pair.false, pair.source, pair.language).verified)
        _count(rejected, pair.rewriting, not check(pair.true, pair.source, pair.language).verified)
    return caught, rejected


def _count(tallies: dict[str, Tally], name: str, hit: bool) -> None:
    """Add one to the tally of that name and to that of all."""
    for key in (name, "all"):
        old = tallies.get(key, Tally(0, 0))
        tallies[key] = Tally(old.hits + hit, old.of + 1)


def fit(documents: Sequence[Document], wrong: Sequence[Pair], check: Judge) -> Limits:
    """Return limits of likeness under which one in two hundred true sentences of the development half falls.

    A sentence in its source's own words is wholly like it, and a model rewords: of one language the limit is where three of
    four of the `wrong` ones fall, if that is lower.
    """
    reached: dict[str, float] = {}
    every = [one for one in _sentences(documents) if not one.held_out]
    for name, translated in (("same", False), ("across", True)):
        likeness = sorted(check(one.text, one.source, one.language).likeness for one in every if one.translated is translated)
        others = sorted(check(p.false, p.source, p.language).likeness for p in wrong if p.kind.endswith("translated") is translated)
        bar = likeness[int(len(likeness) * _REJECTED)] - 0.005
        if not translated:  # a model rewords: what is printed word for word shows no limit
            bar = min(bar, others[len(others) * 3 // 4])
        caught = sum(value < bar for value in others)
        _LOG.info("likeness %-6s %.3f: of %d misplaced sentences %.0f %% fall under it", name, bar, len(others), 100 * caught / max(len(others), 1))
        reached[name] = round(bar, 3)
    return Limits(**reached)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the pairs, judge them and print what was caught; with --fit first fit the limits on the development half."""
    parser = argparse.ArgumentParser(description="judge true sentences and flipped ones")
    parser.add_argument("--pairs", type=int, default=500, metavar="N")
    parser.add_argument("--fit", action="store_true", help="fit the limits of likeness on the development half and keep them")
    parser.add_argument("--show", metavar="KIND", help="also print the mistakes of a kind on the development half (all: every kind)")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    documents = read_library(LIBRARY).documents
    glossary = Glossary.read(LIBRARY / "glossary.yaml")
    people = people_of(documents, glossary)
    pairs, swapped, wrong = build(documents, people, options.pairs), swaps(documents, people), misplaced(documents)
    limits = Limits.read(options.out)
    verifier = Verifier(open_encoder(), glossary, limits)

    def check(sentence: str, source: Source, language: str) -> Verdict:
        return verifier.check(sentence, [source], language=language)

    if options.fit:
        limits = fit(documents, [p for p in wrong if not p.held_out], check)
        keep(options.out, {"verification": limits.to_json()})
        verifier = Verifier(open_encoder(), glossary, limits)
    _LOG.info("limits %s", json.dumps(limits.to_json()))
    for name, held_out in (("development", False), ("held out", True)):
        _print(name, [p for p in (*pairs, *swapped, *wrong) if p.held_out is held_out], check)
    _speed(pairs, check)
    if options.show:
        _show([p for p in (*pairs, *swapped) if not p.held_out], check, options.show)
    return 0


def _print(name: str, pairs: Sequence[Pair], check: Judge) -> None:
    """Print the figures of one half."""
    main_pairs = [p for p in pairs if p.kind in FLIPS]
    caught, rejected = judge(main_pairs, check)
    _LOG.info("\n%s: %d pairs", name, len(main_pairs))
    for title, tallies in (("flips caught", caught), ("true sentences rejected", rejected)):
        for kind, tally in sorted(tallies.items(), key=lambda row: row[0] == "all"):
            _LOG.info("  %-24s %-24s %s", title, kind, tally)
    beside, _ = judge([p for p in pairs if p.kind not in FLIPS], check)
    for kind, tally in beside.items():
        if kind != "all":
            _LOG.info("  %-24s %-24s %s", "beside them caught", kind, tally)


def _speed(pairs: Sequence[Pair], check: Judge) -> None:
    """Print how long a sentence takes that was never seen, on a source that another sentence cited just before."""
    spent = []
    for pair in pairs:
        check(pair.true, pair.source, pair.language)
        started = time.perf_counter()
        check(pair.false, pair.source, pair.language)
        spent.append(1000 * (time.perf_counter() - started))
    spent.sort()
    _LOG.info("\nmilliseconds a sentence, warm: median %.2f, p95 %.2f, most %.2f", spent[len(spent) // 2], spent[int(len(spent) * 0.95)], spent[-1])


def _show(pairs: Sequence[Pair], check: Judge, kind: str) -> None:
    """Print the mistakes of one kind of flip or rewriting."""
    for pair in pairs:
        if kind in ("all", pair.kind) and check(pair.false, pair.source, pair.language).verified:
            _LOG.info("\nMISSED %s %s\n  said   %s\n  source %s", pair.kind, pair.source.language, pair.false, pair.source.text)
        verdict = check(pair.true, pair.source, pair.language)
        if kind in ("all", pair.rewriting) and not verdict.verified:
            why = "; ".join(map(str, verdict.reasons))
            _LOG.info("\nREJECTED %s\n  why    %s\n  said   %s\n  source %s", pair.rewriting, why, pair.true, pair.source.text)


if __name__ == "__main__":
    raise SystemExit(main())
