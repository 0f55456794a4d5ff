"""The page for measuring as HTML: the form, how far a run is, the runs there are. Every word of others passes `escaped`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.writing import day_in_words
from ui.evaluating_ports import Bench, CaseFileView, PastRunView, StateView, VariationView
from ui.evaluating_words import BENCH, STAGES, VARIED
from ui.markup import both, escaped
from ui.words import Phrase, named

__all__ = ["form", "progress", "refused", "report", "runs"]

_NEEDS_TEXTS = "shipped/own_official.jsonl"


def form(bench: Bench) -> str:
    """Return the form of an order."""
    offered = bench.choices()
    shipped, own = ([one for one in offered.files if one.own == mine] for mine in (False, True))
    mine = "".join(map(_file, own)) or f'<p class="hint">{both(BENCH["own_none"])}</p>'
    return (
        f'<h2 id="bench-name" tabindex="-1">{both(BENCH["title"])}</h2><p class="lead">{both(BENCH["intro"])}</p>'
        f'<form id="bench-form" autocomplete="off"><div class="choose"><fieldset><legend>{both(BENCH["files"])}</legend>'
        f'<p class="sub">{both(BENCH["shipped"])}</p>{"".join(map(_file, shipped))}<p class="sub">{both(BENCH["own"])}</p>{mine}</fieldset>'
        f'<fieldset><legend>{both(BENCH["configurations"])}</legend><p class="hint">{both(BENCH["configurations_hint"])}</p>'
        f"{''.join(map(_variation, offered.variations))}</fieldset></div>{_how()}"
        f'<p class="act"><button type="submit" class="go" id="bench-start">{both(BENCH["start"])}</button>'
        f'<button type="button" class="second" id="bench-stop" hidden>{both(BENCH["stop"])}</button></p></form>'
    )


def _file(one: CaseFileView) -> str:
    """Return the box of one case file."""
    more = f" · {both(BENCH['official'])}" if one.key == _NEEDS_TEXTS else ""
    return (
        f'<label class="box"><input type="checkbox" name="file" value="{escaped(one.key)}"{" checked" if one.chosen else ""}>'
        f'<span><b>{escaped(one.name)}</b> <span class="hint">{both(BENCH["count"], n=str(one.count))}{more}</span></span></label>'
    )


def _variation(one: VariationView) -> str:
    """Return the boxes of one thing that may be varied, as set to begin with."""
    boxes = "".join(
        f'<label class="box"><input type="checkbox" name="{escaped(one.name)}" value="{escaped(key)}" data-varied'
        f"{' checked' if at == 0 else ''}><span>{_shown(key)}</span></label>"
        for at, key in enumerate(one.keys)
    )
    name = f"bench-{escaped(one.name)}"
    head = f'<p class="sub" id="{name}">{both(named(VARIED, one.name))}</p>'
    return f'<div role="group" aria-labelledby="{name}">{head}<div class="boxes">{boxes}</div></div>'


def _shown(key: str) -> str:
    """Return what a choice is called."""
    return both(BENCH["extractive"]) if key == "extractive" else escaped(key) if key else both(BENCH["as_set"])


def _how() -> str:
    """Return the fields for how much is asked, and as of when."""
    return (
        f'<div class="how"><p><label for="bench-limit">{both(BENCH["limit"])}</label> <input type="number" id="bench-limit" min="1" max="100000" '
        f'inputmode="numeric" aria-describedby="bench-limit-hint"> <span class="hint" id="bench-limit-hint">{both(BENCH["limit_hint"])}</span></p>'
        f'<p><label for="bench-day">{both(BENCH["day"])}</label> <input type="date" id="bench-day" min="1945-09-02" max="2199-12-31" '
        f'aria-describedby="bench-day-hint"> <span class="hint" id="bench-day-hint">{both(BENCH["day_hint"])}</span></p>'
        f'<label class="box"><input type="checkbox" id="bench-curve" checked><span>{both(BENCH["curve"])}</span></label></div>'
    )


def report() -> str:
    """Return the empty place of a report; its frame may run nothing and reach nothing."""
    links = "".join(
        f'<a id="bench-{name}" href="#evaluate" {more}>{both(BENCH[name])}</a>'
        for name, more in (("open", 'target="_blank" rel="noopener noreferrer"'), ("download", "download"))
    )
    return (
        '<section id="bench-report" aria-labelledby="bench-report-name" hidden>'
        f'<div class="report-head"><h3 id="bench-report-name" tabindex="-1">{both(BENCH["report"])}</h3><p class="links">{links}</p></div>'
        f'<p class="hint" id="bench-loading" role="status">{both(BENCH["loading"])}</p><p class="problem" id="bench-lost" role="alert" hidden>'
        f"{both(BENCH['report_failed'])}</p>"
        '<iframe id="bench-frame" title="Báo cáo / Report" sandbox="" referrerpolicy="no-referrer"></iframe></section>'
    )


def progress(state: StateView) -> str:
    """Return how far a run is, or how it ended; the script reads `data-kind` and `data-runs`."""
    marks = f'class="run" data-kind="{escaped(state.kind)}" data-version="{state.version}" data-runs="{escaped(" ".join(state.runs))}"'
    return f"<div {marks}>{_going(state) if state.busy else _ended(state)}</div>"


def refused(error: Exception, advice: str) -> str:
    """Return why an order was refused, in Vietnamese too where the error knows it."""
    said = Phrase(str(getattr(error, "vi", error)), str(error))
    then = Phrase(str(getattr(error, "vi_advice", advice)), advice)
    return f'<p class="problem" role="alert">{both(said)} <span>{both(then)}</span></p>'


def _going(state: StateView) -> str:
    """Return a bar and what is being done."""
    asking = state.stage == "questions" and state.total
    share = f' max="{state.total}" value="{state.done}"' if asking else ""
    words = both(BENCH["running"], done=str(state.done), total=str(state.total)) if asking else both(named(STAGES, state.stage))
    name = BENCH["as_set"] if state.name == "as shipped" else Phrase(state.name, state.name)
    which = f"<p>{both(BENCH['which'], place=str(state.place), of=str(state.of), name=name)}</p>" if state.of > 1 and state.place else ""
    last = f'<p class="hint">{both(BENCH["stopping"])}</p>' if state.kind == "stopping" else ""
    return f'{which}<progress{share} aria-labelledby="bench-now"></progress><p id="bench-now" class="now">{words}</p>{last}'


def _ended(state: StateView) -> str:
    """Return how the last run ended, nothing when there was none."""
    if state.kind == "failed":
        return _failed(state)
    return f'<p class="ended">{both(BENCH[state.kind])}</p>' if state.kind in ("done", "stopped") else ""


def _failed(state: StateView) -> str:
    """Return why a run failed; faults of case files as a table of file, line and reason."""
    if state.problem == "cases":
        rows = "".join(
            f"<tr><td>{escaped(place)}</td><td>{escaped(reason)}</td></tr>"
            for place, reason in (("", fault) if ": " not in fault else fault.split(": ", 1) for fault in state.faults)
        )
        head = f'<tr><th scope="col">{both(BENCH["fault"])}</th><th scope="col">{both(BENCH["reason"])}</th></tr>'
        return (
            f'<div class="problem" role="alert"><p>{both(BENCH["faults"])} {both(BENCH["faults_next"])}</p>'
            f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div></div>'
        )
    said = both(BENCH["unknown"]) if state.problem == "unknown" else escaped(state.problem)
    then = both(BENCH["unknown_next"]) if state.problem == "unknown" else escaped(state.advice)
    return f'<div class="problem" role="alert"><p>{both(BENCH["failed"])}: {said}</p><p>{both(BENCH["next"])}: {then}</p></div>'


def runs(past: Sequence[PastRunView]) -> str:
    """Return the list of runs."""
    name = f"<h3>{both(BENCH['runs'])}</h3>"
    if not past:
        return f'{name}<p class="hint">{both(BENCH["runs_none"])}</p>'
    heads = "".join(f'<th scope="col">{both(BENCH[name])}</th>' for name in ("when", "files", "asked", "how", "right"))
    buttons = "".join(
        f'<button type="button" class="second" id="bench-{name}" disabled>{both(BENCH[name])}</button>' for name in ("compare", "beside")
    )
    return (
        f'{name}<p class="hint">{both(BENCH["runs_hint"])}</p><p class="act">{buttons}</p>'
        f'<div class="wide"><table class="runs"><thead><tr><th></th>{heads}<th></th></tr></thead>'
        f"<tbody>{''.join(map(_run, past))}</tbody></table></div>"
    )


def _run(one: PastRunView) -> str:
    """Return one row of the list; a run that was interrupted has no report."""
    name, how = escaped(one.name), " · ".join(part for part in (one.generator, one.settings.replace("as shipped", "")) if part)
    if one.right is None:
        pick = view = ""
        score = f'<span class="hint">{both(BENCH["interrupted"], n=str(one.n))}</span>'
    else:
        spoken = both(BENCH["pick"], name=_when(one))
        pick = f'<label><input type="checkbox" name="run" value="{name}"><span class="vh">{spoken}</span></label>'
        view = f'<button type="button" class="link" data-run="{name}">{both(BENCH["view"])}</button>'
        shares = (one.right.mean, one.right.low, one.right.high)
        mean, low, high = (Phrase(f"{100 * share:.1f}".replace(".", ","), f"{100 * share:.1f}") for share in shares)
        score = f'<b>{both(mean)}%</b> <span class="hint">({both(low)} – {both(high)})</span>'
    files = ", ".join(file.removesuffix(".jsonl") for file in one.files)
    return (
        f'<tr><td>{pick}</td><td>{both(_when(one))}</td><td class="files">{escaped(files)}</td>'
        f"<td>{both(BENCH['count'], n=str(one.n))}</td><td>{escaped(how)}</td><td>{score}</td><td>{view}</td></tr>"
    )


def _when(one: PastRunView) -> Phrase:
    """Return when a run began as each language writes it, its name where that is not known."""
    day, _, time = one.started.partition(" ")
    return Phrase(*(f"{day_in_words(day, language)} {time}".strip() for language in ("vi", "en"))) if day else Phrase(one.name, one.name)
