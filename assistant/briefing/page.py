"""A briefing note as one HTML file to print: A4, nothing fetched, footnotes behind the text with a way back."""

from __future__ import annotations

from html import escape

from assistant.briefing.note import Line, Note
from assistant.briefing.parts import address, annexed, facts, footnote, heads, row, visible
from assistant.briefing.words import LANGUAGES, word

__all__ = ["as_html"]

_CSS = (
    "@page{size:A4;margin:20mm 18mm 20mm 30mm;@bottom-center{content:counter(page)}}"
    ":root{color-scheme:light}body{font:13pt/1.5 'Times New Roman','Liberation Serif','Noto Serif',serif;max-width:44em;margin:2em auto;"
    "padding:0 1em;color:#111;background:#fff;overflow-wrap:anywhere}"
    "h1{font-size:1.5em;text-align:center;margin:.2em 0 .6em}h2{font-size:1.15em;margin:1.6em 0 .5em;break-after:avoid}"
    "h3{font-size:1em;margin:1.2em 0 .3em;break-after:avoid}.kind{text-align:center;letter-spacing:.08em;margin:0}"
    ".facts{list-style:none;padding:0;text-align:center;font-size:.9em;color:#333}p{margin:.5em 0;text-align:justify}"
    "sup a{text-decoration:none;color:#1d4a63}.wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:.85em}"
    "th,td{border:1px solid #777;padding:4px 6px;text-align:left;vertical-align:top}tr{break-inside:avoid}"
    "blockquote{margin:.3em 0 .3em 1em;padding-left:.8em;border-left:3px solid #bbb}"
    "ol.notes{font-size:.85em;border-top:1px solid #777;padding-top:.6em}"
    "ol.notes li{margin:.3em 0}a{color:#1d4a63}"
    "@media print{body{margin:0;max-width:none;padding:0}a{color:inherit;text-decoration:none}.back{display:none}}"
    "@media (max-width:30em){body{margin:1em auto;font-size:12pt}p{text-align:left}}"
)


def as_html(note: Note, lang: str) -> str:
    """Return the note with headings in `vi`, `en` or `both`."""
    languages = LANGUAGES[lang]
    sections = "".join(
        f'<h2>{at}. {_words(section.question)}</h2><div lang="{section.language}">{"".join(map(_line, section.lines))}</div>'
        for at, section in enumerate(note.sections, 1)
    )
    told = "".join(f"<li>{_words(line)}</li>" for line in facts(note, languages))
    return (
        f'<!doctype html><html lang="{languages[0]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{_words(note.title)}</title><style>{_CSS}</style></head><body>"
        f'<p class="kind">{word("note", languages)}</p><h1>{_words(note.title)}</h1><ul class="facts">{told}</ul>{sections}'
        f"{_sources(note, languages)}{_annex(note, languages)}{_footnotes(note, languages)}</body></html>\n"
    )


def _words(text: str) -> str:
    """Return words with nothing in them that HTML could read as markup."""
    return escape(visible(text).replace("\n", " "))


def _line(line: Line) -> str:
    """Return a sentence with its marks."""
    marks = "".join(f'<sup><a id="r{one.number}" href="#n{one.number}">[{one.number}]</a></sup>' for one in line.footnotes)
    return f"<p>{_words(line.text)}{marks}</p>"


def _sources(note: Note, languages: tuple[str, ...]) -> str:
    """Return the table of sources."""
    if not note.sources:
        return ""
    head = "".join(f'<th scope="col">{_words(cell)}</th>' for cell in heads(note, languages))
    rows = "".join(
        f"<tr>{''.join(f'<td>{_words(cell)}</td>' for cell in row(at, source, note, languages))}</tr>" for at, source in enumerate(note.sources, 1)
    )
    return f'<h2>{word("sources", languages)}</h2><div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _annex(note: Note, languages: tuple[str, ...]) -> str:
    """Return the provisions that are quoted."""
    made = []
    for one in (annexed(excerpt, languages) for excerpt in note.annex):
        heading = f"<p><b>{_words(one.heading)}</b></p>" if one.heading else ""
        text = "".join(f'<p lang="{language}">{_words(words)}</p>' for language, words in one.paragraphs)
        made.append(f"<h3>{_words(one.name)}</h3>{heading}<blockquote>{text}</blockquote>")
    return f"<h2>{word('annex', languages)}</h2>{''.join(made)}" if made else ""


def _footnotes(note: Note, languages: tuple[str, ...]) -> str:
    """Return the footnotes, each with a way back to its sentence."""
    made = []
    for one in note.footnotes:
        link = address(one.url)
        shown = f' <a href="{escape(link)}" rel="noopener noreferrer">{escape(link)}</a>' if link else ""
        back = f' <a class="back" href="#r{one.number}" aria-label="{word("back", languages)}">↩</a>'
        made.append(f'<li id="n{one.number}" value="{one.number}">{_words(footnote(one, languages))}{shown}{back}</li>')
    return f'<h2>{word("footnotes", languages)}</h2><ol class="notes">{"".join(made)}</ol>' if made else ""
