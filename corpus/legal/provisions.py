"""Nodes become provisions: the words at the level of clauses, each with its heading and its place in the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.document import FRAME, Bilingual, Provision
from corpus.legal.headings import Kind, opening_of
from corpus.legal.pieces import Piece
from corpus.legal.place import Node
from corpus.locator import Locator, Step

__all__ = ["articles", "paragraphs", "provisions"]

_TITLE = 200


def provisions(found: Sequence[Node], english: bool) -> tuple[Provision, ...]:
    """Return the provisions of an act in the order of its source; spans follow one another and never overlap.

    The lines that print an article's heading belong to the span of its first provision. An address that an act uses
    twice is told apart by “(lần 2)”.
    """
    made: list[Provision] = []
    used: Counter[str] = Counter()
    held: list[Piece] = []
    for node, following in zip(found, [*found[1:], None], strict=True):
        heading, opener, body = _worded(node, following)
        if node.kind is Kind.ARTICLE and not body and following and _inside(node, following):
            held = opener
            continue
        lines = [*held, *opener, *body]
        held = []
        locator = _once(node.steps, used, english)
        text = "\n".join(piece.text for piece in body)
        made.append(
            Provision(
                locator,
                _in(heading, english),
                _in(text, english),
                role=FRAME if node.kind in (Kind.HEAD, Kind.SIGNATURE) else "provision",
                span=(lines[0].start, lines[-1].end) if lines else (0, 0),
                page=lines[0].line.page if lines else None,
            )
        )
    return tuple(made)


def paragraphs(found: Sequence[Piece], english: bool) -> tuple[Provision, ...]:
    """Return the provisions of a text without any structure: its title, and each paragraph by its number; a table is one."""
    groups: list[list[Piece]] = []
    for piece in found:
        if groups and piece.line.cells and groups[-1][-1].line.cells:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    titles = 0
    if len(groups) > 1 and len(groups[0][0].text) <= _TITLE and not groups[0][0].text.endswith((".", ";", ",")):
        titles = 1
    word = "Paragraph" if english else "Đoạn"
    made = []
    for place, group in enumerate(groups, start=1 - titles):
        name = f"{word} {place}" if place else ("Title" if english else "Tiêu đề")
        text = "\n".join(piece.text for piece in group)
        span = (group[0].start, group[-1].end)
        made.append(Provision(Locator.parse(name), Bilingual(), _in(text, english), span=span, page=group[0].line.page))
    return tuple(made)


def articles(found: Sequence[Provision]) -> tuple[str, ...]:
    """Return the articles of the act itself (not of its annexes) in order, each once, as its addresses print them."""
    steps = (p.locator.steps[0].text.partition("(")[0].strip() for p in found if p.locator.steps[0].level == "điều")
    return tuple(dict.fromkeys(steps))


def _inside(node: Node, following: Node) -> bool:
    """Tell whether the next node is a clause or a section of this article."""
    return following.kind in (Kind.NUMBER, Kind.ROMAN, Kind.LETTER) and "".join(following.steps).startswith("".join(node.steps))


def _worded(node: Node, following: Node | None) -> tuple[str, list[Piece], list[Piece]]:
    """Return heading, heading lines and words of a node; an article's line that is a sentence is words, no heading."""
    heading, opener, body = node.heading, node.opener, node.body
    inside = following is not None and _inside(node, following)
    if node.kind is Kind.ARTICLE and heading and _is_sentence(heading, alone=not body and not inside):
        node.heading = ""
        label = next((place for place, piece in enumerate(opener) if (o := opening_of(piece)) and o.kind is Kind.ARTICLE), 0)
        return "", opener[:label], [*opener[label:], *body]
    if node.kind in (Kind.ROMAN, Kind.LETTER) and _is_sentence(
        heading, alone=not body and following is not None and following.kind is not Kind.NUMBER
    ):
        return "", [], [*opener, *body]
    return heading, opener, body


def _is_sentence(heading: str, *, alone: bool) -> bool:
    """Tell whether the words after an article's number are its text: a whole sentence, or all that it has (`alone`)."""
    if heading.endswith((":", ";", ",")) or len(heading) > 2 * _TITLE or ": “" in heading or "như sau:" in heading:
        return True
    return alone or (heading.endswith(".") and (len(heading) > 80 or " này " in f"{heading} "))


def _once(steps: tuple[str, ...], used: Counter[str], english: bool) -> Locator:
    """Return the address of these steps, marked when it has been used before."""
    # a step is not to be parted when its address is read again
    clean = [step.replace(",", " -") if "(" not in step else step for step in steps]
    key = ", ".join(clean).casefold()
    used[key] += 1
    if used[key] > 1:
        clean[-1] += f" ({'no.' if english else 'lần'} {used[key]})"
    return Locator(tuple(Step(" ".join(step.split())) for step in clean))


def _in(text: str, english: bool) -> Bilingual:
    """Return a text in the language of the act."""
    return Bilingual(en=text) if english else Bilingual(vi=text)
