"""A data folder that cannot be made or may only be read: one sentence from every command, and nothing of it is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.data_folder import made
from assistant.errors import BadSettings

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
READ_ONLY = """
import os, subprocess, sys
from pathlib import Path
home, law = (Path(argument) for argument in sys.argv[1:])
def run(*arguments):
    done = subprocess.run([sys.executable, "-m", "ui.cli", *arguments], capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr
subprocess.run(["mount", "--bind", home, home], check=True)
status, said = run("ingest", str(law))
assert status == 0, said
subprocess.run(["mount", "-o", "remount,ro,bind", home], check=True)
for arguments in (
    ["ask", "Thời hạn thử là bao lâu?"], ["ingest", str(law)], ["documents"], ["index", "verify"], ["index", "rebuild"], ["index", "rollback"],
    ["history", "list"], ["user", "list"], ["study", "progress"], ["ui", "--port", "7869"], ["backup", str(law.with_suffix(".backup"))],
):
    status, said = run(*arguments)
    assert status == 1 and ("written to" in said or "may only be read" in said), (arguments, said)
    assert "Traceback" not in said and len(said.strip().splitlines()) == 1, (arguments, said)
subprocess.run(["mount", "-o", "remount,rw,bind", home], check=True)
status, said = run("index", "verify")
assert status == 0, said
status, said = run("ask", "Theo Quyết định 9/2026/QĐ-THU, thời hạn thử là bao nhiêu ngày?")
assert status == 0 and "41 ngày" in said, said
print("all told")
"""


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    assert made(home) == made(home) == home and home.is_dir()


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BadSettings, match="cannot be made"):
        made(tmp_path / "file" / "below")


def test_a_folder_that_may_only_be_read_is_told_by_every_command_and_loses_nothing(
    tmp_path: Path, library_folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespace of one's own may be made here, so no folder that root may only read either")
    home, law = tmp_path / "home", tmp_path / "law.txt"
    home.mkdir()
    law.write_text("QUYẾT ĐỊNH\nVề việc thử\nSố: 9/2026/QĐ-THU\n\nĐiều 1. Thời hạn\nThời hạn thử là 41 ngày.\n", "utf-8")
    monkeypatch.setenv("ATTACHE_HOME", str(home))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_folder))
    monkeypatch.setenv("PYTHONPATH", str(root))
    command = [*ALONE, sys.executable, "-c", READ_ONLY, str(home), str(law)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=300, check=False)
    assert done.returncode == 0 and done.stdout.endswith("all told\n"), done.stderr[-3000:]
