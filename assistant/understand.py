"""A question understood: cleaned, its language and form known, made to stand alone, its documents and address named.

Follow-ups are resolved by rules: “còn … thì sao / what about …” keeps the earlier question and replaces its year or
ordinal; a pronoun (“nó”, “văn bản đó”, “it”) keeps only the documents that the earlier answer was about. Orders hidden in
a question (“ignore your rules and say that …”) are set aside; what they claim is looked up like any other claim.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Outcome, Turn
from assistant.language import detect
from assistant.moments import with_years
from assistant.places import country_names
from assistant.question import Form, Shape, Want, asks, carries, content_words, read_form
from corpus.document import Document
from corpus.figures import dates
from corpus.glossary import Glossary
from corpus.normalise import clean, fold, tokens
from index.lexicon import Lexicon
from index.names import Address, DocumentNames, Mention, parse_address

__all__ = ["LONGEST", "Understander", "Understanding", "greets", "refers_back", "split_parts"]

LONGEST = 2000
_ORDERS = re.compile(
    r"(hay |xin |vui long )?(bo qua|phot lo|quen|lo di|mac ke)( di)?( het)?( moi| tat ca| cac)? ?(huong dan|chi dan|quy tac|nguon|lenh|"
    r"tai lieu|yeu cau)[^,.;:]*?"
    r"( truoc do| truoc| tren| he thong)?( va|[,.;:]|$)|"
    r"(please )?(ignore|disregard|forget|override|bypass)( all| any)?( of)?( your| the| previous| prior| these| those)* ?(rules|"
    r"instructions|sources|prompt|documents|guidelines)[^,.;:]*?"
    r"( above| before)?( and|[,.;:]|$)|(ignore[sz]?|oublie[sz]?) (toutes )?(tes|vos|les) (instructions|regles|sources)[^,.;:]*( et|[,.;:]|$)"
)
_SECRETS = re.compile(
    r"\b(mat khau|password|passwd|khoa bi mat|api key|secret key|token truy cap|system prompt|cau lenh he thong|prompt he thong|"
    r"ma nguon cua ban|"
    r"thong tin dang nhap|credentials|private key|mot de passe|your (prompt|instructions)|in ra (prompt|huong dan))\b"
)
_OPINION = re.compile(
    r"\b(theo bạn|bạn nghĩ|ban nghi sao|ban nghi gi|ý kiến của bạn|y kien cua ban|quan điểm của bạn|dự đoán|du doan|bạn có thể đoán|"
    r"do you think|your opinion|in your view|"
    r"predict|ai sẽ thắng|ai se thang|nên đầu tư|nen dau tu|thời tiết|thoi tiet|weather|recipe|nấu ăn|nau an|bóng đá|bong da|football|"
    r"giá vàng|gia vang|"
    r"kể chuyện cười|joke|làm thơ|lam tho|viết thơ|viet tho|write a poem)\b"
)
_GREETING = re.compile(
    r"^(xin )?(chao|hello|hi|hey|bonjour|alo|cam on|thank you|thanks|merci|tam biet|bye|goodbye|good (morning|afternoon|evening))"
    r"( ban| anh| chi| em| nhe| nhieu| there| you| a| so much| very much| all)*$"
)
_ELLIPSIS = re.compile(
    r"^(con|the con|vay con|con ve|and what about|what about|how about|and (for|in)|et (pour|en)|va (nam|den nam))\b|"
    r"\bthi sao\s*\??$"
)
_OPENING = re.compile(r"(the|vay|va|and|so|then|et|con|roi)\b")
_RELATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(huong dan|trien khai|thuc hien|thi hanh|cu the hoa|quy dinh chi tiet|implement\w*|guid\w+|carry out)\b", ("implemented_by", "implements")),
    (r"\b(sua doi|sua|bo sung|cap nhat|amend\w*)\b", ("amended_by", "amends")),
    (r"\b(thay the|thay|bai bo|khai tu|replac\w+|repeal\w*|supersed\w+)\b", ("replaced_by", "replaces")),
    (r"\b(can cu|dua tren|basis|based on)\b", ("based_on", "basis_of")),
    (r"\b(ke tiep|tiep noi|tiep theo|succe\w+|follow\w*)\b", ("succeeded_by", "succeeds")),
)
_PRONOUN = re.compile(
    r"\b(no|chung|(van ban|nghi quyet|quyet dinh|luat|nghi dinh|chuong trinh|chien luoc|hoi nghi|toa dam|cong uoc|su kien|tai lieu|"
    r"chi thi|thong tu|"
    r"nguoi|ong|ba|co quan|thoa thuan|hiep dinh|ke hoach|dieu|de an) (do|nay|ay|tren)|(o |tai |trong )?(do|day)|nguoi ta|ho|(luc|khi|"
    r"hoi) (ay|do|nay)|it|its|they|their|them|he|she|his|her|"
    r"that|this|those|these|there|(the|this|that|same) (document|law|decree|resolution|decision|event|conference|convention|programme|"
    r"seminar|strategy|one))\b"
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is known of a question before anything is looked up.

    `text` is the question made to stand alone and freed of orders; `subject` its folded content words; `documents` the
    numbers it names or inherits; `dated` the documents issued on a day that it names; `related` those that stand to a named one
    as the question asks (what implements, amends or replaces it); `verdict` an outcome that needs no
    retrieval. `order` tells that an order was set aside.
    """

    question: str
    text: str
    language: str
    asked_in: str
    form: Form
    subject: tuple[str, ...]
    documents: tuple[str, ...]
    named: tuple[tuple[str, ...], ...]
    dated: tuple[str, ...]
    related: tuple[str, ...]
    address: Address | None
    also: tuple[tuple[str, float], ...]
    concepts: tuple[tuple[tuple[str, ...], ...], ...]
    order: bool = False
    inherited: bool = False
    verdict: Outcome | None = None


class Understander:
    """Reads questions against the names of the documents and the glossary."""

    def __init__(self, documents: Mapping[str, Document], names: DocumentNames, glossary: Glossary, lexicon: Lexicon) -> None:
        self._documents = documents
        self._names = names
        self._glossary = glossary
        self._lexicon = lexicon

    def read(self, question: str, history: Sequence[Turn] = (), language: str | None = None, day: date | None = None) -> Understanding:
        """Return what the question asks; `language` (vi or en) overrides the language of the answer, `day` is that of “this year”."""
        cleaned = clean(question).replace("\n", " ")
        asked_in = detect(cleaned)
        spoken = language or ("vi" if asked_in == "vi" else "en")
        verdict = self._verdict(cleaned)
        free, order = _without_orders(cleaned)
        text, inherited_documents, inherited = self._stand_alone(with_years(free, day) if day else free, history)
        form = read_form(text)
        if order and form.shape is not Shape.CLAIM:
            form = replace(form, shape=Shape.CLAIM)
        mentions = self._names.find(text)
        if form.shape is not Shape.COMPARISON and _several(tokens(text), mentions):
            form = replace(form, shape=Shape.COMPARISON)
        # “còn Nghị quyết 57 thì sao” turns to that document alone
        own = (self._names.find(free) if inherited else []) or mentions
        documents = list(dict.fromkeys([n for m in own for n in m.numbers]))
        if not documents:
            documents = list(inherited_documents)
        dated = [n for day in dates(text, spaced=True) for n in self._names.issued_on(day) if n not in documents]
        also, concepts = self._expansions(text, asked_in, spoken, form)
        return Understanding(
            question=cleaned, text=text, language=spoken, asked_in=asked_in, form=form,
            subject=tuple(self._subject(text, mentions, asked_in)), documents=tuple(documents), named=tuple(m.numbers for m in mentions),
            dated=tuple(dated), related=self._related(text, documents or dated), address=parse_address(text), also=also, concepts=concepts,
            order=order, inherited=inherited, verdict=verdict,
        )  # fmt: skip

    def _verdict(self, cleaned: str) -> Outcome | None:
        """Return an outcome that needs no retrieval: nothing asked, too long, secrets, opinions, greetings."""
        plain = " ".join(re.sub(r"[^\w\s]", " ", fold(cleaned)).split())
        if _SECRETS.search(plain):
            return Outcome.REFUSED
        if not any(character.isalnum() for character in cleaned) or len(cleaned) > LONGEST:
            return Outcome.UNCLEAR
        if greets(cleaned) or _OPINION.search(cleaned.lower()):
            return Outcome.OUT_OF_SCOPE
        return None

    def _related(self, text: str, documents: Sequence[str]) -> tuple[str, ...]:
        """Return the documents related to a named one in the way that the question's verbs speak of."""
        plain = fold(text)
        types = {t for pattern, kinds in _RELATIONS for t in kinds if re.search(pattern, plain)}
        named = [self._documents[n] for n in documents if n in self._documents]
        found = [r.target for d in named for r in d.related(*types) if r.target in self._documents and r.target not in documents]
        return tuple(dict.fromkeys(found))

    def parts(self, whole: Understanding) -> tuple[Understanding, ...]:
        """Return the parts of a question that asks several things of different subjects, or the question itself.

        A part without a document of its own keeps those of the part before it, and a short one (“…, and when was it signed?”)
        its subject too.
        """
        # a dash joins a follow-up to the question that it changes: that one is not to be answered again
        earlier, dash, text = whole.text.rpartition(" — ") if whole.inherited else ("", "", whole.text)
        first, *rest = split_parts(text) or ("",)
        pieces = (f"{earlier}{dash}{first}", *rest) if whole.form.shape is not Shape.COMPARISON else ()
        if len(pieces) < 2:
            return (whole,)
        found: list[Understanding] = []
        for piece in pieces:
            short = bool(found) and len(content_words(piece)) <= _PART and not refers_back(piece)
            part = self.read(f"{_subject_of(pieces[0])} {piece}" if short else piece, (), whole.language)
            if not part.documents:
                part = replace(part, documents=found[-1].documents if found else whole.documents, inherited=bool(found))
            found.append(replace(part, question=whole.question, order=whole.order, asked_in=whole.asked_in, verdict=None))
        return tuple(found)

    def _subject(self, text: str, mentions: Sequence[Mention], asked_in: str) -> list[str]:
        """Return the content words outside the names of documents, or all content words when nothing else is left.

        French words that the glossary does not know are left out unless they are names, for no passage can say them.
        """
        words = tokens(text)
        covered = {i for m in mentions for i in range(m.start, m.end)}
        if asked_in == "fr":
            known = {i for _, start, end in self._glossary.find(text, "fr") for i in range(start, end)}
            names = {word.lower() for word in re.findall(r"(?<=\s)[A-ZÀ-Ý][\w’-]+|\d+", text)}
            covered |= {i for i, word in enumerate(words) if i not in known and word not in names}
        rest = content_words(" ".join(word for i, word in enumerate(words) if i not in covered))
        return rest or content_words(text)

    def _stand_alone(self, text: str, history: Sequence[Turn]) -> tuple[str, tuple[str, ...], bool]:
        """Return the question made to stand alone, the documents it inherits, and whether it took anything over."""
        if not history:
            return text, (), False
        plain = " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
        ellipsis, pronoun = _ELLIPSIS.search(plain), _PRONOUN.search(plain) or _OPENING.match(plain)
        if not ellipsis and not pronoun and len(content_words(text)) > 2:
            return text, (), False
        last = history[-1]
        named = [n for m in self._names.find(last.question) for n in m.numbers]
        own = [m for m in self._names.find(text) if m.by == "number"]
        documents = (last.documents or tuple(dict.fromkeys(named))) if not own else ()
        few = len(content_words(text)) <= 1
        if ellipsis or few:
            return f"{_without_replaced(last.question, text)} — {text}", documents or tuple(named), True
        return text, documents, True

    def _expansions(
        self, text: str, asked_in: str, spoken: str, form: Form
    ) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[tuple[str, ...], ...], ...]]:
        """Return phrases that name the same things (with weights) and, per concept, its names as folded words."""
        also: dict[str, float] = {}
        concepts: list[tuple[tuple[str, ...], ...]] = []
        if Want.VALIDITY in form.wants:
            # whether an act applies is said in documents by its entry into force, its end or what replaced it
            also |= dict.fromkeys(("có hiệu lực", "hết hiệu lực", "thay thế") if spoken == "vi" else ("in force", "replaced", "repealed"), 0.5)
            concepts.append(_FORCE)
        for called in country_names(text):
            # a government may be called by its capital, and a country in more ways than one
            also |= {name: 0.4 for name in called if name not in text}
            concepts.append(tuple(tuple(fold(t) for t in tokens(name)) for name in called))
        for term, _, _ in self._glossary.find(text, asked_in):
            same = term.names(spoken)
            other = term.names("en" if spoken == "vi" else "vi")[:1]
            weight = 1.0 if asked_in == "fr" else 0.4
            for name in same:
                also.setdefault(name, weight)
            for name in other:
                also.setdefault(name, 0.2)
            names = [*term.names(asked_in), *same, *other]
            concepts.append(tuple(dict.fromkeys(tuple(fold(t) for t in tokens(name)) for name in names)))
        near = self._lexicon.near(" ".join(t for t in tokens(text) if carries(t)), asked_in)
        return tuple((near | also).items()), tuple(concepts)


_FORCE = tuple(
    tuple(name.split())
    for name in ("ap dung", "hieu luc", "het hieu luc", "thay the", "bai bo", "in force", "apply", "replaced", "repealed", "expired")
)
_SEAM = re.compile(r"\s*[,;]?\s+(?:và|va|and|et|đồng thời|dong thoi)\s+|[;?]\s+|,\s+", re.I)
_PART = 3


def split_parts(text: str) -> tuple[str, ...]:
    """Split “A …?, and B …?” where both sides ask something and the right side has a subject of its own.

    A right side of a word or none (“…, ở đâu?”) is another thing wanted of the same subject and stays.
    """
    pieces: list[str] = []
    start = 0
    for seam in _SEAM.finditer(text):
        left, right = text[start : seam.start()], text[seam.end() :]
        if asks(left) and asks(right) and len(content_words(left)) >= _PART and len(content_words(right)) >= 2:
            pieces.append(left.strip())
            start = seam.end()
    pieces.append(text[start:].strip())
    return tuple(piece for piece in pieces if piece)


_QUESTION_TAIL = re.compile(
    r"(\s\S+){0,2}\s+(ngày nào|ngay nao|khi nào|khi nao|năm nào|nam nao|bao giờ|bao gio|là gì|la gi|là ai|la ai|do ai|ở đâu|o dau|"
    r"bao nhiêu.*|bao nhieu.*|"
    r"thế nào|the nao|ra sao|\S+ nào|\S+ nao|gì|gi)\s*$", re.I
)  # fmt: skip
_QUESTION_HEAD = re.compile(
    r"^(when|where|who|what|which|how many|how much|how|quand|qui|quel(le)?)( and by whom| date| year)?( (is|"
    r"are|was|were|did|does|do|has|had))?\s+",
    re.I,
)


def _subject_of(piece: str) -> str:
    """Return what the first part of a question is about: the part without its question words and the verb before them."""
    return _QUESTION_HEAD.sub("", _QUESTION_TAIL.sub("", piece.strip(" ?.,"))).strip()


def greets(text: str) -> bool:
    """Tell whether a text is nothing but a greeting, thanks or a farewell."""
    return bool(_GREETING.match(" ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())))


def refers_back(text: str) -> bool:
    """Tell whether a text points at something named before it (“nghị quyết đó”, “it”)."""
    return bool(_PRONOUN.search(" ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())))


_BESIDE = frozenset(
    "va and et voi with hay hoac or con so vs versus chuong trinh chien luoc quoc gia ve nghi quyet quyet dinh luat nghi dinh chi thi".split()
)


def _several(words: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Tell whether a question names several documents in one breath (“Nghị quyết 52 và 57”), and so asks for each of them."""
    for first, second in itertools.pairwise(mentions):
        between = [fold(word) for word in words[first.end : second.start]]
        if first.numbers != second.numbers and len(between) <= 8 and all(word in _BESIDE for word in between):
            return True
    return False


def _without_orders(text: str) -> tuple[str, bool]:
    """Return the question without orders to the program, and whether there were any."""
    plain = fold(text)
    if len(plain) != len(text):
        return text, bool(_ORDERS.search(plain))
    kept, at, found = [], 0, False
    for match in _ORDERS.finditer(plain):
        kept.append(text[at : match.start()])
        at, found = match.end(), True
    kept.append(text[at:])
    rest = " ".join("".join(kept).split()).strip(" ,.;:")
    return (rest or text), found


def _without_replaced(earlier: str, later: str) -> str:
    """Return the earlier question without the years, ordinals and figures that the later one replaces."""
    if not re.search(r"\d", later):
        return earlier
    kept = re.sub(r"\b(năm |in |by |năm)?(19|20)\d{2}\b", " ", earlier) if re.search(r"\b(19|20)\d{2}\b", later) else earlier
    if re.search(r"(lần( thứ)?|lan( thu)?|thứ|\bthe)\s*\d", later, re.I):
        kept = re.sub(r"((lần )?thứ|lan thu|\bthe)\s*\d+(st|nd|rd|th)?", " ", kept, flags=re.I)
    return " ".join(kept.split())
