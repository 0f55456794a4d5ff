"""Attacks by what lies in a folder: files that name an address, pickles and code in index or model, another version's index, a full disk."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.compose import ingest_paths, open_assistant
from assistant.settings import Settings
from index.embedding import BUNDLED, SentenceTransformerEncoder, StaticEncoder
from index.entry import Entry
from index.errors import EncoderUnusable, StaleIndex
from index.home import FORMAT, Home
from index.store import ChromaStore
from tests.format_files import word, zipped
from tests.trap import trap

LAST = Path(__file__).parent / "data" / "catalogue_v3.sql"
QUESTION = "Nghị quyết 52 đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?"


# --- files that refer to an address ----------------------------------------------------------------------------------------------


def _referring(at: str) -> dict[str, bytes]:
    """Files of every kind that would have a reader fetch `at`."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{at}/svg"/><text>x</text></svg>'
    page = (
        f'<html><head><link rel=stylesheet href="{at}/css"><base href="{at}/"><meta http-equiv=refresh content="0;url={at}/go"></head><body>'
        f'<p>Điều 1. Thử</p><img src="{at}/img"><iframe src="{at}/frame"></iframe><script src="{at}/js"></script><object data="{at}/object"></object>'
        f"{svg}</body></html>"
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdX" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{at}/template"/></Relationships>'
    )
    letter = word(lambda document: document.add_paragraph("Điều 1. Thử"))
    package = {name: data for name, data in _members(letter).items() if name != "word/_rels/settings.xml.rels"}
    return {
        "a.svg": svg.encode(), "a.html": page.encode(), "a.md": f"# Thử\n\n![x]({at}/md)\n\n[x]: {at}/ref\n\nĐiều 1. Thử\n".encode(),
        "a.xml": f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{at}/dtd" [<!ENTITY % p SYSTEM "{at}/entity">%p;]><a>Điều 1</a>'.encode(),
        "a.xhtml": f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{at}/xhtml"><html><body><p>Điều 1</p></body></html>'.encode(),
        "a.docx": zipped({**package, "word/_rels/settings.xml.rels": rels.encode()}),
        "a.epub": zipped({
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": f"<package><manifest><item id='x' href='{at}/book.xhtml'/><item id='y' href='1.xhtml'/></manifest>"
                     "<spine><itemref idref='x'/><itemref idref='y'/></spine></package>".encode(),
            "1.xhtml": page.encode(),
        }),
        "a.json": json.dumps({"url": f"{at}/json", "path": f"{at}/path", "text": "Điều 1"}).encode(),
        f"{at.replace('/', '%2F')}.txt": f"{at}/name\nĐiều 1. Thử\n".encode(),
    }  # fmt: skip


def _members(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_file_that_refers_to_an_address_has_nothing_fetched_for_it(tmp_path: Path, library_folder: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    with trap() as (address, seen):
        for name, data in _referring(address).items():
            (folder / name).write_bytes(data)
        settings = Settings(home=tmp_path / "home", library=library_folder)
        report = ingest_paths(settings, [folder])
        assert report.added >= 4  # those that nothing can be read of are named, and fetch nothing either
        assistant = open_assistant(settings)
        for head in assistant.documents():
            assistant.ask(f"{head.number} quy định gì?")
    assert seen == []


# --- pickles and code ---------------------------------------------------------------------------------------------------------------


class _Order:
    """What a pickle that attacks holds: an order to its reader."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def _runs(data: bytes, mark: Path) -> bool:
    """Tell whether a pickle does what it is made to do, where somebody loads it."""
    pickle.loads(data)
    done = mark.exists()
    mark.rmdir()
    return done


def test_a_pickle_in_the_index_is_not_obeyed_and_the_index_is_refused(tmp_path: Path) -> None:
    folder, mark = tmp_path / "vectors", tmp_path / "obeyed"
    vectors = np.eye(2000, 8, dtype=np.float32) + 0.01
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with closing(ChromaStore(folder)) as store:
        store.write([Entry(f"k{n}", "vi", "t", "d") for n in range(2000)], vectors)
    [placed] = folder.rglob("index_metadata.pickle")  # Chroma's own list of keys, which its core reads as plain data
    order = pickle.dumps(_Order(mark))
    assert _runs(order, mark)
    placed.write_bytes(order)
    code = "import sys, numpy\nfrom pathlib import Path\nfrom index.errors import StoreFailed\nfrom index.store import ChromaStore\n" \
        "store = ChromaStore(Path(sys.argv[1]))\ntry: store.search(numpy.ones(8, numpy.float32), serves='vi', k=3)\n" \
        "except StoreFailed: print('refused')\n"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    assert "refused" in done.stdout, done.stderr
    assert not mark.exists()


@pytest.mark.parametrize(
    "name", ["more.pkl", "deep/more.pickle", "model.pt", "model.pth", "model.ckpt", "model.joblib", "pytorch_model.bin", "modeling.py"]
)
def test_a_model_folder_with_a_pickle_or_code_is_refused_unread(tmp_path: Path, name: str) -> None:
    folder, mark = Path(shutil.copytree(BUNDLED, tmp_path / "model")), tmp_path / "obeyed"
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(f"import os; os.mkdir({str(mark)!r})".encode() if name.endswith(".py") else pickle.dumps(_Order(mark)))
    with pytest.raises(EncoderUnusable, match="safetensors alone"):
        SentenceTransformerEncoder(folder)
    assert not mark.exists()


@pytest.mark.parametrize("kind", ["modeling.Model", "os.Model", "antigravity.Model"])
def test_a_model_that_names_code_of_its_own_is_refused(tmp_path: Path, kind: str) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "model"))
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": kind}]), "utf-8")
    with pytest.raises(EncoderUnusable, match="cannot be loaded"):
        SentenceTransformerEncoder(folder)


def test_weights_that_are_a_pickle_by_another_name_are_not_obeyed(tmp_path: Path) -> None:
    folder, mark = Path(shutil.copytree(BUNDLED, tmp_path / "model")), tmp_path / "obeyed"
    (folder / "model.safetensors").write_bytes(pickle.dumps(_Order(mark)))
    for opened in (StaticEncoder, SentenceTransformerEncoder):
        with pytest.raises(EncoderUnusable):
            opened(folder)
    assert not mark.exists()


# --- an index of another version, a full disk ------------------------------------------------------------------------------------------


def test_the_data_folder_of_the_last_version_answers_after_one_start(tmp_path: Path, library_folder: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as file:
        file.executescript(LAST.read_text("utf-8"))
    assert open_assistant(Settings(home=home, library=library_folder)).ask(QUESTION).citations


@pytest.mark.parametrize("form", [FORMAT - 1, FORMAT + 1])
def test_an_index_of_another_form_is_made_anew_or_refused_and_never_searched(tmp_path: Path, library_folder: Path, form: int) -> None:
    settings = Settings(home=tmp_path / "home", library=library_folder)
    before = open_assistant(settings).ask(QUESTION).citations
    home = Home(settings.home)
    home.amend(format=form)
    assert open_assistant(settings).ask(QUESTION).citations == before  # the library alone: made anew
    own = tmp_path / "rieng.txt"
    own.write_text("QUYẾT ĐỊNH\nSố: 9/2026/QĐ-THU\n\nĐiều 1. Phạm vi\nQuyết định này quy định việc thử.\n", "utf-8")
    ingest_paths(settings, [own])
    home.amend(format=form)
    with pytest.raises(StaleIndex, match=f"format {form}"):
        open_assistant(settings)  # a person's own documents take as long as they take: the command is named instead


FULL = """
import os, subprocess, sys
from pathlib import Path
place, library, files = (Path(argument) for argument in sys.argv[1:])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", str(place)], check=True)
from assistant.compose import ingest_paths, open_assistant, verify_index
from assistant.errors import AttacheError
from assistant.settings import Settings
settings, filler = Settings(home=place / "home", library=library), place / "filler"
kept, refused = {head.number for head in open_assistant(settings).documents()}, 0
for moment, file in enumerate(sorted(files.iterdir())):
    calls = 0

    def fill(stage: str, done: int, total: int) -> None:
        global calls
        calls += 1
        if calls == moment + 1:  # the room that was looked for at the beginning is taken by another meanwhile
            with filler.open("wb") as taken:
                free = os.statvfs(place)
                taken.write(b"x" * max(0, free.f_bavail * free.f_frsize - 8192 * moment))

    try:
        report = ingest_paths(settings, [file], fill)
        kept |= {f"{file.stem}/2026/QĐ-THU"} if report.added else set()
        refused += bool(report.failed)
    except AttacheError as error:
        refused += 1
        assert error.advice, error
    filler.unlink(missing_ok=True)
after = open_assistant(settings)
found = {head.number for head in after.documents()}
assert kept <= found, (kept, found)
assert verify_index(settings).sound, verify_index(settings).checks
assert after.ask(sys.stdin.read().strip()).citations
print("refused", refused, "kept", len(kept))
"""


def test_a_full_disk_loses_nothing_that_was_accepted(tmp_path: Path, library_folder: Path, root: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespace of one's own may be made here, so no small disk either")
    place, files = tmp_path / "disk", tmp_path / "files"
    place.mkdir()
    files.mkdir()
    for n in range(12):
        articles = "\n\n".join(f"Điều {m}. Việc {m} của {n}\n1. {'Quy định này quy định việc thử lần thứ. ' * 20}" for m in range(1, 60))
        (files / f"{n + 10}.txt").write_text(f"QUYẾT ĐỊNH\nVề việc thử {n}\nSố: {n + 10}/2026/QĐ-THU\n\n{articles}\n", "utf-8")
    command = [*alone, sys.executable, "-c", FULL, str(place), str(library_folder), str(files)]
    done = subprocess.run(command, input=QUESTION, capture_output=True, text=True, cwd=root, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "refused 0" not in done.stdout, done.stdout
