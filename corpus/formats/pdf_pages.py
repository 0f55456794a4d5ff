"""PDF pages by pypdfium2: words, ruled lines and pictures out, hidden text told, pages rendered for recognition.

The only module that knows pypdfium2. It calls its raw interface: two boxes a word, not one a letter, which makes a page
of law cost some milliseconds.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus.errors import Unreadable
from corpus.formats.pdf_words import PageContent, Rule, Word, compose
from corpus.source import Box

__all__ = ["PdfFile"]

_TINY = 1.05
_WHITE = 0xF8
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 400


class PdfFile:
    """An open PDF; a context manager. Raises Unreadable when it cannot be opened."""

    def __init__(self, data: bytes, path: Path) -> None:
        import pypdfium2
        import pypdfium2.raw

        self._raw: Any = pypdfium2.raw
        try:
            self._document: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == self._raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
                raise Unreadable(path, "it is encrypted; save it without a password") from error
            raise Unreadable(path, "it is damaged: no pages can be found in it") from error
        self.pages: int = len(self._document)
        self.title: str = self._document.get_metadata_value("Title") if self.pages else ""

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def page(self, number: int) -> PageContent | None:
        """Return what stands on a page (counted from 1), None when the page is damaged."""
        import pypdfium2

        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            return _PageReader(self._raw, page, number).read()
        except pypdfium2.PdfiumError:
            return None
        finally:
            page.close()

    def render(self, number: int, dots: float) -> bytes:
        """Return a page as a grey PGM picture of `dots` to the inch (fewer for a page that is larger than A2)."""
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            scale = min(dots / 72, (50_000_000 / max(width * height, 1)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
            stride, rows, columns = bitmap.stride, bitmap.height, bitmap.width
            raw = bytes(bitmap.buffer)
            bitmap.close()
        finally:
            page.close()
        pixels = raw if stride == columns else b"".join(raw[row * stride : row * stride + columns] for row in range(rows))
        return b"P5 %d %d 255\n" % (columns, rows) + pixels


class _PageReader:
    """Reads one page."""

    def __init__(self, raw: Any, page: Any, number: int) -> None:
        self._raw, self._page = raw, page
        width, height = page.get_size()
        self._content = PageContent(number, width, height)
        self._turn = _turner(page)
        self._painted: list[Box] = []
        self._bold: dict[int, bool] = {}
        self._channels = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()

    def read(self) -> PageContent:
        """Return what stands on the page."""
        suspects: dict[int, str] = {}
        for kind, thing, matrices in self._objects(self._page.raw, self._raw.FPDFPage_CountObjects, self._raw.FPDFPage_GetObject, ()):
            if kind == self._raw.FPDF_PAGEOBJ_TEXT:
                if why := self._suspicion(thing):
                    suspects[ctypes.addressof(thing.contents)] = why
            elif kind == self._raw.FPDF_PAGEOBJ_IMAGE:
                if (box := self._bounds(thing, matrices)) is not None:
                    self._content.pictures.append(box)
                    self._painted.append(box)
            elif kind == self._raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, matrices)
            elif kind == self._raw.FPDF_PAGEOBJ_SHADING and (box := self._bounds(thing, matrices)) is not None:
                self._painted.append(box)
        self._words(suspects)
        return self._content

    def _objects(self, parent: Any, count: Callable[..., int], get: Callable[..., Any], matrices: tuple[Any, ...]) -> Iterator[tuple[int, Any, Any]]:
        """Yield the objects of a page, those of its forms among them, with the matrices of the forms around each."""
        for position in range(min(count(parent), _MOST_OBJECTS)):
            thing = get(parent, position)
            if not thing:
                continue
            kind = self._raw.FPDFPageObj_GetType(thing)
            if kind == self._raw.FPDF_PAGEOBJ_FORM and len(matrices) < 8:
                inner = (self._matrix(thing), *matrices)
                yield from self._objects(thing, self._raw.FPDFFormObj_CountObjects, self._raw.FPDFFormObj_GetObject, inner)
            else:
                yield kind, thing, matrices

    def _matrix(self, thing: Any) -> Any:
        """Return an object's own matrix."""
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(thing, matrix)
        return matrix

    def _bounds(self, thing: Any, matrices: tuple[Any, ...]) -> Box | None:
        """Return an object's box on the page, None when it has none."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not self._raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            return None
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        for matrix in matrices:
            corners = [_moved(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
            x0, y0 = min(x for x, _ in corners), min(y for _, y in corners)
            x1, y1 = max(x for x, _ in corners), max(y for _, y in corners)
        return self._turn(x0, y0, x1, y1)

    def _fill(self, thing: Any) -> tuple[int, int, int, int]:
        """Return an object's fill as red, green, blue and opacity."""
        red, green, blue, opacity = self._channels
        if not self._raw.FPDFPageObj_GetFillColor(thing, red, green, blue, opacity):
            return 0, 0, 0, 255
        return red.value, green.value, blue.value, opacity.value

    def _suspicion(self, thing: Any) -> str:
        """Return why nobody may see a text object, empty for an ordinary one."""
        mode = self._raw.FPDFTextObj_GetTextRenderMode(thing)
        if mode in (self._raw.FPDF_TEXTRENDERMODE_INVISIBLE, self._raw.FPDF_TEXTRENDERMODE_CLIP):
            return "printed without ink"
        red, green, blue, opacity = self._fill(thing)
        if opacity == 0:
            return "printed without ink"
        return "white on white" if mode == self._raw.FPDF_TEXTRENDERMODE_FILL and min(red, green, blue) >= _WHITE else ""

    def _path(self, thing: Any, matrices: tuple[Any, ...]) -> None:
        """Note the ruled lines of a path, and the ground that it paints."""
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not self._raw.FPDFPath_GetDrawMode(thing, mode, stroke) or not (mode.value or stroke.value):
            return
        box = self._bounds(thing, matrices)
        if box is None:
            return
        left, top, right, bottom = box
        if mode.value:
            if right - left <= 2.5 < bottom - top:
                self._content.rules.append(Rule(True, (left + right) / 2, top, bottom))
            elif bottom - top <= 2.5 < right - left:
                self._content.rules.append(Rule(False, (top + bottom) / 2, left, right))
            elif min(self._fill(thing)[:3]) < _WHITE:
                self._painted.append(box)
        if stroke.value:
            self._segments(thing, matrices)

    def _segments(self, thing: Any, matrices: tuple[Any, ...]) -> None:
        """Note the straight, level or upright parts of a stroked path."""
        count = self._raw.FPDFPath_CountSegments(thing)
        if not 0 < count <= _MOST_SEGMENTS:
            return
        chain = (self._matrix(thing), *matrices)
        before = first = (0.0, 0.0)
        for position in range(count):
            segment = self._raw.FPDFPath_GetPathSegment(thing, position)
            x, y = ctypes.c_float(), ctypes.c_float()
            self._raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = (x.value, y.value)
            for matrix in chain:
                here = _moved(matrix, *here)
            kind = self._raw.FPDFPathSegment_GetType(segment)
            if kind == self._raw.FPDF_SEGMENT_MOVETO:
                first = here
            elif kind == self._raw.FPDF_SEGMENT_LINETO:
                self._rule(before, here)
            if self._raw.FPDFPathSegment_GetClose(segment):
                self._rule(here, first)
            before = here

    def _rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Note one straight line, if it is level or upright."""
        left, top, right, bottom = self._turn(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        if right - left <= 1 < bottom - top:
            self._content.rules.append(Rule(True, left, top, bottom))
        elif bottom - top <= 1 < right - left:
            self._content.rules.append(Rule(False, top, left, right))

    def _words(self, suspects: dict[int, str]) -> None:
        """Take the words of the page in, and count those that nobody can see."""
        text_page = self._page.get_textpage()
        try:
            letters = _letters(self._raw, text_page.raw)
            words: list[Word] = []
            for start, end, breaks in _runs(letters):
                words += self._word(text_page.raw, letters, start, end, breaks, suspects)
            self._content.unmapped = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in letters)
        finally:
            text_page.close()
        self._content.words = compose(words)

    def _word(self, text: Any, letters: list[str], start: int, end: int, breaks: bool, suspects: dict[int, str]) -> Iterator[Word]:
        """Yield the word of some letters; its parts where it turns out to stand on two lines or to be hidden in part."""
        first, last = self._box(text, start), self._box(text, end - 1)
        thing = self._raw.FPDFText_GetTextObject(text, start)
        address = ctypes.addressof(thing.contents) if thing else 0
        parted = abs(first[3] - last[3]) > max(first[3] - first[1], 1) * 0.7 or last[2] < first[0] - 1
        if end - start > 1 and (parted or (suspects and self._mixed(text, start, end, suspects))):
            for position in range(start, end):
                yield from self._word(text, letters, position, position + 1, breaks and position == end - 1, suspects)
            return
        word = Word(
            "".join(letters[start:end]), min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]),
            self._is_bold(thing), breaks,
        )  # fmt: skip
        if why := self._hidden(word, suspects.get(address, "")):
            self._content.hidden[why] = self._content.hidden.get(why, 0) + len(word.text)
        else:
            yield word

    def _mixed(self, text: Any, start: int, end: int, suspects: dict[int, str]) -> bool:
        """Tell whether some letters of a word are suspected and others are not."""
        things = (self._raw.FPDFText_GetTextObject(text, position) for position in range(start, end))
        return len({suspects.get(ctypes.addressof(thing.contents)) if thing else None for thing in things}) > 1

    def _hidden(self, word: Word, suspicion: str) -> str:
        """Return why nobody can see a word, empty when it can be seen."""
        content = self._content
        if word.right < 0 or word.left > content.width or word.bottom < 0 or word.top > content.height:
            return "outside the page"
        if 0 < word.height <= _TINY and word.right - word.left <= _TINY * 3 * len(word.text):
            return "of one point or less"
        if suspicion:
            x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
            # over a picture, text without ink is what a recogniser found in it; on a painted ground white can be read
            if any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in self._painted):
                return ""
        return suspicion

    def _box(self, text: Any, position: int) -> Box:
        """Return the box of a letter, as high as its font."""
        rect = self._raw.FS_RECTF()
        self._raw.FPDFText_GetLooseCharBox(text, position, rect)
        return self._turn(rect.left, rect.bottom, rect.right, rect.top)

    def _is_bold(self, thing: Any) -> bool:
        """Tell whether the font of a text object is a bold one."""
        font = self._raw.FPDFTextObj_GetFont(thing) if thing else None
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self._bold:
            name = ctypes.create_string_buffer(128)
            self._raw.FPDFFont_GetBaseFontName(font, name, 128)
            written = name.value.lower()
            self._bold[key] = b"bold" in written or b"black" in written or self._raw.FPDFFont_GetWeight(font) >= 600
        return self._bold[key]


def _moved(matrix: Any, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix moves a point."""
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _turner(page: Any) -> Callable[[float, float, float, float], Box]:
    """Return what brings a box of a page's own space to points from the upper left corner of the page as it is shown."""
    # the boxes that a page inherits are known to this call alone
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation() % 360
    if turned == 90:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turned == 180:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if turned == 270:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


def _letters(raw: Any, text: Any) -> list[str]:
    """Return the characters of a text page, one for each position."""
    count = raw.FPDFText_CountChars(text)
    if count <= 0:
        return []
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer) - 1
    letters = bytes(buffer)[: 2 * written].decode("utf-16-le", "replace") if written == count else ""
    if len(letters) == count:
        return list(letters)
    # some characters have no Unicode, or take two units: then one by one
    return [chr(code) if 0 < (code := raw.FPDFText_GetUnicode(text, position)) < 0x110000 else "\ufffd" for position in range(count)]


def _runs(letters: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield where each word starts and ends, and whether a line ends after it."""
    start = -1
    for position, letter in enumerate(letters):
        if letter in "\r\n \t\xa0\u3000\u2028\u2029":
            if start >= 0:
                yield start, position, letter in "\r\n" or letters[position : position + 2] == [" ", "\r"]
                start = -1
            continue
        if letter in "\x02\ufffe":  # the hyphen at the end of a line
            letters[position] = "-"
        elif letter < " " or letter == "\xad":
            letters[position] = ""
        if start < 0:
            start = position
    if start >= 0:
        yield start, len(letters), True
