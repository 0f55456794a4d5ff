"""`attache ui`: the page and the API served, over a library that may change meanwhile, to this machine or to who has an account."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from ipaddress import ip_address
from typing import cast

from assistant.assistant import Assistant
from assistant.compose import open_assistant, open_study
from assistant.compose_accounts import open_accounts
from assistant.compose_following import open_following
from assistant.compose_history import open_history, open_suggester
from assistant.compose_library import open_keeper
from assistant.errors import AttacheError
from assistant.live import Live
from assistant.settings import Settings
from assistant.study.errors import ProgressFailed
from assistant.study.studio import Studio
from ui.console import complain
from ui.evaluating_ports import Bench
from ui.offered import offered

__all__ = ["serve_page"]


def serve_page(options: Namespace, opened: Callable[[Namespace], Assistant]) -> int:
    """Serve until interrupted; `opened` opens the assistant of the options. Raises AttacheError for an address of no use."""
    host = "127.0.0.1" if options.host == "localhost" else options.host
    settings = Settings.read()
    with ExitStack() as ending:
        accounts = ending.enter_context(open_accounts(settings))
        if not _loopback(host) and not accounts.users.any():
            raise AttacheError(
                f"Without accounts the page listens on this machine only, not on {options.host}.",
                advice="Make a user first with `attache user add NAME`, or use --host 127.0.0.1.",
            )
        from assistant.briefing.making import Briefer
        from ui.answers_told import Told
        from ui.keeping import Desk
        from ui.running import places, running
        from ui.waiting_line import Line
        from ui.web import serve

        open_bench: Callable[[], Bench] | None = offered("attache.pages", "evaluate")
        kept = ending.enter_context(closing(open_history(settings)))
        live = Live(opened(options), lambda: open_assistant(replace(settings, model=options.model or settings.model)))
        desk = Desk(kept, Briefer(live.issuing), open_suggester(live.current), open_keeper(settings, live))
        following = ending.enter_context(open_following(settings, live))
        line = Line(places(quoting=not live.sends_to), rate=settings.rate)
        run = ending.enter_context(running(line, lambda: following.trouble, metrics=settings.metrics, log=settings.log, words=settings.log_questions))
        told = cast(Assistant, Told(live, run.metrics, run.lines))
        serve(
            told, host=host, port=options.port, temp=settings.home / "gradio", bench=open_bench() if open_bench else None,
            kept=desk, accounts=accounts, names=tuple(options.name),
            study=_study_room(replace(settings, model=options.model or settings.model), live), running=run,
        )  # fmt: skip
    return 0


def _study_room(settings: Settings, live: Live) -> Studio | None:
    """Return the study room; where progress cannot be kept it is said why, and the page goes without."""
    try:
        return open_study(settings, live.current)
    except ProgressFailed as error:
        complain(str(error), error.advice)
        return None


def _loopback(host: str) -> bool:
    """Tell whether an address is of this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
