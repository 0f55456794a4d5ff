"""A run as one HTML page that needs nothing else: no script, no network, both languages, light, dark and print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from evals.charts import histogram, interval_bar, risk_chart
from evals.compare import Change, Comparison
from evals.html_cases import case_html
from evals.labels import HINTS, label
from evals.metrics import Score
from evals.report import MEASURES, Report

__all__ = ["VERDICT_STYLES", "against", "both", "frame", "html_page", "in_language", "switch"]

_COLUMNS = ("right", "outcome", "figures", "cited", "citation_recall", "recall@5", "ndcg@10")
_CARDS = tuple(name for name in MEASURES if name not in ("exact", "document_recall", "quoted"))
VERDICT_STYLES = {"better": "good", "worse": "bad", "same": "soft"}
"""The class under which a verdict of a comparison is drawn."""
_STYLE = Path(__file__).parent / "style.css"
_RADIO = '<input class="hidden" type="radio" name="language" id="{}"{}>'
_SHOWN_FIRST = {language: "".join(_RADIO.format(one, " checked" * (one == language)) for one in ("vi", "en")) for language in ("vi", "en")}


def both(name: str) -> str:
    """Return a label in both languages, of which the page shows one."""
    vi, en = label(name)
    return f'<span class="vi" lang="vi">{escape(vi)}</span><span class="en" lang="en">{escape(en)}</span>'


def html_page(report: Report, baseline: Comparison | None = None) -> str:
    """Return the page."""
    parts = [*_head(report), *_cards(report), *against(baseline), *_charts(report), *_outcomes(report), *_slices(report), *_cases(report)]
    return frame(report.source.commit or report.source.day, parts)


def frame(title: str, parts: Sequence[str]) -> str:
    """Return a whole page around its parts, which begin with the switch of languages; no script and no network is allowed in it."""
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Attaché: {escape(title)}</title><style>\n{_STYLE.read_text('utf-8')}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def switch(heading: str, below: str) -> str:
    """Return the head of a page, Vietnamese first, with its switch of languages; both arguments are markup."""
    return (
        f'{_SHOWN_FIRST["vi"]}<header><div><h1>Attaché: {heading}</h1><p class="soft">{below}</p></div>'
        '<div class="switch"><label for="vi">Tiếng Việt</label><label for="en">English</label></div></header>'
    )


def in_language(page: str, language: str) -> str:
    """Return a page that opens in another of its two languages."""
    return page.replace('<html lang="vi">', f'<html lang="{language}">', 1).replace(_SHOWN_FIRST["vi"], _SHOWN_FIRST[language], 1)


def _head(report: Report) -> Iterator[str]:
    """Yield the title, the switch of languages and where the figures come from."""
    source = report.source
    told = {
        "commit": source.commit, "code": source.code, "case_files": f"{source.cases} ({', '.join(source.files)})", "day": source.day,
        "generator": source.generator, "encoder": source.encoder,
        "index": f"{source.generation} ({source.documents}, {source.passages})" if source.generation else "",
        "settings": ", ".join(f"{name}: {value}" for name, value in source.settings.items()),
    }  # fmt: skip
    yield switch(both("title"), f"{len(report.rows)} {both('questions')}, {escape(source.day)}")
    yield '<dl class="source">' + "".join(f"<dt>{both(k)}</dt><dd>{escape(v)}</dd>" for k, v in told.items() if v) + "</dl>"
    if report.failed:
        yield f'<p class="bad">{both("error")}: {report.failed}</p>'


def _cards(report: Report) -> Iterator[str]:
    """Yield the score cards."""
    cards = {name: report.overall[name] for name in _CARDS if name in report.overall}
    shown = [_card(name, found, name == "right") for name, found in cards.items()]
    shown += [_card("consistency", report.agreement)] if report.agreement else []
    if report.gap:
        gap = report.gap
        shown.append(
            f'<div class="card"><div class="name">{both("parity_gap")}</div><div class="value">{100 * gap.mean:+.1f} <small>/ 100</small></div>'
            f'<div class="small soft">{100 * gap.low:+.1f} … {100 * gap.high:+.1f} · n {gap.n}</div></div>'
        )
    if any(row.tokens_in for row in report.rows):
        spent = f"{sum(row.tokens_in for row in report.rows)} / {sum(row.tokens_out for row in report.rows)}"
        shown.append(f'<div class="card"><div class="name">{both("tokens")}</div><div class="value">{spent}</div></div>')
    yield f'<h2>{both("scores")}</h2><p class="small soft">{_hint("intervals")}</p><div class="cards">{"".join(shown)}</div>'


def _card(name: str, found: Score, first: bool = False) -> str:
    """Return one card: name, value in hundredths, interval, n."""
    return (
        f'<div class="card{" first" if first else ""}"><div class="name">{both(name)}</div>'
        f'<div class="value">{100 * found.mean:.1f} <small>%</small></div>'
        f'{interval_bar(found)}<div class="small soft">{100 * found.low:.1f} – {100 * found.high:.1f} · n {found.n}</div></div>'
    )


def _hint(name: str) -> str:
    """Return an explanation in both languages."""
    vi, en = HINTS[name]
    return f'<span class="vi" lang="vi">{escape(vi)}</span><span class="en" lang="en">{escape(en)}</span>'


def _charts(report: Report) -> Iterator[str]:
    """Yield the risk–coverage curve and the histogram of times."""
    charts = []
    if report.curve:
        drawn = risk_chart(report.curve, _tspan("operating"), (_tspan("coverage_axis", " (%)"), _tspan("risk_axis", " (%)")))
        charts.append(f'<div class="card"><h3>{both("risk")}</h3><p class="small soft">{_hint("risk")} AURC {report.curve.area:.3f}</p>{drawn}</div>')
    time = report.timing
    drawn = histogram([row.seconds * 1000 for row in report.rows], ("ms", _tspan("questions")), (("p50", time.p50), ("p95", time.p95)))
    charts.append(f'<div class="card"><h3>{both("latency")}</h3><p class="small soft">p50 {time.p50:.0f} ms, p95 {time.p95:.0f} ms</p>{drawn}</div>')
    yield f'<h2>{both("risk")} · {both("latency")}</h2><div class="charts">{"".join(charts)}</div>'


def _tspan(name: str, more: str = "") -> str:
    """Return a label in both languages for a chart."""
    vi, en = label(name)
    return f'<tspan class="vi">{escape(vi + more)}</tspan><tspan class="en">{escape(en + more)}</tspan>'


def _outcomes(report: Report) -> Iterator[str]:
    """Yield the matrix of outcomes."""
    names = sorted({outcome for _, outcome in report.outcomes})
    rows = "".join(
        f"<tr><td>{both(row)}</td>" + "".join(f"<td>{report.outcomes.get((answerable, name), 0) or '·'}</td>" for name in names) + "</tr>"
        for row, answerable in (("answerable", True), ("unanswerable", False))
    )
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    yield f'<h2>{both("outcomes")}</h2><div class="wide"><table><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _slices(report: Report) -> Iterator[str]:
    """Yield the table of slices."""
    names = [name for name in _COLUMNS if name in report.overall]
    head = f'<th></th><th>n</th><th class="barcell"></th>{"".join(f"<th>{both(name)}</th>" for name in names)}'
    body = "".join(
        f'<tr><th colspan="{len(names) + 3}">{both("lang" if dimension == "language" else dimension)}</th></tr>'
        + "".join(_slice(value, found, names) for value, found in values.items())
        for dimension, values in report.slices.items()
    )
    yield f'<h2>{both("slices")}</h2><div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _slice(value: str, found: Mapping[str, Score], names: list[str]) -> str:
    """Return one row of the table of slices."""
    cells = "".join(f"<td>{100 * found[name].mean:.0f}</td>" if name in found else "<td>·</td>" for name in names)
    return f'<tr><td>{escape(value)}</td><td>{found["right"].n}</td><td class="barcell">{interval_bar(found["right"])}</td>{cells}</tr>'


def against(baseline: Comparison | None, *, changes_told: bool = False) -> Iterator[str]:
    """Yield the comparison with a baseline, when there is one; `changes_told` unfolds both answers to each question that changed."""
    if baseline is None:
        return
    rows = "".join(
        f"<tr><td>{both(name)}</td><td>{100 * d.mean:+.1f}</td><td>{100 * d.low:+.1f} … {100 * d.high:+.1f}</td><td>{d.n}</td>"
        f'<td class="{VERDICT_STYLES[d.verdict]}">{both(d.verdict)}</td></tr>'
        for name, d in baseline.differences.items()
    )
    heads = "".join(f"<th>{both(name) if name != 'n' else 'n'}</th>" for name in ("measure", "difference", "interval", "n"))
    yield f"<h2>{both('against')}: {both(baseline.verdict)}</h2>"
    yield f'<div class="wide"><table><thead><tr>{heads}<th></th></tr></thead><tbody>{rows}</tbody></table></div>'
    if changes_told:
        yield f"<h2>{both('changed')} ({len(baseline.changes)})</h2>"
        yield "".join(map(_change, baseline.changes)) or f'<p class="soft">{both("unchanged")}</p>'
    elif baseline.changes:
        yield f"<ul>{''.join(f'<li>{_turned(change)}</li>' for change in baseline.changes)}</ul>"


def _turned(change: Change) -> str:
    """Return the question that changed, and in what."""
    word = "gained" if change.gained else "lost"
    parts = ", ".join(both(name) for name in change.turned)
    return (
        f'<span class="{"good" if change.gained else "bad"}">{both(word)}</span> {escape(change.question)} '
        f'<span class="soft">{escape(change.key)}{": " if parts else ""}{parts}</span>'
    )


def _change(change: Change) -> str:
    """Return a question that changed with its answers before and now, folded."""
    mark = '<span class="good">✓</span>' if change.gained else '<span class="bad">✗</span>'
    said = "".join(
        f'<div><div class="small soft">{both(name)}</div><div class="said">{escape(text)}</div></div>'
        for name, text in (("before", change.before), ("now", change.after))
    )
    return f'<details><summary>{mark}<span>{_turned(change)}</span></summary><div class="inside">{said}</div></details>'


def _cases(report: Report) -> Iterator[str]:
    """Yield every case, folded."""
    yield (
        f'<h2>{both("cases")}</h2><p class="filter"><label><input type="checkbox" id="wrong"> {both("only_wrong")} '
        f"({sum(not row.right for row in report.rows)})</label></p>"
    )
    yield from (case_html(row) for row in report.rows)
