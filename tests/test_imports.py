"""What an import brings in, each in a fresh interpreter: the packages are ours, and heavy libraries wait until they are needed."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import corpus
import index

PACKAGES = ("assistant", "corpus", "evals", "index", "ui")
HEAVY = {"torch", "chromadb", "langchain", "langchain_core", "gradio", "tiktoken", "tantivy", "sentence_transformers", "transformers", "sqlalchemy"}
OVER_THE_CATALOGUE = {
    f"index.{name}"
    for name in """borrowed build canaries catalogue catching_up effects engines erasing generation ingest mending
    migrations.versions.v4_state placing retrieve rows schema shared_locks shelf statements tables writing""".split()
}
TRAINING = {"index.encoder_data", "index.train_encoder", "index.train_lexicon", "index.train_student", "index.train_teacher"}
MODULES = [
    found.name
    for package in (corpus, index)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.ispkg and found.name not in TRAINING
]


def _python(code: str, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter in the repository, as little of this one's environment as will do."""
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)


def _loaded(code: str, root: Path) -> set[str]:
    """The top-level modules that are there after the code ran."""
    done = _python(f"{code}\nimport sys; print(' '.join(sorted({{name.partition('.')[0] for name in sys.modules}})))", root)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_command_line_s_help_loads_nothing_heavy(root: Path) -> None:
    loaded = _loaded("import ui.cli; ui.cli.parser()", root)
    assert "ui" in loaded and loaded & HEAVY == set()


def test_attache_help_prints_and_ends_with_nought(root: Path) -> None:
    with (root / "pyproject.toml").open("rb") as file:
        module, _, function = tomllib.load(file)["project"]["scripts"]["attache"].partition(":")
    done = _python(f"import sys; from {module} import {function}; sys.argv[0] = 'attache'; sys.exit({function}())", root, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: attache") and " ask " in done.stdout and "README.md" in done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours_and_loads_nothing_heavy(package: str, root: Path) -> None:
    done = _python(f"import sys, {package}; print({package}.__file__); print(*sys.modules)", root)
    assert done.returncode == 0, done.stderr
    file, modules = done.stdout.splitlines()
    assert Path(file).resolve() == (root / package / "__init__.py").resolve()
    assert {name.partition(".")[0] for name in modules.split()} & HEAVY == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_in_this_process_is_ours_too(package: str, root: Path) -> None:
    assert Path(str(importlib.import_module(package).__file__)).resolve().parent == (root / package).resolve()


def test_adapters_import_their_library_when_made_and_not_before(root: Path) -> None:
    modules = [name for name in MODULES if name not in {"corpus.tokens", *OVER_THE_CATALOGUE}]
    assert "index.store" in modules and "index.lexical" in modules and "index.embedding" in modules
    assert _loaded(f"import {', '.join(modules)}", root) & HEAVY == set()
    assert _loaded("import index.build", root) & HEAVY == {"sqlalchemy"}


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_promises_is_there_once(module: str) -> None:
    names = importlib.import_module(module).__all__
    assert names and len(set(names)) == len(names) and all(hasattr(sys.modules[module], name) for name in names)
