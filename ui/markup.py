"""Safe HTML from untrusted words: everything passes `escaped`, and only tags written here ever reach the page.

An answer is plain text with marks such as [1], line breaks, `- ` list lines and `| a | b |` table lines. No Markdown is
understood, so no link, image or tag of a document, a question or a model can come alive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ui.words import Phrase

__all__ = ["address_link", "answer_html", "both", "escaped", "fixed", "line_html", "paragraphs", "spoken"]

_MARK = re.compile(r"\[(\d{1,3})\]")
_MARKED = re.compile(r"(?P<word>[^\s\[\]]{0,24} ?)(?P<marks>(?:\[\d{1,3}\])+)(?P<end>[.,;:!?)”\"]{0,3})")
_BULLET = re.compile(r"^\s*[-•]\s+(?=\S)")
_RULE_CELL = re.compile(r"^:?-+:?$")
_CELL_END = re.compile(r"(?<!\\)\|")


def escaped(text: str) -> str:
    """Return `text` with nothing left that HTML could read as markup; what UTF-8 cannot carry becomes a question mark."""
    whole = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return html.escape(whole, quote=True)


def fixed(language: str) -> str:
    """Return `language` when it is one of ours, so that it may stand in an attribute; Vietnamese otherwise."""
    return language if language in ("vi", "en") else "vi"


def both(phrase: Phrase, **values: str | Phrase) -> str:
    """Return the phrase in both languages, of which the style sheet shows one; `values` fill its {names}."""

    def one(language: str) -> str:
        words: str = getattr(phrase, language)
        for name, value in values.items():
            words = words.replace("{" + name + "}", getattr(value, language) if isinstance(value, Phrase) else value)
        return f'<span class="w" lang="{language}">{escaped(words)}</span>'

    return one("vi") + one("en")


def spoken(attribute: str, phrase: Phrase) -> str:
    """Return an attribute whose words the script changes with the language."""
    return f'{attribute}="{escaped(phrase.vi)}" data-{attribute}-vi="{escaped(phrase.vi)}" data-{attribute}-en="{escaped(phrase.en)}"'


def address_link(url: str) -> str | None:
    """Return a link to an official address, None for anything but a plain http or https one."""
    if re.search(r"[\s\x00-\x1f\x7f\\<>\"']", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return f'<a href="{escaped(url)}" target="_blank" rel="noopener noreferrer">{escaped(parts.netloc)}</a>'


def paragraphs(text: str, span: tuple[int, int] | None = None, *, struck: bool = False) -> str:
    """Return `text` as paragraphs, one for each line that is not empty, with the words of `span` in <mark>; all struck if it has ended."""
    start, end = span or (0, 0)
    before, after = ("<s>", "</s>") if struck else ("", "")
    made = []
    for line in re.finditer(r"[^\n]+", text):
        a, b = line.span()
        if not line.group().strip():
            continue
        left, right = max(a, start), min(b, end)
        if left < right:
            marked = f"<mark>{escaped(text[left:right])}</mark>"
            made.append(f"<p>{before}{escaped(text[a:left])}{marked}{escaped(text[right:b])}{after}</p>")
        else:
            made.append(f"<p>{before}{escaped(line.group())}{after}</p>")
    return "".join(made)


def answer_html(text: str, chips: Mapping[int, str] | None = None, ended: Collection[int] = (), *, sides: bool = False) -> str:
    """Return the words of an answer as paragraphs, lists and tables; a mark that `chips` knows becomes its chip.

    Without `chips` (while the answer is still being written) every mark is shown but does nothing. The words before a mark of
    `ended` are struck through. With `sides` the rows of a table stand side by side, one a column.
    """
    draw = _Drawing(chips, frozenset(ended), sides)
    return "".join(_blocks(text.split("\n"), draw))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How an answer is drawn: its chips, the marks whose text has ended, and whether a table's rows are columns."""

    chips: Mapping[int, str] | None
    ended: frozenset[int]
    sides: bool

    def line(self, text: str) -> str:
        """Return a line of the answer."""
        return line_html(text, self.chips, self.ended)


def _blocks(lines: list[str], draw: _Drawing) -> Iterator[str]:
    """Yield one block of HTML for each run of lines of one kind."""
    run: list[str] = []
    kind = ""
    for line in [*lines, ""]:
        now = _kind(line, kind)
        if run and (now != kind or now == ""):
            yield _block(kind, run, draw)
            run = []
        if now:
            run.append(line)
        kind = now


def _kind(line: str, before: str) -> str:
    """Tell what a line belongs to: `table`, `list`, `text`, or nothing; an indented line goes on with a list item."""
    bare = line.strip()
    if not bare:
        return ""
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
        return "table"
    if _BULLET.match(line) or (before == "list" and line.startswith("  ")):
        return "list"
    return "text"


def _block(kind: str, run: list[str], draw: _Drawing) -> str:
    """Return the HTML of one run of lines."""
    if kind == "table":
        return _table(run, draw)
    if kind == "list":
        items: list[list[str]] = []
        for line in run:
            if _BULLET.match(line) or not items:
                items.append([_BULLET.sub("", line)])
            else:
                items[-1].append(line.strip())
        return "<ul>" + "".join(f"<li>{'<br>'.join(draw.line(part) for part in item)}</li>" for item in items) + "</ul>"
    return "<p>" + "<br>".join(draw.line(line.strip()) for line in run) + "</p>"


def _table(run: list[str], draw: _Drawing) -> str:
    """Return a table; its first row is the heading when a rule of dashes follows it."""
    rows = [[cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line.strip()[1:-1])] for line in run]
    headed = len(rows) > 1 and all(_RULE_CELL.match(cell) for cell in rows[1])
    width = max(len(row) for row in rows)
    if draw.sides and headed and width == 2:
        rows = [[row[0] for row in rows[2:]], rows[1], [row[-1] for row in rows[2:]]]
        width = len(rows[0])

    def row_html(row: list[str], tag: str) -> str:
        full = [*row, *[""] * (width - len(row))]
        scope = ' scope="col"' if tag == "th" else ""
        return "<tr>" + "".join(f"<{tag}{scope}>{draw.line(cell)}</{tag}>" for cell in full) + "</tr>"

    head = f"<thead>{row_html(rows[0], 'th')}</thead>" if headed else ""
    body = "".join(row_html(row, "td") for row in (rows[2:] if headed else rows))
    return f'<div class="table"><table>{head}<tbody>{body}</tbody></table></div>'


def line_html(text: str, chips: Mapping[int, str] | None, ended: Collection[int] = ()) -> str:
    """Return a line with its marks drawn and everything else escaped; a mark stays on the line of the word before it."""
    made, at = [], 0
    for run in _MARKED.finditer(text):
        numbers = [int(number) for number in _MARK.findall(run["marks"])]
        marks = "".join(_mark(number, chips) for number in numbers)
        words = [escaped(text[at : run.start()]), escaped(run["word"])]
        if all(number in ended for number in numbers):
            words = [f"<s>{part}</s>" if part else "" for part in words]
        made.append(f'{words[0]}<span class="nb">{words[1]}{marks}{escaped(run["end"])}</span>')
        at = run.end()
    return "".join([*made, escaped(text[at:])])


def _mark(number: int, chips: Mapping[int, str] | None) -> str:
    """Return one mark: its chip, or the bare mark where it opens nothing."""
    if chips is None:
        return f'<span class="mark">[{number}]</span>'
    return chips.get(number, f"[{number}]")
