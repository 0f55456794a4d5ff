"""A retrieval set: a folder of documents, questions, and which document answers which question.

    corpus.jsonl    {"id", "title", "text"} a line
    queries.jsonl   {"id", "text"} a line; those without a judgement are passed over
    qrels.tsv       query, document and relevance with tabs between, under one header line

The form of BEIR. Ids are compared as text. A relevance of nought or less means judged and not relevant. Reading is strict:
figures from a set of which a line was lost cannot be compared with anybody's.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evals.errors import BadSet

__all__ = ["Record", "RetrievalSet", "read_records", "read_set"]


@dataclass(frozen=True, slots=True)
class Record:
    """One document or question of a set; a question has no title."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """The questions of a set that have judgements, by id, and the ids of the documents that are relevant to each.

    `relevant` is in the order of the judgements, `documents` the size of the corpus. `unreachable` counts the judgements
    whose document is not in the corpus: no search can find those.
    """

    name: str
    corpus: Path
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]
    documents: int
    unreachable: int = 0

    def sample(self, limit: int) -> RetrievalSet:
        """Return the set with at most `limit` questions, always the same ones."""
        chosen = list(self.queries)
        random.Random(1).shuffle(chosen)
        chosen = chosen[:limit]
        return replace(self, queries={name: self.queries[name] for name in chosen}, relevant={name: self.relevant[name] for name in chosen})


def read_set(folder: Path) -> RetrievalSet:
    """Read the folder of a set; raises BadSet with file and line for what is missing or broken."""
    corpus = folder / "corpus.jsonl"
    for path in (corpus, folder / "queries.jsonl", folder / "qrels.tsv"):
        if not path.is_file():
            raise BadSet(f"There is no {path.name} in {folder}.")
    ids = {record.id for record in read_records(corpus)}
    relevant = _read_qrels(folder / "qrels.tsv")
    texts = {record.id: record.text for record in read_records(folder / "queries.jsonl")}
    strange = next((query for query in relevant if query not in texts), None)
    if strange is not None:
        raise BadSet(f"qrels.tsv judges the question “{strange}”, which is not in queries.jsonl.")
    queries = {name: text for name, text in texts.items() if name in relevant}
    return RetrievalSet(folder.resolve().name, corpus, queries, relevant, len(ids), sum(len(found - ids) for found in relevant.values()))


def read_records(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON-lines file; raises BadSet for a line that is none and for an id that stands twice."""
    seen: set[str] = set()
    for at, line in _lines(path):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadSet(f"{path.name}:{at}: the line is not JSON.") from error
        if not isinstance(row, dict):
            raise BadSet(f"{path.name}:{at}: the line is no JSON object.")
        name, title, text = row.get("id"), row.get("title") or "", row.get("text")
        if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
            raise BadSet(f"{path.name}:{at}: the line lacks an id.")
        if not isinstance(text, str) or not isinstance(title, str):
            raise BadSet(f"{path.name}:{at}: the line lacks its text.")
        if str(name) in seen:
            raise BadSet(f"{path.name}:{at}: the id “{name}” stands twice.")
        seen.add(str(name))
        yield Record(str(name), title, text)
    if not seen:
        raise BadSet(f"{path.name} is empty.")


def _read_qrels(path: Path) -> dict[str, frozenset[str]]:
    """Return the relevant documents of each question that has one; raises BadSet."""
    relevant: dict[str, set[str]] = {}
    for at, line in _lines(path):
        fields = line.split("\t")
        whole = len(fields) == 3 and fields[2].strip().lstrip("-").isdecimal()
        if at == 1:
            if whole:
                raise BadSet(f"{path.name} has no header: its first line is a judgement already.")
            continue
        if not whole:
            raise BadSet(f"{path.name}:{at}: the line is not question, document and a whole number with tabs between.")
        if int(fields[2]) > 0:
            relevant.setdefault(fields[0], set()).add(fields[1])
    if not relevant:
        raise BadSet(f"{path.name} judges no document relevant.")
    return {query: frozenset(documents) for query, documents in relevant.items()}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank with their numbers from one; raises BadSet."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for at, line in enumerate(file, 1):
                if line.strip():
                    yield at, line.rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path.name} cannot be read.", advice="Give a UTF-8 file that may be read.") from error
