"""What an act says of itself: number, kind, title, issuer, dates, signer, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.document import Bilingual
from corpus.legal.acts import ACT, NUMBER, date_in, issuer_of, kind_of, number_of_name, numbers
from corpus.legal.casing import cased
from corpus.legal.headings import Kind, is_capitals
from corpus.legal.place import Node, own
from corpus.normalise import fold

__all__ = ["Metadata", "Understood", "metadata"]

_KINDS = (
    "BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ ĐỊNH|NGHỊ QUYẾT|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|QUYẾT ĐỊNH|CHỈ THỊ|KẾT LUẬN|KẾ HOẠCH|HƯỚNG DẪN|THÔNG BÁO|"
    "QUY ĐỊNH|QUY CHẾ|CÔNG ĐIỆN|BÁO CÁO|CÔNG ƯỚC|HIỆP ĐỊNH|HIỆP ƯỚC|NGHỊ ĐỊNH THƯ|BẢN GHI NHỚ|TUYÊN BỐ CHUNG|TUYÊN BỐ|THỎA THUẬN|"
    "CHƯƠNG TRÌNH|ĐỀ ÁN|CHIẾN LƯỢC"
)
_NAMED = re.compile(rf"^({_KINDS})\s*:?$")
_TOGETHER = re.compile(rf"^({_KINDS})\s+(\S.*)$", re.S)
_SAID = re.compile(rf"số\s*:\s*({NUMBER})", re.I)
_IN_TITLE = re.compile(rf"^(?:{_KINDS})\s+(?:liên tịch\s+)?(?:số\s*:?\s*)?({NUMBER})", re.I)
_ENACTED = re.compile(r"(?:ban hành|thông qua)\s+((?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư)\s+[^.;]+)[.;]?\s*$")
_ENACTED_WITHIN = re.compile(r"Quốc hội ban hành ((?:Bộ luật|Luật)\s[^.;]{3,120})\.")
_PASSED = re.compile(r"thông qua\s+(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})", re.I)
_PLACED = re.compile(r"(?:^|[,|\s])(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})", re.I)
_FORCE = re.compile(
    r"(?<!của )(?P<act>(?:Bộ )?luật|pháp lệnh|nghị định|nghị quyết|thông tư(?: liên tịch)?|quyết định|chỉ thị|quy định|quy chế|hiệp định|"
    r"công ước|nghị định thư|thỏa thuận|bản ghi nhớ)\s+này\s+(?:chính thức\s+)?có\s+hiệu\s+lực\s*"
    r"(?:thi\s+hành\s*)?(?:,\s*)?(?:(?P<after>sau)\s+(?P<days>\d+)\s+(?:\([^)]*\)\s*)?ngày,?\s+)?(?:kể\s+)?(?:từ\s+)?"
    r"(?P<day>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày\s+\d{1,2}/\d{1,2}/\d{4}|ngày\s+(?:ký|ban hành|thông qua))"
    r"(?:\s+(?:ban hành\s+)?đến\s+(?:hết\s+)?(?P<end>\w{3,6}\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?",
    re.I,
)
_ENGLISH_FORCE = re.compile(
    r"(?:shall enter|enters?|entered) into force on\s+(?:the\s+)?(\d{1,2}(?:\w\w)?\s+\w+,?\s+\d{4}|\w+\s+\d{1,2},\s+\d{4})", re.I
)
_STOP = re.compile(
    r"^(?:can cu|theo de nghi|xet de nghi|chinh phu$|quoc hoi$|thu tuong|bo truong|doc lap|so\s*:|luat so|ha noi|cong hoa|dang cong san|"
    r"bo chinh tri$|noi dung duoc trich|van ban quy pham|bo [a-z ,]+$|uy ban nhan dan|van phong [a-z ]+$|ban chap hanh|kinh gui)"
)
_PERSON = re.compile(r"^(?:[^\W\d_][^\W\d_]*\.?\s+){1,4}[^\W\d_]+$")
_OFFICE = re.compile(r"^(?:noi nhan|tm|t/m|kt|tl|chu tich|thu tuong|pho thu tuong|bo truong|thu truong|tong bi thu|da ky|luat nay|quoc hoi|so)")


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that was read from the text, with the words it was read from, for a person to confirm."""

    field: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an act beside its provisions; dates are ISO, empty and None where the text does not say."""

    number: str
    kind: str
    title: str
    issuer: Bilingual
    issued: str | None
    signer: str
    effective_from: str | None
    effective_to: str | None
    understood: tuple[Understood, ...]


class _Notes:
    """Collects what is understood."""

    def __init__(self) -> None:
        self.found: list[Understood] = []

    def add(self, field: str, value: str | None, words: str) -> str:
        """Note a value that was read from some words; returns the value."""
        if value:
            self.found.append(Understood(field, value, " ".join(words.split())[:300]))
        return value or ""


def metadata(found: Sequence[Node], stem: str, *, english: bool = False, codified: bool = False) -> Metadata:
    """Read what an act says of itself; `stem` is the name of its file, which serves where the text gives no number."""
    notes = _Notes()
    body = [piece.text for node in found for piece in node.body]
    head = [piece.text.strip("*_ ") for node in found if node.kind in (Kind.HEAD, Kind.PREAMBLE) for piece in node.body]
    closing = [piece.text.strip("*_ ") for node in found if node.kind is Kind.SIGNATURE for piece in node.body]
    number = stem if codified else _number(head, closing, stem, notes)
    title = (_named_heading(found) if codified else _title(head, closing, body, notes)) or _first_line(head)
    words = title or " ".join(head[:6])
    kind = "codified" if codified else kind_of(number if number != stem else "", words)
    if kind == "document":
        kind = kind_of("", " ".join(head[:3])) if english else "official_letter" if any(fold(t).startswith("kinh gui") for t in head) else kind
    issuer = Bilingual() if codified else issuer_of(number, " ".join([*head[:8], *closing[:3]]))
    notes.add("kind", kind, title or number)
    notes.add("issuer", issuer.vi, number)
    top = [piece.text for node in found if node.kind is Kind.HEAD for piece in node.body] if english else head
    issued = None if codified else _issued(top, closing, notes, english)
    start, end = (None, None) if codified else _in_force(found, issued, notes, english)
    signer = _signer(closing, notes)
    return Metadata(number, kind, title, issuer, issued, signer, start, end, tuple(notes.found))


def _number(head: Sequence[str], closing: Sequence[str], stem: str, notes: _Notes) -> str:
    """Return the number of an act: from its head, from the title it gives itself, from its end, at last from its file's name."""
    top = head[:25]
    for text in [*top, *closing]:
        match = _SAID.search(text.replace("Ð", "Đ"))
        if match and (found := numbers(match[1])):
            return notes.add("number", found[0], text)
    for text in top[:6]:
        match = _IN_TITLE.match(text.replace("Ð", "Đ"))
        if match and (found := numbers(match[1])):
            return notes.add("number", found[0], text)
    spelled = number_of_name(stem)
    if spelled:
        return notes.add("number", spelled, f"({stem})")
    return stem


def _first_line(head: Sequence[str]) -> str:
    """Return the first line of a head as a title, a bare number passed over; empty when it is none."""
    lines = [text for text in head[:3] if not re.fullmatch(r"(?i)(?:resolution|decision|no\.?)?\s*[\d/.-]+", text)]
    return lines[0] if lines and len(lines[0]) < 200 and not _STOP.match(fold(lines[0])) else ""


def _named_heading(found: Sequence[Node]) -> str:
    """Return the outermost heading that the file declares before its first article: the name of a codified subject."""
    return next((p.text for node in found if node.kind is Kind.HEAD for p in reversed(node.body) if p.line.level == 1), "")


def _title(head: Sequence[str], closing: Sequence[str], body: Sequence[str], notes: _Notes) -> str:
    """Return the title of an act in sentence case: from the line that enacts it, else from its head."""
    printed, words = _printed_title(head, body)
    for text, after in reversed([*zip(head, [*head[1:], ""], strict=False)]):
        match = _ENACTED.search(text if text.endswith((".", ";")) else f"{text} {after}")
        if match:
            enacted = " ".join(match[1].split())
            if not printed or fold(enacted)[:40] == fold(printed)[:40] or printed.split()[0].lower() == enacted.split()[0].lower() == "luật":
                return notes.add("title", _capital(enacted), text)
    if not printed:
        enacted = next((match[1] for text in closing if (match := _ENACTED_WITHIN.search(text))), "")
        return notes.add("title", _capital(enacted), enacted)
    return notes.add("title", _capital(printed), words)


def _capital(title: str) -> str:
    """Return a title with the capitals of today: the name of a law begins with one (“Luật Tiếp cận thông tin”)."""
    match = re.match(r"(?i)(luật|bộ luật|pháp lệnh)\s+(?!sửa đổi|số\b)(.)", title)
    if match:
        title = f"{match[1]} {match[2].upper()}{title[match.end() :]}"
    return title[:1].upper() + title[1:]


def _printed_title(head: Sequence[str], body: Sequence[str]) -> tuple[str, str]:
    """Return the title that stands under the name of the kind (“NGHỊ ĐỊNH”, “LUẬT AN NINH MẠNG”), and its words."""
    for place, text in enumerate(head):
        match = _NAMED.match(text.upper()) if is_capitals(text) or len(text) < 25 else None
        subject: list[str] = []
        if match:
            for following in head[place + 1 : place + 6]:
                done = subject and not is_capitals(subject[-1]) and subject[-1].endswith((".", ";", ":"))
                if (
                    done
                    or (subject and following.endswith((".", ";")))
                    or _STOP.match(fold(following))
                    or _NAMED.match(following)
                    or re.match(rf"(?=Luật|Bộ luật|Pháp lệnh|Nghị định){ACT}", following)
                    or len(following) > 400
                    or re.match(rf"(?i)(?:số|{NUMBER})", following)
                ):
                    break
                subject.append(following)
                if not is_capitals(following) and (following[:1].isupper() and len(following) > 60):
                    break
            if not subject:
                continue
        else:
            match = _TOGETHER.match(text) if is_capitals(text) else None
            if not match or re.match(r"SỐ\b|NÀY\b|\d", match[2]):
                continue
            subject = [match[2]]
        kind = match[1].capitalize()
        about = next((place for place, line in enumerate(subject) if re.match(r"(?i)về\s|v/v", line)), 0)
        subject = subject[about:]
        return f"{kind} {_sentence(' '.join(subject), body, lower_first=kind not in ('Luật', 'Bộ luật', 'Pháp lệnh'))}", f"{text} {' '.join(subject)}"
    subject_line = next((text for text in head[:8] if re.match(r"(?i)v/v:?\s", text)), "")
    if subject_line:
        return f"Công văn về việc {subject_line[3:].lstrip(': ')}", subject_line
    return _spoken_title(head)


def _spoken_title(head: Sequence[str]) -> tuple[str, str]:
    """Return the title that a heading or a first sentence gives an act (“Nghị quyết số 57-NQ/TW … về …”)."""
    pattern = re.compile(rf"({_KINDS})\s+(?:số\s+)?{NUMBER}(?:[^:]{{0,120}}?)?(?:\s+|:\s*)((?:về|quy định|ban hành)\s+[^.;]+)", re.I)
    for text in head[:6]:
        match = pattern.search(text)
        if match:
            subject = re.sub(r"\s*\([^)]*\)\s*$", "", " ".join(match[2].split()))
            return f"{match[1].capitalize()} {subject[0].lower()}{subject[1:]}", text
    return "", ""


def _sentence(text: str, body: Sequence[str], *, lower_first: bool) -> str:
    """Return words set in capitals in the case of the act's own text; others as they are."""
    text = " ".join(text.split()).rstrip(" .")
    if is_capitals(text):
        text = cased(text, body)
        return text if lower_first else text[:1].upper() + text[1:]
    return text[:1].lower() + text[1:] if lower_first else text


def _issued(head: Sequence[str], closing: Sequence[str], notes: _Notes, english: bool) -> str | None:
    """Return the day of issue: when a law was passed, else the day beside the place in the head."""
    for text in [*closing, " ".join(closing[:5])]:
        match = _PASSED.search(text)
        if (match and "kỳ họp" in text.lower()) or (match and fold(text).startswith(("luat nay", "phap lenh nay", "nghi quyet nay"))):
            return notes.add("issued", date_in(match[1]), text) or None
    recitals = ("can cu", "theo de nghi", "xet ", "kem theo", "(kem")
    for text in head[:40]:
        if fold(text).startswith(recitals) or len(text) > 400 or (re.match(ACT, text) and "của Quốc hội" in text):
            continue
        match = _PLACED.search(text) or re.search(r"ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text)
        if match or (english and date_in(text)):
            found = date_in(match.group() if match else text)
            if found:
                return notes.add("issued", found, text)
    for text in closing:
        if english or re.match(r"(?i)làm tại", text):
            found = date_in(text)
            if found:
                return notes.add("issued", found, text)
    return None


def _in_force(found: Sequence[Node], issued: str | None, notes: _Notes, english: bool) -> tuple[str | None, str | None]:
    """Return from when, and if the act says so until when, it is in force, by its own operative words."""
    for node in own(found):
        if node.kind not in (Kind.ARTICLE, Kind.NUMBER, Kind.ROMAN):
            continue
        lines = [piece.text for piece in [*(node.opener if node.kind is Kind.ARTICLE else []), *node.body] if not piece.inert]
        text = " ".join(" ".join(lines).split())
        match = _FORCE.search(text)
        if match:
            start = _start(match, issued)
            end = date_in("ngày " + match["end"].partition(" ")[2]) if match["end"] else None
            notes.add("effective_from", start, text)
            notes.add("effective_to", end, text)
            return start, end
        match = _ENGLISH_FORCE.search(text) if english else None
        if match:
            return notes.add("effective_from", date_in(match[1]), text) or None, None
    return None, None


def _start(match: re.Match[str], issued: str | None) -> str | None:
    """Return the first day in force that the words of a match mean."""
    day = date_in(match["day"]) or issued
    if day and match["days"]:
        return (date.fromisoformat(day) + timedelta(int(match["days"]))).isoformat()
    return day


def _signer(closing: Sequence[str], notes: _Notes) -> str:
    """Return the name under the signature, empty when there is none."""
    for text in closing:
        name = text.rsplit(")", 1)[-1].strip(" |*")
        if 5 < len(name) < 40 and _PERSON.match(name) and not is_capitals(name) and name.istitle() and not _OFFICE.match(fold(name)):
            return notes.add("signer", name, text)
    return ""
