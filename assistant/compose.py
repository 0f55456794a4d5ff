"""The composition root: the one place where settings become objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from assistant.assistant import Assistant, Tuning
from assistant.doctor import offline as shut_network
from assistant.errors import AttacheError, BadSettings
from assistant.phrases import phrase
from assistant.settings import Settings
from assistant.understand import Understander
from corpus.bundle import LIBRARY, Library, library_hash, read_library
from corpus.check import Finding, check_library
from corpus.glossary import Glossary
from index.build import Progress, Verdict, build, open_retriever, stale, verify
from index.catalogue import Catalogue
from index.embedding import Encoder, open_encoder
from index.errors import NoIndex, StaleIndex
from index.home import Home, Manifest

__all__ = ["EXAMPLES", "check_corpus", "examine", "open_assistant", "rebuild", "verify_index"]

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


class _Parts:
    """The objects that every command needs, made from settings."""

    def __init__(self, settings: Settings) -> None:
        self.home = Home(settings.home)
        self.folder: Path = settings.library or LIBRARY
        if not self.folder.is_dir():
            raise BadSettings(f"There is no library at {self.folder}.", advice="Point ATTACHE_LIBRARY at a folder of digests, or unset it.")
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadSettings(f"The data folder {settings.home} cannot be made.", advice="Point ATTACHE_HOME at another folder.") from error
        self.encoder: Encoder = open_encoder(settings.encoder)
        self.catalogue = Catalogue.open(settings.database or self.home.catalogue_url)


def rebuild(settings: Settings, progress: Progress | None = None) -> tuple[Manifest, tuple[str, ...]]:
    """Build the index anew from the library; returns its manifest and a sentence for each file left out."""
    parts = _Parts(settings)
    library = read_library(parts.folder)
    manifest = build(parts.home, parts.catalogue, library.documents, parts.encoder, library.sha256, progress, _left_out(library))
    return manifest, tuple(str(error) for error in library.broken)


def verify_index(settings: Settings) -> Verdict:
    """Check the current index; raises NoIndex."""
    parts = _Parts(settings)
    return verify(parts.home, parts.catalogue, parts.encoder, library_hash(parts.folder))


def check_corpus(settings: Settings, facts: Path | None = None) -> tuple[Finding, ...]:
    """Return the faults of the library, checked against a fact base when given."""
    return check_library(settings.library or LIBRARY, facts)


def examine(settings: Settings, *, offline: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield one (sentence, passed) a check of the installation; with `offline` every connection but loopback is refused."""
    if offline:
        with shut_network() as attempts:
            yield from examine(settings)
        yield f"connections tried with the network shut: {'; '.join(attempts) or 'none'}", not attempts
        return
    try:
        parts = _Parts(settings)
        yield f"encoder {parts.encoder.fingerprint}, {parts.encoder.dimensions} dimensions", True
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


def open_assistant(settings: Settings, progress: Progress | None = None, tuning: Tuning | None = None) -> Assistant:
    """Return an assistant over the current index, which is built first when it is missing or stale."""
    parts = _Parts(settings)
    sources = library_hash(parts.folder)
    try:
        fresh = stale(parts.home.manifest(), parts.encoder, sources) is None
    except (NoIndex, StaleIndex):
        fresh = False
    if not fresh:
        library = read_library(parts.folder)
        build(parts.home, parts.catalogue, library.documents, parts.encoder, sources, progress, _left_out(library))
    retriever = open_retriever(parts.home, parts.catalogue, parts.encoder, sources)
    glossary = parts.folder / "glossary.yaml"
    understander = Understander(retriever.documents, retriever.names, Glossary.read(glossary) if glossary.exists() else Glossary(()))
    tuned = tuning or Tuning.read(WEIGHTS)
    # told at every start, not only at the one that built the index
    broken = parts.home.manifest().left_out
    return Assistant(retriever, retriever.lexical, parts.encoder, understander, tuning=tuned, left_out=broken, examples=EXAMPLES)


def _left_out(library: Library) -> tuple[str, ...]:
    """Return a sentence in both languages for each broken file of the library."""
    return tuple(
        " / ".join(phrase("left_out", language, file=error.path.name, reason=error.reason) for language in ("vi", "en"))
        for error in library.broken
    )
