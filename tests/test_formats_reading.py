"""Reading in a child process: hostile files, greedy ones, hanging ones; the next file is read all the same."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from corpus.errors import Unreadable
from corpus.formats.limits import MEGABYTE, Limits
from corpus.formats.reading import ReadingProcess, read_source
from tests.format_files import ARTICLES, add, pdf, print_lines, shared, word, zipped

LAW = "Điều 1. Phạm vi điều chỉnh\n"


@pytest.mark.parametrize("folder", ["pdf", "docx", "xss", "blns", "vi_encodings", "injection"])
def test_hostile_files_are_read_or_refused_with_one_reason(folder: str) -> None:
    refused = 0
    with ReadingProcess() as process:
        for path in sorted(p for p in shared("hostile", folder).rglob("*") if p.is_file()):
            try:
                process.read(path)
            except Unreadable as error:
                refused += 1
                assert error.reason and "\n" not in str(error) and path.name in str(error)
                assert "too long" not in error.reason and "breaks the reader" not in error.reason and "failed" not in error.reason
    assert refused == 0 if folder == "docx" else refused <= 50


def test_a_server_with_a_thousand_open_files_still_reads(tmp_path: Path) -> None:
    (tmp_path / "luật.txt").write_text(LAW, "utf-8")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= hard < 2048:
        pytest.skip("this machine allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    held: list[int] = []
    try:
        held.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(1100))
        (piece,) = read_source(tmp_path / "luật.txt").pieces
        assert piece.source.lines[0].text == LAW.strip()
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_every_kind_comes_back_whole(tmp_path: Path) -> None:
    files = {
        "luật.txt": LAW.encode(),
        "a.docx": word(lambda document: add(document, "<w:p><w:r><w:t>Điều 2</w:t></w:r></w:p>")),
        "sai.docx": pdf(lambda canvas: print_lines(canvas, ARTICLES)),
        "g.zip": zipped({"x.md": b"# L", "y.txt": b"\0\1\2"}),
    }
    with ReadingProcess() as process:
        readings = {}
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            readings[name] = process.read(tmp_path / name)
    assert [r.pieces[0].source.kind for r in readings.values()] == ["plain", "docx", "pdf", "markdown"]
    assert [line.text for line in readings["sai.docx"].pieces[0].source.lines] == list(ARTICLES)
    assert readings["g.zip"].pieces[0].name == "x.md" and len(readings["g.zip"].faults) == 1


def test_a_name_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/lu\xadt.txt"))
    path.write_text(LAW, encoding="utf-8")
    assert read_source(path).pieces[0].source.lines[0].text == LAW.strip()


def test_a_file_that_takes_too_long_is_ended_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "lau.pdf").write_bytes(pdf(*[lambda canvas: print_lines(canvas, ARTICLES)] * 50))
    with pytest.raises(Unreadable, match=r"lau\.pdf cannot be read: reading it took too long"):
        read_source(tmp_path / "lau.pdf", Limits(seconds=0.0, longest=0.0))
    (tmp_path / "ngan.txt").write_text(LAW, encoding="utf-8")
    with ReadingProcess() as process:
        assert process.read(tmp_path / "ngan.txt").pieces


def test_a_greedy_file_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    # a picture that is small on the disk and large in memory
    Image.new("L", (9000, 9000)).save(tmp_path / "to.png")
    (tmp_path / "nho.txt").write_text(LAW, encoding="utf-8")
    with ReadingProcess(Limits(memory=120 * MEGABYTE)) as process:
        with pytest.raises(Unreadable, match=r"to\.png cannot be read"):
            process.read(tmp_path / "to.png")
        assert process.read(tmp_path / "nho.txt").pieces[0].source.lines[0].text == LAW.strip()


def test_a_file_of_megabytes_without_end_of_line_is_read(tmp_path: Path) -> None:
    (tmp_path / "dai.txt").write_text("điều " * 400_000, encoding="utf-8")
    assert read_source(tmp_path / "dai.txt").pieces[0].source.characters == 1_600_000


def test_modules_are_not_taken_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "a.txt").write_text(LAW, encoding="utf-8")
    code = "from pathlib import Path; from corpus.formats.reading import read_source; print(len(read_source(Path('a.txt')).pieces))"
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr


def test_the_child_ends_when_nobody_asks_any_more() -> None:
    done = subprocess.run([sys.executable, "-P", "-m", "corpus.formats.child"], input=b"", capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_reading_loads_no_reader_before_it_is_needed() -> None:
    code = (
        "import sys, corpus.formats.reading, corpus.formats.dispatch, corpus.formats.child;"
        "print([m for m in ('docx', 'lxml', 'pypdfium2', 'PIL', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"
