"""`attache eval …`: how good the product is, measured.

    attache eval run CASES.jsonl...      the answers: scores with intervals, slices, floors, a report
    attache eval compare RUN BASELINE    better, worse or the same, and the questions that changed
    attache eval check CASES.jsonl...    case files against the documents
    attache eval make DOCUMENT           drafts of cases from a document
    attache eval convert FORM SOURCE     BEIR, SQuAD and CSV as case files
    attache eval sheet | grades | judge  people and models as judges beside the measures
    attache eval retrieval DIR           figures of merit of the search on a set of questions with judgements
    attache eval serve --corpus FILE     the search for an outside harness, by lines
    attache eval offline                 everything done once with the network shut, and what tried to leave

A further command is a function that adds its arguments, a function that runs it, and a row in `_COMMANDS`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import MappingProxyType

from evals import command_answers as answers

__all__ = ["parser", "run"]


def run(argv: Sequence[str]) -> int:
    """Run one command of `attache eval`; returns the exit status. Raises AttacheError, SystemExit for bad usage."""
    options = parser().parse_args(argv)
    return _COMMANDS[str(options.command)][2](options)


def parser() -> ArgumentParser:
    """Return the parser of all commands."""
    top = ArgumentParser(prog="attache eval", description="Measure the search and the answers.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (words, add, _) in _COMMANDS.items():
        add(commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}."))
    return top


def _number(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` on."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise argparse.ArgumentTypeError(f"{text} is no whole number from {least} on")
        return value

    return read


def _add_retrieval(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval retrieval`."""
    from evals.transform import TRANSFORMS

    one.add_argument("folder", metavar="DIR", type=Path, help="folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.add_argument("-k", type=_number(1), default=10, help="how many documents are asked for (default 10)")
    one.add_argument("--transform", choices=tuple(TRANSFORMS), default="none", help="how the questions are typed (default none)")
    one.add_argument("--limit", type=_number(1), metavar="N", help="ask a sample of N questions, always the same")
    one.add_argument("--worst", type=_number(0), default=0, metavar="N", help="also list the N questions that went worst")


def _retrieval(options: Namespace) -> int:
    """Measure the search on a set."""
    from evals.dataset import read_set
    from evals.product import open_search
    from evals.progress import progress
    from evals.retrieval import measure

    data = read_set(options.folder)
    if options.limit:
        data = data.sample(options.limit)
    search = open_search(data.corpus, _complain)
    with progress() as report:
        found = measure(search, data, k=options.k, transform=options.transform, worst=options.worst, progress=report)
    if options.json:
        sys.stdout.buffer.write(json.dumps(found.to_json(), ensure_ascii=False).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
    else:
        from evals.tables import print_retrieval

        print_retrieval(found)
    return 0


def _add_serve(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval serve`."""
    given = os.environ.get("BENCH_CORPUS")
    one.add_argument(
        "--corpus", metavar="FILE", type=Path, default=Path(given) if given else None, required=not given,
        help="JSON lines {id, title, text} to search (default: the file that BENCH_CORPUS names)",
    )  # fmt: skip


def _serve(options: Namespace) -> int:
    """Answer lines until the input ends; the output stream is kept for answers alone."""
    from evals.product import open_search
    from evals.serve import serve

    sink = sys.stdout.buffer
    with redirect_stdout(sys.stderr):
        serve(open_search(options.corpus, _complain), sys.stdin.buffer, sink, _complain)
    return 0


def _add_offline(_: ArgumentParser) -> None:
    """Add the arguments of `attache eval offline`: there are none."""


def _offline(_: Namespace) -> int:
    """Do everything once with the network shut; exit status 1 when something went wrong or tried to leave the machine."""
    from evals.shut import in_a_fresh_process

    return in_a_fresh_process()


def _complain(sentence: str) -> None:
    """Write one line on the error stream."""
    sys.stderr.write(f"attache: {sentence}\n")
    sys.stderr.flush()


_Row = tuple[str, Callable[[ArgumentParser], None], Callable[[Namespace], int]]
_COMMANDS: Mapping[str, _Row] = MappingProxyType({
    "run": ("ask the questions of case files and measure the answers", answers.add_run, answers.run),
    "compare": ("compare a run with an earlier one", answers.add_compare, answers.compare),
    "check": ("read case files against the documents", answers.add_check, answers.check),
    "make": ("draft cases from a document, for a person to edit", answers.add_make, answers.make),
    "convert": ("turn a BEIR, SQuAD or CSV set into a case file", answers.add_convert, answers.convert),
    "sheet": ("write the answers of a run as a sheet for people to grade", answers.add_sheet, answers.sheet),
    "grades": ("tell how far graders agree with each other and with the measures", answers.add_grades, answers.grades),
    "judge": ("let a chat model judge a run beside the measures", answers.add_judge, answers.judge),
    "retrieval": ("measure the search on a set of questions with judgements", _add_retrieval, _retrieval),
    "offline": ("do everything once with the network shut and tell what tried to leave", _add_offline, _offline),
    "serve": ("answer {query, k} lines with lists of corpus ids, for an outside harness", _add_serve, _serve),
})  # fmt: skip
