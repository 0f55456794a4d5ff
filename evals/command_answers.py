"""The commands of `attache eval` about answers: run, compare, check, make, convert, sheet, grades, judge.

Nothing heavy is imported before a command runs. Exit status 0: done; 1: a floor was missed, or a failure; 2: bad case files.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path
from typing import Any

__all__ = ["add_check", "add_compare", "add_convert", "add_grades", "add_judge", "add_make", "add_run", "add_sheet", "check", "compare", "convert",
           "grades", "judge", "make", "run", "sheet"]  # fmt: skip


def _day(text: str) -> date:
    """Read a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it as YYYY-MM-DD") from None


def _count(text: str) -> int:
    """Read a whole number from one on."""
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text} is no whole number from 1 on")
    return int(text)


def _say(data: Any) -> None:
    """Print JSON, in UTF-8 whatever the terminal."""
    sys.stdout.buffer.write(json.dumps(data, ensure_ascii=False).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def add_run(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval run`."""
    one.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl")
    one.add_argument("--out", type=Path, metavar="DIR", help="folder of the run (default: one in the data folder; an interrupted run goes on)")
    one.add_argument("--baseline", type=Path, metavar="DIR", help="folder of an earlier run to compare with")
    one.add_argument("--gates", type=Path, metavar="FILE", help="floors, for example gates.toml; exit status 1 when one is missed")
    one.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="the day of asking (default today)")
    one.add_argument("--corpus", type=Path, metavar="FILE", help="ask these JSON lines {id, title, text} instead of the library")
    one.add_argument("--encoder", type=Path, metavar="DIR", help="another encoder")
    one.add_argument("--model", help="another generator of answers")
    one.add_argument("--provisions", type=_count, metavar="K", help="how many provisions an answer looks at")
    one.add_argument("--limit", type=_count, metavar="N", help="ask a sample of N cases, always the same")
    one.add_argument("--price", nargs=2, type=float, metavar=("IN", "OUT"), help="what the model costs a million tokens in and out")
    one.add_argument("--jobs", type=_count, metavar="N", help="processes (default 2, where there are as many processors)")
    one.add_argument("--no-curve", action="store_true", help="leave risk and coverage out: nearly twice as quick")
    one.add_argument("--anew", action="store_true", help="do not go on with an interrupted run")
    one.add_argument("--scores", type=Path, metavar="README", help="also write the table of scores into this file")
    one.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace) -> int:
    """Run cases, write the reports, compare, hold the floors."""
    from assistant.settings import Settings
    from evals.errors import BadCases
    from evals.evaluate import Configuration, compare_runs, shipped_cases, start_run, write_report
    from evals.gates import missed, read_gates
    from evals.progress import progress
    from evals.running import RunFolder
    from evals.scores_table import write_scores
    from evals.tables import print_run

    floors = read_gates(options.gates) if options.gates else ()
    if options.baseline:
        RunFolder(options.baseline).rows()  # a baseline that is none is told of before anything is asked
    price = (options.price[0], options.price[1]) if options.price else None
    one = Configuration(options.model or "as shipped", options.encoder, options.model, options.provisions, price)
    try:
        with progress() as watch:
            folder, report = start_run(
                Settings.read(), options.cases, out=options.out, day=options.as_of, corpus=options.corpus, configuration=one,
                jobs=options.jobs, curve=not options.no_curve, progress=watch, anew=options.anew, limit=options.limit,
            )  # fmt: skip
    except BadCases as error:
        sys.stderr.write(f"{error}\n{error.advice}\n")
        return 2
    baseline = compare_runs(folder, options.baseline) if options.baseline else None
    if baseline:
        write_report(folder, report, baseline)
    if options.scores:
        write_scores(options.scores, report, shipped_cases())
    fallen = missed(floors, report.rows)
    if options.json:
        told = {"folder": str(folder), "missed": [str(one) for one in fallen], "baseline": baseline.to_json() if baseline else None}
        _say(report.to_json() | told)
    else:
        print_run(report, folder, baseline)
    for floor in fallen:
        sys.stderr.write(f"attache: below the floor: {floor}\n")
    return 1 if fallen else 0


def add_compare(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval compare`."""
    one.add_argument("run", type=Path, metavar="RUN", help="folder of a run")
    one.add_argument("baseline", type=Path, metavar="BASELINE", help="folder of an earlier one")
    one.add_argument("--json", action="store_true", help="print JSON")


def compare(options: Namespace) -> int:
    """Compare two finished runs."""
    from evals.evaluate import compare_runs
    from evals.tables import print_comparison

    found = compare_runs(options.run, options.baseline)
    if options.json:
        _say(found.to_json())
    else:
        print_comparison(found)
    return 0


def add_check(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval check`."""
    one.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl")


def check(options: Namespace) -> int:
    """Read case files against the documents."""
    from assistant.compose import open_assistant
    from assistant.settings import Settings
    from evals.case import read_cases
    from evals.errors import BadCases
    from evals.opening import stands_in
    from evals.reviewing import review

    try:
        read_cases(options.cases)
        assistant = open_assistant(Settings.read())
        found = review(read_cases(options.cases, stands_in(assistant)), assistant)
    except BadCases as error:
        sys.stderr.write(f"{error}\n{error.advice}\n")
        return 2
    _say({"n": found.n, "shares": found.shares, "doubts": list(found.doubts)})
    return 0


def add_make(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval make`."""
    one.add_argument("document", help="number or name, for example 749/QĐ-TTg")
    one.add_argument("--out", type=Path, required=True, metavar="FILE.jsonl", help="file to write; one that is there is not overwritten")
    one.add_argument("--most", type=_count, default=40, metavar="N", help="how many (default 40)")
    one.add_argument("--seed", type=int, default=0, help="another choice of sentences (default 0)")


def make(options: Namespace) -> int:
    """Draft cases from a document."""
    from assistant.compose import open_assistant
    from assistant.settings import Settings
    from evals.drafting import draft_cases, write_drafts
    from evals.errors import BadSet

    document = open_assistant(Settings.read()).document(options.document)
    rows = draft_cases(document, most=options.most, seed=options.seed)
    if not rows:
        raise BadSet(f"Nothing in {document.number} can be asked about by rule.", advice="Name a document with figures or lists.")
    write_drafts(options.out, rows)
    sys.stderr.write(f"{len(rows)} drafts in {options.out}. Edit them before you use them.\n")
    return 0


def add_convert(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval convert`."""
    one.add_argument("form", choices=("beir", "squad", "csv"))
    one.add_argument("source", type=Path, help="a BEIR folder, a JSON file in the form of SQuAD, or a CSV")
    one.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for cases.jsonl, and corpus.jsonl where the set has texts")
    one.add_argument("--lang", choices=("vi", "en", "fr"), default="vi", help="language of the questions (default vi)")
    one.add_argument(
        "--columns", nargs="+", default=["question=question"], metavar="OURS=THEIRS", help="csv: for example question=Câu_hỏi expected=Đáp_án"
    )


def convert(options: Namespace) -> int:
    """Turn another set into a case file of ours."""
    from evals.adapters import read_beir, read_csv, read_squad, write_adapted

    if options.form == "beir":
        adapted = read_beir(options.source, options.lang)
    elif options.form == "squad":
        adapted = read_squad(options.source, options.lang)
    else:
        adapted = read_csv(options.source, dict(pair.partition("=")[::2] for pair in options.columns), options.lang)
    cases, corpus = write_adapted(adapted, options.out)
    sys.stderr.write(f"{len(adapted.cases)} cases in {cases}" + (f", {len(adapted.corpus)} texts in {corpus}" if corpus else "") + "\n")
    return 0


def add_sheet(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval sheet`."""
    one.add_argument("run", type=Path, metavar="RUN", help="folder of a run")
    one.add_argument("--out", type=Path, required=True, metavar="FILE.csv")


def sheet(options: Namespace) -> int:
    """Write the answers of a run for people to grade."""
    from evals.grading import grading_sheet
    from evals.running import RunFolder

    options.out.write_text(
        "\ufeff" + grading_sheet(RunFolder(options.run).rows()), "utf-8", newline=""
    )  # the mark tells spreadsheets that it is UTF-8
    return 0


def add_grades(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval grades`."""
    one.add_argument("run", type=Path, metavar="RUN", help="folder of a run")
    one.add_argument("sheets", nargs="+", type=Path, metavar="FILE.csv", help="one graded sheet a person")


def grades(options: Namespace) -> int:
    """Print how far people agree with each other and with the measures."""
    from evals.grading import agreement, read_grades
    from evals.running import RunFolder

    found = agreement(RunFolder(options.run).rows(), {path.stem: read_grades(path) for path in options.sheets})
    _say(found.to_json())
    return 0


def add_judge(one: ArgumentParser) -> None:
    """Add the arguments of `attache eval judge`."""
    one.add_argument("run", type=Path, metavar="RUN", help="folder of a run")
    one.add_argument("--model", required=True, metavar="PROVIDER:NAME", help="the chat model that judges, for example ollama:qwen3")
    one.add_argument("--url", default="", help="its address, where it is another than the provider's own")


def judge(options: Namespace) -> int:
    """Let a chat model judge the answers of a run, and print how far it agrees with the measures."""
    from evals.judging import ModelJudge, second_opinion
    from evals.model_port import open_completion
    from evals.running import RunFolder

    rows = RunFolder(options.run).rows()
    found = second_opinion(rows, ModelJudge(open_completion(options.model, options.url), options.model))
    (options.run / "judge.json").write_text(json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    _say({name: value for name, value in found.to_json().items() if name != "verdicts"})
    return 0
