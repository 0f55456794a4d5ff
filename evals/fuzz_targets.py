"""What is fuzzed: everything that reads what others wrote, and the law that its result must keep.

A target takes any bytes. An error of ours is an answer; whatever else comes out, or a law that does not hold, is a finding.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from corpus.errors import Fault
from corpus.source import Line, Source

__all__ = ["TARGETS", "Target"]

_ROOT = Path(__file__).parent.parent
_NAME = Path("fuzzed")


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: `read` takes bytes and keeps its laws, `seeds` are inputs that lead into it, `modules` are watched for new ways."""

    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    modules: tuple[str, ...]


@contextmanager
def _file(data: bytes, ending: str) -> Iterator[Path]:
    """Give a file of these bytes for a reader that wants one."""
    with tempfile.NamedTemporaryFile(suffix=ending) as file:
        file.write(data)
        file.flush()
        yield Path(file.name)


def _locators(data: bytes) -> None:
    from corpus.locator import Locator

    text = data.decode("utf-8", "replace")
    found = Locator.parse(text)
    again = Locator.parse(str(found))
    assert again == found, "an address that is printed is not the one that is read"
    assert found.contains(found)


def _addresses(data: bytes) -> None:
    from corpus.document import Bilingual, Provision
    from corpus.legal.address import items, narrow, within
    from corpus.locator import Locator

    text = data.decode("utf-8", "replace")
    for language in ("vi", "en"):
        for item in items(text, language):
            assert 0 <= item.start <= item.end <= len(text), "a point lies outside its clause"
        provision = Provision(Locator.parse("Điều 1, khoản 2"), Bilingual(), Bilingual(text, text))
        found = within(provision, 0, len(text) // 2, language)
        span = narrow(text, [step.label for step in found.steps[2:]], language)
        assert span is None or 0 <= span[0] <= span[1] <= len(text)


def _words(data: bytes) -> None:
    from corpus.figures import canonical, dated, dates, figures, number_set, percentages
    from corpus.normalise import clean, fold, nfc, tokens, tone_style
    from corpus.sentences import items, sentences

    text = data.decode("utf-8", "replace")
    assert nfc(nfc(text)) == nfc(text) and clean(clean(text)) == clean(text), "cleaning twice is not cleaning once"
    assert fold(fold(text)) == fold(text) and tone_style(tone_style(text)) == tone_style(text)
    tokens(text)
    text = nfc(text)
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text), "a figure lies outside the text"
        canonical(text[figure.start : figure.end])
    number_set(text), percentages(text), dates(text, spaced=True)
    for _, start, end in dated(text):
        assert 0 <= start < end <= len(text), "a date lies outside the text"
    last = 0
    for span in sentences(text):
        assert last <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text, "a sentence is not where it says"
        last = span.end
        items(span.text)


def _quantities(data: bytes) -> None:
    from assistant.verification.claims import marks, split_claims, without_marks
    from assistant.verification.quantities import acts, addresses, quantities
    from assistant.verification.reading import read

    text = data.decode("utf-8", "replace")
    marks(text), without_marks(text), split_claims(text), acts(text), addresses(text)
    for language in ("vi", "en"):
        quantities(text, language)
        read(text, language)


def _question(data: bytes) -> None:
    from assistant.language import detect
    from assistant.question import content_words, focus_words, read_form
    from assistant.understand import greets, refers_back, split_parts

    text = data.decode("utf-8", "replace")
    assert detect(text) in {"vi", "en", "fr"}
    read_form(text), focus_words(text), content_words(text), greets(text), refers_back(text), split_parts(text)


def _reply(data: bytes) -> None:
    from assistant.reply import Reply

    text = data.decode("utf-8", "replace")
    whole, pieces = Reply(), Reply()
    all_at_once = [*whole.feed(text), *whole.end(complete=True)]
    piecewise = [said for at in range(0, len(text), 3) for said in pieces.feed(text[at : at + 3])] + pieces.end(complete=True)
    assert all_at_once == piecewise, "a reply in pieces is another reply"


def _receipt(data: bytes) -> None:
    from assistant.receipt_reading import contents, parse

    contents(parse(data, "fuzzed.json"))


def _backup(data: bytes) -> None:
    from index.archive import check_archive

    with _file(data, ".backup") as path:
        check_archive(path)


def _json_lines(data: bytes) -> None:
    from corpus.jsonlines import read_json_lines

    with _file(data, ".jsonl") as path:
        list(read_json_lines(path, []))


def _digest(data: bytes) -> None:
    from corpus.bundle import read_document

    with _file(data, ".md") as path:
        read_document(path)


def _sidecar(data: bytes) -> None:
    from corpus.sidecar import read_sidecar

    with _file(data, ".yaml") as path:
        read_sidecar(path)


def _structure(source: Source) -> None:
    """Make lines regular and read them as law."""
    from corpus.legal.document_of import document_of
    from corpus.regular.regular import regular

    document_of(regular(source), "fuzzed", sha256="0" * 64)


def _plain(data: bytes) -> None:
    from corpus.formats.plain import read_plain

    _structure(read_plain(data, _NAME))


def _lines(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    lines = tuple(Line(line, page=1 + at // 40, bold=line.isupper(), centred=line.startswith(" ")) for at, line in enumerate(text.split("\n")))
    _structure(Source("pdf", lines, wrapped=True, pages=1 + len(lines) // 40))


def _html(data: bytes) -> None:
    from corpus.formats.html import read_html

    _structure(read_html(data, _NAME))


def _markdown(data: bytes) -> None:
    from corpus.formats.markdown import read_markdown

    _structure(read_markdown(data, _NAME))


def _word(data: bytes) -> None:
    from corpus.formats.docx import read_docx

    _structure(read_docx(_packed({**_WORD, "word/document.xml": data}), _NAME))


def _book(data: bytes) -> None:
    from corpus.formats.epub import read_epub

    _structure(read_epub(_packed({**_BOOK, "OEBPS/1.xhtml": data}), _NAME))


def _pdf(data: bytes) -> None:
    from corpus.formats.pdf import read_pdf

    _structure(read_pdf(data, _NAME))


def _archive(data: bytes) -> None:
    from corpus.formats.archive import Budget, members
    from corpus.formats.limits import Limits
    from corpus.formats.sniff import sniff

    sniff(data, _NAME)
    limits = Limits()
    for member in members(data, _NAME, limits, Budget(limits.unpacked_bytes)):
        if not isinstance(member, Fault):
            assert ".." not in Path(member[0]).parts and not Path(member[0]).is_absolute(), "a file of an archive leads out of it"


_WORD: Mapping[str, bytes] = MappingProxyType({
    "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
})  # fmt: skip
_BOOK: Mapping[str, bytes] = MappingProxyType({
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="OEBPS/b.opf"/></rootfiles></container>',
    "OEBPS/b.opf": b'<package><manifest><item id="a" href="1.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
})  # fmt: skip
_ACT = """QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 12/2024/QH15
Hà Nội, ngày 10 tháng 6 năm 2024
LUẬT
VỀ VIỆC THỬ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Chương I. QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Luật này quy định về 30% (ba mươi phần trăm) và 1.234,5 tỷ đồng đến năm 2030.
a) Điểm thứ nhất; b) Điểm thứ hai.
- Gạch đầu dòng thứ nhất
2. Bãi bỏ khoản 3 Điều 5 của Nghị định số 34/2020/NĐ-CP ngày 01/02/2020.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2025.
Nơi nhận:
CHỦ TỊCH QUỐC HỘI
"""
_ENGLISH = """Article 5(2)(a). By 2030, at least 50 per cent of 1,234.5 million people shall not pay USD 20 before 1 July 2024 [1].
See Decision No. 749/QĐ-TTg."""
_CASES = ("own_dev.jsonl", "own_outside_test.jsonl")


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _texts() -> Iterable[bytes]:
    """Yield an act, an English provision, and questions of our own."""
    yield from (_ACT.encode(), _ENGLISH.encode(), _ACT.encode("utf-16"), _ACT.lower().encode())
    yield from _questions()


def _questions() -> Iterable[bytes]:
    """Yield some of our own questions."""
    for name in _CASES:
        for line in (_ROOT / "evals" / "cases" / name).read_text("utf-8").splitlines()[:30]:
            yield json.loads(line)["question"].encode()


def _labels() -> Iterable[bytes]:
    """Yield addresses as they are printed."""
    for text in ("Điều 5, khoản 2, điểm a", "II.1.a", "Article 5(2)(a)", "Phụ lục I, Mục 3", "Khoản 1a Điều 12", "Chương III (mục 1, 2), Điều 4"):
        yield text.encode()


def _digests() -> Iterable[bytes]:
    """Yield some digests of the library."""
    yield from (path.read_bytes()[:3000] for path in sorted((_ROOT / "corpus" / "library").glob("*.md"))[:12])


def _pages() -> Iterable[bytes]:
    """Yield web pages."""
    rows = "".join(f"<p><b>{line}</b></p>" if line.startswith("Điều") else f"<p>{line}</p>" for line in _ACT.splitlines())
    table = "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>"
    yield f"<html><head><title>t</title></head><body>{rows}{table}<ol type=a start=3><li>x</ol></body></html>".encode()
    yield b"<!doctype html><meta charset=windows-1258><p style='display:none'>x</p>\xcc\xcd<pre>a\nb</pre>&#xD800;"


def _markdowns() -> Iterable[bytes]:
    """Yield pages of Markdown."""
    rest = "| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n```\ncode\n```\n1. x\n   - y\n"
    yield ("# LUẬT\n\n" + _ACT.replace("Điều", "## Điều") + f"\n{rest}").encode()


def _bodies() -> Iterable[bytes]:
    """Yield bodies of Word files."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    heading = '<w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    rows = "".join(f"<w:p>{heading}<w:r><w:rPr><w:b/></w:rPr><w:t>{line}</w:t></w:r></w:p>" for line in _ACT.splitlines()[:12])
    table = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    note = '<w:p><w:r><w:footnoteReference w:id="2"/><w:tab/><w:br/></w:r></w:p>'
    yield f'<?xml version="1.0"?><w:document {space}><w:body>{rows}{table}{note}</w:body></w:document>'.encode()


def _pdfs() -> Iterable[bytes]:
    """Yield a small PDF."""
    stream = b"BT /F1 12 Tf 72 720 Td (Dieu 1. Pham vi) Tj 0 -16 Td (1. Quy dinh nay) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    yield b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (at, one) for at, one in enumerate(objects, 1)) + b"trailer<</Root 1 0 R/Size 6>>"


def _rows() -> Iterable[bytes]:
    """Yield lines of JSON."""
    yield '{"doc_number": "1/2024/QH15", "locator": "Điều 1", "text": "Câu một.", "title": "Luật"}\n'.encode()
    yield b'{"_id": "a", "title": "b", "text": "c"}\n{"id": 2, "text": null}\n'


def _receipts() -> Iterable[bytes]:
    """Yield the beginning of a receipt."""
    yield b'{"format": 1, "question": "a?", "answer": {"text": "b [1]", "citations": []}, "passages": [], "sentences": [], "sha256": ""}'


def _zips() -> Iterable[bytes]:
    """Yield archives."""
    yield _packed({"a/b.txt": b"text", "../c.txt": b"out", "manifest.json": b'{"files": {}}'})
    yield _packed(_BOOK)


def _sidecars() -> Iterable[bytes]:
    """Yield corrections beside a file."""
    yield b"number: 1/2024/QH15\ntitle: Law\nissued: 2024-06-10\nstatus: in_force\nrelations:\n  - kind: amends\n    target: 2/2020/QH14\n"


TARGETS: Mapping[str, Target] = MappingProxyType({
    "locators": Target(_locators, _labels, ("corpus.locator", "corpus.normalise")),
    "addresses": Target(_addresses, _texts, ("corpus.legal", "corpus.locator")),
    "words": Target(_words, _texts, ("corpus.normalise", "corpus.figures", "corpus.sentences")),
    "quantities": Target(_quantities, _texts, ("assistant.verification", "corpus.figures")),
    "question": Target(_question, _questions, ("assistant.question", "assistant.understand", "assistant.language")),
    "reply": Target(_reply, _texts, ("assistant.reply", "corpus.sentences")),
    "receipt": Target(_receipt, _receipts, ("assistant.receipt_reading",)),
    "backup": Target(_backup, _zips, ("index.archive",)),
    "json_lines": Target(_json_lines, _rows, ("corpus.jsonlines",)),
    "digest": Target(_digest, _digests, ("corpus.bundle",)),
    "sidecar": Target(_sidecar, _sidecars, ("corpus.sidecar",)),
    "plain": Target(_plain, _texts, ("corpus.formats.plain", "corpus.regular", "corpus.legal")),
    "lines": Target(_lines, _texts, ("corpus.regular", "corpus.legal")),
    "html": Target(_html, _pages, ("corpus.formats.html", "corpus.legal")),
    "markdown": Target(_markdown, _markdowns, ("corpus.formats.markdown", "corpus.legal")),
    "word": Target(_word, _bodies, ("corpus.formats.docx", "corpus.formats.docx_styles", "corpus.formats.numbering")),
    "book": Target(_book, _pages, ("corpus.formats.epub", "corpus.formats.html")),
    "pdf": Target(_pdf, _pdfs, ("corpus.formats",)),
    "archive": Target(_archive, _zips, ("corpus.formats.archive", "corpus.formats.sniff")),
})  # fmt: skip
