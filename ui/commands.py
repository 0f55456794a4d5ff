"""What each command does, printed for people with rich or as JSON for machines."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from assistant.answer import EXTRACTIVE, Answer, Outcome, Turn
from assistant.assistant import Assistant
from assistant.compose import check_corpus, examine, open_assistant, original_of, rebuild, verify_index
from assistant.compose_index import roll_back_index
from assistant.errors import AttacheError
from assistant.fetching import fetch_official, official_folder, official_hosts
from assistant.settings import Settings
from ui import backing_up, receipts
from ui.console import ERR, OUT, complain, write
from ui.exporting import export
from ui.feedback import feedback
from ui.forgetting import forget
from ui.found import found_row
from ui.ingesting import ingest as _ingest
from ui.offered import offered
from ui.remembering import history
from ui.serving import serve_page
from ui.struck import ENDED, SUCCESSION, ended_marks, struck
from ui.studying import study
from ui.users import user
from ui.waiting import progress

__all__ = ["complain", "run"]


def run(options: Namespace) -> int:
    """Run the command of parsed options; returns the exit status."""
    actions: dict[str, Callable[[Namespace], int]] = {
        "ask": _ask, "search": _search, "ingest": _ingest, "documents": _documents, "show": _show, "corpus": _corpus, "index": _index,
        "eval": _eval, "doctor": _doctor, "ui": _page, "verify": receipts.verify, "study": study,
        "history": history, "export": export, "feedback": feedback, "backup": backing_up.backup, "restore": backing_up.restore,
        "forget": forget, "user": user, "mcp": _tools,
    }  # fmt: skip
    return actions[str(options.command)](options)


def _assistant(options: Namespace) -> Assistant:
    """Open the assistant, building the index when there is none."""
    settings = Settings.read()
    model = getattr(options, "model", None) or (settings.model if options.command in ("ask", "ui", "mcp") else EXTRACTIVE)
    with progress(ERR) as report:
        assistant = open_assistant(replace(settings, model=model), report)
    if assistant.sends_to:
        ERR.print(f"[yellow]Questions and passages are sent to {escape(assistant.sends_to)}, where {escape(model)} answers.[/]", soft_wrap=True)
    for notice in assistant.left_out:
        ERR.print(f"[yellow]{escape(notice)}[/]")
    return assistant


def _as_of(options: Namespace) -> date | None:
    """Return the as-of day of the options."""
    return date.fromisoformat(options.as_of) if options.as_of else None


def _ask(options: Namespace) -> int:
    """Answer one question or a batch."""
    language = None if options.lang == "auto" else options.lang
    cases = list(_cases(Path(options.batch))) if options.batch else None
    kept = receipts.prepare(options)
    assistant = _assistant(options)
    if cases is None:
        answer = assistant.ask(options.question, (), _as_of(options), language)
        if kept:  # before it is printed, for who reads it may close the pipe after the first lines
            receipts.save(assistant, answer, (), kept)
        _give(options, answer, assistant)
        return 0
    for row, case in enumerate(cases, 1):
        history = tuple(Turn(h["question"] if isinstance(h, dict) else h) for h in case.get("history") or ())
        day = date.fromisoformat(case["as_of"]) if case.get("as_of") else _as_of(options)
        answer = assistant.ask(case["question"], history, day, language)
        if kept:
            receipts.save(assistant, answer, history, kept, row, case.get("id"))
        _give(options, answer, assistant, case.get("id"))
    return 0


def _give(options: Namespace, answer: Answer, assistant: Assistant, case: object = None) -> None:
    """Print an answer as it is wanted, in JSON with the id of its case."""
    if options.json:
        write(json.dumps(answer.to_json(case), ensure_ascii=False))
    else:
        _print_answer(answer, assistant)


def _cases(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the questions of a batch file; raises AttacheError with the line that cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AttacheError(f"{path.name} cannot be read.", advice="Give a UTF-8 file with one JSON object a line.") from error
    # not splitlines: JSON allows U+2028 and U+0085 inside a string
    for at, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            history = case.get("history") or []
            asked = [case["question"], *(h["question"] if isinstance(h, dict) else h for h in history)]
            if not isinstance(history, list) or not all(isinstance(question, str) for question in asked):
                raise TypeError(line)
            date.fromisoformat(case.get("as_of") or "2000-01-01")
        except (ValueError, TypeError, KeyError) as error:
            raise AttacheError(f"{path.name}:{at}: this is no question.", advice='Write {"id": …, "question": …} on each line.') from error
        yield case


def _print_answer(answer: Answer, assistant: Assistant) -> None:
    """Print an answer and its sources for a person; words that have ended are struck, and what stands in their place is named below."""
    style = "" if answer.outcome.says_something else "yellow"
    OUT.print()
    OUT.print(struck(answer.text, ended_marks(answer), lambda words: f"[strike]{escape(words)}[/]", escape), style=style)
    if answer.citations:
        OUT.print()
    for c in answer.citations:
        where = f"{c.document}, {c.locator}"
        OUT.print(f"[bold]\\[{c.mark}][/] [bold]{escape(where)}[/] · {escape(c.title)} · [dim]{c.status} · {c.text_kind}[/]")
        if c.url:
            OUT.print(f"    [dim]{escape(c.url)}[/]")
        if c.status in ENDED:
            for line in _in_place_of(c.text_name, assistant):
                OUT.print(f"    → {escape(line)}", soft_wrap=True)
    for note in answer.notes:
        OUT.print(f"[dim]· {escape(note)}[/]")
    if answer.outcome is not Outcome.ANSWERED:
        OUT.print(f"[dim]({answer.outcome})[/]")


def _in_place_of(name: str, assistant: Assistant) -> Iterator[str]:
    """Yield the number and, when it is known, the address of each act that stands in place of a document."""
    for relation in assistant.document(name).related(*SUCCESSION):
        try:
            address = " ".join(assistant.document(relation.target).urls[:1])
        except AttacheError:  # an act that is not here has no address here
            address = ""
        yield f"{relation.target} {address}".rstrip()


def _search(options: Namespace) -> int:
    """Find provisions."""
    found = _assistant(options).search(
        options.query, options.k, documents=options.document, issuers=options.issuer, kinds=options.kind, years=options.year,
        valid_on=date.fromisoformat(options.valid_on) if options.valid_on else None,
    )  # fmt: skip
    rows = [found_row(hit) for hit in found]
    if options.json:
        write(json.dumps(rows, ensure_ascii=False))
        return 0
    for place, row in enumerate(rows, 1):
        OUT.print(f"[bold]{place}. {escape(str(row['document']))}, {escape(str(row['locator']))}[/] [dim]{row['score']}[/]")
        OUT.print(f"   {escape(str(row['text'])[:300])}")
    return 0


def _eval(options: Namespace) -> int:
    """Run the benchmarks' own command."""
    return _run_eval()(options.arguments)


def _run_eval() -> Callable[[list[str]], int]:
    """Return the benchmarks' own command, if this distribution offers one; raises AttacheError."""
    run_eval: Callable[[list[str]], int] | None = offered("attache.commands", "eval")
    if run_eval is None:
        raise AttacheError("`attache eval` is not installed.", advice="Install the program again, with `make setup`.")
    return run_eval


def _documents(options: Namespace) -> int:
    """List the documents."""
    assistant = _assistant(options)
    documents = assistant.each_document()
    day = _as_of(options) or date.today()
    if options.json:
        lead = "["
        for d in documents:
            row = replace(d, provisions=()).to_json() | {"provisions": len(d.provisions)}
            chain = [{"type": s.type, "document": s.document, "target": s.target, "since": s.since} for s in assistant.chain(d)]
            write(lead + json.dumps(row | {"status_on": d.status_on(day), "as_of": day.isoformat(), "chain": chain}, ensure_ascii=False))
            lead = ","
        write("]" if lead == "," else "[]")
        return 0
    table = Table("Số hiệu / Number", "Tên / Title", "Ngày / Issued", "Tình trạng / Status", "Điều khoản / Provisions", "Thay thế, sửa đổi / Chain")
    for d in documents:
        steps = (f"{s.document} {s.type.replace('_', ' ')} {s.target}{f', {s.since}' if s.since else ''}" for s in assistant.chain(d))
        table.add_row(d.number, d.title.vi, d.issued or "–", d.status_on(day), str(len(d.provisions)), "\n".join(steps))
    OUT.print(table)
    return 0


def _show(options: Namespace) -> int:
    """Print a document or one provision."""
    assistant = _assistant(options)
    if options.locator:
        document, found = assistant.place(options.document, options.locator)
        provisions = list(found)
    else:
        document = assistant.texts(options.document)[0]
        provisions = list(document.provisions)
    OUT.print(f"[bold]{escape(document.number)}[/] {escape(document.title.get(options.lang))}")
    facts = (document.issuer.get(options.lang), document.issued or "–", document.status_on(date.today()), document.text_kind)
    OUT.print(f"[dim]{escape(' · '.join(facts))}[/]")
    original = original_of(Settings.read(), document.sha256)
    if original:
        OUT.print(f"[dim]{escape(str(original))}[/]", soft_wrap=True)
    for provision in provisions:
        OUT.print(f"\n[bold]{escape(str(provision.locator))}[/] · {escape(provision.heading.get(options.lang))}")
        OUT.print(escape(provision.text.get(options.lang)))
    return 0


def _corpus(options: Namespace) -> int:
    """Check the library, one line a fault; or fetch its official texts."""
    if options.action == "fetch":
        return _fetch(options)
    facts = Path(options.facts) if options.facts else None
    if facts and not facts.is_file():
        raise AttacheError(f"There is no fact base at {facts}.", advice="Leave --facts out to check the library by itself.")
    found = check_corpus(Settings.read(), facts)
    for finding in found:
        ERR.print(escape(str(finding)), soft_wrap=True)
    if not found:
        OUT.print("The library is whole." if facts is None else "The library is whole and true to the fact base.")
    return 1 if found else 0


def _fetch(options: Namespace) -> int:
    """Fetch the official texts, having said from whom; exit status 1 when one failed or is not what it was."""
    settings = Settings.read()
    ERR.print(f"[dim]This connects to {escape(', '.join(official_hosts(settings)))}, and to nobody else.[/]", soft_wrap=True)
    with progress(ERR) as report:
        rows = fetch_official(settings, again=options.again, accept=options.accept, progress=report)
    bad = [row for row in rows if row.outcome in ("failed", "changed")]
    if options.json:
        write(json.dumps({"folder": str(official_folder(settings)), "texts": [row.to_json() for row in rows]}, ensure_ascii=False))
        return 1 if bad else 0
    counts = ((outcome, sum(row.outcome == outcome for row in rows)) for outcome in ("fetched", "kept", "same", "accepted", "changed", "failed"))
    OUT.print(", ".join(f"{count} {outcome}" for outcome, count in counts if count) + f" · {escape(str(official_folder(settings)))}", soft_wrap=True)
    for row in bad:
        where = f" ({row.file})" if row.file else ""
        ERR.print(f"[yellow]{row.outcome}[/] {escape(row.document)}: {escape(row.reason + where)} {escape(row.url)}", soft_wrap=True)
    return 1 if bad else 0


def _index(options: Namespace) -> int:
    """Rebuild or verify the index, or go back to the one before."""
    if options.action == "rollback":
        with progress(ERR) as report:
            name = roll_back_index(Settings.read(), report)
        OUT.print(f"Generation {name} answers again, with all documents as they are now. `attache index rollback` goes back to the other.")
        return 0
    if options.action == "rebuild":
        with progress(ERR) as report:
            manifest, broken = rebuild(Settings.read(), report)
        for sentence in broken:
            complain(sentence, "It is left out.")
        OUT.print(f"{manifest.documents} documents, {manifest.passages} passages in {manifest.seconds:.1f} s.")
        return 0
    verdict = verify_index(Settings.read())
    for check, passed in verdict.checks:
        OUT.print(f"[{'green' if passed else 'red'}]{'ok ' if passed else 'NOT'}[/] {escape(check)}")
    return 0 if verdict.sound else 1


def _doctor(options: Namespace) -> int:
    """Check the installation; offline, everything is done once more with the network shut by the kernel."""
    sound = True
    for check, passed in examine(Settings.read(), offline=options.offline):
        sound = sound and passed
        OUT.print(f"[{'green' if passed else 'red'}]{'ok ' if passed else 'NOT'}[/] {escape(check)}")
    if options.offline:
        sound = _run_eval()(["offline"]) == 0 and sound
    return 0 if sound else 1


def _tools(options: Namespace) -> int:
    """Serve the tools of other programs' assistants until the input ends."""
    from ui.mcp_tools import serve_stdio

    serve_stdio(_assistant(options))
    return 0


def _page(options: Namespace) -> int:
    """Serve the chat page."""
    return serve_page(options, _assistant)
