"""The whole page as a person starts it, `attache ui`, over the tiny library and a PDF that was taken in; for tests in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.compose import ingest_paths
from assistant.settings import Settings
from tests.format_files import pdf, print_lines
from tests.served import served

__all__ = ["PRINTED", "QUOTED", "serving"]

TINY = Path(__file__).parent / "data" / "library"
QUOTED = "Khinh khí cầu quan sát chỉ được thả tại vịnh Xuân Đài vào buổi sáng."
PRINTED = pdf(
    lambda canvas: print_lines(
        canvas,
        ["QUY CHẾ", "Thử nghiệm về khinh khí cầu", "Số: 77/2026/QĐ-TNKC", "Ngày 05 tháng 02 năm 2026", "", "Điều 1. Phạm vi điều chỉnh",
         "1. Quy chế này quy định việc thử nghiệm khinh khí cầu.", f"2. {QUOTED}", "Điều 2. Hiệu lực",
         "Quy chế này có hiệu lực từ ngày 01 tháng 3 năm 2026."],
    ),
)  # fmt: skip
"""A rule of two articles, the second clause of the first being `QUOTED`."""


@contextmanager
def serving(home: Path, *further: str, library: Path = TINY) -> Iterator[str]:
    """Run `attache ui` on a free port and give its address."""
    printed = home / "khinh-khi-cau.pdf"
    printed.write_bytes(PRINTED)
    assert ingest_paths(Settings(home=home, library=library), [printed]).added == 1
    with served(home, "-m", "ui.cli", "ui", "--port", "PORT", *further, ATTACHE_HOME=str(home), ATTACHE_LIBRARY=str(library)) as made:
        yield made.url
