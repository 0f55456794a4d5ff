"""No pickle anywhere: our code names none, and while the program takes in and answers no class is looked up by one of a file that is not ours."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.bundle import read_document
from corpus.errors import CorpusError

PACKAGES = ("assistant", "corpus", "evals", "index", "ui")
# multiprocessing and concurrent.futures use pickle between processes of ours; what they carry comes from nobody else.
FORBIDDEN = {"cloudpickle", "dill", "joblib", "jsonpickle", "marshal", "pickle", "shelve"}
FILES = [path for package in PACKAGES for path in sorted((Path(__file__).parents[1] / package).rglob("*.py"))]

WATCHED = """
import sys
from pathlib import Path
looked_up = []
sys.addaudithook(lambda event, arguments: looked_up.append(arguments) if event == "pickle.find_class" else None)
from assistant.compose import ingest_paths, open_assistant, rebuild, verify_index
from assistant.settings import Settings
home, library, file = (Path(argument) for argument in sys.argv[1:])
settings = Settings(home=home, library=library)
assert ingest_paths(settings, [file]).added == 1
assistant = open_assistant(settings)
assert "43" in assistant.ask("Theo Quyết định 8/2026/QĐ-THU, thời hạn thử là bao nhiêu ngày?").text
rebuild(settings)
assert verify_index(settings).sound
import pickle
assert pickle.loads(pickle.dumps(Path)) is Path and looked_up.pop() == ("pathlib", "Path")  # the watch sees
# Babel keeps the names of months and days in its own package so; the lock file holds their hash as that of the whole of it
print(sorted({module.split(".")[0] for module, _ in looked_up}))
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_no_code_of_ours_reads_or_writes_pickles(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            assert not {name.split(".")[0] for name in names} & FORBIDDEN
        if isinstance(node, ast.keyword):
            assert node.arg != "allow_pickle" or (isinstance(node.value, ast.Constant) and node.value.value is False)
            assert node.arg != "trust_remote_code" or (isinstance(node.value, ast.Constant) and node.value.value is False)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) != ("torch", "load")
            assert (node.value.id, node.attr) not in {("yaml", "unsafe_load"), ("yaml", "full_load"), ("yaml", "UnsafeLoader")}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "__import__"}


def test_nothing_is_looked_up_by_a_pickle_from_taking_in_to_answering(tmp_path: Path, library_folder: Path, root: Path) -> None:
    law = tmp_path / "law.txt"
    law.write_text("QUYẾT ĐỊNH\nVề việc thử\nSố: 8/2026/QĐ-THU\n\nĐiều 1. Thời hạn\nThời hạn thử là 43 ngày.\n", "utf-8")
    run = [sys.executable, "-c", WATCHED, str(tmp_path / "home"), str(library_folder), str(law)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", cwd=root, check=False)
    assert done.returncode == 0 and done.stdout in ("[]\n", "['babel']\n"), done.stdout + done.stderr[-3000:]


def test_a_digest_that_asks_for_a_class_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# a\n\n```yaml\nnumber: !!python/object/apply:os.mkdir ['made']\n```\n", "utf-8")
    with pytest.raises(CorpusError):
        read_document(path)
    assert not Path("made").exists()
