"""Relations that an act states in its own operative words: what it replaces, amends, implements and rests on.

Read from the title, from the articles on entry into force and amendment, and from the recitals; never from quoted
words, annexes, or acts that are only mentioned as amending others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Bilingual, Relation
from corpus.legal.acts import NUMBER, Cited, cited
from corpus.legal.headings import Kind
from corpus.legal.metadata import Metadata
from corpus.legal.place import Node, own
from corpus.normalise import fold

__all__ = ["relations"]

_BARE = (
    rf"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|"
    rf"Quyết định)\s+số\s+{NUMBER}(?:\s+ngày\s+[^,;.]*?\d{{4}})?(?:\s+của\s+(?:Chính phủ|Quốc hội|Thủ tướng Chính phủ|Bộ trưởng Bộ [^,;.]+?))?"
)
_AMENDED = re.compile(
    rf"(?:đã\s+)?(?:được|bị)\s+(?:sửa đổi|bổ sung|thay thế|bãi bỏ)[^;.()“]{{0,300}}?(?:theo|bởi|tại)\s+(?:các\s+)?"
    rf"{_BARE}(?:\s*(?:,\s*và|,|và|;)\s*{_BARE})*",
    re.I,
)
_FALLS = re.compile(r"\bhết\s+hiệu\s+lực", re.I)
_REPLACES = re.compile(
    r"\bthay\s+thế(?:\s+cho)?\s+(?:các\s+)?(?=(?:Bộ luật|Luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị|Kết luận|Quy định|Quy chế))", re.I
)
_REPEALS = re.compile(
    r"^(?:\W*\d+[.)]\s*|\W*[a-zđ][.)]\s*)?[Bb]ãi bỏ\s+(?:toàn bộ\s+)?(?=(?:các\s+)?(?:Bộ luật|Luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị)\s)",
    re.I,
)
_AMENDS = re.compile(r"^\W*(?:\d+[a-zđ]?\s*[.)]\s*|[a-zđ]\d?\s*[.)]\s*)?(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm từ|Bỏ cụm từ|Thay đổi)\b", re.I)
_PART = re.compile(r"(?:khoản|điểm|điều|chương|mục|phụ lục|cụm từ|phần|tên|quy định tại|đoạn)\s[^;.]*$", re.I)
_FOLLOWING = re.compile(r"sau(?: đây)?\s+(?:đây\s+)?(?:hết|bị|được)|sau(?: đây)?\s*:\s*$", re.I)
_IMPLEMENTS = re.compile(r"(?:quy định chi tiết|hướng dẫn|biện pháp thi hành|thi hành|thực hiện|triển khai|cụ thể hóa)\b", re.I)
_SUBJECT = re.compile(
    r"\W*(?:\d+[a-zđ]?\s*[.)]\s*|[a-zđ]\d?\s*[.)]\s*)?(?:Kể từ [^,]*,\s*)?(?:(?:các|những)\s+)?(?:quy định tại\s+)?"
    r"(?:(?:khoản|điểm|điều|chương|mục|phụ lục|phần)\s[^;.]*?)?(?:của\s+)?",
    re.I,
)
_CLOSING = 6
_LONGEST = 5000
_TRANSITION = re.compile(r"chuyen tiep")


def relations(found: Sequence[Node], known: Metadata) -> tuple[Relation, ...]:
    """Return what an act says of other acts, each relation once, the strongest first: replaces, amends, implements, based_on."""
    made: dict[tuple[str, str], Relation] = {}
    strongest = {"replaces": 0, "amends": 1, "implements": 2, "based_on": 3}
    stated = [*_operative(found, known), *_titled(found, known), *_recited(found, known)]
    for relation in sorted(stated, key=lambda r: strongest[r.type]):
        if relation.target != known.number and ("replaces", relation.target) not in made:
            made.setdefault((relation.type, relation.target), relation)
    return tuple(made.values())


def _operative(found: Sequence[Node], known: Metadata) -> Iterator[Relation]:
    """Yield what the articles of the act itself replace and amend."""
    clauses = [node for node in own(found) if node.kind in (Kind.ARTICLE, Kind.NUMBER, Kind.ROMAN)]
    units = [node.steps[0] if node.steps[0].startswith("Điều") else ", ".join(node.steps) for node in clauses]
    last = set(list(dict.fromkeys(units))[-_CLOSING:])
    for node, unit in zip(clauses, units, strict=True):
        heading = fold(node.heading)
        amending = any(word in heading for word in ("sua doi", "bai bo", "thay the"))
        if not (unit in last or amending) or (_TRANSITION.search(heading) and "hieu luc" not in heading):
            continue
        where = ", ".join(node.steps)
        lines = [piece.text for piece in ([*node.opener, *node.body] if node.kind is Kind.ARTICLE else node.body) if not piece.inert]
        yield from _of_lines(lines, where, known)


def _of_lines(lines: Sequence[str], where: str, known: Metadata) -> Iterator[Relation]:
    """Yield the relations of one clause, whose first line may govern the points under it."""
    governing = ""
    for line in _whole(lines):
        plain = _AMENDED.sub(" ", " ".join(line.split())[:_LONGEST])
        if (_FALLS.search(plain) and _FOLLOWING.search(plain)) or re.search(r"(?:bãi bỏ|thay thế) các .*sau(?: đây)?\s*:$", plain, re.I):
            governing = "replaces"
        elif _AMENDS.match(plain) and re.search(r"\bcác (?:luật|bộ luật|nghị|thông tư|văn bản|quyết định)[^:]*sau(?: đây)?\s*:$", plain, re.I):
            governing = "amends"
        elif governing and re.match(r"^\W*(?:[a-zđ]\d?\s*[.)]|[-–+•]|\d+[.)])", plain):
            first = next(cited(plain), None)
            if first:
                yield _relation("amends" if _PART.search(plain[: first.start]) else governing, first, where, line, known)
        else:
            governing = ""
            yield from _of_line(plain, where, line, known)


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a clause with those joined that break off before a number or a name."""
    held = ""
    for line in lines:
        if held and not held.rstrip().endswith((".", ";", ":", "”")) and not re.match(r"\W*(?:[a-zđ]\d?|\d+)\s*[.)]\s|[-–+•]", line):
            held += " " + line
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _of_line(plain: str, where: str, line: str, known: Metadata) -> Iterator[Relation]:
    """Yield the relations that one sentence states."""
    parts = re.split(r";\s*(?=(?:bãi bỏ|sửa đổi|bổ sung|thay thế)\b)", plain, flags=re.I)
    if len(parts) > 1 and _AMENDS.match(plain):
        for part in parts:
            yield from _of_line(part, where, line, known)
        return
    falls = _FALLS.search(plain)
    if falls:
        start = 0
        for act in cited(plain[: falls.start()]):
            before = plain[start : act.start]
            if not _SUBJECT.fullmatch(before) and not (start and re.search(r"[;,]\s*(?:và\s+)?$|\svà\s+$", before)):
                return
            yield _relation(
                "amends" if _PART.search(before) and not before.rstrip().endswith(("và", ",", ";")) else "replaces", act, where, line, known
            )
            start = act.end
        return
    repeals = _REPEALS.match(plain)
    replaces = repeals or _REPLACES.search(plain)
    if replaces and not re.search(r"được\s+(?:sửa đổi, bổ sung|sửa đổi|bổ sung)?[^.]*$", plain[: replaces.start()]):
        place = replaces.end()
        for act in cited(plain[place:]):
            between = plain[place : place + act.start] if act.start else ""
            if between and not re.fullmatch(
                r"[\s,;]*(?:và\s+|các\s+)*",
                re.sub(r"ngày\s+\d+[^,;]*?\d{4}|của\s+[^,;]*|(?:về|quy định|ban hành|sửa đổi)[^,;]*", "", between[_end_of(plain, place, act) :]),
            ):
                break
            yield _relation("replaces", act, where, line, known)
        return
    if _AMENDS.match(plain):
        end = -1
        for act in cited(plain):
            if end < 0 or re.search(r"[;,]\s*(?:và\s+)?(?:(?:thay |bỏ )?cụm từ|tại|khoản|điểm|điều)\b", plain[end : act.start], re.I):
                yield _relation("amends", act, where, line, known)
            end = act.end


def _end_of(plain: str, place: int, act: Cited) -> int:
    """Return where the words between two cited acts begin, after the act before."""
    before = [other.end for other in cited(plain[place:]) if other.end <= act.start]
    return before[-1] if before else 0


def _titled(found: Sequence[Node], known: Metadata) -> Iterator[Relation]:
    """Yield what the title, or the article on scope, says the act amends or carries out."""
    first = next((" ".join(p.text for p in [*n.opener, *n.body] if not p.inert) for n in found if n.steps[0] in ("Điều 1", "Điều 1.")), "")
    title = known.title
    if re.match(r"\S+(?: \S+)?\s+(?:sửa đổi|bổ sung|bãi bỏ)", title, re.I):
        words = " ".join(_AMENDED.sub(" ", title).split())
        acts = list(cited(words)) or [act for act in _named(found, title) if act]
        for act in acts[:1]:
            yield _relation("amends", act, "Tiêu đề", title, known)
        return
    plain = _AMENDED.sub(" ", title)
    match = _IMPLEMENTS.search(plain)
    if match:
        direct = next(cited(plain[match.start() :]), None)
        for act in [direct] if direct else _named(found, plain[match.start() :])[:1]:
            yield _relation("implements", act, "Tiêu đề", title, known)
        if direct:
            return
    match = re.search(r"này quy định chi tiết\s+(.*)", first, re.S)
    if match and known.kind in ("decree", "circular", "decision"):
        for act in _named(found, match[1])[:1]:
            yield _relation("implements", act, "Điều 1", first, known)


def _named(found: Sequence[Node], words: str) -> list[Cited]:
    """Return the acts of the recitals whose name stands in some words, the longest name first."""
    plain = fold(" ".join(words.split()))
    acts = [act for line in _recitals(found) for act in list(cited(_AMENDED.sub(" ", line)))[:1] if act.name]
    hits = [act for act in acts if f"{fold(act.kind)} {fold(act.name)}" in plain]
    return sorted(hits, key=lambda act: -len(act.name))


def _recitals(found: Sequence[Node]) -> list[str]:
    """Return the lines of the preamble."""
    return [" ".join(piece.text.strip("*_ ").split()) for node in found if node.kind in (Kind.HEAD, Kind.PREAMBLE) for piece in node.body]


def _recited(found: Sequence[Node], known: Metadata) -> Iterator[Relation]:
    """Yield the acts that the recitals name as the basis; those that only amended one are none."""
    for line in _recitals(found):
        if not fold(line).startswith("can cu"):
            continue
        act = next(cited(_AMENDED.sub(" ", line)), None)
        if act:
            yield Relation("based_on", act.number, known.issued, Bilingual(vi=line.rstrip(" ;.,")))


def _relation(kind: str, act: Cited, where: str, words: str, known: Metadata) -> Relation:
    """Return a relation with the place and the words that state it."""
    since = known.effective_from if kind in ("replaces", "amends") else known.issued
    said = " ".join(words.split())
    return Relation(kind, act.number, since, Bilingual(vi=f"{where}: {said if len(said) <= 400 else said[:400] + '…'}"))
