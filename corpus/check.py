"""`attache corpus check`: is the bundled library whole and true to the fact base it rests on?

Checks that need only the library: every file reads, relations end at a document or at a number of the usual form, both
languages carry the same figures, no locator stands twice, dates parse. With the fact base at hand also: every fact has
its provision at its own locator, and every figure of a fact stands in that provision in both languages.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.bundle import LIBRARY, Library, read_library
from corpus.document import LANGUAGES, Document
from corpus.errors import BadLibraryFile
from corpus.figures import number_set
from corpus.glossary import Glossary
from corpus.normalise import nfc

__all__ = ["Finding", "check_library"]

_NUMBER_FORM = re.compile(r"^[\w.]+(/\d{4})?[/-][\w-]+(/[\w-]+)?( \(\d{4}\))?$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the library: the file, the line where known (else 1), and the reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return `file:line: reason`."""
        return f"{self.file}:{self.line}: {self.reason}"


def check_library(folder: Path = LIBRARY, facts: Path | None = None) -> tuple[Finding, ...]:
    """Return every fault found in the library at `folder`, checked against the fact base file `facts` when given."""
    library = read_library(folder)
    found = [Finding(error.path.name, error.line, error.reason) for error in library.broken]
    lines = _lines(folder)
    found.extend(_relations(library, lines))
    found.extend(_parity(library, lines))
    found.extend(_glossary(folder))
    if facts is not None:
        found.extend(_against_facts(library, facts, lines))
    return tuple(found)


def _lines(folder: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """Map (document number, locator in lower case) to the file and line of its block, for findings that name a place."""
    where: dict[tuple[str, str], tuple[str, int]] = {}
    for path in sorted(folder.glob("*.md")):
        number = ""
        for at, row in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1):
            if row.startswith("number:") and not number:
                number = row.split(":", 1)[1].split("#")[0].strip().strip("\"'")
                where[number, ""] = (path.name, at)
            elif row.startswith("## "):
                where[number, row[3:].strip().casefold()] = (path.name, at)
    return where


def _relations(library: Library, lines: dict[tuple[str, str], tuple[str, int]]) -> Iterator[Finding]:
    """Yield relations that end nowhere."""
    numbers = {d.number for d in library.documents}
    for document in library.documents:
        for relation in document.relations:
            if relation.target not in numbers and not _NUMBER_FORM.match(relation.target):
                file, line = lines.get((document.number, ""), (document.number, 1))
                yield Finding(file, line, f"the relation {relation.type} ends at “{relation.target}”, which is no document")


def _parity(library: Library, lines: dict[tuple[str, str], tuple[str, int]]) -> Iterator[Finding]:
    """Yield provisions whose two languages do not carry the same figures."""
    for document in library.documents:
        for provision in document.provisions:
            vi, en = (_comparable(provision.text.only(language)) for language in LANGUAGES)
            if vi != en:
                file, line = lines.get((document.number, str(provision.locator).casefold()), (document.number, 1))
                parts = [f"{name} alone has {', '.join(sorted(s))}" for name, s in (("vi", vi - en), ("en", en - vi)) if s]
                yield Finding(file, line, f"“{provision.locator}”: the languages differ in figures: {'; '.join(parts)}")


def _comparable(text: str) -> frozenset[str]:
    """Return the numbers above twelve: smaller ones may be a word or a month's name in one of the languages."""
    return frozenset(n for n in number_set(text) if not (n.isdigit() and int(n) <= 12))


def _glossary(folder: Path) -> Iterator[Finding]:
    """Yield faults of glossary.yaml."""
    path = folder / "glossary.yaml"
    if not path.exists():
        yield Finding(path.name, 1, "the glossary is missing")
        return
    try:
        glossary = Glossary.read(path)
    except BadLibraryFile as error:
        yield Finding(error.path.name, error.line, error.reason)
        return
    for reason in glossary.faults():
        yield Finding(path.name, 1, reason)


def _against_facts(library: Library, facts: Path, lines: dict[tuple[str, str], tuple[str, int]]) -> Iterator[Finding]:
    """Yield facts without their provision, facts at another locator, and figures that their provision lacks."""
    documents = {d.number: d for d in library.documents}
    rows = [json.loads(line) for line in facts.read_text("utf-8").splitlines() if line.strip()]
    known = {row["id"] for row in rows}
    for row in rows:
        number, locator = nfc(row["doc_number"]), nfc(row["locator"])
        file, line = lines.get((number, locator.casefold()), lines.get((number, ""), (number, 1)))
        yield from (Finding(file, line, reason) for reason in _fact_faults(documents.get(number), locator, row))
    for document in documents.values():
        for provision in document.provisions:
            for fact in provision.facts:
                if fact not in known:
                    file, line = lines.get((document.number, str(provision.locator).casefold()), (document.number, 1))
                    yield Finding(file, line, f"“{provision.locator}” rests on {fact}, which is not in the fact base")


def _fact_faults(document: Document | None, locator: str, row: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with how one fact is told."""
    if document is None:
        yield f"no document carries the fact {row['id']}"
        return
    provision = document.find(locator)
    if provision is None or row["id"] not in provision.facts:
        yield f"no provision at “{locator}” rests on the fact {row['id']}"
        return
    for figure in row["figures"]:
        wanted = number_set(figure)
        for language in LANGUAGES:
            missing = wanted - number_set(provision.text.only(language))
            if missing:
                yield f"“{locator}” ({language}) lacks the figure {figure} of {row['id']}: {', '.join(sorted(missing))}"


def main(arguments: list[str]) -> int:
    """Check the library from the command line of a developer: `python -m corpus.check [--facts FILE]`."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    facts = Path(arguments[arguments.index("--facts") + 1]) if "--facts" in arguments else None
    found = check_library(facts=facts)
    for finding in found:
        logging.info("%s", finding)
    logging.info("%d findings", len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
