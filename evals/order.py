"""What is asked of the page for measuring: which case files, how many questions, as of when, under which configurations.

Nothing of it is trusted. Files are named by keys of a list that is read from two folders (the shipped cases, and `cases` in
the data folder), encoders by keys of another; what is on neither list is refused, so that no path ever comes from a browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from assistant.answer import EXTRACTIVE
from assistant.settings import Settings
from evals.errors import BadOrder
from evals.evaluate import CASES, Configuration, shipped_cases

__all__ = ["MOST_CONFIGURATIONS", "CaseFile", "Choices", "Order", "Variation", "choices"]

MOST_CONFIGURATIONS = 6
_PROVISIONS = (2, 4, 8, 12, 20)
_OWN = "cases"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of cases on the list: its key, how many lines it has, whether it is a person's own, whether a run takes it unless told otherwise."""

    key: str
    name: str
    count: int
    own: bool
    chosen: bool
    path: Path


@dataclass(frozen=True, slots=True)
class Variation:
    """What may be chosen of one thing that is varied: keys in order, the first one as set."""

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """All that may be ordered."""

    files: tuple[CaseFile, ...]
    variations: tuple[Variation, ...]
    encoders: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Order:
    """A run, or several side by side, ready to be started; `day` None means today."""

    paths: tuple[Path, ...]
    configurations: tuple[Configuration, ...]
    limit: int | None = None
    day: date | None = None
    curve: bool = True

    @classmethod
    def read(
        cls, offered: Choices, files: Sequence[str], varied: Mapping[str, Sequence[str]], limit: int | None, day: date | None, curve: bool
    ) -> Order:
        """Read what was chosen; raises BadOrder for what is not offered, for no file, no question or too many configurations."""
        known = {one.key: one for one in offered.files}
        if not files or not set(files) <= known.keys():
            raise BadOrder("No case file on the list was chosen.", vi="Chưa chọn tệp câu hỏi nào trong danh sách.")
        if limit is not None and limit < 1:
            raise BadOrder("At least one question must be asked.", vi="Phải hỏi ít nhất một câu.")
        picked = {}
        for one in offered.variations:
            picked[one.name] = tuple(dict.fromkeys(varied.get(one.name, ()))) or one.keys[:1]
            if not set(picked[one.name]) <= set(one.keys):
                raise BadOrder("A configuration was chosen that is not offered.", vi="Cấu hình được chọn không có trong danh sách.")
        every = [dict(zip(picked, keys, strict=True)) for keys in product(*picked.values())]
        if len(every) > MOST_CONFIGURATIONS:
            raise BadOrder(
                f"{len(every)} configurations were chosen; at most {MOST_CONFIGURATIONS} run side by side.",
                vi=f"Đã chọn {len(every)} cấu hình; mỗi lần đo nhiều nhất {MOST_CONFIGURATIONS} cấu hình.",
            )
        configurations = tuple(_configuration(keys, offered) for keys in every)
        return cls(tuple(known[key].path for key in dict.fromkeys(files)), configurations, limit, day, curve)


def choices(settings: Settings) -> Choices:
    """Return what may be ordered under these settings."""
    usual = set(shipped_cases())
    own = sorted(path for path in (settings.home / _OWN).glob("*.jsonl") if path.is_file() and not path.is_symlink())
    files = [CaseFile(f"shipped/{path.name}", path.name, _lines(path), False, path in usual, path) for path in sorted(CASES.glob("own_*.jsonl"))]
    files += [CaseFile(f"own/{path.name}", path.name, _lines(path), True, False, path) for path in own]
    encoders = {path.name: path for path in sorted((settings.home / "encoders").glob("*")) if (path / "modules.json").is_file()}
    variations = [
        Variation("provisions", ("", *map(str, _PROVISIONS))),
        Variation("model", tuple(dict.fromkeys((settings.model, EXTRACTIVE)))),
        Variation("encoder", ("", *encoders)),
    ]
    return Choices(tuple(files), tuple(one for one in variations if len(one.keys) > 1), encoders)


def _configuration(keys: Mapping[str, str], offered: Choices) -> Configuration:
    """Return the configuration that these keys make, its name told by what is not as set."""
    first = {one.name: one.keys[0] for one in offered.variations}
    other = {what: key for what, key in keys.items() if key != first[what]}
    name = ", ".join(f"k = {key}" if what == "provisions" else key for what, key in other.items())
    folder = offered.encoders.get(other.get("encoder", ""))
    return Configuration(
        name or Configuration().name, folder, other.get("model"), int(other.get("provisions", "0")) or None,
        home=folder.parent.parent / "evals-encoders" / folder.name if folder else None,
    )  # fmt: skip


def _lines(path: Path) -> int:
    """Return how many lines of a file are not empty, nought where it cannot be read."""
    try:
        return sum(1 for line in path.read_bytes().split(b"\n") if line.strip())
    except OSError:
        return 0
