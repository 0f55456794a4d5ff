"""With every connection but loopback refused, the way from nothing to a cited answer opens none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from assistant.doctor import offline
with offline() as attempts:
    from assistant.compose import open_assistant
    from assistant.settings import Settings
    assistant = open_assistant(Settings(Path(sys.argv[1])))
    for question in ("Nghị quyết 52 do ai ký?", "Who signed Decision 749?", "Quand la résolution 52-NQ/TW a-t-elle été promulguée ?"):
        assert assistant.ask(question).citations, question
    print("attempts", len(attempts))
    import socket
    try:
        socket.create_connection(("192.0.2.1", 80), 1)
    except OSError as error:
        print("refused", error)
"""


def test_from_nothing_to_an_answer_with_the_network_shut(tmp_path: Path) -> None:
    run = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    assert done.returncode == 0, done.stderr
    assert "attempts 0" in done.stdout
    assert "refused offline" in done.stdout
