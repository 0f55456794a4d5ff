"""Is what was found good enough to answer? Otherwise a typed outcome that says what is missing and what is near.

The decision rests on how much of the question's subject the chosen words cover, on whether they hold the kind of thing
asked for, and on whether the question's own particulars (figures, years, names) stand in them. How these signals weigh is
fitted on our development questions by `evals.fit` and lives in one value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.evidence import ACT_NUMBER, FEATURES, Candidate, Sentence, surroundings
from assistant.places import countries_in
from assistant.question import Shape, Want
from assistant.relevance import Subject
from assistant.understand import Understanding
from corpus.figures import figures
from corpus.legal.headings import roman
from corpus.normalise import fold, tokens
from index.analysis import stem
from index.names import Address

__all__ = ["SIGNALS", "SIGNS", "Decision", "Support", "support_of", "unsupported_particulars"]

_LITTLE = 0.75
_STRUCTURE = re.compile(r"\b(\d+) (điều|chương|articles|chapters)\b")
_UNITS = {"articles": "điều", "chapters": "chương"}
# “Luật Đất đai”, “Bộ luật Lao động”, “the Land Law”, “Law on Land”: an act by its name, two words of which tell it.
_ACT_NAME = re.compile(r"\b((?:Bộ luật|Luật|Pháp lệnh) (?=[A-ZĐÀ-Ỹ])\w+(?: \w+)?)|\b([A-Z]\w+ (?:Law|Act))\b|\b(Law on (?!the\b)\w+)")
_PARTNER = re.compile(
    r"(?:[Đđ]ối tác|[Pp]hía|doi tac)(?: [a-zà-ỹđ]+){0,2}(?: [A-ZĐ][\w-]*)+|\b[A-Z]\w+(?= (?:partner|counterpart|compan(?:y|ies)|firm)s?\b)"
)
_CHECKABLE = frozenset({Want.PERCENT, Want.ARTICLE, Want.COUNT, Want.DOCUMENT, Want.WHEN, Want.WHO})


# Each signal with the side that it can speak for: one for answering, minus one against it, nought where either is possible.
_SIGNED = (
    ("coverage", 1), ("own", 1), ("known", 1), ("unknown", -1), ("meaning", 1), ("alignment", 1), ("weakest", 1), ("focus", 1), ("joint", 1),
    ("gap", -1), ("concepts", 1), ("terms", 1), ("ordinal", -1), ("score", 1), ("figures", 1), ("wants", 0), ("unmet", -1),
    ("uncounted", -1), ("money", -1), ("strange", -1), ("alien", -1), ("named", 0), ("claim", 0), ("margin", 1), ("words", 0),
)  # fmt: skip
SIGNALS = tuple(name for name, _ in _SIGNED)
SIGNS = tuple(sign for _, sign in _SIGNED)


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic model over SIGNALS: the chance that a draft answers its question; below `bar` the assistant abstains.

    The weights that are used stand in weights.json; the defaults look at coverage alone. The bar costs one right answer in two hundred
    questions and keeps from the reader five wrong ones of a hundred that lie outside the library.
    """

    weights: tuple[float, ...] = (6.0, *(0.0 for _ in SIGNALS[1:]))
    bias: float = -2.5
    bar: float = 0.4

    def chance(self, signals: Sequence[float]) -> float:
        """Return the chance that the draft with these signals answers."""
        return 1.0 / (1.0 + math.exp(-sum(w * s for w, s in zip(self.weights, signals, strict=True)) - self.bias))


@dataclass(frozen=True, slots=True)
class Support:
    """How well a draft answers: signals of the decision, the subject's words not said, particulars not found.

    `impossible` tells that a sum of money or a number of things is asked for and none is quoted, or that the address or the
    ordinal asked for is not in the library: then no likeness of words makes an answer. `wanting` tells that a thing
    asked for is absent or much is unsaid, `certain` that the documents meant are beyond doubt, `asked` that what is quoted is the very
    provision that was asked for by its address.
    """

    signals: tuple[float, ...]
    missing: tuple[str, ...]
    strange: tuple[str, ...]
    impossible: bool = False
    wanting: bool = False
    certain: bool = False
    asked: bool = False

    def enough(self, decision: Decision) -> bool:
        """Tell whether the draft may be shown: never when it cannot hold what is asked, else when it probably answers.

        Where it is certain which documents are meant (a comparison with a row for each, a follow-up on one), half the chance is
        enough, for the question's words are then spread or left out.
        """
        bar = decision.bar / 2 if self.certain else decision.bar
        return self.asked or (not self.impossible and decision.chance(self.signals) >= bar)


def support_of(understanding: Understanding, subject: Subject, draft: Draft, candidates: Sequence[Candidate]) -> Support:
    """Return how well the chosen words and the headings and names around them answer the question."""
    chosen: dict[tuple[str, str], Candidate] = {}
    used: dict[tuple[str, str, int], Sentence] = {}
    for line in draft.lines:
        for quote in line.quotes:
            chosen[quote.candidate.key] = quote.candidate
            for sentence in quote.candidate.sentences:
                if (sentence.start, sentence.end) == quote.span:
                    used[(*quote.candidate.key, sentence.start)] = sentence
    words = "\n".join((*(s.text for s in used.values()), *(surroundings(c.document, c.provision, c.language) for c in chosen.values())))
    coverage = subject.cover(words)
    strange = unsupported_particulars(understanding, words)
    wants = understanding.form.wants
    unmet = wants - frozenset(w for s in used.values() for w in s.holds)
    named = set(understanding.documents) | set(understanding.dated)
    rows = {c.document.number for c in chosen.values()}
    best = max(used.values(), key=lambda s: s.score)
    others = [c.score for c in candidates if c.key not in chosen]

    def top(name: str) -> float:
        place = FEATURES.index(name)
        return max(s.features[place] for s in used.values())

    signals = (
        coverage.share,
        top("coverage"),
        subject.known_share(coverage),
        subject.unknown_share,
        top("meaning"),
        top("alignment"),
        top("weakest"),
        top("focus"),
        max(s.features[FEATURES.index("context")] * (1.0 if s.holds >= wants else 0.5) for s in used.values()),
        subject.gap(coverage),
        subject.concepts_share(words),
        subject.concepts_share("\n".join(s.text for s in used.values())),
        float(bool(_strange_ordinal(understanding, words))),
        best.score,
        top("figures"),
        float(bool(wants)),
        float(bool(unmet & _CHECKABLE)),
        float(Want.COUNT in unmet and bool(understanding.form.units)),
        float(bool(unmet & {Want.MONEY, Want.FUNDS})),
        float(min(len(strange), 3)),
        float(min(sum(subject.alien(name) for name in strange), 2)),
        float(bool(named & rows)) - float(bool(named) and not named & rows),
        float(understanding.form.shape is Shape.CLAIM),
        best.score - max(others, default=0.0),
        min(len(subject.words), 12) / 12,
    )
    address = understanding.address
    elsewhere = address is not None and bool(named) and not any(address.matches(c.provision) for c in chosen.values())
    # “Điều 58” of an act of 45 articles is answered by its structure
    elsewhere = elsewhere and not any(address and _beyond(address, s.text) for s in used.values())
    compared = understanding.form.shape is Shape.COMPARISON and len(named) > 1 and named <= rows
    uncounted = Want.COUNT in unmet and bool(understanding.form.units)
    impossible = Want.MONEY in unmet or elsewhere or uncounted or bool(_strange_ordinal(understanding, words)) or _strange_act(understanding, words)
    impossible = impossible or (unmet == wants and bool(unmet & {Want.RANK, Want.DURATION})) or _other_act(understanding, named, words)
    impossible = impossible or _abroad(understanding, chosen.values(), words, known=bool(named & rows))
    return Support(signals, coverage.missing, strange, impossible and not compared, bool(unmet) or coverage.share < _LITTLE, compared)


def unsupported_particulars(understanding: Understanding, said: str) -> tuple[str, ...]:
    """Return the question's figures and names that do not stand in `said`; those of documents named count as said."""
    named = {*understanding.documents, *understanding.dated, *(number for numbers in understanding.named for number in numbers)}
    have = {f.value for f in figures(said)} | {f.value for n in named for f in figures(n)}
    strange = [f.value for f in figures(understanding.text) if f.value not in have]
    words = {stem(fold(token)) for token in tokens(said)}
    known = {w for names in understanding.concepts for name in names for w in name}
    for name in names_in(understanding.text):
        parts = [stem(fold(t)) for t in tokens(name)]
        abroad = countries_in(f"… {name}")
        # a country may be said by another of its names, but said it must be
        if not abroad & countries_in(said) if abroad else not all(part in words or part in known for part in parts):
            strange.append(name)
    return tuple(dict.fromkeys(strange))


_ORDINAL = re.compile(r"(?:lần thứ|lan thu|thứ|khóa|khoa|kỳ|\bthe) (\d+)(?:st|nd|rd|th)?\b|\b(\d+)(?:st|nd|rd|th)\b", re.I)


def _strange_ordinal(understanding: Understanding, said: str) -> str:
    """Return an ordinal of the question (“lần thứ 33”, “the 33rd”) that stands nowhere in `said`, empty when there is none."""
    have = {f.value for f in figures(said)}
    asked = [a or b for a, b in _ORDINAL.findall(understanding.text)]
    return next((number for number in asked if number.lstrip("0") not in have), "")


def _beyond(address: Address, said: str) -> bool:
    """Tell whether the words give the number of articles or chapters of an act, and the address is of one beyond it."""
    counts = [(_UNITS.get(unit, unit), int(count)) for count, unit in _STRUCTURE.findall(said)]
    asked = {level: int(label) if label.isdigit() else roman(label) for level, label in address.labels}
    return any(asked.get(unit, 0) > count for unit, count in counts)


def _other_act(understanding: Understanding, named: Collection[str], said: str) -> bool:
    """Tell whether the question names an act that is none of the library's (`named` are those it recognised) and is not in the words."""
    names = [" ".join(fold(part).split()) for match in _ACT_NAME.findall(understanding.text) for part in match if part]
    plain = " ".join(tokens(fold(said)))
    return bool(names) and not named and not any(" ".join(tokens(name)) in plain for name in names)


def _abroad(understanding: Understanding, chosen: Iterable[Candidate], said: str, *, known: bool) -> bool:
    """Tell whether the question is on other countries and what is quoted, with the provisions around it, names none of them.

    A claim on a document that is quoted (`known`) may name who is no party to it, and a partner's country is not the subject.
    """
    asked = countries_in(_PARTNER.sub("", understanding.text), seats=False)
    if not asked or (known and understanding.form.shape is Shape.CLAIM):
        return False
    near = "\n".join((said, *(f"{c.provision.text.vi}\n{c.provision.text.en}" for c in chosen)))
    return not asked & countries_in(near)


def _strange_act(understanding: Understanding, said: str) -> bool:
    """Tell whether the question names an act by its full number that the library does not have and the words do not name."""
    known = {fold(re.sub(r"\s*\(.*", "", number)) for number in understanding.documents}
    asked = {fold(number) for number in ACT_NUMBER.findall(understanding.text)}
    return any(number not in known and number not in fold(said) for number in asked)


# Words that Vietnamese official style writes with a capital though they name nobody, folded.
_OFFICIAL = frozenset(
    "bo luat nghi quyet dinh chuong trinh chien luoc chinh phu thu tuong truong thong tu chi thi ket luan cuc so ban dang nha nuoc "
    "trung uong viet nam "
    "quoc hoi uy dieu khoan hoi ngoai giao cong uoc cong ke hoach de an khung hoc vien tong bi dai su quan don vi van phong i you the a "
    "article articles clause point".split()
)


# First words of a question that stand before a capital letter without being part of the name.
_OPENERS = frozenset("con the vay compare".split())


def names_in(text: str) -> list[str]:
    """Return the names of a question: runs of capitalised words, and single ones that official style does not explain.

    A question's first word counts only when the next one is capitalised too.
    """
    found: list[str] = []
    run: list[str] = []
    words = text.split()
    for i, word in enumerate(words):
        bare = re.sub(r"['’]s$", "", word.strip(".,;:?!()“”\"'"))
        following = words[i + 1].strip(".,;:?!()“”\"'")[:1].isupper() if i + 1 < len(words) else False
        opens = not i or words[i - 1] == "—"  # the dash joins a follow-up to its earlier question
        if bare[:1].isupper() and bare.replace("-", "").isalpha() and (not opens or (following and fold(bare) not in _OPENERS)):
            run.append(bare)
            if word[-1:] not in ".,;:?!":
                continue
        if run:
            found.append(" ".join(run))
        run = []
    found.extend([" ".join(run)] if run else [])
    return [name for name in found if not all(fold(part) in _OFFICIAL for part in name.split())]
