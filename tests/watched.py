"""A page open in a browser, with all that it asked of the network, complained of, and put up as dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

__all__ = ["Watched", "watching"]


@dataclass
class Watched:
    """A page and what it did. Tests of one page add what a person does there."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @classmethod
    def within(cls, browser: Any, **options: Any) -> Any:
        """Open an empty page in a context of its own and watch it; `options` are those of the context."""
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **options})
        made = cls(context.new_page())
        made.page.set_default_timeout(30_000)
        context.on("request", lambda request: made.requests.append(request.url))
        made.page.on("console", lambda message: made.complaints.append(message.text) if message.type == "error" else None)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.on("dialog", lambda dialog: (made.dialogs.append(dialog.message), dialog.dismiss()))
        return made

    def ask(self, question: str) -> None:
        """Type a question, press Enter, and wait for the answer."""
        self.page.locator("#question").fill(question)
        self.page.keyboard.press("Enter")
        self.answer(question)

    def answer(self, question: str) -> None:
        """Wait until the newest exchange is this question, whole."""
        self.page.locator("#live .exchange:is([data-state=done], [data-state=failed])", has_text=question.strip()).wait_for()

    def go(self, view: str) -> None:
        """Go to a page by its link."""
        self.page.locator(f"a[data-view={view}]").click()

    def shown(self, selector: str) -> str:
        """Return the words that a person sees."""
        return str(self.page.locator(selector).first.inner_text())

    def fits(self) -> bool:
        """Tell whether nothing scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    @property
    def hosts(self) -> set[str | None]:
        """The hosts that the page spoke to."""
        return {urlsplit(url).hostname for url in self.requests if not url.startswith(("data:", "blob:", "about:"))}


T = TypeVar("T", bound=Watched)


@contextmanager
def watching(browser: Any, kind: type[T], url: str, ready: str, *, may_complain: bool = False) -> Iterator[Callable[..., T]]:
    """Give what opens pages below `url` and waits for `ready`; at the end none has spoken to another host, put up a dialog or complained."""
    made: list[T] = []

    def opened(path: str = "", url: str = url, **options: Any) -> T:
        page = kind.within(browser, **options)
        made.append(page)
        page.page.goto(url + path)
        page.page.locator(ready).first.wait_for(state="attached")
        return page

    yield opened
    for one in made:
        assert one.hosts <= {"127.0.0.1"} and one.dialogs == [] and (may_complain or one.complaints == [])
        one.page.context.close()
