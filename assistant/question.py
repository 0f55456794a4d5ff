"""What a question asks for: its shape, the kinds of thing that would answer it, and its content words.

Rules over folded text, so that they hold with and without diacritics. They read the form of a question (who, when, how
many, which document, list, compare, is it true that), never its subject.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from corpus.normalise import fold, tokens

__all__ = ["Form", "Shape", "Want", "content_words", "read_form"]


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
    DOCUMENT = "document"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a question."""

    shape: Shape
    wants: frozenset[Want]


_WANTS: tuple[tuple[Want, str], ...] = (
    (Want.WHEN, r"\b(khi nao|bao gio|ngay nao|nam nao|thang nao|luc nao|thoi diem nao|tu nam nao|hom nao|ngay may|ngay thang nam|"
                r"ngay (hop|ky|ban hanh|thong qua)|ngay nao|when|what date|which date|what year|which year|which day|quand|depuis quand|quelle date)\b"),
    (Want.WHO, r"\b(ai|nguoi nao|who|whom|whose|qui|co quan nao|bo nao|don vi nao|which (body|agency|ministry|organisation|minister|official)|"
               r"by whom|ong nao|nhung ai)\b"),
    (Want.WHERE, r"\b(o dau|tai dau|noi nao|dia diem|where|thanh pho nao|nuoc nao|quoc gia nao|which (city|country|countries)|dang nhap o dau|ou se)\b"),
    (Want.PERCENT, r"(bao nhieu (phan tram|%)|may phan tram|ty le (bao nhieu|nao)|what (percentage|per cent|percent|share)|how many per ?cent|quel pourcentage)"),
    (Want.MONEY, r"(bao nhieu (tien|ty|trieu|dong|usd|do la)|bang tien|kinh phi|ngan sach|so tien|how much (money|funding|budget)|budget|cost\b|funding)"),
    (Want.COUNT, r"\b(bao nhieu|may|how many|how much|combien|so luong|con so)\b"),
    (Want.DOCUMENT, r"\b(van ban|nghi quyet|quyet dinh|nghi dinh|luat|thong tu|chi thi|ket luan|dao luat|cong uoc) (nao|gi)\b|\bwhich "
                    r"(document|resolution|decision|decree|law|directive|circular|act|instrument)\b|\bquelle (loi|resolution|decision)\b"),
    (Want.ARTICLE, r"\b(dieu|khoan) (nao|may)\b|\bwhich (article|clause|provision)\b"),
)  # fmt: skip
_COMPARISON = re.compile(
    r"\b(so sanh|khac nhau|giong nhau|khac gi|khac (voi|biet)|doi chieu|giong va khac|co giong|nhu the nao so voi|so voi|phan biet|compare|"
    r"comparison|differ|differs|difference|differences|different|versus|vs|contrast|comparer)\b"
)
_LIST = re.compile(
    r"\b(liet ke|ke ten|ke ra|neu (cac|ten|nhung|ro)|neu \w+ (cac|nhung)|gom (nhung|cac|gi|may)|bao gom|nhung [\w ]{1,40}?(nao|gi)\b|cac [\w ]{1,40}?(nao|gi)\b|"
    r"(hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+) [\w ]{2,40} (nao|gi)\b|list|enumerate|name the|what are the|which are|what \w+ are|quels sont|quelles sont|"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+) [\w ]{2,40} (are|were)|which (two|three|four|five|six|seven|eight|nine|ten|\d+)|"
    r"phan loai|nhung gi|yeu cau gi|lam gi|dieu kien gi)\b"
)
_CLAIM = re.compile(
    r"\b(phai khong|dung khong|dung hay sai|co dung|co phai|phai chang|khang dinh|xac nhan|chu nhi|co that|is it true|is it correct|"
    r"right\?|correct\?|confirm that|say that|say:|claim that|true or false|isn t it|est il vrai|dung duoc khong)"
)
# Words that carry the form of a question and no subject; folded.
_FUNCTION = frozenset(
    "la gi nao bao nhieu khi ai o dau the nhu co khong phai dung may cho biet hay neu ke liet theo cua va ve trong den tu cac "
    "nhung mot duoc bi do tai voi thi ma nay kia ay a ah nhe nhi voi ra sao vay con de boi vi nen tren duoi sau truoc giua ca cung da dang se chua roi "
    "toi ban xin vui long hoi giup em anh chi oi noi gi nhat rang viec su cai nhung moi tung bang qua vao len xuong lai minh ho no "
    "nhu the nao ra lam gio thoi ngay nam thang so hien nhieu phan tram duoi hoac hoi cu the chinh thuc dau gom noi "
    "the a an of is are was were be been being what when who whom whose which where how many much does did do done by to and for from about "
    "under with it its they them their this that these those has have had between into there any please tell me in on at as or if not no "
    "your you i we us our say name list give according s t can could should would will shall may might must there "
    "le les des du de un une est sont quand qui quelle quel quelles quels ou combien comment pourquoi par sur dans pour avec depuis elle il ete au aux et selon que l d".split()
)


def read_form(question: str) -> Form:
    """Return the form of a question."""
    plain = " ".join(fold(question).split())
    spaced = re.sub(r"[^\w\s%?:']", " ", plain)
    wants = {want for want, pattern in _WANTS if re.search(pattern, spaced)}
    if re.search(r"\bai\b", spaced) and not re.search(r"\bai\b", question.lower()):
        wants.discard(Want.WHO)
    if "AI" in tokens_as_written(question) and not re.search(r"(?<!\w)(ai|Ai)(?!\w)", question):
        wants.discard(Want.WHO)
    if Want.PERCENT in wants or Want.MONEY in wants:
        wants.discard(Want.COUNT)
    if _COMPARISON.search(spaced):
        return Form(Shape.COMPARISON, frozenset(wants))
    if _CLAIM.search(spaced) or re.search(r"\b(co|da|chua) .{3,80}\b(khong|chua)\s*\??$", spaced.strip()):
        return Form(Shape.CLAIM, frozenset(wants))
    if _LIST.search(spaced) and not wants & {Want.WHEN, Want.WHO, Want.COUNT, Want.PERCENT, Want.DOCUMENT}:
        return Form(Shape.LIST, frozenset(wants))
    return Form(Shape.FACT, frozenset(wants))


def tokens_as_written(text: str) -> list[str]:
    """Return the words of `text` with their letter case."""
    return re.findall(r"[^\W_]+", text)


def content_words(text: str) -> list[str]:
    """Return the folded words of `text` that carry its subject, in order, repeated ones once."""
    found: dict[str, None] = {}
    for token in tokens(text):
        word = fold(token)
        if word not in _FUNCTION and (len(word) > 1 or word.isdigit()):
            found[word] = None
    return list(found)
