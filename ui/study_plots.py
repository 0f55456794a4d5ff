"""Progress as HTML: goal and streak, what comes due, mastery by document and provision, as plots and as tables; decks to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from assistant.study.plot import forecast_svg, mastery_svg
from ui.markup import both, escaped
from ui.study_form import today
from ui.study_items import exports
from ui.study_words import STUDY
from ui.words import Phrase

if TYPE_CHECKING:
    from assistant.study.progress import Mastery
    from assistant.study.studio import Standing

__all__ = ["mastery_plots", "progress"]

_MOST_ROWS = 40


def progress(standing: Standing, decks: Mapping[str, int], now: datetime, document: str, language: str) -> str:
    """Return all that is told of progress; `document` is the one whose provisions are shown."""
    plots = mastery_plots(standing, document, language) or f'<p class="hint">{both(STUDY["no_answers"])}</p>'
    kept = "".join(f"<li>{exports(name)}</li>" for name in decks)
    listed = f'<ul class="decks">{kept}</ul>' if kept else f'<p class="hint">{both(STUDY["no_decks"])}</p>'
    return (
        f'<div tabindex="-1" data-focus>{today(standing)}</div>{_goal(standing.goal)}{_forecast(standing.forecast, now, language)}{plots}'
        f"<h3>{both(STUDY['decks'])}</h3>{listed}"
        f'<p class="act"><a class="second" href="./study/log" download>{both(STUDY["log"])}</a></p>'
    )


def mastery_plots(standing: Standing, document: str, language: str) -> str:
    """Return mastery by document as far as it was asked about, and by provision of one (the first where none is named)."""
    rows = [row for row in standing.documents if row.asked][:_MOST_ROWS]
    if not rows:
        return ""
    shown = document if any(row.document == document for row in rows) else rows[0].document
    mine = [row for row in standing.provisions if row.document == shown][:_MOST_ROWS]
    one = Phrase(*(getattr(STUDY["mastery_provision"], code).replace("{name}", shown) for code in ("vi", "en")))
    return (
        f'<p class="hint mastery-hint">{both(STUDY["mastery_hint"])}</p><div class="plots">'
        f"{_plot(STUDY['mastery_document'], rows, language, STUDY['document'], pick=True)}{_plot(one, mine, language, STUDY['provision'])}</div>"
    )


def _plot(title: Phrase, rows: Sequence[Mastery], language: str, head: Phrase, pick: bool = False) -> str:
    """Return one plot with the same told as a table; with `pick` a row shows its provisions."""
    body = "".join(
        f'<tr><th scope="row">{escaped(row.locator or row.document)}</th><td>{100 * row.mastery:.0f} %</td>'
        f"<td>{row.right}/{row.asked}</td><td>{row.items}</td>{_picked(row.document) if pick else ''}</tr>"
        for row in rows
    )
    heads = "".join(f'<th scope="col">{both(one)}</th>' for one in (head, STUDY["share"], STUDY["answers"], STUDY["items"]))
    more = f'<td><span class="vh">{both(STUDY["provision"])}</span></td>' if pick else ""
    return (
        f'<div class="plot"><h3>{both(title)}</h3>{mastery_svg(rows, getattr(title, language))}<details><summary>{both(STUDY["as_table"])}</summary>'
        f'<div class="wide"><table><thead><tr>{heads}{more}</tr></thead><tbody>{body}</tbody></table></div></details></div>'
    )


def _picked(document: str) -> str:
    """Return the button that shows a document's provisions."""
    name = both(STUDY["mastery_provision"], name=document)
    button = f'<button type="button" class="link" data-do="progress" data-document="{escaped(document)}">{both(STUDY["show"])}'
    return f'<td>{button}<span class="vh"> {name}</span></button></td>'


def _goal(goal: int) -> str:
    """Return the form of the daily goal."""
    return (
        f'<form data-do="goal" autocomplete="off"><p class="field setting"><label for="study-goal">{both(STUDY["goal"])}</label>'
        f'<input type="number" id="study-goal" name="goal" min="1" max="500" value="{goal}" inputmode="numeric">'
        f'<button type="submit" class="second">{both(STUDY["save"])}</button></p></form>'
    )


def _forecast(counts: Sequence[int], now: datetime, language: str) -> str:
    """Return what comes due in the next days, as a plot and as a table."""
    days = [now.date() + timedelta(at) for at in range(len(counts))]
    title = STUDY["forecast"]
    named = [f"{day.day}/{day.month}/{day.year}" for day in days]
    rows = "".join(f'<tr><th scope="row">{day}</th><td>{count}</td></tr>' for day, count in zip(named, counts, strict=True))
    heads = f'<th scope="col">{both(STUDY["day"])}</th><th scope="col">{both(STUDY["cards"])}</th>'
    return (
        f'<div class="plot"><h3>{both(title)}</h3>{forecast_svg(counts, [str(day.day) for day in days], getattr(title, language))}'
        f"<details><summary>{both(STUDY['as_table'])}</summary><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details></div>"
    )
