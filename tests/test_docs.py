"""README, CHANGELOG and CONTRIBUTING say what is so: help texts, settings, outcomes, paths, chores, links, the answer shown."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.answer import Answer, Citation, Evidence, Outcome
from assistant.settings import _KNOWN
from corpus.bundle import read_library
from ui.cli import parser

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
# Where a link or a shown address may lead: this machine's loopback, public offices, the two conventions of the changelog.
HOSTS = {"127.0.0.1:7860", "127.0.0.1:8000", "127.0.0.1:8080", "vanban.chinhphu.vn", "keepachangelog.com", "semver.org"}
_FENCE = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1$", re.M | re.S)
_LINK = re.compile(r"\[[^\]\n]+\](?:\(([^)\s]+)\)|: (\S+))")


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def plain(text: str) -> str:
    """The text with every run of white space made one space: patch levels of Python break lines differently."""
    return " ".join(text.split())


def fenced(text: str, opening: str, closing: str) -> str:
    """The code block between two HTML comments."""
    found = re.search(rf"<!-- {re.escape(opening)} -->\n```\n(.*?)\n```\n<!-- {re.escape(closing)} -->", text, re.S)
    assert found, f"README.md has no block between <!-- {opening} --> and <!-- {closing} -->"
    return found.group(1)


def chores(text: str) -> Iterator[str]:
    """The targets of every `make …` in code, inline or in a block."""
    code = [line.partition("#")[0] for block in _FENCE.finditer(text) for line in block.group(2).splitlines()]
    code += re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    for command in code:
        words = command.split()
        if words[:1] == ["make"]:
            yield from (word for word in words[1:] if re.fullmatch(r"[a-z]+", word))


def anchors(text: str) -> set[str]:
    """The anchors that a Markdown page offers for its headings."""
    headings = re.findall(r"^#+ +(.+?)\s*$", _FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", ["attache", "attache ask", "attache verify", "attache search", "attache ingest"])
def test_the_help_in_the_readme_is_the_command_s_own(
    command: str, readme: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*command.split()[1:], "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert plain(fenced(readme, f"help: {command}", "/help")) == plain(said), f"paste `COLUMNS=100 {command} --help` into README.md"


def test_the_table_of_settings_is_whole_and_names_no_other(readme: str) -> None:
    rows = re.findall(r"^\| `(ATTACHE_[A-Z_]+)` \|", readme, re.M)
    assert sorted(rows) == sorted(_KNOWN)
    named = {name for text in map(page, PAGES) for name in re.findall(r"\bATTACHE_[A-Z][A-Z_]*", text)}
    assert named <= set(_KNOWN)


def test_the_table_of_outcomes_is_whole_and_in_order_of_what_says_something(readme: str) -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \|", readme.split("| Outcome |")[1].split("\n\n")[0], re.M)
    assert sorted(rows) == sorted(Outcome)
    assert [Outcome(row).says_something for row in rows] == [True] * 4 + [False] * 4


def test_the_answer_json_in_the_readme_has_the_keys_of_the_real_one(readme: str) -> None:
    citation = Citation(1, "d", "t", "l", "q", "digest", "in_force", "", "p", True, (0, 1), "en", "provision")
    answer = Answer("q", "en", date(2026, 1, 1), Outcome.ANSWERED, "q [1].", (citation,), (Evidence("d", "l", "p", 1.0),)).to_json("1")
    keys = [*answer, *answer["citations"][0], *answer["evidence"][0]]
    shown = re.findall(r'"(\w+)"', readme.split("### The answer as JSON")[1].split("```")[1])
    assert Counter(shown) == Counter(keys)


def test_the_answer_shown_first_stands_in_the_library(readme: str) -> None:
    documents = {document.number: document for document in read_library().documents}
    block = fenced(readme, "answer", "/answer")
    cited = re.findall(r"^\[(\d+)\] ([^,\n]+), (.+?) · ", block, re.M)
    said = plain(block.split("\n\n")[1])
    assert cited and {mark for mark, _, _ in cited} == set(re.findall(r"\[(\d+)\]", said))
    for mark, number, locator in cited:
        provision = documents[number].find(locator)
        sentence = re.search(rf"([^\]]+?) \[{mark}\]([.;:!?]?)", said)
        assert provision and sentence and "".join(sentence.groups()).strip() in plain(provision.text.en)


def test_the_numbers_of_the_library_are_counted(readme: str) -> None:
    kinds = Counter(document.text_kind for document in read_library().documents)
    assert f"{kinds.total()} documents: **{kinds['digest']} digests** and **{kinds['card']} cards**" in readme
    assert f"{kinds['digest']} digests" in page("CHANGELOG.md") and f"{kinds['card']} cards" in page("CHANGELOG.md")


def test_every_path_of_the_tree_is_there(readme: str) -> None:
    folder, named = ROOT, []
    for line in fenced(readme, "tree", "/tree").splitlines():
        indent, names, sentence = re.fullmatch(r"( *)(\S+(?: \S+)*)  +(\S.*)", line).groups()  # type: ignore[union-attr]
        folder = folder if indent else ROOT / names
        named += [folder / name for name in names.split()] if indent else [folder]
        assert sentence
    assert len(named) == len(set(named)) > 30
    assert [str(path.relative_to(ROOT)) for path in named if not path.exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_chore_named_is_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.M))
    named = set(chores(page(name)))
    assert named and named <= targets


@pytest.mark.parametrize("name", PAGES)
def test_links_resolve_and_lead_to_known_hosts(name: str) -> None:
    text = page(name)
    for target in (a or b for a, b in _LINK.findall(_FENCE.sub("", text))):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        assert not path or (ROOT / path).is_file(), f"{name}: {target} is not there"
        assert not anchor or anchor in anchors(page(path or name)), f"{name}: {target} has no such heading"
    assert {urlsplit(url.rstrip(".,;:")).netloc for url in re.findall(r"https?://[^\s`)>]+", text)} <= HOSTS


@pytest.mark.parametrize("name", PAGES)
def test_nothing_of_the_writer_s_machine_is_told(name: str) -> None:
    text = page(name)
    assert re.findall(r"(?<![\w.])/(?:work|home|root|tmp|Users|mnt|opt|srv)\b[^\s`]*", text) == []
    assert set(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", text)) <= {"127.0.0.1"}
    assert re.findall(r"\b[\w-]+\.(?:internal|local|lan|corp|intranet)\b", text) == []


def test_the_scores_have_their_place(readme: str) -> None:
    table = readme.split("<!-- scores -->\n")[1].split("<!-- /scores -->")[0]
    assert table.startswith("| set | n | right (95 % interval) |")
    assert {row.count("|") for row in table.splitlines() if row.startswith("|")} == {8}


def test_the_changelog_tells_of_this_version_first() -> None:
    version = tomllib.loads(page("pyproject.toml"))["project"]["version"]
    first = re.search(r"^## (\S+) - (\d{4}-\d\d-\d\d)$", page("CHANGELOG.md"), re.M)
    assert first and first.group(1) == version and date.fromisoformat(first.group(2))
