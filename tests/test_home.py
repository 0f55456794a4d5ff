"""The data folder: generations, the pointer and the writer's lock."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexBusy, NoIndex, StaleIndex
from index.home import FORMAT, Home, Manifest

MANIFEST = Manifest(FORMAT, "hashing-8", 8, "abc", 1, 2, 0.5)


def _publish(home: Home) -> Path:
    folder = home.fresh()
    home.publish(folder, MANIFEST)
    return folder


def test_nothing_is_made_before_it_must(home: Home) -> None:
    assert home.generations() == []
    with pytest.raises(NoIndex) as caught:
        home.current()
    assert str(home.root) in str(caught.value) and "index rebuild" in caught.value.advice
    with pytest.raises(NoIndex):
        home.manifest()
    assert not home.root.exists()


def test_publishing_makes_a_generation_current(home: Home) -> None:
    first = home.fresh()
    assert first.name == "0001" and list(first.iterdir()) == []
    with pytest.raises(NoIndex):
        home.current()
    home.publish(first, MANIFEST)
    assert home.current() == first and home.manifest() == MANIFEST
    second = home.fresh()
    assert second.name == "0002" and home.current() == first
    home.publish(second, replace(MANIFEST, passages=9))
    assert home.current() == second and home.manifest().passages == 9
    assert home.manifest(first) == MANIFEST


def test_the_last_two_generations_are_kept(home: Home) -> None:
    made = [_publish(home) for _ in range(4)]
    assert home.generations() == made[2:] and home.current() == made[3]


def test_an_earlier_generation_can_be_pointed_at(home: Home) -> None:
    first, second = _publish(home), _publish(home)
    home.point(first)
    assert home.current() == first and home.generations() == [first, second]
    assert sorted(p.name for p in home.root.iterdir()) == ["current", "generations"]


def test_a_build_that_was_killed_does_not_push_out_the_generation_to_go_back_to(home: Home) -> None:
    good = _publish(home)
    killed = home.fresh()
    assert killed.name == "0002"
    newest = _publish(home)
    assert home.generations() == [good, newest] and home.current() == newest
    home.point(good)
    assert home.manifest() == MANIFEST


def test_a_current_generation_that_is_gone(home: Home) -> None:
    folder = _publish(home)
    (folder / "manifest.json").unlink()
    with pytest.raises(NoIndex, match="0001 is missing"):
        home.current()
    with pytest.raises(NoIndex, match="0001 is missing"):
        home.manifest(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 1}', json.dumps({"format": 1, "extra": 2}), "null"])
def test_a_manifest_that_cannot_be_read_is_stale(home: Home, content: str) -> None:
    folder = _publish(home)
    (folder / "manifest.json").write_text(content, "utf-8")
    with pytest.raises(StaleIndex, match="0001 cannot be read"):
        home.manifest()


def test_a_second_writer_is_told_to_wait(home: Home) -> None:
    with home.writing():
        with pytest.raises(IndexBusy) as caught, Home(home.root).writing(seconds=0):
            pass
        assert caught.value.retryable and "try again" in caught.value.advice
    with Home(home.root).writing(seconds=0):
        pass


def test_another_process_holds_the_lock_until_it_ends(home: Home, root: Path) -> None:
    code = "import sys, pathlib, index.home as h\nwith h.Home(pathlib.Path(sys.argv[1])).writing(): print('held', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code, str(home.root)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy), home.writing(seconds=0):
            pass
        other.communicate("\n", timeout=60)
    assert other.returncode == 0
    with home.writing(seconds=0):
        pass


def test_the_lock_is_let_go_when_the_writer_fails(home: Home) -> None:
    with pytest.raises(RuntimeError), home.writing():
        raise RuntimeError
    with home.writing(seconds=0):
        pass


def test_the_catalogue_lies_in_the_data_folder(home: Home) -> None:
    assert home.catalogue_url == f"sqlite:///{home.root}/catalogue.sqlite"


def test_the_manifest_of_the_current_generation_is_amended(home: Home) -> None:
    first, second = _publish(home), _publish(home)
    assert home.amend(passages=7, library="new") == home.manifest() == replace(MANIFEST, passages=7, library="new")
    assert home.current() == second and home.manifest(first) == MANIFEST


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [(MANIFEST, None), (replace(MANIFEST, format=1), "it has format 1"), (replace(MANIFEST, encoder="x"), "made by the encoder x")],
)
def test_which_encoder_may_use_a_generation(manifest: Manifest, reason: str | None) -> None:
    found = manifest.refuses("hashing-8")
    assert found is None if reason is None else found is not None and reason in found
