"""One decree as a Word file, as printed PDF in one and in two columns and as a scan: the same tree from all."""

from __future__ import annotations

import html
import shutil
import subprocess
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from corpus.document import Document
from corpus.formats.reading import ReadingProcess
from corpus.formats.scan import missing
from corpus.legal.document_of import document_of
from corpus.regular.regular import regular
from tests.format_files import shared, word
from tests.legal_sources import official

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium prints the PDFs")


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """The head of a real decree and its first articles: three pages of print."""
    lines = [line.text for line in official(shared("official", "224-2026-ND-CP.md")).lines]
    start = next(at for at, line in enumerate(lines) if line.startswith("Điều 1."))
    end = next(at for at, line in enumerate(lines) if line.startswith("Điều 9."))
    return ["CHÍNH PHỦ", "Số: 224/2026/NĐ-CP", "NGHỊ ĐỊNH", "Quy định chi tiết một số điều của Luật Chuyển đổi số", *lines[start:end]]


def _printed(paragraphs: list[str], folder: Path, columns: int) -> Path:
    """Return a PDF that Chromium printed."""
    page, out = folder / f"{columns}.html", folder / f"{columns}.pdf"
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    style = f"body{{font:13pt 'DejaVu Serif';columns:{columns};column-gap:12mm}}"
    style += " p{margin:0 0 5pt;text-align:justify;text-indent:8mm} @page{size:A4;margin:20mm}"
    page.write_text(f"<!doctype html><html lang=vi><meta charset=utf-8><style>{style}</style><body>{body}</body></html>", "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder / 'browser'}"]
    subprocess.run(["chromium", *options, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=120)
    return out


def _scanned(printed: Path, out: Path) -> Path:
    """Return a PDF of nothing but pictures: the printed pages at 200 dots to the inch, a little aslant, soft and grainy."""
    chance = np.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(printed):
        picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(chance.uniform(-0.4, 0.4), fillcolor=255, resample=Image.Resampling.BICUBIC)
        dots = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6))).astype(float)
        pages.append(Image.fromarray(np.clip(dots + chance.normal(0, 10, dots.shape), 0, 255).astype("uint8")))
    pages[0].save(out, save_all=True, append_images=pages[1:], resolution=200)
    return out


@pytest.fixture(scope="module")
def documents(paragraphs: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The decree as each of the files gives it."""
    folder = tmp_path_factory.mktemp("decree")

    def fill(document: Any) -> None:
        for text in paragraphs:
            document.add_paragraph(text)

    (folder / "word.docx").write_bytes(word(fill))
    one, two = _printed(paragraphs, folder, 1), _printed(paragraphs, folder, 2)
    files = {"word": folder / "word.docx", "one column": one, "two columns": two}
    if not missing():
        files["scan"] = _scanned(one, folder / "scan.pdf")
    found = {}
    with ReadingProcess() as process:
        for name, path in files.items():
            (piece,) = process.read(path).pieces
            found[name] = document_of(regular(piece.source), path.name, sha256=piece.sha256).document
    return found


def _tree(document: Document) -> list[str]:
    return [str(provision.locator) for provision in document.provisions]


def _words(document: Document) -> str:
    return " ".join(" ".join((p.heading.vi, p.text.vi)) for p in document.provisions).replace("\n", " ")


@pytest.mark.parametrize("name", ["one column", "two columns", "scan"])
def test_the_tree_is_the_same_from_every_printed_file(documents: dict[str, Document], name: str) -> None:
    if name not in documents:
        pytest.skip(missing())
    assert len(_tree(documents["word"])) > 30
    assert _tree(documents[name]) == _tree(documents["word"])
    assert documents[name].number == documents["word"].number == "224/2026/NĐ-CP"


@pytest.mark.parametrize(("name", "most"), [("one column", 0.005), ("two columns", 0.01), ("scan", 0.03)])
def test_the_words_are_the_same(documents: dict[str, Document], name: str, most: float) -> None:
    if name not in documents:
        pytest.skip(missing())
    whole, found = _words(documents["word"]), _words(documents[name])
    matcher = SequenceMatcher(None, whole, found, autojunk=False)
    assert 1 - sum(block.size for block in matcher.get_matching_blocks()) / len(whole) <= most
    assert abs(len(found) - len(whole)) / len(whole) <= most


def test_printed_files_tell_the_page(documents: dict[str, Document]) -> None:
    pages = [provision.page for provision in documents["one column"].provisions]
    assert pages == sorted(pages) and pages[0] == 1 and pages[-1] > 1


@pytest.mark.parametrize("name", ["one column", "two columns"])
def test_headings_are_the_same(documents: dict[str, Document], name: str) -> None:
    headings = [provision.heading.vi for provision in documents["word"].provisions]
    assert [provision.heading.vi for provision in documents[name].provisions] == headings
