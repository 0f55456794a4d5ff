"""The one style sheet of the page that describes the API, which its policy names by its digest."""

from __future__ import annotations

__all__ = ["STYLE"]

STYLE = (
    ":root{color-scheme:light dark}html{background:Canvas;color:CanvasText}"
    "body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code,pre{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid #8886;"
    "border-radius:6px;padding:.75rem}h2{border-top:1px solid #8886;padding-top:1rem;font-size:1.1rem}h3{font-size:1rem;margin-bottom:.25rem}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem .25rem 0;"
    "border-bottom:1px solid #8884;overflow-wrap:anywhere}th{font-size:.85em}a{color:light-dark(#0b57a4,#8ab8ee)}"
)
