"""`attache ask --receipt` and `attache verify`: answers saved with all that they rest on, and checked again later."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.markup import escape

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.compose import open_receipts
from assistant.errors import AttacheError, BadReceipt, NotSaved
from assistant.receipt import Receipt, writable
from assistant.receipt_check import Checked, CheckedSentence, Finding
from assistant.receipt_reading import read
from assistant.settings import Settings
from ui.console import ERR, OUT, complain, write
from ui.waiting import progress

__all__ = ["prepare", "receipt_bytes", "save", "verify"]

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 160
_WORDS = {
    "verified": ("đúng", "ok"),
    "failed": ("SAI", "NOT"),
    "own": ("lời của chương trình", "the assistant's own words"),
    "note": ("lưu ý", "note"),
    "whole": ("biên nhận", "the receipt"),
}


def prepare(options: Namespace) -> Path | None:
    """Return where receipts go, None when none are wanted; a batch's folder is made. Raises NotSaved before any question is asked."""
    if options.receipt is None:
        return None
    place = Path(options.receipt)
    if not options.batch:
        writable(place)
        return place
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(f"The folder {place.name} for receipts cannot be made: {error.strerror or type(error).__name__}.") from error
    return place


def receipt_bytes(assistant: Assistant, answer: Answer, history: Sequence[Turn] = ()) -> bytes:
    """Return the file that a receipt of an answer is, for a download. Raises AttacheError where the assistant issues none."""
    return _issue(assistant, answer, history).to_bytes()


def save(assistant: Assistant, answer: Answer, history: Sequence[Turn], place: Path, row: int = 0, case: object = None) -> None:
    """Write the receipt of an answer to the file `place`, or into the folder `place` as that of a batch's `row` (from 1) with the id `case`."""
    if row:
        name = _UNSAFE.sub("-", str(case)).strip("-")[:60] if case is not None else ""
        place /= f"{row:04d}{f'-{name}' if name else ''}.json"
    _issue(assistant, answer, history).save(place)


def _issue(assistant: Assistant, answer: Answer, history: Sequence[Turn]) -> Receipt:
    """Return the receipt of an answer."""
    if assistant.receipts is None:
        raise AttacheError("This assistant issues no receipts.", advice="Open it with `assistant.compose.open_assistant`.")
    return assistant.receipts.issue(answer, history)


def verify(options: Namespace) -> int:
    """Check receipts; exit status 0 when all verify, 1 when something does not, 2 when a file is no receipt."""
    readable: list[tuple[str, Receipt]] = []
    rows: list[dict[str, object]] = []
    for file in options.receipts:
        try:
            readable.append((str(file), read(Path(file))))
        except BadReceipt as error:
            complain(str(error), error.advice)
            rows.append({"file": str(file), "verified": False, "error": str(error)})
    unreadable = bool(rows)
    sound = True
    if readable:
        with progress(ERR) as report:
            receipts = open_receipts(Settings.read(), report)
        day = date.fromisoformat(options.as_of) if options.as_of else date.today()
        for name, receipt in readable:
            checked = receipts.check(receipt, day)
            sound = sound and checked.stands
            language = checked.language if options.lang == "auto" else options.lang
            rows.append(checked.to_json(name, language))
            if not options.json:
                _print(name, checked, language)
    if options.json:
        write(json.dumps(rows, ensure_ascii=False))
    return 2 if unreadable else 0 if sound else 1


def _print(name: str, checked: Checked, language: str) -> None:
    """Print what came of one receipt: a line for the file, a line for what is wrong with it as a whole, a line for each sentence."""
    OUT.print(f"[bold]{escape(name)}[/] · {escape(_short(checked.question))} · [dim]{escape(checked.made)}[/]", soft_wrap=True)
    for finding in checked.findings:
        word = "failed" if finding.fails else "note"
        OUT.print(f"{_said(word, language)} {_said('whole', language)}: {escape(_finding(finding, language))}", soft_wrap=True)
    for place, sentence in enumerate(checked.sentences, 1):
        OUT.print(_line(place, sentence, language), soft_wrap=True)


def _line(place: int, sentence: CheckedSentence, language: str) -> str:
    """Return the line of one sentence."""
    marks = "".join(f"[{mark}]" for mark in sentence.marks) or (f"({_WORDS['own'][language == 'en']})" if sentence.own else "")
    told = "; ".join(_finding(f, language) if f.fails else f"{_WORDS['note'][language == 'en']}: {_finding(f, language)}" for f in sentence.findings)
    words = " ".join(part for part in (f"{place}.", marks, f"“{_short(sentence.text)}”") if part)
    return f"{_said('verified' if sentence.stands else 'failed', language)} {escape(words)}{escape(f' – {told}') if told else ''}"


def _finding(finding: Finding, language: str) -> str:
    """Return a finding in words, with its mark."""
    return f"[{finding.mark}] {finding.get(language)}" if finding.mark is not None else finding.get(language)


def _said(word: str, language: str) -> str:
    """Return a word of ours, coloured where it is a verdict."""
    text = _WORDS[word][language == "en"]
    colour = {"verified": "green", "failed": "red", "note": "yellow"}.get(word)
    return f"[{colour}]{text}[/]" if colour else text


def _short(text: str) -> str:
    """Return a text on one line, its end cut when it is long."""
    line = " ".join(text.split()).strip("| ")
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
