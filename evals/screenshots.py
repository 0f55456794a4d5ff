"""Pictures of every page, for the documents: taken from the program itself, so that they show what is so.

    python -m evals.screenshots [--out docs/screenshots] [--home FOLDER]

Over the bundled library alone, in a data folder that is thrown away, so that nobody's questions are shown. Each file is named by its page, language
and width; a page that is not offered is passed over.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.browser import chromium, serving
from evals.provenance import ROOT

__all__ = ["FORMS", "Form", "main"]

_ASKED: Mapping[str, tuple[str, str]] = {
    "vi": ("Nghị quyết 57-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?", "Luật An ninh mạng 2018 còn hiệu lực không?"),
    "en": ("What does Resolution 57-NQ/TW aim at for the digital economy by 2030?", "Is the 2018 Law on Cybersecurity still in force?"),
}
_DOCUMENT = "24/2018/QH14"


@dataclass(frozen=True, slots=True)
class Form:
    """A language, a window and a colour scheme in which the pages are shown, all of them or `only` some."""

    language: str
    width: int
    height: int
    scheme: str
    only: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How files are named after it."""
        return f"{self.language}-{self.width}-{self.scheme}"


FORMS = (
    Form("vi", 1280, 800, "light"), Form("en", 390, 844, "light"), Form("en", 1280, 800, "dark", ("answer", "document")),
    Form("vi", 390, 844, "dark", ("answer", "evidence")), Form("vi", 1920, 1080, "light", ("answer",)),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.screenshots", description="Take a picture of every page.")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots", help="the folder that they are written to (docs/screenshots)")
    parser.add_argument("--home", type=Path, help="a data folder with an index; without it the bundled library is indexed first")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, chromium() as browser:
        with serving(options.home or Path(folder)) as address:
            for form in FORMS:
                for name, page in _pages(browser, address, form):
                    if not form.only or name in form.only:
                        _take(page, options.out / f"{name}-{form.name}.png")
        if options.home is None:  # an account is not made in a folder that is somebody's
            with _with_accounts(Path(folder)) as address:
                for form in FORMS[:2]:
                    _take(_signing_in(browser, address, form), options.out / f"sign-in-{form.name}.png")
    return 0


def _take(page: Any, path: Path) -> None:
    """Keep what a page shows, and tell of it."""
    path.write_bytes(_smaller(page.screenshot(animations="disabled")))
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} kB\n")


@contextmanager
def _with_accounts(home: Path) -> Iterator[str]:
    """Run the page as people with accounts meet it: over the same index, with one user."""
    command = [sys.executable, "-m", "ui.cli", "user", "add", "lan", "--role", "admin"]
    environment = {**os.environ, "ATTACHE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, input=f"{secrets.token_hex()}\n", text=True, env=environment, check=True, stdout=subprocess.DEVNULL)
    with serving(home) as address:
        yield address


def _smaller(png: bytes) -> bytes:
    """Return a picture in 128 colours, which a page of text does not need more of."""
    from PIL import Image

    held = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return held.getvalue()


def _pages(browser: Any, address: str, form: Form) -> Iterator[tuple[str, Any]]:
    """Go through the pages and name each when it is as it should be shown."""
    window = {"width": form.width, "height": form.height}
    context = browser.new_context(viewport=window, color_scheme=form.scheme, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}?lang={form.language}")
    page.locator("body[data-ready]").wait_for()
    yield "ask", page
    for name, question in zip(("answer", "ended"), _ASKED[form.language], strict=True):
        _ask(page, question)
        yield name, page
    if form.width < 900:
        page.locator("#live .chip").first.click()
        page.locator("#shown[data-whole]").wait_for()
        yield "evidence", page
    for view in page.locator("a[data-view]").evaluate_all("(links) => links.map((link) => link.dataset.view)"):
        if view == "ask":
            continue
        page.locator(f"a[data-view={view}]").click()
        page.locator(f"html[data-view={view}]").wait_for(state="attached")
        page.wait_for_timeout(800)
        yield view, page
        if more := _MORE.get(view):
            yield more(page), page
            page.keyboard.press("Escape")
    page.goto(f"{address}api/v1/docs")
    yield "api", page
    context.close()


def _ask(page: Any, question: str) -> None:
    """Ask a question and wait until its evidence stands beside it."""
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    page.locator("#live .exchange[data-state=done]", has_text=question).wait_for()
    page.locator("#shown[data-whole]").wait_for(state="attached")
    page.wait_for_timeout(500)


def _signing_in(browser: Any, address: str, form: Form) -> Any:
    """Open the page to sign in."""
    context = browser.new_context(viewport={"width": form.width, "height": form.height}, color_scheme=form.scheme, locale=form.language)
    page = context.new_page()
    page.goto(f"{address}?lang={form.language}")
    page.locator("form").wait_for()
    return page


def _opened(page: Any) -> str:
    """Open a document of the library."""
    page.locator(f'#held-list [data-document="{_DOCUMENT}"]').first.click()
    page.locator("#held-title").wait_for()
    return "document"


def _exported(page: Any) -> str:
    """Open the export of a conversation."""
    page.locator("#history-list [data-do=export]").first.click()
    page.locator("#export-turns input").first.wait_for()
    return "briefing"


def _begun(page: Any) -> str:
    """Begin to learn, and answer the first item."""
    page.locator("#study-room form[data-do=begin] [type=submit]").click()
    page.locator("#study-room .item").wait_for()
    if page.locator("button.option").count():
        page.locator("button.option").first.click()
        page.locator(".verdict").wait_for()
    page.wait_for_timeout(300)
    return "learning"


_MORE: Mapping[str, Callable[[Any], str]] = {"library": _opened, "history": _exported, "study": _begun}


if __name__ == "__main__":
    sys.exit(main())
