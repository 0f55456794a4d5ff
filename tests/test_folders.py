"""Which files are read, and which paths are refused."""

from __future__ import annotations

from pathlib import Path

from corpus.folders import find_files, passed_over


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.pdf", "sub/c.docx", ".hidden.txt", ".git/d.txt", "notes.txt", "~$a.docx", "x.pdf.part", "notes.txt.meta.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    files, faults = find_files([tmp_path, tmp_path / "b.jsonl"])
    assert [str(f.relative_to(tmp_path.resolve())) for f in files] == ["a.pdf", "b.jsonl", "notes.txt", "sub/c.docx"] and faults == ()
    assert passed_over(Path("a.META.yaml")) and not passed_over(Path("a.yaml"))


def test_what_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    files, faults = find_files([tmp_path / "gone.pdf", tmp_path / "empty"])
    assert files == () and [reason for _, reason in faults] == ["no such file or directory", "there is no file in this folder"]


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_one_file(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    for place in (folder, outside):
        place.mkdir()
        (place / "a.txt").write_text("a", "utf-8")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "c.txt").symlink_to(outside / "a.txt")
    (folder / "d").symlink_to(outside)
    (folder / "e").symlink_to(folder / "e")
    (folder / "f").symlink_to(folder / "none")
    files, faults = find_files([folder])
    assert files == (folder.resolve() / "a.txt",)
    assert [(Path(name).name, reason) for name, reason in faults] == [
        ("c.txt", "it is a link to a place outside the folder"), ("d", "it is a link to a place outside the folder"),
        ("e", "it is a link that leads to itself"), ("f", "it is a link to nothing"),
    ]  # fmt: skip
    assert find_files([folder / "c.txt"])[0] == (outside.resolve() / "a.txt",)  # a link that is given by name is meant
