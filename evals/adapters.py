"""Other people's sets as case files of ours: BEIR folders, SQuAD-like JSON (SQuAD, XQuAD, ViQuAD), CSV by named columns.

Each returns rows of a case file and, where the set brings its own texts, rows {id, title, text} of a corpus that
`attache eval run --corpus` asks instead of the library. A gold place is then a document of that corpus, any place in it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.normalise import nfc
from evals.dataset import read_records, read_set
from evals.errors import BadSet

__all__ = ["COLUMNS", "Adapted", "read_beir", "read_csv", "read_squad", "write_adapted"]

COLUMNS = ("id", "question", "expected", "document", "locator", "type", "lang", "as_of", "history", "group")
"""What a column of a CSV may be; `question` must be there."""
JsonRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Adapted:
    """Rows of a case file, and of a corpus when the set has one of its own."""

    cases: tuple[JsonRow, ...]
    corpus: tuple[JsonRow, ...] = ()


def read_beir(folder: Path, language: str = "vi") -> Adapted:
    """Read a folder with corpus.jsonl, queries.jsonl and qrels.tsv; raises BadSet. A question may tell its own `lang`."""
    data = read_set(folder)
    cases = tuple(
        {"id": name, "question": text, "type": "retrieval", "lang": language, "gold": [{"doc_number": one} for one in sorted(data.relevant[name])]}
        for name, text in data.queries.items()
    )
    return Adapted(cases, tuple({"id": r.id, "title": r.title, "text": r.text} for r in read_records(data.corpus)))


def read_squad(path: Path, language: str = "vi") -> Adapted:
    """Read a JSON file in the form of SQuAD 1.1 or 2.0, as XQuAD, MLQA and ViQuAD are; raises BadSet.

    Equal paragraphs are one document. The first answer counts as expected; an impossible question has none.
    """
    try:
        articles = json.loads(path.read_text("utf-8-sig"))["data"]
        paragraphs = [(str(a.get("title", "")), p) for a in articles for p in a["paragraphs"]]
        corpus: dict[str, JsonRow] = {}
        cases: list[JsonRow] = []
        for title, paragraph in paragraphs:
            text = nfc(paragraph["context"])
            name = hashlib.sha256(text.encode()).hexdigest()[:12]
            corpus.setdefault(name, {"id": name, "title": title.replace("_", " "), "text": text})
            cases.extend(_squad_case(question, name, language) for question in paragraph["qas"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BadSet(f"{path.name} is not in the form of SQuAD.", advice="Give JSON with data, paragraphs, context and qas.") from error
    if not cases:
        raise BadSet(f"{path.name} holds no question.", advice="Give JSON with data, paragraphs, context and qas.")
    return Adapted(tuple(cases), tuple(corpus.values()))


def _squad_case(question: Mapping[str, Any], document: str, language: str) -> JsonRow:
    """Return the case of one question."""
    row: JsonRow = {"id": str(question["id"]), "question": question["question"], "lang": language}
    if question.get("is_impossible"):
        return row | {"type": "unanswerable", "gold": []}
    return row | {"type": "factoid", "answer_short": question["answers"][0]["text"], "gold": [{"doc_number": document}]}


def read_csv(path: Path, columns: Mapping[str, str], language: str = "vi") -> Adapted:
    """Read a CSV whose columns are named by `columns`, from ours (COLUMNS) to those of the file; raises BadSet.

    Without an id the number of the row is one; several documents or earlier questions stand in a cell with `|` between.
    """
    strange = set(columns) - set(COLUMNS)
    if strange or "question" not in columns:
        raise BadSet(f"Columns are named as ours=theirs, ours being {', '.join(COLUMNS)}, question among them.", advice="Mend --columns.")
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadSet(f"{path.name} cannot be read.", advice="Give a CSV in UTF-8.") from error
    missing = [theirs for theirs in columns.values() if not rows or theirs not in rows[0]]
    if missing:
        raise BadSet(f"{path.name} has no column {', '.join(missing)}.", advice="Mend --columns.")
    return Adapted(
        tuple(_csv_case({ours: (row[theirs] or "").strip() for ours, theirs in columns.items()}, at, language) for at, row in enumerate(rows, 1))
    )


def _csv_case(cell: Mapping[str, str], at: int, language: str) -> JsonRow:
    """Return the case of one row."""
    places = _pairs(cell.get("document", ""), cell.get("locator", ""))
    row: JsonRow = {
        "id": cell.get("id") or str(at), "question": cell["question"], "lang": cell.get("lang") or language,
        "type": cell.get("type") or ("factoid" if places else "unanswerable"), "answer_short": cell.get("expected", ""), "gold": places,
    }  # fmt: skip
    history = [question.strip() for question in cell.get("history", "").split("|") if question.strip()]
    return row | ({"history": history} if history else {}) | {name: cell[name] for name in ("as_of", "group") if cell.get(name)}


def _pairs(documents: str, locators: str) -> list[JsonRow]:
    """Return the places of two cells; a locator less than documents stands for the document alone."""
    numbers, places = ([part.strip() for part in cell.split("|")] for cell in (documents, locators))
    return [{"doc_number": n, "locator": places[at] if at < len(places) else ""} for at, n in enumerate(numbers) if n]


def write_adapted(adapted: Adapted, folder: Path) -> tuple[Path, Path | None]:
    """Write cases.jsonl and, where there is one, corpus.jsonl; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = _write(folder / "cases.jsonl", adapted.cases)
    return cases, _write(folder / "corpus.jsonl", adapted.corpus) if adapted.corpus else None


def _write(path: Path, rows: Sequence[JsonRow]) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
