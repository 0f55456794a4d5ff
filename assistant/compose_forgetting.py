"""A document or a user forgotten, with the settings: everything that holds them emptied, and every file of the data folder looked at."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from assistant.accounts.errors import BadUser
from assistant.compose import Parts
from assistant.compose_accounts import Accounts, open_accounts
from assistant.compose_history import open_history
from assistant.errors import BadSettings, UnknownDocument
from assistant.forgetting import Forgotten, forget_in_study, forget_items, names_or_holds, words_of
from assistant.settings import Settings
from assistant.study.store import Progress, device_of
from assistant.study.tables import ANSWERS, CONSENTS, GOALS, REVIEWS, SITTINGS
from assistant.traces import telling, traces
from corpus.document import Document
from index.build import Progress as Report
from index.caches import Caches
from index.catalogue import LIBRARY, Catalogue
from index.generation import regenerate
from index.held import Text
from index.home import Home
from index.originals import Originals

__all__ = ["PATIENCE", "forget_document", "forget_user", "is_document", "is_user"]

_DERIVED = {"evals": 2, "corpora": 2, "gradio": 2, "before-restore": 1, "restoring": 1, "official": 2, "uploads": 2}
"""What in the data folder is made from something else and goes whole, by how many names of its path tell one from another."""
PATIENCE = 20.0
"""So many seconds are given to a page that serves: it opens the new generation by itself and lets go of the old one."""


def is_document(settings: Settings, name: str) -> bool:
    """Tell whether a document of that number was taken in. Raises StoreFailed, StaleIndex."""
    return bool(_own_texts(Parts(settings).catalogue, name))


def is_user(settings: Settings, name: str) -> bool:
    """Tell whether anything of a user is kept. Raises AccountsFailed, HistoryFailed, ProgressFailed."""
    with open_accounts(settings) as accounts, closing(open_history(settings)) as history, closing(_progress(settings)) as progress:
        return _has_account(accounts, name) or bool(history.conversations(name, 1)) or _studies(progress, name)


def forget_document(settings: Settings, number: str, progress: Report | None = None, patience: float = PATIENCE) -> Forgotten:
    """Remove a document that was taken in, and everything that names it or holds its words; then prove it.

    The index is made anew from what is left; `patience` seconds are given to others who read the old one.
    Raises UnknownDocument, BadSettings for one of the bundled library, IndexBusy, StoreFailed.
    """
    parts = Parts(settings)
    home, catalogue = parts.home, parts.catalogue
    with home.ingesting(), home.writing():
        texts = _own_texts(catalogue, number)
        if not texts:
            if number in catalogue.texts([number]):
                raise BadSettings(f"{number} belongs to the bundled library.", advice="Point ATTACHE_LIBRARY at a folder of digests without it.")
            raise UnknownDocument(number)
        names = [text.held_as for text in texts]
        documents = [document for name in names if (document := catalogue.document(name))]
        words = telling(_texts_of(documents), (" ".join(_texts_of([other])) for name, other in catalogue.held() if name not in names))
        originals = Originals(home.root)
        records = [record for text in texts if (record := originals.record(text.source))]
        hashes = {document.sha256 for document in documents} | {record.sha256 for record in records}
        passages = sum(len(keys) for keys in catalogue.keys_of(names).values())
        catalogue.settle({}, names)
        manifest = home.manifest()
        regenerate(home, catalogue, parts.encoder, progress, library=manifest.library, left_out=manifest.left_out)
        for text in texts:
            originals.forget(text.source)
            own = Path(text.source)
            if own.is_relative_to(settings.home):  # a copy of ours; a person's own file stays where it is
                own.unlink(missing_ok=True)
        originals.sweep()
        known = {number, *names} if len(catalogue.texts([number]).get(number, ())) == 0 else set(names)
        answers, items = _forget_told(settings, known, words)
        _patiently(lambda: not home.prune({home.current().name}), patience)
        _patiently(catalogue.tidy, patience)
        removed = {"texts": len(names), "passages": passages, "answers that name it": answers, "items of study": items}
        removed |= _remove_derived(settings.home, words, hashes)
        checks = [*_index_checks(home, catalogue, names), *_told_checks(settings, known, words), *_file_checks(settings.home, words, hashes)]
    return Forgotten(number, removed, checks)


def forget_user(settings: Settings, name: str) -> Forgotten:
    """Remove a user with account, conversations, reports and progress; then prove it. Raises AccountsFailed, HistoryFailed, ProgressFailed."""
    with open_accounts(settings) as accounts, closing(open_history(settings)) as history, closing(_progress(settings)) as progress:
        told = words_of(history, name)
        others = [word for user in history.users() if user != name for word in words_of(history, user)]
        removed = {"conversations": history.forget(name), "answers of study": forget_in_study(progress, name)}
        progress.erase()
        removed["rows of the account"] = accounts.users.forget(name) if _has_account(accounts, name) else 0
        words = telling(told, others)
        removed |= _remove_derived(settings.home, words, ())
        words = telling(words, (" ".join(_texts_of(Catalogue.open(settings.database or Home(settings.home).catalogue_url).documents())),))
        checks = [
            ("accounts, sessions, tokens and log do not name them", not _has_account(accounts, name)),
            ("no conversation, answer or report of theirs is kept", not history.conversations(name, 1) and not history.reports(name)),
            ("no progress of theirs is kept", not _studies(progress, name)),
            *_file_checks(settings.home, words, ()),
        ]
    return Forgotten(name, removed, checks)


def _has_account(accounts: Accounts, name: str) -> bool:
    """Tell whether the accounts tell of a user; what cannot be a user's name is none."""
    try:
        return accounts.users.knows(name)
    except BadUser:
        return False


# --- what there is -------------------------------------------------------------------------------------------------------


def _own_texts(catalogue: Catalogue, number: str) -> list[Text]:
    """Return the texts of an act that were taken in, none for what is bundled."""
    return [text for text in catalogue.texts([number]).get(number, ()) if text.source != LIBRARY]


def _texts_of(documents: Iterator[Document] | Sequence[Document]) -> Iterator[str]:
    """Yield the words of documents."""
    for document in documents:
        yield from (document.title.vi, document.title.en)
        for provision in document.provisions:
            yield from (provision.heading.vi, provision.heading.en, provision.text.vi, provision.text.en)


def _progress(settings: Settings) -> Progress:
    """Open what study keeps."""
    url = settings.database or f"sqlite:///{settings.home / 'study.sqlite3'}"
    return Progress.open(url, device_of(settings.home), own=settings.database is None)


def _studies(progress: Progress, user: str) -> bool:
    """Tell whether study keeps anything of a user."""
    tables = (REVIEWS, GOALS, SITTINGS, ANSWERS, CONSENTS)
    return any(progress.rows(select(table.c.user_name).where(table.c.user_name == user).limit(1)) for table in tables)


# --- what goes -----------------------------------------------------------------------------------------------------------


def _forget_told(settings: Settings, names: Collection[str], words: Sequence[str]) -> tuple[int, int]:
    """Remove kept answers and items of study that name a document or hold its words; returns how many of each."""
    with closing(open_history(settings)) as history:
        answers = history.forget_answers(lambda kept: names_or_holds(kept, names, words))
    with closing(_progress(settings)) as progress:
        items = forget_items(progress, names, words)
        progress.erase()
    return answers, items


def _remove_derived(root: Path, words: Sequence[str], hashes: Collection[str]) -> dict[str, int]:
    """Remove runs, corpora and copies in the data folder that hold the words; returns how many by their folder."""
    gone: dict[str, int] = {}
    for trace in traces(root, words, hashes) if words or hashes else ():
        inside = trace.path.relative_to(root).parts
        depth = _DERIVED.get(inside[0], 0)
        place = root.joinpath(*inside[:depth])
        if depth and place.exists():
            shutil.rmtree(place) if place.is_dir() else place.unlink()
            gone[f"in {inside[0]}/"] = gone.get(f"in {inside[0]}/", 0) + 1
    return gone


def _patiently(done: Callable[[], bool], seconds: float) -> None:
    """Try until it is done, or nobody can be waited for any longer; whether it was is seen by the checks."""
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        time.sleep(0.25)


# --- what is proved ------------------------------------------------------------------------------------------------------


def _index_checks(home: Home, catalogue: Catalogue, names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield what catalogue and index say."""
    yield "the catalogue does not know it", not any(catalogue.document(name) for name in names) and not any(catalogue.keys_of(names).values())
    with closing(Caches(home.current())) as caches:
        known = catalogue.keys()
        for name, keys in (("lexical index", set(caches.lexical.keys())), ("vectors", set(caches.vectors.keys()))):
            yield f"{name}: made anew, {len(keys)} passages of what is left", keys == known
    older = [folder.name for folder in home.generations() if folder != home.current()]
    still = f"an older generation of the index is still read ({', '.join(older)}): stop the page and forget it again"
    yield still if older else "no older generation of the index is left", not older


def _told_checks(settings: Settings, names: Collection[str], words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield what conversations and study say: a second look finds nothing to remove."""
    answers, items = _forget_told(settings, names, words)
    yield "no answer that is kept, and so no receipt of one, names it or holds its words", not answers
    yield "no item of study rests on it", not items


def _file_checks(root: Path, words: Sequence[str], hashes: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield what the files say, byte by byte."""
    files = [path for path in root.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    found = traces(root, words, hashes)
    for trace in found:
        yield f"{trace.path.relative_to(root)} holds “{trace.words}”", False
    if not found:
        yield f"none of {len(words)} telling pieces stands in any of {len(files)} files ({size:.1f} MB)", True
