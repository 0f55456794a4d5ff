"""What a Word style says of a run or a paragraph, inheritance resolved. Works on the XML of `word/styles.xml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from corpus.formats.numbering import W, attribute, child

__all__ = ["Look", "Styles", "is_on", "is_shaded"]

_BOLD, _VANISH, _COLOUR, _SIZE, _SHADE, _HIGHLIGHT = (W + name for name in ("b", "vanish", "color", "sz", "shd", "highlight"))
_ALIGNED, _OUTLINE, _NUMBERED = (W + name for name in ("jc", "outlineLvl", "numPr"))
_HEADING = re.compile(r"heading ([1-9])$", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How text looks and where its paragraph stands; None where nothing is said.

    Looks are told apart by identity, which is quick; those that say the same are mostly the same one. `size` is in
    half-points. `shaded` tells of a background of its own, on which white letters can be read.
    """

    bold: bool | None = None
    vanish: bool | None = None
    colour: str | None = None
    size: int | None = None
    shaded: bool | None = None
    centred: bool | None = None
    outline: int | None = None
    list_number: str | None = None
    list_level: int | None = None

    @property
    def hidden(self) -> str:
        """Why nobody can see the text, empty when it can be seen."""
        if self.vanish:
            return "marked as hidden"
        if self.size is not None and self.size <= 2:
            return "of one point or less"
        return "white on white" if self.colour == "FFFFFF" and not self.shaded else ""

    def under(self, inner: Look) -> Look:
        """Return this look as changed by what `inner` says."""
        return self if inner is _PLAIN else _merged(self, inner)

    @classmethod
    def of(cls, run: Any, paragraph: Any = None) -> Look:
        """Read the properties of a run (`w:rPr`) and of a paragraph (`w:pPr`)."""
        look = {} if run is None else _run(run)
        if paragraph is not None:
            look |= _paragraph(paragraph)
        return _look(tuple(look.items())) if look else _PLAIN


_PLAIN = Look()


@lru_cache(maxsize=1024)
def _look(said: tuple[tuple[str, Any], ...]) -> Look:
    """Return the look that says so; remembered, for a document says the same of many runs."""
    return Look(**dict(said))


@lru_cache(maxsize=4096)
def _merged(outer: Look, inner: Look) -> Look:
    """Return `outer` as changed by what `inner` says; remembered likewise."""
    said = {name: value for name in Look.__slots__ if (value := getattr(inner, name)) is not None}
    return replace(outer, **said) if said else outer


class Styles:
    """The styles of one document by their identifiers."""

    def __init__(self, root: Any = None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {attribute(style, "styleId"): style for style in found}
        self._looks: dict[str | None, Look] = {}
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = Look.of(defaults)
        self.paragraph = next(
            (attribute(s, "styleId") for s in found if attribute(s, "type") == "paragraph" and attribute(s, "default") in ("1", "true", "on")), None
        )

    def paragraph_look(self, name: str | None) -> Look:
        """Return the look of a paragraph style over the document's defaults; the default style for an unknown name."""
        return self._base.under(self.look(name if name in self._styles else self.paragraph))

    def look(self, name: str | None, depth: int = 0) -> Look:
        """Return what a style and those it is based on say."""
        if name in self._looks:
            return self._looks[name]
        style = self._styles.get(name)
        if style is None or depth > 20:  # styles that rest on each other in a circle
            return _PLAIN
        own = Look.of(child(style, "rPr"), child(style, "pPr"))
        heading = _HEADING.match(attribute(child(style, "name")) or "")
        if heading and own.outline is None:
            own = replace(own, outline=int(heading.group(1)) - 1)
        self._looks[name] = self.look(attribute(child(style, "basedOn")), depth + 1).under(own)
        return self._looks[name]

    def paints(self, name: str | None) -> bool:
        """Tell whether a table style gives any of its cells a background."""
        style = self._styles.get(name)
        return style is not None and any(is_shaded(element) for element in style.iter(W + "shd"))


def is_on(element: Any) -> bool:
    """Tell whether a switch of Word's is on."""
    return attribute(element) not in ("0", "false", "off", "none")


def _run(properties: Any) -> dict[str, Any]:
    """Return what a `w:rPr` says."""
    look: dict[str, Any] = {}
    for element in properties:
        if element.tag == _BOLD:
            look["bold"] = is_on(element)
        elif element.tag == _VANISH:
            look["vanish"] = is_on(element)
        elif element.tag == _COLOUR:
            look["colour"] = (attribute(element) or "auto").upper()
        elif element.tag == _SIZE:
            value = attribute(element) or ""
            look["size"] = int(value) if value.isdigit() else None
        elif element.tag == _SHADE:
            look["shaded"] = is_shaded(element)
        elif element.tag == _HIGHLIGHT:
            look["shaded"] = is_on(element) and attribute(element) != "white"
    return look


def is_shaded(element: Any) -> bool:
    """Tell whether a `w:shd` paints a background other than white."""
    return (element is not None and (attribute(element, "fill") or "auto").upper() not in ("AUTO", "FFFFFF")) or attribute(element) == "solid"


def _paragraph(properties: Any) -> dict[str, Any]:
    """Return what a `w:pPr` says."""
    look: dict[str, Any] = {}
    for element in properties:
        if element.tag == _ALIGNED:
            look["centred"] = attribute(element) == "center"
        elif element.tag == _OUTLINE:
            value = attribute(element) or ""
            look["outline"] = int(value) if value.isdigit() else None
        elif element.tag == _SHADE and is_shaded(element):
            look["shaded"] = True
        elif element.tag == _NUMBERED:
            look["list_number"] = attribute(child(element, "numId"))
            level = attribute(child(element, "ilvl")) or ""
            look["list_level"] = int(level) if level.isdigit() else None
    return look
