"""The language of a question: Vietnamese with or without diacritics, English, or French (answered in English)."""

from __future__ import annotations

from corpus.normalise import fold, nfc, tokens

__all__ = ["detect"]

_VIETNAMESE_ONLY = frozenset("ăâđêôơưắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựảãạẻẽẹỉĩịỏõọủũụỷỹỵ")
_FRENCH_ONLY = frozenset("çœîïûëàèù")
# Frequent short words of each language; those that two languages share are left out of both.
_VIETNAMESE = frozenset(
    "la gi nao bao nhieu khi ai co khong duoc cua va ve trong nhung cac theo nghi quyet dinh luat so muc tieu nam ngay hay neu "
    "nhu cho biet van ban dieu khoan chinh phu bo ngoai giao hoi chuong trinh chien luoc quoc gia phai lam may ky hieu luc tu den "
    "tai sao dau con thi thay hien dang chu tri ban thu tuong chuyen doi xin chao".split()
)
_ENGLISH = frozenset(
    "the of is are was were what when who which where how many much does did do by to and for from about under list name compare "
    "with it its they this that these those has have had between into there any please tell me explain say your rules why will "
    "digital resolution decision law decree".split()
)
_FRENCH = frozenset(
    "le les des du un une est sont quand qui quelle quel quelles quels ou combien comment pourquoi par sur dans pour avec depuis "
    "resolution t elle il ete au aux et selon que loi decret objectif objectifs numerique".split()
)


def detect(text: str) -> str:
    """Return `vi`, `en` or `fr`; Vietnamese when nothing decides, since most questions are.

    A letter that only Vietnamese has decides at once, unless English or French words clearly outnumber it (a quoted name).
    """
    lowered = nfc(text).lower()
    words = tokens(lowered)
    plain = [fold(word) for word in words]
    vietnamese = sum(1 for word in words if set(word) & _VIETNAMESE_ONLY) * 2 + sum(w in _VIETNAMESE for w in plain)
    english = sum(w in _ENGLISH for w in plain) * 2
    french = sum(w in _FRENCH for w in plain) * 2 + sum(1 for word in words if set(word) & _FRENCH_ONLY)
    if vietnamese >= max(english, french):
        return "vi" if vietnamese or not any(w.isascii() and w.isalpha() for w in words) else _latin(words)
    return "fr" if french > english else "en"


def _latin(words: list[str]) -> str:
    """Decide for a text of which no word is known: syllables of Vietnamese are short and end in few letters."""
    endings = ("a", "e", "i", "o", "u", "y", "c", "h", "m", "n", "g", "p", "t")
    letters = [w for w in words if w.isalpha()]
    syllables = sum(len(w) <= 6 and w.endswith(endings) for w in letters)
    return "vi" if letters and syllables == len(letters) and sum(map(len, letters)) / len(letters) <= 4.5 else "en"
