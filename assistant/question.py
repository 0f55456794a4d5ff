"""What a question asks for: its shape, the kinds of thing that would answer it, and its content words.

Rules over folded text, so that they hold with and without diacritics. They read the form of a question (who, when, how
many, which document, list, compare, is it true that), never its subject.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from corpus.normalise import fold, tokens

__all__ = ["Form", "Shape", "Want", "asks", "carries", "content_words", "focus_words", "read_form"]


class Shape(enum.StrEnum):
    """The shape of the answer."""

    FACT = "fact"
    LIST = "list"
    COMPARISON = "comparison"
    CLAIM = "claim"


class Want(enum.StrEnum):
    """A kind of thing that the answer must hold."""

    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    FUNDS = "funds"
    DOCUMENT = "document"
    ARTICLE = "article"
    VALIDITY = "validity"
    RANK = "rank"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a question.

    `units` are the folded words of what is counted (“bao nhiêu cơ quan”: co, quan); `about` tells that it asks what an act is,
    who issued or signed it, or when.
    """

    shape: Shape
    wants: frozenset[Want]
    units: tuple[str, ...] = ()
    about: bool = False


_WANTS: tuple[tuple[Want, str], ...] = (
    (Want.WHEN, r"\b(khi nao|bao gio|ngay nao|nam nao|thang nao|luc nao|thoi diem nao|tu nam nao|hom nao|ngay may|ngay thang nam|"
                r"ngay (hop|ky|ban hanh|thong qua)|ngay nao|when|what date|which date|what year|which year|which day|quand|depuis quand|"
                r"quelle date)\b"),
    (Want.WHO, r"\b(ai|nguoi nao|who|whom|whose|qui|co quan nao|bo nao|don vi nao|which (body|agency|ministry|organisation|minister|official)|"
               r"by whom|ong nao|nhung ai|(vi |lanh dao |dai su |thu truong )(\w+ ){0,2}nao|ten (ong |ba )?la gi)\b"),
    (Want.WHERE, r"\b(o dau|tai dau|noi nao|dia diem|where|thanh pho nao|nuoc nao|quoc gia nao|which (city|country|countries)|"
                 r"dang nhap o dau|ou se)\b"),
    (Want.PERCENT, r"(bao nhieu (phan tram|%)|may phan tram|ty le (bao nhieu|nao)|what (percentage|per cent|percent|share)|"
                   r"how many per ?cent|quel pourcentage)"),
    (Want.MONEY, r"(bao nhieu (nghin |ngan )?(tien|ty\b|trieu|dong|usd|do la|le phi|hoc phi|phi\b)|bang tien|"
                 r"(hoc phi|le phi|(?<!quoc )gia(?! (tri|han|dinh|nhap|"
                 r"tang|cong|su|tham)\b)|(?<!so )(?<!chat )(?<!luc )(?<!dung )(?<!khoi )luong|muc phat|chi phi)\b.{0,80}(bao nhieu"
                 r"(?! (ngay|thang|nam|gio|tuan|lan|nguoi)\b)|the nao)|"
                 r"how much (money|does .* (cost|pay|charge)|do .* (cost|pay)|is the fee)|what (is the |are the )?.{0,40}(fine|fee|"
                 r"price|cost|salary)\b|what fine)"),
    (Want.FUNDS, r"((kinh phi|ngan sach|so tien|von)\b.{0,120}(bao nhieu|may )|bao nhieu .{0,20}(kinh phi|ngan sach|von)\b|"
                 r"how much (funding|budget)|what .{0,60}(budget|funding)\b|(budget|funding) .{0,60}how much)"),
    (Want.COUNT, r"\b(bao nhieu|may|how many|how much|combien|so luong|con so)\b"),
    (Want.DOCUMENT, r"\b(van ban|nghi quyet|quyet dinh|nghi dinh|luat|thong tu|chi thi|ket luan|dao luat|cong uoc) (nao|gi)\b|\bwhich "
                    r"(document|resolution|decision|decree|law|directive|circular|act|instrument)\b|\bquelle (loi|resolution|decision)\b"),
    (Want.ARTICLE, r"\b(dieu|khoan|chuong) (nao|may)\b|\bwhich (article|clause|provision)\b"),
    (Want.RANK, r"\b((xep|dung) (hang |thu |vi tri )?(thu |hang |vi tri )?(may|bao nhieu)|hang may|vi tri thu may|"
                r"what (is |was )?.{0,40}\brank\b|how (high|well)? ?.{0,40}\brank\b|what rank|which (rank|place)\b)"),
    (Want.DURATION, r"\b(bao nhieu|may|how many) (gio|ngay|tuan|thang|nam|phut|hours|days|weeks|months|years|minutes)\b|\bbao lau\b|"
                    r"\bhow long\b"),
    (Want.VALIDITY, r"\b(con hieu luc|het hieu luc|hieu luc (khong|chua)|thay the|thay (bang|cho)|bi thay|bai bo|hien hanh|"
                    r"dang (duoc )?ap dung|thoi ap dung|ap dung (duoc |duoc roi )?(chua|tu|ke tu)|duoc chua|con (dung|viet|dan|ap dung)|"
                    r"con gia tri|still (in force|valid|apply|applies|binding)|in force|replaced?|repeal(ed|s)?|supersed(ed|es)|"
                    r"currently (in force|applies|valid)|expired?)\b"),
)  # fmt: skip
_COMPARISON = re.compile(
    r"\b(so sanh|dat canh nhau|(doi|thay doi) (the nao|ra sao|bao nhieu) (giua|qua|tu)|cai nao [\w ]{1,20}hon|"
    r"khac nhau|giong nhau|khac gi|khac (voi|biet|the nao|ra sao)|doi chieu|giong va khac|co giong|nhu the nao so voi|so voi|phan biet|compare|"
    r"comparison|differ|differs|difference|differences|different|versus|vs|contrast|comparer)\b"
)
_LIST = re.compile(
    r"\b(liet ke|ke ten|ke ra|neu (cac|ten|nhung|ro)|neu \w+ (cac|nhung)|gom (nhung|cac|gi|may)|bao gom|nhung [\w ]{1,40}?(nao|gi)\b|"
    r"cac [\w ]{1,40}?(nao|gi)\b|"
    r"(?<![\w/] )(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi|[2-9]|1\d)(?: \w+){1,5} (nao|gi)\b|(?:hai|ba|bon|sau|bay|tam|chin|"
    r"muoi)(?: \w+){1,4} (nao|gi)\b|"
    r"list|enumerate|name the|what are the|which are|what \w+ are|quels sont|quelles sont|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten)(?: \w+){1,5} (are|were)|which (two|three|four|five|six|seven|eight|nine|ten)|"
    r"phan loai|nhung gi|yeu cau gi|lam gi|dieu kien gi)\b"
)
_CLAIM = re.compile(
    r"\b(phai khong|dung khong|dung hay sai|co dung|co phai|phai chang|khang dinh|xac nhan|chu nhi|co that|is it true|is it correct|"
    r"right\?|correct\?|confirm that|say that|say:|claim that|true or false|isn t it|est il vrai|dung duoc khong)"
)
# Words that carry the form of a question and no subject; folded.
_FUNCTION = frozenset(
    "la gi nao bao nhieu khi ai o dau the nhu co khong phai dung may cho biet hay neu ke liet theo cua va ve trong den tu cac "
    "nhung mot duoc bi do tai voi thi ma nay kia ay a ah nhe nhi voi ra sao vay con de boi vi nen tren duoi sau truoc giua ca cung da "
    "dang se chua roi "
    "toi ban xin vui long hoi giup em anh chi oi noi gi nhat rang viec su cai nhung moi tung bang qua vao len xuong lai minh ho no "
    "nhu the nao ra lam gio thoi ngay nam thang so hien nhieu phan tram duoi hoac hoi cu the dau gom noi "
    "khac nhau giong compare comparison differ difference differences came first versus actually chang chieu hai hom luc a "
    "the a an of is are was were be been being what when who whom whose which where how many much does did do done by to and for from about "
    "under with it its they them their this that these those has have had between into there any please tell me in on at as or if not no "
    "your you i we us our say name list give according s t can could should would will shall may might must there "
    "le les des du de un une est sont quand qui quelle quel quelles quels ou combien comment pourquoi par sur dans pour avec depuis "
    "elle il ete au aux et selon que l d".split()
)


# With their marks these carry a subject, though without them they look like words of form: chủ đề, hiệu lực, đầu tư, kinh tế số.
_MEANINGFUL = frozenset("đề lực độ tài tư đầu mã kế biệt thể trọng vệ hộ nội số hiện gốm năm nguồn".split())
_ASKING = re.compile(
    r"\b(nao|gi|ai|bao nhieu|may|bao gio|dau|the nao|ra sao|khong|chua|vi sao|tai sao|when|who|whom|where|which|what|how|why|quand|qui|"
    r"quel|quelle|combien)\b"
)


def asks(text: str) -> bool:
    """Tell whether a stretch of text asks something by itself."""
    return bool(_ASKING.search(fold(text)))


def focus_words(text: str) -> tuple[str, ...]:
    """Return the folded content words next to the question words of `text`: what exactly is asked for."""
    row = [fold(t) for t in tokens(text)]
    joined = " ".join(row)
    near: dict[str, None] = {}
    for match in _ASKING.finditer(joined):
        start, end = joined.count(" ", 0, match.start()), joined.count(" ", 0, match.end()) + 1
        for word in (*row[max(0, start - 4) : start], *row[end : end + 5]):
            if word not in _FUNCTION and (len(word) > 1 or word.isdigit()):
                near[word] = None
    return tuple(near)


# With their marks these words are not the question words that they look like without them.
_LOOKALIKES = re.compile(r"\b(máy|mây|đầu|dấu|dầu|đấu|não|náo|ái|chưng|nấm|nắm|nạm)\b", re.I)


_ENGLISH_MAY = re.compile(r"\bmay\b(?=.*\b(?:the|a|an|be|of|by|under|for|not)\b)", re.I)


def _unlike(question: str) -> str:
    """Return the question with words masked that only look like question words when their marks are gone (máy, mấy; the English may)."""
    return _ENGLISH_MAY.sub("_", _LOOKALIKES.sub("_", question))


def read_form(question: str) -> Form:
    """Return the form of a question."""
    plain = " ".join(fold(_unlike(question)).split())
    spaced = re.sub(r"[^\w\s%?:']", " ", plain)
    wants = {want for want, pattern in _WANTS if re.search(pattern, spaced)}
    if re.search(r"\bai\b", spaced) and not re.search(r"\bai\b", question.lower()):
        wants.discard(Want.WHO)
    if "AI" in tokens_as_written(question) and not re.search(r"(?<!\w)(ai|Ai)(?!\w)", question):
        wants.discard(Want.WHO)
    if Want.WHEN in wants:
        wants.discard(Want.DURATION)  # “ngày mấy tháng mấy” asks for a date
    if Want.PERCENT in wants:
        wants -= {Want.MONEY, Want.FUNDS}
    if wants & {Want.PERCENT, Want.MONEY, Want.FUNDS, Want.RANK, Want.DURATION}:
        wants.discard(Want.COUNT)
    units = _units(spaced) if Want.COUNT in wants else ()
    return Form(_shape(spaced, wants), frozenset(wants), units, bool(_ABOUT.search(spaced)))


_ABOUT = re.compile(
    r"\b(ve viec gi|ve (noi dung|van de|cai) gi|ve gi|noi dung gi|ban hanh|ai ky|ky ngay|ky khi|do ai|thong qua|ten (day du|chinh thuc|"
    r"goi)|la (van ban )?gi\b|"
    r"ngay ky|about|issued|issue|promulgated?|signed|signs?|adopted|passed|what is|approved|phe duyet)"
)


_COUNTED = re.compile(r"\b(?:bao nhieu|(?<!thu )may|how many|combien de?|so luong|so luot)\s+((?:\w+\s*){1,3})")
# Measures of time are said in other words and figures than they are asked in; answers name them freely.
_MEASURES = frozenset("gio tieng ngay thang nam lau phan muc cap tang bac lan hours days months years people personnes".split())


def _units(plain: str) -> tuple[str, ...]:
    """Return the words of what is counted: the first two content words after “how many”."""
    match = _COUNTED.search(plain)
    words = content_words(match.group(1))[:2] if match else []
    return () if any(word in _MEASURES for word in words[:1]) else tuple(words)


def _shape(spaced: str, wants: set[Want]) -> Shape:
    """Return the shape of the answer that a folded question asks for."""
    if _COMPARISON.search(spaced):
        return Shape.COMPARISON
    if _CLAIM.search(spaced) or re.search(r"\b(co|da|chua) .{3,80}\b(khong|chua)\s*\??$", spaced.strip()):
        return Shape.CLAIM
    if _LIST.search(spaced) and not wants & {Want.WHEN, Want.WHO, Want.COUNT, Want.PERCENT, Want.DOCUMENT}:
        return Shape.LIST
    return Shape.FACT


def tokens_as_written(text: str) -> list[str]:
    """Return the words of `text` with their letter case."""
    return re.findall(r"[^\W_]+", text)


def carries(token: str) -> bool:
    """Tell whether a token of a question carries its subject and not its form."""
    word = fold(token)
    return (word not in _FUNCTION or token in _MEANINGFUL) and (len(word) > 1 or word.isdigit())


def content_words(text: str) -> list[str]:
    """Return the folded words of `text` that carry its subject, in order, repeated ones once."""
    return list(dict.fromkeys(fold(token) for token in tokens(text) if carries(token)))
