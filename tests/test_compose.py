"""The composition root: an index is built when there is none, kept when it fits, built anew when it does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.assistant import Assistant, Tuning
from assistant.compose import EXAMPLES, WEIGHTS, check_corpus, examine, open_assistant, rebuild, verify_index
from assistant.decide import SIGNALS, SIGNS
from assistant.errors import BadSettings
from assistant.evidence import FEATURES
from assistant.settings import Settings
from corpus.bundle import LIBRARY
from index.errors import NoIndex
from index.home import Home


def current(home: Path) -> str:
    return Home(home).current().name


def test_an_index_is_built_when_there_is_none_and_then_kept(tmp_path: Path, library_folder: Path) -> None:
    settings = Settings(home=tmp_path / "new" / "home", library=library_folder)
    with pytest.raises(NoIndex):
        verify_index(settings)
    stages: list[str] = []
    first = open_assistant(settings, lambda stage, done, total: stages.append(stage))
    assert {"words", "vectors"} <= set(stages)
    assert [d.number for d in first.documents()] == ["20/2023/QH15", "51/2005/QH11", "52-NQ/TW", "749/QĐ-TTg"]
    name = current(settings.home)
    stages.clear()
    assert open_assistant(settings, lambda stage, done, total: stages.append(stage)).documents() == first.documents()
    assert (stages, current(settings.home)) == ([], name)
    assert verify_index(settings).sound


def test_a_changed_library_is_indexed_anew(tmp_path: Path, library_copy: Path) -> None:
    settings = Settings(home=tmp_path / "home", library=library_copy)
    open_assistant(settings)
    name = current(settings.home)
    (library_copy / "749-qd-ttg.md").unlink()
    assert not verify_index(settings).sound
    assert len(open_assistant(settings).documents()) == 3
    assert current(settings.home) != name
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


def test_a_broken_library_file_is_told_at_every_start(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    (folder / "broken.md").write_text("no front matter", "utf-8")
    settings = Settings(tmp_path / "home", library=folder)
    first, second = open_assistant(settings), open_assistant(settings)
    assert len(first.left_out) == 1 and "broken.md" in first.left_out[0]
    assert second.left_out == first.left_out
    assert second.ask("Nghị quyết 52 do ai ký?").citations
