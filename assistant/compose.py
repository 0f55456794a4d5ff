"""The composition root: the one place where settings become objects."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from assistant.answer import EXTRACTIVE
from assistant.assistant import Assistant
from assistant.data_folder import made
from assistant.doctor import offline as shut_network
from assistant.errors import AttacheError, BadSettings
from assistant.generation import ANSWER_TOKENS, SILENCE, ChatModel, ModelSpec, open_model
from assistant.intake import Intake, Wishes, gone_from
from assistant.modelled import ModelComposer
from assistant.phrases import phrase
from assistant.prompting import Prompter
from assistant.receipts import Origin, Receipts
from assistant.settings import Settings
from assistant.study.store import Progress as StudyProgress
from assistant.study.store import device_of
from assistant.study.studio import Library as StudyLibrary
from assistant.study.studio import Studio
from assistant.tuning import Tuning
from assistant.understand import Understander
from assistant.verification.judge import Limits, Verifier
from corpus.bundle import LIBRARY as LIBRARY_FOLDER
from corpus.bundle import Library, library_hash, read_library
from corpus.check import Finding, check_library
from corpus.document import Document
from corpus.errors import Fault, NothingRead, Unreadable
from corpus.folders import find_files
from corpus.glossary import Glossary
from corpus.readers import read_file
from corpus.tokens import open_counter, vocabulary_is_whole
from index.build import Progress, Verdict, build, open_retriever, ready, stale, verify
from index.catalogue import LIBRARY, Catalogue
from index.catching_up import catch_up
from index.embedding import BUNDLED, Encoder, open_encoder
from index.errors import NoIndex, StaleIndex
from index.home import Home, Manifest
from index.ingest import IngestReport, ingest
from index.lexicon import Lexicon
from index.mending import settle
from index.originals import Originals
from index.shared_locks import DatabaseLocks
from index.shelf import Shelf
from index.sums import altered, summed
from index.swapping import finish_swap

__all__ = [
    "EXAMPLES",
    "IngestReport",
    "Parts",
    "check_corpus",
    "examine",
    "glossary_of",
    "ingest_paths",
    "library_of",
    "open_assistant",
    "open_corpus",
    "open_receipts",
    "open_study",
    "open_verifier",
    "original_of",
    "rebuild",
    "verify_index",
]

EXAMPLES: Mapping[str, Sequence[str]] = MappingProxyType({
    "vi": (
        "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?",
        "Chương trình Chuyển đổi số quốc gia có mục tiêu kép gì?",
        "So sánh mục tiêu kinh tế số của Nghị quyết 52 và Nghị quyết 57.",
        "Luật Chuyển đổi số có hiệu lực từ ngày nào?",
        "Tọa đàm ngoại giao số năm 2022 nêu những khuyến nghị nào?",
    ),
    "en": (
        "When and by whom was Resolution 52-NQ/TW issued?",
        "What dual goal does the National Digital Transformation Programme set?",
        "How do Resolutions 52 and 57 differ on the digital economy?",
        "When does the Law on Digital Transformation enter into force?",
        "When does the Hanoi Convention enter into force?",
    ),
})  # fmt: skip


WEIGHTS = Path(__file__).parent / "weights.json"
CORPUS = "corpus"
"""The source of an index that holds one file alone."""


class Parts:
    """The objects that every command needs, made from settings. Raises BadSettings, StoreFailed, StaleIndex."""

    def __init__(self, settings: Settings) -> None:
        several = (settings.database or "").startswith("postgresql")
        self.shared = DatabaseLocks(settings.database) if several and settings.database else None
        self.home = Home(settings.home, settings.vectors, self.shared)
        self.folder: Path = settings.library or LIBRARY_FOLDER
        if not self.folder.is_dir():
            raise BadSettings(f"There is no library at {self.folder}.", advice="Point ATTACHE_LIBRARY at a folder of digests, or unset it.")
        made(settings.home)
        finish_swap(self.home)
        self.encoder: Encoder = open_encoder(settings.encoder)
        self.catalogue = Catalogue.open(settings.database or self.home.catalogue_url)


def rebuild(settings: Settings, progress: Progress | None = None) -> tuple[Manifest, tuple[str, ...]]:
    """Make the index anew from the catalogue and the library; returns its manifest and a sentence for each file left out."""
    parts = Parts(settings)
    library, left_out = library_of(parts.folder)
    manifest = build(parts.home, parts.catalogue, library.documents, parts.encoder, library.sha256, progress, left_out, anew=True)
    return manifest, tuple(str(error) for error in library.broken)


def _bring_up_to_date(parts: Parts, progress: Progress | None) -> str:
    """Make the index, or ingest a library that has changed; returns the library's hash.

    An index that is missing, or was made by another encoder or format, is made anew when the catalogue holds the library
    alone. Where more was ingested, that would take longer than anybody who only asks a question expects: NoIndex or
    StaleIndex names the command.
    """
    sources = library_hash(parts.folder)
    if parts.shared and parts.catalogue.count()[0]:  # others write it too
        catch_up(parts.home, parts.catalogue, parts.encoder, progress)
    held = parts.catalogue.sources()
    manifest = None
    try:
        manifest = parts.home.manifest()
        refused = manifest.refuses(parts.encoder.fingerprint)
    except (NoIndex, StaleIndex):
        if held.keys() - {LIBRARY}:
            raise
        refused = None
    if refused and held.keys() - {LIBRARY}:
        raise StaleIndex(f"The index cannot be used: {refused}.")
    lost = bool(manifest and manifest.documents and not held)  # the catalogue was removed, its caches were not
    if manifest is None or lost or stale(manifest, parts.encoder, sources):
        library = read_library(parts.folder)
        build(parts.home, parts.catalogue, library.documents, parts.encoder, sources, progress, _left_out(library), anew=lost)
    settle(parts.home, parts.catalogue, parts.encoder, progress)
    return sources


def ingest_paths(settings: Settings, paths: Sequence[Path], progress: Progress | None = None, wishes: Wishes | None = None) -> IngestReport:
    """Read files of any format, and all files of folders, into the index; returns what became of their documents.

    Each file is a source: what it no longer holds is removed, and what a folder no longer holds too. What cannot be read is
    named in the report. `wishes` hold corrections of the one file given. Raises NothingRead when nothing could be.
    """
    parts = Parts(settings)
    library = _bring_up_to_date(parts, progress)
    files, faults = find_files(paths)
    total = IngestReport(failed=faults)
    with parts.home.ingesting(), closing(Intake(parts.home, parts.catalogue, parts.encoder, library, wishes or Wishes(), progress)) as intake:
        for place, file in enumerate(files):
            if progress:
                progress("files", place, len(files))
            total += intake.take(file)
        for name in gone_from(parts.catalogue, paths, files):
            total += intake.remove(name)
    if progress and files:
        progress("files", len(files), len(files))
    if not (total.added or total.unchanged or total.replaced or total.removed):
        raise NothingRead(total.failed)
    return total


def original_of(settings: Settings, sha256: str) -> Path | None:
    """Return the file that a document was read from, as it was then, by the document's hash; None for what was not ingested."""
    return Originals(settings.home).find(sha256)


def _reading(path: Path, progress: Progress | None) -> Callable[[int, int], None]:
    """Return a progress of bytes for one file."""
    return (lambda done, total: progress(f"reading {path.name}", done, total)) if progress else (lambda done, total: None)


def verify_index(settings: Settings) -> Verdict:
    """Check the current index; raises NoIndex."""
    parts = Parts(settings)
    return verify(parts.home, parts.catalogue, parts.encoder, library_hash(parts.folder))


def check_corpus(settings: Settings, facts: Path | None = None) -> tuple[Finding, ...]:
    """Return the faults of the library, checked against a fact base when given."""
    return check_library(settings.library or LIBRARY_FOLDER, facts)


def examine(settings: Settings, *, offline: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield one (sentence, passed) a check of the installation; with `offline` every connection but loopback is refused."""
    if offline:
        with shut_network() as attempts:
            yield from examine(settings)
        yield f"connections tried with the network shut: {'; '.join(attempts) or 'none'}", not attempts
        return
    try:
        parts = Parts(settings)
        yield f"encoder {parts.encoder.fingerprint}, {parts.encoder.dimensions} dimensions", True
        yield from _hashes(settings.encoder or BUNDLED)
        assistant = open_assistant(settings)
        yield f"{len(assistant.documents())} documents readable", True
        yield from verify_index(settings).checks
        for language in ("vi", "en"):
            answer = assistant.ask(EXAMPLES[language][0])
            yield f"a question in {language} is answered with {len(answer.citations)} citation(s)", bool(answer.citations)
        for notice in assistant.left_out:
            yield notice, False
    except AttacheError as error:
        yield f"{error} {error.advice}", False


def _hashes(encoder: Path) -> Iterator[tuple[str, bool]]:
    """Yield one (sentence, passed) for the files of the encoder and one for the vocabulary, by the hashes that their makers gave."""
    known, wrong = summed(encoder), altered(encoder)
    sound = f"{len(known)} as they were made" if known else "there are no hashes to check them by"
    told = f"not as they were made: {', '.join(wrong)}" if wrong else sound
    yield f"files of the encoder: {told}", not wrong
    whole = vocabulary_is_whole()
    words = {None: "is not installed, tokens are estimated", True: "is as its makers gave it out", False: "is not what its makers gave out"}
    yield f"the vocabulary of chat models {words[whole]}", whole is not False


def open_assistant(settings: Settings, progress: Progress | None = None, tuning: Tuning | None = None, model: ChatModel | None = None) -> Assistant:
    """Return an assistant over the current index, which is built first when it is missing or stale.

    `model` words the answers in the place of the one that the settings name.
    """
    model = model or _model(settings)  # first, for a name that cannot be used is told of at once
    parts = Parts(settings)
    sources = _bring_up_to_date(parts, progress)
    # broken files are told of at every start, not only at the one that built the index
    return _assistant(parts, sources, parts.home.manifest().left_out, tuning, (model, settings) if model else None)


def _model(settings: Settings) -> ChatModel | None:
    """Return the chat model of the settings, None for quoting. Raises GeneratorUnknown, BadSettings."""
    if settings.model == EXTRACTIVE:
        return None
    key = settings.model_key
    if settings.model_key_file:
        try:
            key = settings.model_key_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettings("The file named by ATTACHE_MODEL_KEY_FILE cannot be read.") from error
    seconds = float(settings.model_seconds)
    spec = ModelSpec(settings.model, settings.model_url, key, seconds, min(seconds, SILENCE), answer_tokens=_answer_tokens(settings))
    return open_model(spec)


def _answer_tokens(settings: Settings) -> int:
    """Return how many tokens of a model's context are kept for its reply."""
    return min(ANSWER_TOKENS, settings.model_tokens // 3)


def open_corpus(settings: Settings, corpus: Path, progress: Progress | None = None, tuning: Tuning | None = None) -> Assistant:
    """Return an assistant over an index of its own that holds the documents of one file and nothing else.

    The index lies in the data folder and is kept: a second start encodes only what has changed. Lines that cannot be used are
    named in `left_out`. Raises Unreadable.
    """
    place = hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:16]
    parts = Parts(replace(settings, home=settings.home / "corpora" / place, database=None))
    try:
        content = _hash_of(corpus)
    except OSError as error:
        raise Unreadable(corpus, error.strerror or type(error).__name__) from error
    try:
        fresh = stale(parts.home.manifest(), parts.encoder, content) is None and bool(parts.catalogue.sources())
    except (NoIndex, StaleIndex):
        fresh = False
    if not fresh:
        skipped: list[Fault] = []
        documents = read_file(corpus, skipped, _reading(corpus, progress))
        ready(parts.home, parts.catalogue, parts.encoder, progress)
        report = ingest(parts.home, parts.catalogue, parts.encoder, documents, source=CORPUS, progress=progress)
        for name, reason in report.failed:
            if name == CORPUS:
                raise Unreadable(corpus, reason)
        parts.home.amend(library=content, left_out=tuple(f"{name}: {reason}" for name, reason in (*skipped, *report.failed)))
    return _assistant(parts, content, parts.home.manifest().left_out, tuning)


def _hash_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _assistant(
    parts: Parts, sources: str, left_out: Sequence[str], tuning: Tuning | None = None, worded: tuple[ChatModel, Settings] | None = None
) -> Assistant:
    """Return an assistant over the current generation, whose answers are `worded` by a chat model under its settings when given."""
    tuned = tuning or Tuning.read(WEIGHTS)
    retriever = open_retriever(parts.home, parts.catalogue, parts.encoder, sources, tuned.fusion)
    terms = glossary_of(parts.folder)
    verifier = open_verifier(parts.encoder, terms)
    understander = Understander(retriever.documents, retriever.names, terms, Lexicon.read())
    composer = None
    if worded is not None:
        model, settings = worded
        prompter = Prompter(open_counter(), settings.model_tokens, _answer_tokens(settings))
        composer = ModelComposer(model, verifier, prompter, show_unverified=settings.show_unverified)
    receipts = Receipts(retriever.documents, verifier, _origin(parts, sources, worded))
    return Assistant(
        retriever, retriever.lexical, parts.encoder, understander, verifier, tuning=tuned, left_out=left_out, examples=EXAMPLES, composer=composer,
        receipts=receipts,
    )  # fmt: skip


def glossary_of(folder: Path) -> Glossary:
    """Return the glossary of the library in a folder, an empty one when it has none."""
    glossary = folder / "glossary.yaml"
    return Glossary.read(glossary) if glossary.exists() else Glossary(())


def open_verifier(encoder: Encoder, terms: Glossary) -> Verifier:
    """Return the judge of sentences with the limits that were fitted."""
    return Verifier(encoder, terms, Limits.read(WEIGHTS))


def open_receipts(settings: Settings, progress: Progress | None = None) -> Receipts:
    """Return what checks receipts against the library as it is now; no chat model is opened. Raises NoIndex or StaleIndex."""
    parts = Parts(settings)
    sources = _bring_up_to_date(parts, progress)
    return Receipts(Shelf(parts.catalogue), open_verifier(parts.encoder, glossary_of(parts.folder)), _origin(parts, sources))


def _origin(parts: Parts, sources: str, worded: tuple[ChatModel, Settings] | None = None) -> Origin:
    """Return what answers come from, as receipts tell it."""
    settings: dict[str, str | int | bool] = {}
    if worded is not None:
        model, given = worded
        settings = {
            "sends_to": model.sends_to, "context_tokens": given.model_tokens, "answer_tokens": _answer_tokens(given),
            "seconds": given.model_seconds, "show_unverified": given.show_unverified,
        }  # fmt: skip
    return Origin(version("digital-attache"), parts.home.current().name, sources, parts.encoder.fingerprint, _hash_of(WEIGHTS), settings)


def open_study(settings: Settings, assistant: Callable[[], Assistant]) -> Studio:
    """Return the study room over what an assistant knows, which is opened when it is needed.

    Progress lies in the data folder, or in the database of the settings; the settings' chat model, if any, rewords items and explains
    sections. Raises ProgressFailed.
    """
    folder = settings.library or LIBRARY_FOLDER

    def library() -> StudyLibrary:
        terms = glossary_of(folder)
        verifier = open_verifier(open_encoder(settings.encoder), terms)

        def found(sentence: str) -> Sequence[tuple[str, str]]:
            return [(one.passage.document, one.passage.locator) for one in assistant().search(sentence, 6)]

        def named(name: str) -> tuple[str, Document]:
            document = assistant().document(name)
            return (name if name.startswith(f"{document.number}~") else document.number), document

        return StudyLibrary(read_library(folder).documents, named, found, terms, verifier, _model(settings))

    url = settings.database or f"sqlite:///{settings.home / 'study.sqlite3'}"
    return Studio(library, StudyProgress.open(url, device_of(made(settings.home)), own=settings.database is None))


def library_of(folder: Path) -> tuple[Library, tuple[str, ...]]:
    """Return the library of a folder, and a sentence in both languages for each broken file of it."""
    library = read_library(folder)
    return library, _left_out(library)


def _left_out(library: Library) -> tuple[str, ...]:
    """Return a sentence in both languages for each broken file of the library."""
    return tuple(
        " / ".join(phrase("left_out", language, file=error.path.name, reason=error.reason) for language in ("vi", "en")) for error in library.broken
    )
