"""The command line: every command of `attache` with its arguments, and the exit status.

The one place that turns an error into a sentence and an exit status: 0 answered or honestly abstained, 1 failure, 2 bad
usage. Nothing heavy is imported until a command needs it, so that `attache --help` is quick. `attache eval` is given to
whoever offers it among the entry points of this distribution: the command line does not know the benchmarks.
"""

from __future__ import annotations

import argparse
import sys
from argparse import Namespace
from collections.abc import Sequence

from ui.backing_up import add_backup
from ui.forgetting import add_forget
from ui.history_options import add_export, add_feedback, add_history
from ui.studying_options import add_study
from ui.users_options import add_users

__all__ = ["main", "parser"]

_MODEL = "extractive, which quotes and needs no model, or a chat model as provider:name (default: ATTACHE_MODEL, or extractive)"


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="attache", description="Attaché (Tùy viên số): cited answers on digital-diplomacy policy, offline.", epilog="Docs: README.md"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _ask(commands.add_parser("ask", help="answer a question, every sentence with its source"))
    _verify(commands.add_parser("verify", help="check receipts of answers again, with no model and no network"))
    _search(commands.add_parser("search", help="find provisions"))
    _ingest(commands.add_parser("ingest", help="read files or folders into the index"))
    documents = commands.add_parser("documents", help="list the documents with their status")
    documents.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="status on this day (default today)")
    documents.add_argument("--json", action="store_true", help="print JSON")
    show = commands.add_parser("show", help="print a document or one of its provisions")
    show.add_argument("document", help="number or name, for example 52-NQ/TW")
    show.add_argument("locator", nargs="?", help="for example “Điều 5”, or “Điều 5, khoản 2, điểm a”")
    show.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the text (default vi)")
    corpus = commands.add_parser("corpus", help="check the bundled library; fetch the official texts that it names")
    corpus.add_argument("action", choices=("check", "fetch"), help="fetch opens connections, to the hosts that it tells first")
    corpus.add_argument("--facts", metavar="FILE", help="check: also against a fact base (JSON lines)")
    corpus.add_argument("--again", action="store_true", help="fetch: also what is there, and compare")
    corpus.add_argument("--accept", action="store_true", help="fetch: a changed text takes the place of the first one")
    corpus.add_argument("--json", action="store_true", help="fetch: print JSON")
    index = commands.add_parser("index", help="rebuild or verify the index, or go back to the one before")
    index.add_argument("action", choices=("rebuild", "verify", "rollback"), help="rollback: the index before the last rebuild answers again")
    commands.add_parser("eval", help="measure retrieval and answers", add_help=False)
    add_backup(commands)
    add_forget(commands)
    doctor = commands.add_parser("doctor", help="check the installation, one line a check")
    doctor.add_argument("--offline", action="store_true", help="shut the network, do everything once, tell what tried to leave")
    add_study(commands.add_parser("study", help="learn the documents: items, quizzes, marks, cards, exams"), _positive)
    add_history(commands.add_parser("history", help="conversations of the chat page: list, show, search, rename, delete"))
    add_export(commands.add_parser("export", help="a conversation as a briefing note: Word, Markdown, HTML to print"))
    add_feedback(commands.add_parser("feedback", help="what users reported of answers, as cases for whoever measures"))
    page = commands.add_parser("ui", help="serve the chat page")
    page.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
    page.add_argument("--port", type=_positive, default=7860, help="port (default 7860)")
    page.add_argument("--name", action="append", default=[], metavar="HOST", help="answer to this name too, as a proxy in front sends it")
    add_users(commands.add_parser("user", help="accounts: who may use the server, and for what"), _positive)
    page.add_argument("--model", default=None, metavar="NAME", help=_MODEL)
    tools = commands.add_parser("mcp", help="ask, search and show as tools of another assistant (MCP), over stdin and stdout")
    tools.add_argument("--model", default=None, metavar="NAME", help=_MODEL)
    return top


def _ask(ask: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache ask`."""
    ask.add_argument("question", nargs="?", help="the question, in Vietnamese, English or French")
    ask.add_argument("--batch", metavar="FILE.jsonl", help='one {"id", "question", "history"} a line; answers in the same order')
    ask.add_argument("--json", action="store_true", help="print JSON")
    ask.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day for which the answer must hold (default today)")
    ask.add_argument("--lang", choices=("auto", "vi", "en"), default="auto", help="language of the answer (default: the question's)")
    ask.add_argument("--model", default=None, metavar="NAME", help=_MODEL)
    ask.add_argument("--receipt", metavar="FILE.json", help="save what the answer rests on, for `attache verify`; with --batch: a folder")


def _verify(verify: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache verify`."""
    verify.add_argument("receipts", nargs="+", metavar="FILE.json", help="a receipt that `attache ask --receipt` wrote")
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="tell what is in force on this day (default today)")
    verify.add_argument("--lang", choices=("auto", "vi", "en"), default="auto", help="language of the findings (default: the answer's)")


def _ingest(ingest: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache ingest`; those after --watch correct what was read of the one file given."""
    ingest.add_argument("paths", nargs="+", metavar="PATH", help="a document, a ZIP archive, a file of JSON lines, or a folder of such files")
    ingest.add_argument("--json", action="store_true", help="print JSON")
    ingest.add_argument("--yes", action="store_true", help="what was understood is right: no notes that ask to confirm it")
    ingest.add_argument("--outline", action="store_true", help="print what would be taken in and write nothing")
    ingest.add_argument("--watch", action="store_true", help="go on taking in what comes or changes in the folders, until Ctrl-C")
    for name, metavar, what in _CORRECTIONS:
        ingest.add_argument(f"--{name}", metavar=metavar, help=f"correct {what} of the one file given")


_CORRECTIONS = (
    ("number", "NUMBER", "the number"),
    ("title", "TITLE", "the title"),
    ("issuer", "NAME", "the issuer"),
    ("kind", "KIND", "the kind (law, decree, …)"),
    ("issued", "DAY", "the day of issue"),
    ("effective-from", "DAY", "the first day in force"),
    ("effective-to", "DAY", "the last day in force"),
)


def _search(search: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache search`; a limit given twice admits either."""
    search.add_argument("query")
    search.add_argument("-k", type=_positive, default=10, help="how many (default 10)")
    search.add_argument("--document", action="append", default=[], metavar="NAME", help="only in this document, by number or name")
    search.add_argument("--issuer", action="append", default=[], metavar="NAME", help="only what this body issued, by its name or part of it")
    search.add_argument("--kind", action="append", default=[], metavar="KIND", help="only this kind of document, for example decree")
    search.add_argument("--year", action="append", default=[], type=_positive, metavar="YYYY", help="only documents issued in this year")
    search.add_argument("--valid-on", type=_day, metavar="YYYY-MM-DD", help="only documents in force on this day")
    search.add_argument("--json", action="store_true", help="print JSON")


def _positive(text: str) -> int:
    """Read a whole number above nought."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above nought")
    return value


def _day(text: str) -> str:
    """Read a day in ISO form; kept as text until a command needs it."""
    from datetime import date

    try:
        if date.fromisoformat(text).isoformat() != text:
            raise ValueError(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day in the form YYYY-MM-DD") from error
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = Namespace(command="eval", arguments=given[1:]) if given[:1] == ["eval"] else parser().parse_args(given)
    if options.command == "ask" and bool(options.question is None) == bool(options.batch is None):
        parser().error("ask needs a question or --batch, and not both")
    if options.command == "ingest" and options.watch and options.outline:
        parser().error("--outline writes nothing, so there is nothing to --watch")
    from assistant.errors import AttacheError
    from ui import commands

    try:
        return commands.run(options)
    except AttacheError as error:
        commands.complain(str(error), error.advice)
    except BrokenPipeError:
        # the reader of our output went away, as `| head` does
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        commands.complain("Stopped.", "")
    return 1


if __name__ == "__main__":
    sys.exit(main())
