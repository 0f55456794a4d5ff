"""The files for those who run it: what they name is there, what they promise is kept by the program, and no secret is in them."""

from __future__ import annotations

import configparser
import http.client
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.compose_accounts import open_accounts
from assistant.settings import _KNOWN, Settings
from evals.load import served
from evals.own_server import free_port
from ui.cli import parser

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "deploy"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file())
OURS = re.compile(r"\battache ((?:ui|ingest|ask|user|backup|restore|index|doctor|documents|forget|history)\b[^`\n#|]*)")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_and_command_named_is_one_of_the_program(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"ATTACHE_[A-Z_]+", text)) <= {*_KNOWN, "ATTACHE_NAME"}  # the last is the compose file's own
    for command in OURS.findall(text):
        assert re.search(rf"^    {command.split()[0]}\b", parser().format_help(), re.M), command


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_secret_is_written_down(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.findall(r"(?i)(?:password|token|key)\s*[:=]\s*[\"']?[A-Za-z0-9+/]{12,}", text)
    assert not re.findall(r"://[^/\s:@]+:[^/\s@]+@", text)


def test_workers_are_shut_in_and_asked_after_their_health(services: dict[str, Any]) -> None:
    assert services["networks"]["inside"]["internal"] is True
    published = {name for name, service in services["services"].items() if "ports" in service}
    assert published == {"proxy"}
    outside = {name for name, service in services["services"].items() if "outside" in service["networks"]}
    assert outside == {"proxy"}
    for name in ("one", "two"):
        worker = services["services"][name]
        assert worker["read_only"] and worker["cap_drop"] == ["ALL"] and "/readyz" in worker["healthcheck"]["test"][-1]
        assert [volume.split(":")[0] for volume in worker["volumes"]] == [name]  # a data folder of its own
        options = parser().parse_args(["ui", *[str(word) for word in worker["command"][1:-1]], "name"])
        assert options.host == "0.0.0.0" and options.port == 7860
        assert set(worker["environment"]) >= {"ATTACHE_DATABASE", "ATTACHE_VECTORS"}
    assert all(Path(secret["file"]).parts[0] == "secrets" for secret in services["secrets"].values())
    assert "secrets/" in (ROOT / ".gitignore").read_text("utf-8")


def test_the_image_is_made_from_what_is_here() -> None:
    text = (FOLDER / "Containerfile").read_text("utf-8")
    assert "RUN make setup" in text and re.search(r"^setup:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert re.search(r"^USER attache$", text, re.M) and "/healthz" in text
    ignored = (ROOT / ".containerignore").read_text("utf-8").split()
    assert {".git", ".venv"} <= set(ignored)


def test_the_proxy_keeps_a_visitor_at_one_worker_and_holds_nothing_back() -> None:
    text = (FOLDER / "Caddyfile").read_text("utf-8")
    assert "lb_policy cookie" in text and "flush_interval -1" in text and "health_uri /readyz" in text
    assert set(re.findall(r"\b(one|two):7860", text)) == {"one", "two"}


def test_the_unit_starts_a_command_that_is_one_and_lets_nothing_out() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(FOLDER / "attache.service", "utf-8")
    service = unit["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program.endswith("/.venv/bin/attache") and parser().parse_args(words).port == 7860
    assert service["IPAddressDeny"] == "any" and service["IPAddressAllow"] == "localhost" and service["NoNewPrivileges"] == "yes"


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    text = (FOLDER / "attache.service").read_text("utf-8")
    unit = tmp_path / "attache.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M), "utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert [line for line in found.stderr.splitlines() if "attache.service" in line] == []


def test_a_worker_behind_a_proxy_answers_to_its_name_and_to_loopback_alone(tmp_path: Path, library_folder: Path, root: Path) -> None:
    home = tmp_path / "home"
    with open_accounts(Settings(home=home)) as accounts:
        accounts.users.add("lan", "cau-thang-may-7719")
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "ui", "--host", "0.0.0.0", "--port", str(port), "--name", "attache.example.org"]
    settings = {"ATTACHE_HOME": str(home), "ATTACHE_LIBRARY": str(library_folder), "PYTHONPATH": str(root)}
    with served(command, {**os.environ, **settings}, f"{port}/readyz"):  # asked by loopback's name, as the image asks itself
        for host, status in ((f"127.0.0.1:{port}", 200), ("attache.example.org", 200), ("evil.example.org", 421)):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/readyz", headers={"host": host})
            assert connection.getresponse().status == status
            connection.close()
