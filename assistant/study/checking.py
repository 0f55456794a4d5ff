"""Does an item stand? Its quotes are found character for character, its right option is borne by them, and no other one is.

The judge is the verifier that checks our own answers. What does not pass is thrown away by whoever made it; the same check
is run again on items that come from elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.study.item import Item, Kind
from assistant.verification.judge import Verifier
from assistant.verification.values import Source
from corpus.document import LANGUAGES, Document, Provision
from corpus.figures import dates
from corpus.glossary import Glossary
from corpus.normalise import fold, nfc, tokens

__all__ = ["Checker", "joined"]


class Checker:
    """Checks items against the documents, by the name each is held under."""

    def __init__(self, documents: Mapping[str, Document], verifier: Verifier, glossary: Glossary) -> None:
        self._documents, self._verifier, self._glossary = documents, verifier, glossary
        self._names: dict[str, set[str]] = defaultdict(set)
        for term in glossary.terms:
            names = (*term.names("vi"), *term.names("en"))
            for name in names:
                self._names[joined(name)].update(map(joined, names))

    def stands(self, claim: str, sources: Sequence[Source], language: str) -> bool:
        """Tell whether a sentence stands on sources taken together."""
        return self._verifier.check(claim, sources, language=language).verified

    def named(self, name: str, provision: Provision) -> bool:
        """Tell whether a provision names something, by any of its names in the glossary, in either language."""
        texts = [joined(provision.text.only(language)) for language in LANGUAGES]
        return any(one in text for one in {joined(name), *self._names.get(joined(name), ())} for text in texts)

    def faults(self, item: Item) -> tuple[str, ...]:
        """Return what is wrong with an item, nothing for one that stands."""
        found = [*self._form(item), *self._quotes(item)]
        return tuple(found or self._sense(item))

    def _form(self, item: Item) -> Iterator[str]:
        """Yield what is wrong with an item as a question, whatever the documents say."""
        folded = [_plain(option) for option in item.options]
        if not 2 <= len(item.options) <= 6 or not 0 <= item.answer < len(item.options):
            yield "it has too few or too many options"
        if len(set(folded)) < len(folded) or not all(folded):
            yield "two options are the same"
        if not item.citations:
            yield "it cites nothing"
        asked = f"{item.context} {item.stem}"
        if item.kind not in (Kind.TRUTH, Kind.ORDER) and f" {_plain(item.right)} " in f" {_plain(asked)} ":
            yield "the question tells its answer"

    def _quotes(self, item: Item) -> Iterator[str]:
        """Yield a reason for every citation whose words do not stand where it says."""
        for cited in item.citations:
            document = self._documents.get(cited.text_name)
            provision = document.find(cited.locator) if document else None
            words = nfc(provision.text.only(cited.language)) if provision else ""
            if not cited.quote or words[cited.span[0] : cited.span[1]] != cited.quote:
                yield f"the quote is not in {cited.document}, {cited.locator}"

    def _sense(self, item: Item) -> Iterator[str]:
        """Yield what is wrong with the answers of an item whose quotes stand."""
        if item.kind is Kind.ORDER:
            days = [min(dates(cited.quote), default="") for cited in item.citations]
            if not all(days) or days != sorted(set(days)):
                yield "the dates cited do not give this order"
        elif item.kind is Kind.MATCH:
            yield from self._terms(item)
        elif item.kind is Kind.TRUTH:
            if len(item.claims) != 1 or self._stands_here(item.claims[0], item) != (item.answer == 0):
                yield "the statement is not what it is said to be"
        else:
            if len(item.claims) != len(item.options) or not self._stands_here(item.claims[item.answer], item):
                yield "the right option does not stand on what is cited"
            provisions = [p for c in item.citations if (p := self._documents[c.text_name].find(c.locator))]
            for at, claim in enumerate(item.claims):
                if at == item.answer:
                    continue
                # one term for another changes too few words for the judge: there it must not be named at all
                absent = item.kind is Kind.TERM and not any(self.named(item.options[at], p) for p in provisions)
                if not absent and self._stands_here(claim, item):
                    yield f"“{item.options[at]}” stands there too"

    def _stands_here(self, claim: str, item: Item) -> bool:
        """Tell whether a claim stands on the provisions that an item cites in its language."""
        sources = [Source.of(self._documents[c.text_name], c.locator, c.language) for c in item.citations if c.language == item.language]
        return self.stands(claim, sources, item.language)

    def _terms(self, item: Item) -> Iterator[str]:
        """Yield what is wrong with a pair of terms: both are names of one thing, each stands in its quote, no other option names it."""
        other = "en" if item.language == "vi" else "vi"
        quoted = {cited.language: cited.quote for cited in item.citations}
        asked = [t for t in self._glossary.terms if any(f"“{name}”" in item.stem for name in t.names(item.language))]
        right = [t for t in asked if item.right in t.names(other)]
        if not right or set(quoted) != {"vi", "en"}:
            yield "the glossary does not give this pair"
            return
        term = right[0]
        here = any(f"“{name}”" in item.stem and name in quoted[item.language] for name in term.names(item.language))
        if item.right not in quoted[other] or not here:
            yield "the terms do not stand in what is cited"
        names = {fold(name) for t in asked for name in t.names(other)}
        for at, option in enumerate(item.options):
            if at != item.answer and fold(option) in names:
                yield f"“{option}” names it too"


@lru_cache(maxsize=1 << 14)
def joined(text: str) -> str:
    """Return a text as names are looked for in it: its folded words, a space on either side of each."""
    return f" {' '.join(fold(token) for token in tokens(text))} "


def _plain(text: str) -> str:
    """Return a text as options are compared: without diacritics only where letter case and signs differ too."""
    return " ".join("".join(c if c.isalnum() or c in "%.,/" else " " for c in nfc(text).casefold()).split())
