"""A backup made, looked at and put back; what `index.backup` and `index.swapping` do, with the settings and the index made anew."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from assistant.compose import Parts, library_of
from assistant.errors import BadSettings
from assistant.settings import Settings
from index.archive import Contents, check_archive, extract
from index.backup import databases, is_saved, save
from index.build import Progress, build, verify
from index.errors import BadBackup, StoreFailed
from index.files import need_room
from index.home import Home
from index.swapping import discard, new_place, swap

__all__ = ["Contents", "check_backup", "make_backup", "restore_backup"]


def make_backup(settings: Settings, target: Path) -> Contents:
    """Save the data folder to one new file; questions are answered meanwhile. Raises BadBackup, StoreFailed, IndexBusy, BadSettings."""
    _own_database(settings)
    if not (settings.home / "catalogue.sqlite").exists():
        raise BadSettings(f"There is nothing to back up in {settings.home}.", advice="Point ATTACHE_HOME at the data folder.")
    about = {"attache": version("digital-attache"), "made": datetime.now(UTC).isoformat(timespec="seconds")}
    return save(Home(settings.home), target, about)


def check_backup(source: Path) -> Contents:
    """Return what a backup holds, all of its bytes looked at. Raises BadBackup."""
    contents = check_archive(source)
    strange = next((part.name for part in contents.parts if not is_saved(part.name)), None)
    if strange or "catalogue.sqlite" not in {part.name for part in contents.parts}:
        raise BadBackup(f"{source.name} is no backup of a data folder.")
    return contents


def restore_backup(settings: Settings, source: Path, progress: Progress | None = None) -> tuple[Contents, int]:
    """Put a backup in the place of the data folder; returns what it held and how many documents answer now.

    It is checked, unpacked beside what is there, indexed and verified; only then is it put in its place. What was there stays in
    `before-restore` until the next time. Raises BadBackup, StoreFailed, IndexBusy, BadSettings; then everything is as before.
    """
    _own_database(settings)
    contents = check_backup(source)
    home = Home(settings.home)
    with home.ingesting(), home.writing():
        need_room(home.root, 2 * contents.size)
        try:
            place = _unpacked(home, source, contents)
            documents = _indexed(replace(settings, home=place), source, progress)
        except BaseException:  # whatever it was, what was unpacked must not stay behind
            discard(home)
            raise
        swap(home)
    return contents, documents


def _unpacked(home: Home, source: Path, contents: Contents) -> Path:
    """Unpack a checked backup beside what is there; returns the folder."""
    try:
        place = new_place(home)
        extract(source, contents, place)
    except OSError as error:
        raise StoreFailed(f"The backup cannot be unpacked ({error.strerror or error}).", advice="Make room in the data folder.") from error
    whole = dict(databases(place))
    broken = [path.name for path, sound in whole.items() if not sound] or ["catalogue.sqlite"] * (place / "catalogue.sqlite" not in whole)
    if broken:
        raise BadBackup(f"{source.name} holds a database that is damaged: {broken[0]}.")
    return place


def _indexed(settings: Settings, source: Path, progress: Progress | None) -> int:
    """Make and verify the index of a data folder that is not in its place yet; returns the number of its documents."""
    parts = Parts(settings)
    with closing(parts.catalogue):
        library, left_out = library_of(parts.folder)
        build(parts.home, parts.catalogue, library.documents, parts.encoder, library.sha256, progress, left_out, anew=True)
        verdict = verify(parts.home, parts.catalogue, parts.encoder, library.sha256)
        failed = next((check for check, passed in verdict.checks if not passed), None)
        if failed:
            raise BadBackup(f"The index of {source.name} is not sound: {failed}.")
        return parts.catalogue.count()[0]


def _own_database(settings: Settings) -> None:
    """Raise BadSettings where the catalogue does not lie in the data folder."""
    if settings.database:
        raise BadSettings(
            "The catalogue lies in the database that ATTACHE_DATABASE names, not in the data folder.",
            advice="Back that database up with its own tools (pg_dump); `attache index rebuild` makes the rest from it.",
        )
