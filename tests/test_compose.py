"""The composition root: an index is built when there is none, kept when it fits, built anew when it does not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant, Tuning
from assistant.compose import EXAMPLES, WEIGHTS, check_corpus, examine, ingest_paths, open_assistant, open_corpus, rebuild, verify_index
from assistant.decide import SIGNALS, SIGNS
from assistant.errors import BadSettings
from assistant.evidence import FEATURES
from assistant.settings import Settings
from corpus.errors import NothingRead, UnknownDocument, UnknownFilter, Unreadable
from index.errors import NoIndex, StaleIndex
from index.home import Home


def current(home: Path) -> str:
    return Home(home).current().name


def test_an_index_is_built_when_there_is_none_and_then_kept(tmp_path: Path, library_folder: Path) -> None:
    settings = Settings(home=tmp_path / "new" / "home", library=library_folder)
    with pytest.raises(NoIndex):
        verify_index(settings)
    stages: list[str] = []
    first = open_assistant(settings, lambda stage, done, total: stages.append(stage))
    assert set(stages) == {"passages"}
    assert [d.number for d in first.documents()] == ["20/2023/QH15", "51/2005/QH11", "52-NQ/TW", "749/QĐ-TTg"]
    name = current(settings.home)
    stages.clear()
    assert open_assistant(settings, lambda stage, done, total: stages.append(stage)).documents() == first.documents()
    assert (stages, current(settings.home)) == ([], name)
    assert verify_index(settings).sound


def test_a_changed_library_is_brought_up_to_date_in_place(tmp_path: Path, library_copy: Path) -> None:
    settings = Settings(home=tmp_path / "home", library=library_copy)
    open_assistant(settings)
    name = current(settings.home)
    (library_copy / "749-qd-ttg.md").unlink()
    assert not verify_index(settings).sound
    stages: list[str] = []
    assert len(open_assistant(settings, lambda stage, done, total: stages.append(stage)).documents()) == 3
    assert current(settings.home) == name and stages == []
    assert verify_index(settings).sound


def test_a_broken_file_is_left_out_and_told_in_both_languages(tmp_path: Path, library_copy: Path) -> None:
    (library_copy / "52-nq-tw.md").write_text("nothing", "utf-8")
    settings = Settings(home=tmp_path / "home", library=library_copy)
    assistant = open_assistant(settings)
    assert len(assistant.documents()) == 3
    (notice,) = assistant.left_out
    assert "52-nq-tw.md" in notice and "Tệp" in notice and "left out" in notice
    manifest, broken = rebuild(settings)
    assert manifest.documents == 3
    assert len(broken) == 1
    assert check_corpus(settings)


def test_a_library_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="no library"):
        open_assistant(Settings(home=tmp_path, library=tmp_path / "none"))


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for home in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadSettings, match="cannot be made") as caught:
            open_assistant(Settings(home=home))
        assert "ATTACHE_HOME" in caught.value.advice


def test_every_check_of_the_installation_passes(attache: Assistant, attache_home: Path) -> None:
    lines = list(examine(Settings(home=attache_home), offline=True))
    assert [line for line, passed in lines if not passed] == []
    assert lines[-1] == ("connections tried with the network shut: none", True)
    assert any("a question in en is answered" in line for line, _ in lines)


def test_a_failed_check_is_a_line_and_no_error(tmp_path: Path) -> None:
    ((line, passed),) = examine(Settings(home=tmp_path, encoder=tmp_path / "none"))
    assert not passed
    assert "ATTACHE_ENCODER" in line


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_examples_are_answered(attache: Assistant, language: str) -> None:
    assert attache.examples(language) == EXAMPLES[language]
    for question in attache.examples(language):
        answer = attache.ask(question)
        assert answer.outcome.says_something, question
        assert answer.language == language
        assert answer.citations


def test_the_shipped_weights_are_those_in_use(attache: Assistant) -> None:
    data = json.loads(WEIGHTS.read_text("utf-8"))
    assert set(data["sentence"]) == set(FEATURES)
    assert set(data["decision"]) == {*SIGNALS, "bias"}
    assert attache.tuning == Tuning.read(WEIGHTS)
    assert attache.tuning.weighing.weights == tuple(data["sentence"][name] for name in FEATURES)


def test_without_weights_the_defaults_are_taken(tmp_path: Path) -> None:
    assert Tuning.read(tmp_path / "none.json") == Tuning()


def test_the_shipped_weights_were_fitted_on_questions_of_ours_alone() -> None:
    cases = {path.name for path in (Path(__file__).parents[1] / "evals" / "cases").glob("*.jsonl")}
    fitted_on = set(json.loads(WEIGHTS.read_text("utf-8"))["fitted_on"])
    assert fitted_on <= cases
    assert not [name for name in fitted_on if name.endswith("_test.jsonl")]


def test_no_shipped_weight_speaks_for_the_side_that_it_cannot() -> None:
    data = json.loads(WEIGHTS.read_text("utf-8"))["decision"]
    assert [name for name, sign in zip(SIGNALS, SIGNS, strict=True) if sign * data[name] < 0] == []


def test_a_broken_library_file_is_told_at_every_start(tmp_path: Path, library_copy: Path) -> None:
    (library_copy / "broken.md").write_text("no front matter", "utf-8")
    settings = Settings(tmp_path / "home", library=library_copy)
    first, second = open_assistant(settings), open_assistant(settings)
    assert len(first.left_out) == 1 and "broken.md" in first.left_out[0]
    assert second.left_out == first.left_out
    assert second.ask("Nghị quyết 52 do ai ký?").citations


ROWS = [
    {"id": "a-1", "title": "Hộ chiếu", "text": "Hộ chiếu phổ thông có thời hạn mười năm.", "kind": "note", "issued": "2024-02-03"},
    {"id": "a-2", "title": "Thị thực", "text": "Thị thực điện tử có giá trị một lần hoặc nhiều lần."},
    {"id": "a-3", "title": "", "text": "Lãnh sự quán cấp giấy thông hành cho công dân bị mất hộ chiếu."},
]


def _file(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def tiny(tmp_path: Path, library_folder: Path) -> Settings:
    return Settings(home=tmp_path / "home", library=library_folder)


def test_files_and_folders_are_ingested_beside_the_library(tiny: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    _file(folder / "a.jsonl", *ROWS[:2], "nonsense")
    _file(folder / "b.jsonl", ROWS[2])
    _file(folder / "c.docx", "no Word file".rjust(20, chr(0)))
    told: list[str] = []
    report = ingest_paths(tiny, [folder, tmp_path / "gone.jsonl"], lambda stage, done, total: told.append(stage))
    assert (report.added, report.unchanged) == (3, 0) and {"reading a.jsonl", "passages"} <= set(told)
    assert [(Path(name).name, reason) for name, reason in report.failed] == [
        ("gone.jsonl", "no such file or directory"), ("a.jsonl:3", "the line is not JSON"), ("c.docx", "it is of a kind that is not read here"),
    ]  # fmt: skip
    again = ingest_paths(tiny, [folder])
    assert (again.added, again.unchanged, again.passages_encoded) == (0, 3, 0)
    assistant = open_assistant(tiny)
    assert len(assistant.documents()) == 7 and verify_index(tiny).sound
    assert assistant.search("giấy thông hành", 1)[0].passage.document == "a-3"
    assert assistant.document("a-2").title.vi == "Thị thực"


def test_what_a_file_or_a_folder_no_longer_holds_is_removed(tiny: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    _file(folder / "a.jsonl", *ROWS[:2])
    _file(folder / "b.jsonl", ROWS[2])
    ingest_paths(tiny, [folder])
    _file(folder / "a.jsonl", ROWS[1])
    (folder / "b.jsonl").unlink()
    report = ingest_paths(tiny, [folder])
    assert (report.removed, report.unchanged, report.passages_deleted) == (2, 1, 2)
    (folder / "a.jsonl").unlink()
    with pytest.raises(NothingRead, match="no file in this folder"):
        ingest_paths(tiny, [folder])
    assert "a-2" in {d.number for d in open_assistant(tiny).documents()}


@pytest.mark.parametrize("rows", [(), ("nonsense", "[]")])
def test_a_file_of_nothing_is_refused_in_a_sentence(tiny: Settings, tmp_path: Path, rows: tuple[str, ...]) -> None:
    with pytest.raises(NothingRead) as caught:
        ingest_paths(tiny, [_file(tmp_path / "x.jsonl", *rows)])
    assert "x.jsonl:1" in str(caught.value) if rows else "empty" in str(caught.value)
    assert "JSON-lines" in caught.value.advice


def test_another_encoder_makes_a_library_anew_but_never_what_was_ingested(tiny: Settings, tmp_path: Path) -> None:
    open_assistant(tiny)
    home = Home(tiny.home)
    home.amend(encoder="another")
    open_assistant(tiny)
    assert current(tiny.home) == "0002"
    ingest_paths(tiny, [_file(tmp_path / "x.jsonl", *ROWS)])
    home.amend(encoder="another")
    with pytest.raises(StaleIndex, match="made by the encoder another") as caught:
        open_assistant(tiny)
    assert "attache index rebuild" in caught.value.advice
    (home.current() / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(StaleIndex, match="cannot be read") as caught:
        open_assistant(tiny)
    assert "attache index rebuild" in caught.value.advice
    manifest, _ = rebuild(tiny)
    assert manifest.documents == 7 and current(tiny.home) == "0003" and verify_index(tiny).sound
    assert open_assistant(tiny).search("thị thực điện tử", 1)[0].passage.document == "a-2"


def test_a_catalogue_that_was_removed_is_noticed(tiny: Settings) -> None:
    open_assistant(tiny)
    for path in tiny.home.glob("catalogue.sqlite*"):
        path.unlink()
    assert len(open_assistant(tiny).documents()) == 4 and verify_index(tiny).sound


def test_a_search_is_limited(tiny: Settings, tmp_path: Path) -> None:
    ingest_paths(tiny, [_file(tmp_path / "x.jsonl", *ROWS)])
    assistant = open_assistant(tiny)
    every = "mục tiêu, hộ chiếu, giao dịch điện tử"

    def found(**limits: Any) -> set[str]:
        return {r.passage.document for r in assistant.search(every, 50, **limits)}

    assert found(kinds=["note"]) == {"a-1"} and found(years=[2024, 2019]) == {"a-1", "52-NQ/TW"}
    assert found(documents=["Nghị quyết 52", "a-3"]) == {"52-NQ/TW", "a-3"}
    assert found(issuers=["quốc hội"]) == found(issuers=["National"]) == {"20/2023/QH15", "51/2005/QH11"}
    assert found(issuers=["Quoc Hoi"], valid_on=date(2020, 1, 1)) == {"51/2005/QH11"}
    for limits in ({"kinds": ["laws"]}, {"issuers": ["Quốc hiệu"]}, {"documents": ["99-NQ/TW"]}):
        with pytest.raises((UnknownFilter, UnknownDocument), match="Did you mean"):
            found(**limits)


def test_one_file_has_an_index_of_its_own(tiny: Settings, tmp_path: Path) -> None:
    corpus = _file(tmp_path / "corpus.jsonl", *ROWS, "nonsense")
    told: list[str] = []
    assistant = open_corpus(tiny, corpus, lambda stage, done, total: told.append(stage))
    assert [d.number for d in assistant.documents()] == ["a-1", "a-2", "a-3"] and "passages" in told
    assert assistant.left_out == ("corpus.jsonl:4: the line is not JSON",)
    assert assistant.search("thị thực điện tử", 2)[0].passage.document == "a-2"
    assert assistant.search("how long is a visa valid", 1) and not (tiny.home / "current").exists()
    told.clear()
    assert open_corpus(tiny, corpus, lambda stage, done, total: told.append(stage)).documents() == assistant.documents() and told == []
    _file(corpus, *ROWS[1:], {"id": "a-4", "text": "Mới."})
    changed = open_corpus(tiny, corpus, lambda stage, done, total: told.append(stage))
    assert [d.number for d in changed.documents()] == ["a-2", "a-3", "a-4"] and told.count("passages") == 1
    assert changed.ask("Thị thực điện tử có giá trị mấy lần?").question


def test_a_corpus_that_cannot_be_read_is_refused(tiny: Settings, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        open_corpus(tiny, tmp_path / "none.jsonl")
    (tmp_path / "bad.jsonl.xz").write_bytes(b"no archive")
    with pytest.raises(Unreadable, match="packing"):
        open_corpus(tiny, tmp_path / "bad.jsonl.xz")
    with pytest.raises(Unreadable, match="does not end in"):
        open_corpus(tiny, _file(tmp_path / "x.txt", "x"))


def test_an_empty_corpus_finds_nothing(tiny: Settings, tmp_path: Path) -> None:
    assistant = open_corpus(tiny, _file(tmp_path / "empty.jsonl"))
    assert assistant.search("gì đó", 5) == () and assistant.documents() == ()
