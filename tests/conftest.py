"""What several test modules share: the tiny library of tests/data, an encoder without a model, a built index."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from assistant.assistant import Assistant
from assistant.compose import open_assistant
from assistant.settings import Settings
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from corpus.bundle import Library, read_library
from corpus.document import Document
from corpus.glossary import Glossary
from corpus.passages import Passage, cut
from index.build import build, open_retriever
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.home import Home, Manifest
from index.lexicon import Lexicon
from index.names import DocumentNames

ROOT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "data" / "library"

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

# No deadline: a test that looks at the clock fails on a busy machine. The same examples every time under CI.
settings.register_profile(
    "attache", deadline=None, derandomize=os.environ.get("CI") == "true", suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("attache")


@dataclass(frozen=True, slots=True)
class Built:
    """An index and what it was made from."""

    home: Home
    catalogue: Catalogue
    encoder: HashingEncoder
    library: Library
    manifest: Manifest


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def library_folder() -> Path:
    """The tiny library, four short true documents; not to be written to."""
    return TINY


@pytest.fixture
def library_copy(tmp_path: Path) -> Path:
    """A copy of the tiny library that a test may spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "library"))


@pytest.fixture(scope="session")
def library() -> Library:
    """The tiny library, read."""
    return read_library(TINY)


@pytest.fixture(scope="session")
def documents(library: Library) -> dict[str, Document]:
    """The documents of the tiny library by number."""
    return {document.number: document for document in library.documents}


@pytest.fixture(scope="session")
def passages(library: Library) -> list[Passage]:
    """All passages of the tiny library."""
    return [passage for document in library.documents for passage in cut(document)]


@pytest.fixture(scope="session")
def encoder() -> HashingEncoder:
    """An encoder that needs no model."""
    return HashingEncoder()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "home")


@pytest.fixture
def catalogue(home: Home) -> Iterator[Catalogue]:
    """An empty catalogue in the empty data folder."""
    home.root.mkdir()
    catalogue = Catalogue.open(home.catalogue_url)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, library: Library, encoder: HashingEncoder) -> Iterator[Built]:
    """The tiny library, indexed; for reading alone. A test that writes builds its own with `home` and `catalogue`."""
    home = Home(tmp_path_factory.mktemp("built"))
    catalogue = Catalogue.open(home.catalogue_url)
    manifest = build(home, catalogue, library.documents, encoder, library.sha256)
    yield Built(home, catalogue, encoder, library, manifest)
    catalogue.close()


@pytest.fixture(scope="session")
def facts() -> Path:
    """The fact base beside the checkout; its absence skips the test, except under CI, where it fails."""
    path = ROOT.parent / "shared" / "facts" / "facts.jsonl"
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"the fact base {path} is not there")
    return path


@pytest.fixture(scope="session")
def attache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the assistant over the bundled library."""
    return tmp_path_factory.mktemp("attache")


@pytest.fixture(scope="session")
def attache(attache_home: Path) -> Assistant:
    """The assistant as it is shipped, over the bundled library; for asking alone."""
    return open_assistant(Settings(home=attache_home))


@pytest.fixture(scope="session")
def understander(documents: dict[str, Document]) -> Understander:
    """Reads questions about the tiny library."""
    return Understander(documents, DocumentNames(documents.values()), Glossary.read(TINY / "glossary.yaml"), Lexicon.read())


@pytest.fixture(scope="session")
def tiny_assistant(built: Built, understander: Understander) -> Assistant:
    """An assistant over the tiny library with an encoder that needs no model and with the unfitted weights."""
    retriever = open_retriever(built.home, built.catalogue, built.encoder, built.library.sha256)
    return Assistant(retriever, retriever.lexical, built.encoder, understander, Verifier())


@pytest.fixture(scope="session")
def axe() -> Any:
    """The checker of pages for what keeps people out (axe-core); its `run(page).violations_count` is to be nought."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium; the test is skipped where there is none, which under CI it may not be."""
    if _CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server with accounts to be attacked, one for every module that does."""
    from tests.attacked_site import serving

    with serving(tmp_path_factory.mktemp("site"), TINY) as made:
        yield made


@pytest.fixture(scope="session")
def whole_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page as a person starts it, over the tiny library and one PDF; for tests that leave it as it was."""
    from tests.page_server import serving

    with serving(tmp_path_factory.mktemp("whole")) as address:
        yield address


@pytest.fixture
def open_page(chromium: Any, whole_page: str) -> Iterator[Any]:
    """Opens tabs on that page; at the end none may have left this machine, put up a dialog or complained."""
    from tests.watched import Watched, watching

    with watching(chromium, Watched, whole_page, "body[data-ready]") as opened:
        yield opened
