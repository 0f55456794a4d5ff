"""Cards for Anki, by the `genanki` package; the only module that knows it.

A note's identity is the item's: cards imported again take the place of the old ones and keep their schedule.
"""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from html import escape
from pathlib import Path

from assistant.study.errors import StudyError
from assistant.study.item import Cited, Item

__all__ = ["write_anki"]

_MODEL = 1_716_204_811
_FIELDS = ("Question", "Options", "Answer", "Source", "Id")
_FRONT = '<div class="context">{{Question}}</div><div class="options">{{Options}}</div>'
_BACK = '{{FrontSide}}<hr id="answer"><b>{{Answer}}</b><div class="source">{{Source}}</div>'
_CSS = (
    ".card{font-family:'Noto Sans','Segoe UI',Roboto,sans-serif;font-size:20px;line-height:1.5;text-align:left;max-width:38em;margin:1em auto}"
    ".options{margin-top:1em}.source{margin-top:1em;font-size:.8em;opacity:.8}"
)


def write_anki(path: Path, name: str, items: Sequence[Item]) -> Path:
    """Write a deck of that name as an Anki package; returns its path. Raises StudyError when it cannot be written."""
    import genanki

    model = genanki.Model(
        _MODEL, "Attaché", fields=[{"name": field} for field in _FIELDS], templates=[{"name": "Attaché", "qfmt": _FRONT, "afmt": _BACK}], css=_CSS
    )
    deck = genanki.Deck((1 << 30) + zlib.crc32(name.encode()) % (1 << 30), name)
    for item in items:
        note = genanki.Note(model=model, fields=_fields(item), guid=item.id, tags=[str(item.kind), item.language])
        deck.add_note(note)
    stamp = time.time()
    try:
        # not by the package's own write_to_file, which leaves its database behind among the temporary files
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "collection.anki2"
            with closing(sqlite3.connect(file)) as connection:
                genanki.Package(deck).write_to_db(connection.cursor(), stamp, itertools.count(int(stamp * 1000)))
                connection.commit()
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(file, "collection.anki2")
                archive.writestr("media", "{}")
    except OSError as error:
        raise StudyError(f"{path} cannot be written.", advice="Give a file in a folder that may be written.") from error
    return path


def _fields(item: Item) -> list[str]:
    """Return the fields of one note, as HTML."""
    asked = f"{item.context}. {item.stem}" if item.context else item.stem
    options = "<br>".join(f"{chr(65 + at)}. {escape(option)}" for at, option in enumerate(item.options))
    answer = f"{chr(65 + item.answer)}. {escape(item.right)}"
    return [escape(asked), options, answer, "<br>".join(map(_source, item.citations)), item.id]


def _source(cited: Cited) -> str:
    """Return one citation as HTML."""
    return f"{escape(cited.title)}, {escape(cited.locator)}: “{escape(cited.quote)}”"
