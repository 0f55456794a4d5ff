"""`attache study`: items made, asked, marked, drilled, exported; progress; guided reading; exams."""

from __future__ import annotations

import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from rich.markup import escape

from assistant.answer import EXTRACTIVE
from assistant.assistant import Assistant
from assistant.compose import open_assistant, open_study
from assistant.errors import AttacheError
from assistant.language import detect
from assistant.settings import Settings
from assistant.study.anki import write_anki
from assistant.study.drill import Drilled
from assistant.study.errors import StudyError
from assistant.study.item import Item, Kind
from assistant.study.making import Wishes
from assistant.study.marking import Finding, Marked
from assistant.study.plot import mastery_svg
from assistant.study.printing import as_html, as_markdown
from assistant.study.review import read_log, written
from assistant.study.studio import Studio
from ui.console import ERR, OUT, write
from ui.quizzing import quiz, read_path, sit
from ui.studying_words import say
from ui.waiting import progress

__all__ = ["study"]

_WHOLE = "attache"
_WHOLE_SIZE = 120
_STYLES = {Finding.SUPPORTED: "green", Finding.CONTRADICTED: "red", Finding.NOT_FOUND: "yellow"}


def study(options: Namespace) -> int:
    """Run one action of `attache study`; returns the exit status."""
    actions: dict[str, Callable[[Studio, Namespace], None]] = {
        "make": _make, "quiz": _quiz, "mark": _mark, "drill": _drill, "cards": _cards, "progress": _progress, "read": _read, "exam": _exam,
    }  # fmt: skip
    settings = replace(Settings.read(), model=getattr(options, "model", None) or EXTRACTIVE)

    def assistant() -> Assistant:
        with progress(ERR) as report:
            return open_assistant(replace(settings, model=EXTRACTIVE), report)

    studio = open_study(settings, assistant)
    try:
        actions[str(options.action)](studio, options)
    finally:
        studio.progress.close()
    return 0


def _tell(studio: Studio, options: Namespace) -> None:
    """Tell before anything is sent to which host a chat model sends it."""
    if options.model and studio.sends_to:
        ERR.print(f"[yellow]{escape(say('sends_to', 'en' if options.lang == 'en' else 'vi', host=studio.sends_to))}[/]", soft_wrap=True)


def _now() -> datetime:
    """Return the time here, with its zone."""
    return datetime.now().astimezone()


def _make(studio: Studio, options: Namespace) -> None:
    """Make items, print them, and keep them when a deck is named."""
    _tell(studio, options)
    languages = ("vi", "en") if options.lang == "both" else (options.lang,)
    wishes = Wishes(options.n, frozenset(map(Kind, options.kind)), languages, options.seed, about=options.about)
    items = studio.make(wishes, options.document)
    if options.deck:
        studio.keep(options.deck, items, f"{', '.join(options.document)} {options.about}".strip())
    for number, item in enumerate(items, 1):
        if options.json:
            write(json.dumps(item.to_json(), ensure_ascii=False))
        elif not options.deck:
            _print_item(number, item)
    language = languages[0]
    kept = say("kept", language, deck=options.deck) if options.deck else ""
    ERR.print(escape(say("made", language, count=len(items), kept=kept)))


def _print_item(number: int, item: Item) -> None:
    """Print an item with its answer and where that stands."""
    asked = f"{item.context}. {item.stem}" if item.context else item.stem
    OUT.print(f"[bold]{number}.[/] {escape(asked)}", soft_wrap=True)
    for place, option in enumerate(item.options):
        OUT.print(f"   {'[green]●[/]' if place == item.answer else '○'} {escape(option)}", soft_wrap=True)
    for cited in item.citations:
        OUT.print(f"   [dim]{escape(cited.title)}, {escape(cited.locator)}: “{escape(cited.quote)}”[/]", soft_wrap=True)


def _deck(studio: Studio, name: str, language: str) -> tuple[Item, ...]:
    """Return the items of a deck; without a name those of one of the whole library, made when there is none."""
    if name or f"{_WHOLE}-{language}" in studio.progress.decks():
        return studio.progress.deck(name or f"{_WHOLE}-{language}").items
    return studio.keep(f"{_WHOLE}-{language}", studio.make(Wishes(_WHOLE_SIZE, languages=(language,)))).items


def _quiz(studio: Studio, options: Namespace) -> None:
    """Ask in the terminal."""
    quiz(studio, options.user, _deck(studio, options.deck, options.lang), options.n, options.lang, _now)


def _read(studio: Studio, options: Namespace) -> None:
    """Read a document section by section."""
    _tell(studio, options)
    read_path(studio, options.user, options.document, options.lang, _now)


def _text(name: str) -> str:
    """Return the text of a file, or what is typed for `-`; raises AttacheError."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AttacheError(f"{name} cannot be read.", advice="Give a text file in UTF-8, or - and type.") from error
    if not text.strip():
        raise AttacheError("There is nothing to check.", advice="Write at least one sentence.")
    return text


def _mark(studio: Studio, options: Namespace) -> None:
    """Mark an answer in the trainee's own words."""
    text = _text(options.file)
    language = ("en" if detect(text) == "en" else "vi") if options.lang == "auto" else options.lang
    if options.locator and not options.document:
        raise AttacheError("A locator needs its document.", advice="Name it with --document.")
    marked = studio.mark(text, language, options.document, options.locator)
    if options.json:
        write(json.dumps({"mark": marked.mark, **asdict(marked)}, ensure_ascii=False))
        return
    _print_marked(marked, language)
    said, count = marked.complete
    if count:
        OUT.print(escape(say("all_there" if said == count else "complete", language, said=said, all=count)))
        for point in marked.points:
            if not point.said:
                OUT.print(f"  · {escape(point.text)}", soft_wrap=True)


def _print_marked(marked: Marked, language: str) -> None:
    """Print each claim with what the documents say to it."""
    for claim in marked.claims:
        OUT.print(f"[{_STYLES[claim.finding]}]{escape(say(claim.finding, language))}[/]: {escape(claim.text)}", soft_wrap=True)
        if claim.cited is not None:
            where = f"{claim.cited.title}, {claim.cited.locator}"
            OUT.print(f"   “{escape(claim.cited.quote)}” [dim]{escape(where)}[/]", soft_wrap=True)


def _drill(studio: Studio, options: Namespace) -> None:
    """Check a talking point or press line."""
    drilled = studio.drill(_text(options.file))
    if options.json:
        write(json.dumps(asdict(drilled), ensure_ascii=False))
        return
    for part in drilled.parts:
        _print_marked(part.marked, part.language)
    _print_terms(drilled)


def _print_terms(drilled: Drilled) -> None:
    """Print where a draft departs from the agreed terms."""
    for one in drilled.departures:
        OUT.print(f"· {escape(say(f'{one.kind}_term', one.language, vi=one.vi, en=one.en, written=one.written))}", soft_wrap=True)
    if not drilled.departures and drilled.parts:
        OUT.print(escape(say("terms_fine", drilled.parts[0].language)))


def _cards(studio: Studio, options: Namespace) -> None:
    """Export a deck."""
    items = studio.progress.deck(options.deck).items
    ending = {"anki": "apkg", "html": "html", "md": "md"}[options.export]
    path = Path(options.out or f"{re.sub(r'[^-_. 0-9A-Za-zÀ-ỹ]', '-', options.deck)}.{ending}")
    if options.export == "anki":
        write_anki(path, options.deck, items)
    else:
        _put(path, (as_html if options.export == "html" else as_markdown)(options.deck, items, options.lang))
    OUT.print(escape(say("written", options.lang, path=path)))


def _put(path: Path, text: str) -> None:
    """Write a file; raises StudyError."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise StudyError(f"{path} cannot be written.", advice="Give a file in a folder that may be written.") from error


def _progress(studio: Studio, options: Namespace) -> None:
    """Show progress, set the goal, and pass the log to and from another device."""
    language = options.lang
    if options.goal:
        studio.progress.set_goal(options.user, options.goal)
    if options.merge:
        OUT.print(escape(say("merged", language, count=studio.progress.merge(read_log(_text(options.merge))))))
    if options.export:
        _put(Path(options.export), written(studio.progress.reviews(options.user)))
        OUT.print(escape(say("written", language, path=options.export)))
    items = studio.progress.deck(options.deck).items if options.deck else None
    standing = studio.standing(options.user, _now(), items)
    if options.svg:
        _put(Path(options.svg), mastery_svg(standing.documents, options.deck or options.user) + "\n")
        OUT.print(escape(say("written", language, path=options.svg)))
    if options.json:
        write(json.dumps({**asdict(standing), "decks": studio.progress.decks()}, ensure_ascii=False))
        return
    OUT.print(escape(say("standing", language, done=standing.done, goal=standing.goal, streak=standing.streak, due=standing.due)))
    OUT.print(escape(say("forecast", language, days=" ".join(map(str, standing.forecast)))))
    for row in standing.documents:
        filled = round(20 * row.mastery)
        OUT.print(f"{'█' * filled}{'░' * (20 - filled)} {100 * row.mastery:3.0f} %  {escape(row.document)} [dim]{row.right}/{row.asked}[/]")
    decks = ", ".join(f"{name} ({count})" for name, count in studio.progress.decks().items())
    OUT.print(escape(say("decks", language, decks=decks or say("no_decks", language))), soft_wrap=True)


def _exam(studio: Studio, options: Namespace) -> None:
    """Fix an exam, take it, or see what came of it."""
    exams, language = studio.exams, options.lang
    if options.step == "fix":
        exam = exams.fix(options.name, options.group, options.deck, options.seed, options.minutes)
        OUT.print(escape(say("fixed", language, name=exam.name, count=len(exam.items), minutes=exam.minutes)))
    elif options.step == "take":
        sit(studio, options.name, options.user, language, _now)
    elif options.step == "results":
        _results(studio, options)
    elif options.step == "missed":
        rows = exams.missed(options.name)
        for row in rows:
            OUT.print(escape(say("missed", language, **asdict(row))), soft_wrap=True)
        if not rows:
            OUT.print(escape(say("none_missed", language)))
    else:
        exams.consent(options.user, options.name, options.step == "consent")
        OUT.print(escape(say("consent" if options.step == "consent" else "withdrawn", language, user=options.user, group=options.name)))


def _results(studio: Studio, options: Namespace) -> None:
    """Write the results of an exam as CSV."""
    table = studio.exams.results(options.name)
    if options.out:
        _put(Path(options.out), "\ufeff" + table)  # the mark by which spreadsheets know UTF-8
        OUT.print(escape(say("written", options.lang, path=options.out)))
    else:
        write(table.rstrip("\n"))
    withheld = studio.exams.withheld(options.name)
    if withheld:
        ERR.print(escape(say("withheld", options.lang, count=withheld)))
