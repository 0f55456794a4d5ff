"""Briefing notes: every sentence with its footnote, every footnote with its exact words, nothing else; reopened from each form of file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.briefing.files import file_of
from assistant.briefing.making import Briefer
from assistant.briefing.note import Note
from assistant.briefing.parts import visible
from assistant.compose_history import open_history
from assistant.settings import Settings
from corpus.formats.docx import read_docx
from tests.fake_assistant import HOSTILE
from ui.cli import main

DAY = date(2026, 3, 1)
MADE = date(2026, 2, 27)
QUESTIONS = (
    "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?",
    "So sánh mục tiêu kinh tế số của Nghị quyết 52 và Nghị quyết 57.",
    "Luật An ninh mạng 2018 có hiệu lực từ ngày nào?",
    "When and by whom was Resolution 52-NQ/TW issued?",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def answers(attache: Assistant) -> tuple[Answer, ...]:
    return tuple(attache.ask(question, as_of=DAY) for question in QUESTIONS)


@pytest.fixture(scope="module")
def briefer(attache: Assistant) -> Briefer:
    assert attache.receipts is not None
    receipts = attache.receipts
    return Briefer(lambda: receipts)


@pytest.fixture(scope="module")
def note(briefer: Briefer, answers: tuple[Answer, ...]) -> Note:
    return briefer.note("Chuẩn bị hội đàm", answers, MADE)


def flat(text: str) -> str:
    return " ".join(visible(text).split())


def test_every_sentence_has_its_footnotes_and_each_its_words(note: Note, answers: tuple[Answer, ...], attache: Assistant) -> None:
    assert [section.question for section in note.sections] == list(QUESTIONS)
    assert [one.number for one in note.footnotes] == list(range(1, len(note.footnotes) + 1)) and len(note.footnotes) >= 10
    assert all(line.footnotes for section in note.sections for line in section.lines)
    for one in note.footnotes:
        provision = attache.place(one.document, one.locator)[1][0]
        assert one.quote and one.quote in provision.text.only(one.language)
    assert {row.document for row in note.sources} == {one.document for one in note.footnotes}
    assert all(any(one.quote in e.text.only(one.language) for e in note.annex) for one in note.footnotes)
    assert {one.reason for one in note.left_out} == {"remark"} and {one.words for one in note.left_out} == {n for a in answers for n in a.notes}


def test_what_is_not_verified_or_has_no_footnote_is_left_out_and_told(briefer: Briefer, answers: tuple[Answer, ...]) -> None:
    first = answers[0]
    other = replace(first.citations[1], quote=first.citations[1].quote.replace("30%", "40%"))
    changed = replace(
        first, text=f"Kinh tế số chiếm trên 45% GDP [2]. {first.text} Một câu không có nguồn. Một câu dẫn nơi khác [9].", notes=(),
    )  # fmt: skip
    made = briefer.note("x", [changed], MADE)
    assert [(one.words, one.reason) for one in made.left_out] == [
        ("Kinh tế số chiếm trên 45% GDP.", "not_verified"), ("Một câu không có nguồn.", "no_footnote"), ("Một câu dẫn nơi khác.", "not_verified"),
    ] or {one.reason for one in made.left_out} == {"not_verified", "no_footnote"}  # fmt: skip
    shown = " ".join(line.text for section in made.sections for line in section.lines)
    assert "45%" not in shown and "không có nguồn" not in shown and "30% GDP" in shown
    gone = briefer.note("x", [replace(first, citations=(first.citations[0], other, first.citations[2]))], MADE)
    assert [one.reason for one in gone.left_out if one.reason != "remark"] == ["moved"] and len(gone.footnotes) == 2
    nothing = briefer.note("x", [replace(first, citations=())], MADE)
    assert nothing.sections == () == nothing.sources == nothing.annex and all(one.reason != "" for one in nothing.left_out)


@pytest.mark.parametrize("lang", ["vi", "en", "both"])
def test_a_word_file_has_real_footnotes(note: Note, lang: str) -> None:
    data = file_of(note, "docx", lang).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        footnotes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        body = ElementTree.fromstring(package.read("word/document.xml"))
        assert b"footnotes.xml" in package.read("[Content_Types].xml") and b"footnotes.xml" in package.read("word/_rels/document.xml.rels")
        assert b"w:footnotePr" in package.read("word/settings.xml")
    said = {one.get(f"{W}id"): "".join(t.text or "" for t in one.iter(f"{W}t")) for one in footnotes}
    assert list(said) == ["-1", "0", *(str(one.number) for one in note.footnotes)]
    for one in note.footnotes:
        assert f"“{flat(one.quote)}”" in flat(said[str(one.number)]) and one.locator in said[str(one.number)]
    lines = iter([line for section in note.sections for line in section.lines])
    marked = [p for p in body.iter(f"{W}p") if p.find(f".//{W}footnoteReference") is not None]
    for paragraph in marked:
        line = next(lines)
        assert "".join(t.text or "" for t in paragraph.iter(f"{W}t")) == flat(line.text)
        assert [r.get(f"{W}id") for r in paragraph.iter(f"{W}footnoteReference")] == [str(one.number) for one in line.footnotes]
    assert next(lines, None) is None
    read = read_docx(data, Path("note.docx"))  # our own reader, which knows nothing of who wrote it
    asides = [line.text for line in read.lines if line.aside == "footnote"]
    assert len(asides) == len(note.footnotes) and read.faults == ()
    words = " ".join(line.text for line in read.lines)
    assert ("BẢN TÓM TẮT" in words) == (lang != "en") and ("BRIEFING NOTE" in words) == (lang != "vi")
    assert ("27/2/2026" in words) == (lang != "en") and ("27 February 2026" in words) == (lang != "vi")


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_other_forms_say_the_same(note: Note, form: str) -> None:
    text = file_of(note, form, "both").data.decode()
    for line in (line for section in note.sections for line in section.lines):
        marks = "".join(f"[^{one.number}]" if form == "md" else f'href="#n{one.number}">[{one.number}]' for one in line.footnotes)
        assert marks in text or form == "html"
        assert flat(line.text)[:40] in unescape(text).replace("\\", "")
    plain = unescape(re.sub(r"<[^>]+>", "", text)) if form == "html" else text.replace("\\", "")
    for one in note.footnotes:
        assert f"“{flat(one.quote)}”" in plain
    assert "Status on 1 March 2026" in plain and "Tình trạng vào ngày 1/3/2026" in plain
    if form == "md":
        assert len(re.findall(r"^\[\^\d+\]: ", text, re.M)) == len(note.footnotes)
    else:
        assert not re.search(r'(?:src|url|@import)[=(]\s*["\']?http', text) and "<script" not in text and text.count("<li id=") == len(note.footnotes)


TAGS = "!doctype html head meta title style body p h1 h2 h3 ul ol li div sup a b table thead tbody tr th td blockquote".split()
ATTACKS = (HOSTILE, "![x](http://evil.example/a.png) [a](javascript:alert(1)) http://evil.example", "# h\n\n---\n1. a\x00\x0b\ufffe\udcff", "<!--")


@pytest.mark.parametrize("hostile", ATTACKS)
def test_hostile_words_are_words_in_every_form(briefer: Briefer, answers: tuple[Answer, ...], hostile: str) -> None:
    made = briefer.note(hostile, [replace(answers[0], question=hostile)], MADE)
    html = file_of(made, "html", "vi").data.decode()
    assert set(re.findall(r"</?([!\w-]+)", html)) <= set(TAGS) and "javascript:" not in "".join(re.findall(r"href=\S+", html))
    tokens = MarkdownIt("commonmark").parse(file_of(made, "md", "vi").data.decode())
    inline = [child for token in tokens for child in token.children or ()]
    assert not any(token.type in ("html_block", "html_inline", "image", "link_open", "hr", "code_inline") for token in [*tokens, *inline])
    assert [token.tag for token in tokens if token.type == "heading_open"][:2] == ["h1", "h2"]
    with zipfile.ZipFile(io.BytesIO(file_of(made, "docx", "vi").data)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(package.read(name))


def test_the_command_exports_chosen_answers(
    attache: Assistant, attache_home: Path, answers: tuple[Answer, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(attache_home))
    history = open_history(Settings(home=attache_home))
    conversation = history.keep("an", answers[0]).conversation
    history.keep("an", answers[3], conversation)
    history.close()
    run: Callable[..., tuple[int, str, str]] = lambda *words: (main(list(words)), *capfd.readouterr())  # noqa: E731 - one line of a test
    out = tmp_path / "note.md"
    status, said, told = run("export", conversation[:8], "--user", "an", "--answer", "2", "--format", "md", "--lang", "en", "--out", str(out))
    text = out.read_text("utf-8")
    assert status == 0 and str(out) in said.replace("\n", "") and "Left out" in told
    assert text.count("[^1]: ") == 1 and "27 September 2019" in text and "trên 30% GDP" not in text.split("## Annex")[0]
    assert run("export", conversation, "--user", "an", "--answer", "7", "--out", str(out))[0] == 1
    assert run("export", conversation, "--user", "binh", "--out", str(out))[0] == 1
    assert run("export", conversation, "--user", "an", "--out", str(tmp_path / "no" / "x.docx"))[0] == 1
