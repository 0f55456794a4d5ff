"""The bundled library: Markdown files with YAML front matter become documents.

One file is one document: front matter, then a `## locator` block per provision with a small YAML block and the text in
Vietnamese (`### vi`) and English (`### en`). A broken file is refused with its line and reason and never stops the others;
`read_library` hands both back. Nothing here knows how the texts are searched.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from corpus.document import LANGUAGES, Bilingual, Document, Provision, Relation, first_day
from corpus.errors import BadLibraryFile, BadLocator
from corpus.locator import Locator
from corpus.normalise import nfc

__all__ = ["INVERSE", "KINDS", "LIBRARY", "STATUSES", "Library", "decode", "library_hash", "load_yaml", "read_document", "read_library"]

LIBRARY = Path(__file__).parent / "library"
KINDS = frozenset(
    "resolution decision directive conclusion law decree circular plan treaty agreement declaration conference article "
    "congress practice study official_letter".split()
)
STATUSES = frozenset("in_force not_yet_in_force expired replaced amended concluded voluntary practice unknown".split())
INVERSE = {
    "replaces": "replaced_by", "amends": "amended_by", "implements": "implemented_by", "based_on": "basis_of",
    "succeeds": "succeeded_by", "related": "related", "repeals": "repealed_by", "partially_repeals": "partially_repealed_by",
}  # fmt: skip
INVERSE |= {back: forth for forth, back in INVERSE.items()}

_BLOCK = re.compile(r"^## +(.+?)[ \t]*$", re.M)
_META = re.compile(r"\s*```yaml\n(.*?)\n```\n", re.S)
_LANGUAGE = re.compile(r"^### +(vi|en)\s*$", re.M)


@dataclass(frozen=True, slots=True)
class Library:
    """The documents that could be read, the files that could not, and the hash of every byte read."""

    documents: tuple[Document, ...]
    broken: tuple[BadLibraryFile, ...]
    sha256: str


# The C parser is ten times faster and just as safe; it is absent from some builds of PyYAML.
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """A safe YAML loader that leaves dates as the strings they are, since many are partial."""


_Loader.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(text: str, path: Path, line: int = 1) -> Any:
    """Parse YAML safely, dates kept as strings; raises BadLibraryFile with the line in the file."""
    try:
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML lets int("0x_") raise ValueError
        mark = getattr(error, "problem_mark", None)
        at = line + (mark.line if mark else 0)
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise BadLibraryFile(path, at, f"the YAML cannot be read ({reason})") from error


def read_library(folder: Path = LIBRARY) -> Library:
    """Read every document file of `folder` and join the relations of `relations.yaml` to both of their ends."""
    documents: dict[str, Document] = {}
    broken: list[BadLibraryFile] = []
    for path in sorted(folder.glob("*.md")):
        try:
            document = read_document(path)
            if document.number in documents:
                raise BadLibraryFile(path, 1, f"the number {document.number} stands in another file too")
            documents[document.number] = document
        except BadLibraryFile as error:
            broken.append(error)
    relations = folder / "relations.yaml"
    extra: list[tuple[str, Relation]] = []
    if relations.exists():
        try:
            extra = _read_relations(relations)
        except BadLibraryFile as error:
            broken.append(error)
    return Library(tuple(_joined(documents, extra)), tuple(broken), library_hash(folder))


def library_hash(folder: Path = LIBRARY) -> str:
    """Return one hash of the names and bytes of all document files and relations; parses nothing."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.md"), *folder.glob("relations.yaml")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def read_document(path: Path) -> Document:
    """Read one document file; raises BadLibraryFile with line and reason."""
    raw = path.read_bytes()
    text = _text(raw, path)
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if not match:
        raise BadLibraryFile(path, 1, "there is no front matter between two lines of ---")
    meta = load_yaml(match.group(1), path, 2)
    if not isinstance(meta, dict):
        raise BadLibraryFile(path, 2, "the front matter is no mapping")
    document = _document(meta, path)
    provisions = _provisions(text, match.end(), path)
    return replace(document, provisions=provisions, sha256=hashlib.sha256(raw).hexdigest())


def decode(raw: bytes, path: Path) -> str:
    """Return the text of a file of the library; raises BadLibraryFile with the line when it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadLibraryFile(path, line, "the file is not UTF-8") from error


def _text(raw: bytes, path: Path) -> str:
    """Return the text of a file that must be UTF-8 in NFC; raises BadLibraryFile with the line."""
    text = decode(raw, path)
    if nfc(text) != text:
        line = next((i for i, row in enumerate(text.split("\n"), 1) if nfc(row) != row), 1)
        raise BadLibraryFile(path, line, "the text is not in NFC")
    return text


def _rows(meta: dict[str, Any], name: str, path: Path, line: int) -> list[Any]:
    """Return a field that must be a list; nothing there is an empty one."""
    value = meta.get(name)
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise BadLibraryFile(path, line, f"{name} must be a list")
    return value


def _bilingual(meta: dict[str, Any], name: str, path: Path, line: int, *, required: bool = True) -> Bilingual:
    """Return a bilingual field; raises BadLibraryFile when a language is missing."""
    value = meta.get(name) or {}
    if not isinstance(value, dict):
        raise BadLibraryFile(path, line, f"{name} must have vi and en")
    both = Bilingual(*(str(value.get(language) or "").strip() for language in LANGUAGES))
    if required and not (both.vi and both.en):
        raise BadLibraryFile(path, line, f"{name} lacks {'Vietnamese' if not both.vi else 'English'}")
    return both


def _date(meta: dict[str, Any], name: str, path: Path) -> str | None:
    """Return a full or partial ISO date of the front matter."""
    value = meta.get(name)
    if value in (None, ""):
        return None
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", str(value)):
            raise ValueError(value)
        first_day(str(value))
    except ValueError as error:
        raise BadLibraryFile(path, 2, f"{name}: {value} is no date in the form YYYY[-MM[-DD]]") from error
    return str(value)


def _choice(meta: dict[str, Any], name: str, allowed: frozenset[str], path: Path) -> str:
    """Return a field whose value must be one of `allowed`."""
    value = str(meta.get(name))
    if value not in allowed:
        raise BadLibraryFile(path, 2, f"{name}: {value} is none of {', '.join(sorted(allowed))}")
    return value


def _document(meta: dict[str, Any], path: Path) -> Document:
    """Make a document without provisions from front matter."""
    if not meta.get("number"):
        raise BadLibraryFile(path, 2, "the document has no number")
    return Document(
        number=str(meta["number"]).strip(),
        title=_bilingual(meta, "title", path, 2),
        issuer=_bilingual(meta, "issuer", path, 2),
        kind=_choice(meta, "kind", KINDS, path),
        issued=_date(meta, "issued", path),
        status=_choice(meta, "status", STATUSES, path),
        status_note=_bilingual(meta, "status_note", path, 2, required=False),
        effective_from=_date(meta, "effective_from", path),
        effective_to=_date(meta, "effective_to", path),
        relations=tuple(_relation(r, path) for r in _rows(meta, "relations", path, 2)),
        aliases=tuple(str(a) for a in _rows(meta, "aliases", path, 2)),
        urls=tuple(str(u) for u in _rows(meta, "urls", path, 2)),
        text_kind=_choice(meta, "text_kind", frozenset({"digest", "card", "official"}), path),
    )


def _relation(data: Any, path: Path) -> Relation:
    """Make a relation of front matter or relations.yaml."""
    if not isinstance(data, dict) or data.get("type") not in INVERSE:
        raise BadLibraryFile(path, 2, f"a relation must have a type among {', '.join(sorted(INVERSE))}")
    target = data.get("target") or data.get("to")
    if not target:
        raise BadLibraryFile(path, 2, f"the relation {data['type']} has no target")
    since = data.get("since") or (data.get("from") if data.get("target") else None)
    note = data.get("note")
    both = _bilingual(data, "note", path, 2, required=False) if isinstance(note, dict) else Bilingual(vi=str(note or ""))
    return Relation(str(data["type"]), str(target), _date({"since": since}, "since", path), both)


def _provisions(text: str, start: int, path: Path) -> tuple[Provision, ...]:
    """Read the provision blocks of a file from offset `start` on."""
    heads = list(_BLOCK.finditer(text, start))
    found: list[Provision] = []
    seen: set[str] = set()
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        line = text.count("\n", 0, head.start()) + 1
        end = following.start() if following else len(text)
        provision = _provision(head.group(1), text[head.end() : end], head.end(), path, line)
        name = str(provision.locator).casefold()
        if name in seen:
            raise BadLibraryFile(path, line, f"the locator “{provision.locator}” stands twice")
        seen.add(name)
        found.append(provision)
    return tuple(found)


def _provision(label: str, body: str, offset: int, path: Path, line: int) -> Provision:
    """Read one block: its YAML, then its text in both languages."""
    try:
        locator = Locator.parse(label)
    except BadLocator as error:
        raise BadLibraryFile(path, line, str(error)) from error
    block = _META.match(body)
    if not block:
        raise BadLibraryFile(path, line, f"“{label}” has no YAML block")
    top = line + body.count("\n", 0, block.start(1))
    meta = load_yaml(block.group(1), path, top)
    parts = _LANGUAGE.split(body[block.end() :])
    texts = {code: part.strip() for code, part in zip(parts[1::2], parts[2::2], strict=True)}
    for code, name in (("vi", "Vietnamese"), ("en", "English")):
        if not texts.get(code):
            raise BadLibraryFile(path, line, f"“{label}” lacks {name}")
    if not isinstance(meta, dict) or meta.get("role") not in ("provision", "note"):
        raise BadLibraryFile(path, top, f"“{label}”: role must be provision or note")
    return Provision(
        locator=locator,
        heading=_bilingual(meta, "heading", path, top),
        text=Bilingual(texts["vi"], texts["en"]),
        role=meta["role"],
        facts=tuple(str(f) for f in _rows(meta, "facts", path, top)),
        confidence=str(meta.get("confidence") or "text"),
        span=(offset, offset + len(body)),
    )


def _read_relations(path: Path) -> list[tuple[str, Relation]]:
    """Read relations.yaml as pairs of source number and relation."""
    data = load_yaml(_text(path.read_bytes(), path), path) or {}
    if not isinstance(data, dict):
        raise BadLibraryFile(path, 1, "there is no list under relations:")
    found = []
    for row in _rows(data, "relations", path, 1):
        if not isinstance(row, dict) or not row.get("from") or not row.get("to"):
            raise BadLibraryFile(path, 1, f"a relation lacks from or to: {row}")
        found.append((str(row["from"]), _relation({**row, "target": None}, path)))
    return found


def _joined(documents: dict[str, Document], extra: list[tuple[str, Relation]]) -> list[Document]:
    """Give every relation to both of its ends, once, a dated one before an undated one of the same type and target."""
    edges: dict[tuple[str, str, str], Relation] = {}

    def add(source: str, relation: Relation) -> None:
        key = (source, relation.type, relation.target)
        known = edges.get(key)
        if known is None or (known.since is None and relation.since):
            edges[key] = relation

    for document in documents.values():
        for relation in document.relations:
            add(document.number, relation)
    for source, relation in extra:
        add(source, relation)
    for (source, kind, target), relation in list(edges.items()):
        add(target, replace(relation, type=INVERSE[kind], target=source))
    per: dict[str, list[Relation]] = {}
    for (source, _, _), relation in edges.items():
        per.setdefault(source, []).append(relation)
    return [replace(d, relations=tuple(per.get(d.number, ()))) for d in documents.values()]
