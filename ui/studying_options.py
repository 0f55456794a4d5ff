"""The options of `attache study`. Nothing heavy is imported: the help of the command line reads them too."""

from __future__ import annotations

import argparse
from collections.abc import Callable

__all__ = ["add_study"]

_KINDS = ("figure", "date", "name", "term", "who", "when", "which", "says", "true_false", "order", "match")


def add_study(study: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    """Add the commands of `attache study` and their arguments."""
    commands = study.add_subparsers(dest="action", metavar="ACTION", required=True)
    make = commands.add_parser("make", help="make items from the documents; with --deck keep them")
    make.add_argument("--deck", metavar="NAME", help="keep the items as a deck of this name")
    make.add_argument("--document", action="append", default=[], metavar="NAME", help="only of this document, by number or name")
    make.add_argument("--about", default="", metavar="WORDS", help="only of provisions with these words")
    make.add_argument("--kind", action="append", default=[], choices=_KINDS, help="only this kind of item")
    make.add_argument("--lang", choices=("vi", "en", "both"), default="vi", help="language of the items (default vi)")
    make.add_argument("-n", type=positive, default=20, metavar="N", help="how many (default 20)")
    make.add_argument("--seed", type=int, default=0, help="another seed gives other items")
    make.add_argument("--model", default=None, metavar="NAME", help="let a chat model (provider:name) reword them; what does not verify stays")
    make.add_argument("--json", action="store_true", help="print JSON, one item a line")
    quiz = commands.add_parser("quiz", help="be asked what is due, then what is new")
    quiz.add_argument("deck", nargs="?", default="", help="a deck made before (default: one of the whole library)")
    quiz.add_argument("-n", type=positive, default=10, metavar="N", help="how many (default 10)")
    _who(quiz)
    mark = commands.add_parser("mark", help="mark an answer in your own words, claim by claim")
    mark.add_argument("file", metavar="FILE", help="a text file, or - for what is typed")
    mark.add_argument("--document", default="", metavar="NAME", help="the document that was asked about")
    mark.add_argument("--locator", default="", help="its provision, for example “Điều 5”: then what is missing is told too")
    mark.add_argument("--lang", choices=("auto", "vi", "en"), default="auto", help="language of the answer")
    mark.add_argument("--json", action="store_true", help="print JSON")
    drill = commands.add_parser("drill", help="check a talking point or press line: claims and agreed terms")
    drill.add_argument("file", metavar="FILE", help="a text file, or - for what is typed")
    drill.add_argument("--json", action="store_true", help="print JSON")
    cards = commands.add_parser("cards", help="export a deck to Anki or as a test to print, with its key")
    cards.add_argument("deck", help="a deck made before")
    cards.add_argument("--export", choices=("anki", "html", "md"), required=True, help="Anki package, HTML page, Markdown")
    cards.add_argument("--out", metavar="FILE", help="file to write (default: named by the deck)")
    cards.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the headings")
    progress = commands.add_parser("progress", help="goal, streak, what comes, what is known how well")
    progress.add_argument("--deck", default="", help="of this deck alone")
    progress.add_argument("--goal", type=positive, metavar="N", help="set the answers wanted a day")
    progress.add_argument("--export", metavar="FILE", help="write the log of answers, for another device")
    progress.add_argument("--merge", metavar="FILE", help="take in the log of another device")
    progress.add_argument("--svg", metavar="FILE", help="write the plot of mastery")
    progress.add_argument("--json", action="store_true", help="print JSON")
    _who(progress)
    read = commands.add_parser("read", help="read a document in short sections, a question after each")
    read.add_argument("document", help="number or name")
    read.add_argument("--model", default=None, metavar="NAME", help="let a chat model (provider:name) explain each section in simple words")
    _who(read)
    _exam(commands.add_parser("exam", help="fix an exam, take it, see results and what a class misses"), positive)


def _who(command: argparse.ArgumentParser) -> None:
    """Add who studies, and in which language the program speaks to them."""
    command.add_argument("--user", default="local", metavar="NAME", help="whose progress (default local)")
    command.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the program's own words (default vi)")


def _exam(exam: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    """Add the arguments of `attache study exam`."""
    exam.add_argument("step", choices=("fix", "take", "results", "missed", "consent", "withdraw"), help="what to do")
    exam.add_argument("name", help="the exam; for missed, consent and withdraw the class")
    exam.add_argument("--deck", default="", help="fix: the deck that is asked")
    exam.add_argument("--class", dest="group", default="", metavar="NAME", help="fix: the class that it is for")
    exam.add_argument("--minutes", type=positive, default=30, metavar="N", help="fix: the time for it (default 30)")
    exam.add_argument("--seed", type=int, default=0, help="fix: by which items and options are shuffled for each trainee")
    exam.add_argument("--out", metavar="FILE.csv", help="results: write them to a file")
    _who(exam)
