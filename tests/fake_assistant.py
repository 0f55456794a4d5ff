"""A second, real implementation of the page's `AskService`: three small true documents and answers cut from them.

It finds an answer by words of the question, quotes provisions by their real spans and takes no shortcut that the page could
notice. `slow` makes the stream wait at a gate between pieces, `broken` makes it fail.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import Answer, Citation, Evidence, Outcome, Turn
from assistant.bounds import Bounds
from corpus.document import Bilingual, Document, Provision, Relation
from corpus.errors import AttacheError, UnknownDocument, UnknownFilter, UnknownProvision
from corpus.locator import Locator

__all__ = ["DOCUMENTS", "HOSTILE", "FakeAssistant", "cite"]

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> ${alert(3)} {{constructor}} \"'><svg/onload=alert(4)>"


def _provision(locator: str, heading: tuple[str, str], vi: str, en: str, role: str = "provision", confidence: str = "text") -> Provision:
    return Provision(Locator.parse(locator), Bilingual(*heading), Bilingual(vi, en), role, confidence=confidence)


DOCUMENTS = (
    Document(
        "52-NQ/TW",
        Bilingual(
            "Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư",
            "Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution",
        ),
        Bilingual("Bộ Chính trị", "Politburo"),
        "resolution",
        "2019-09-27",
        "in_force",
        Bilingual(
            "Chưa thấy nguồn nào nói Nghị quyết bị thay thế; nhiều mục tiêu mốc 2025 đã kết thúc giai đoạn.",
            "No source seen says that it was replaced; many of its 2025 targets have run their period.",
        ),
        urls=("https://tulieuvankien.dangcongsan.vn/52-nq-tw",),
        provisions=(
            _provision(
                "Thuộc tính",
                ("Thuộc tính của Nghị quyết", "Attributes of the Resolution"),
                "Nghị quyết 52-NQ/TW do Bộ Chính trị ban hành ngày 27/9/2019, Tổng Bí thư Nguyễn Phú Trọng ký.",
                "Resolution 52-NQ/TW was issued by the Politburo on 27 September 2019 and signed by General Secretary Nguyen Phu Trong.",
            ),
            _provision(
                "II (mục tiêu 2030)",
                ("Mục tiêu đến năm 2030", "Targets to 2030"),
                "Đến năm 2030, Nghị quyết 52-NQ/TW đặt mục tiêu duy trì xếp hạng về Chỉ số Đổi mới sáng tạo toàn cầu thuộc nhóm 40 nước dẫn đầu.\n\n"
                "Kinh tế số chiếm trên 30% GDP; năng suất lao động tăng bình quân khoảng 7,5% một năm. Nghị quyết cũng đặt mục tiêu mạng di "
                "động 5G phủ sóng toàn quốc, mọi người dân được truy cập Internet băng thông rộng với chi phí thấp, và cơ bản hoàn thành "
                "chuyển đổi số trong các cơ quan Đảng, Nhà nước.",
                "By 2030, Resolution 52-NQ/TW aims to keep Viet Nam among the top 40 countries of the Global Innovation Index.\n\n"
                "The digital economy is to exceed 30% of GDP; labour productivity is to grow by about 7.5% a year on average. The Resolution "
                "also aims at nationwide 5G coverage, low-cost broadband Internet access for everybody, and the basic completion of digital "
                "transformation in Party and State bodies.",
                confidence="two_sources",
            ),
            _provision(
                "Ghi chú (mốc 2025)",
                ("Ghi chú về mốc 2025", "Note on the 2025 milestone"),
                "Thư viện chưa có nguồn chính thức đánh giá việc hoàn thành mốc 2025.",
                "The library holds no official assessment of the 2025 milestone.",
                role="note",
                confidence="one_source",
            ),
        ),
    ),
    Document(
        "57-NQ/TW",
        Bilingual(
            "Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
            "Resolution on breakthroughs in science, technology, innovation and national digital transformation",
        ),
        Bilingual("Bộ Chính trị", "Politburo"),
        "resolution",
        "2024-12-22",
        "in_force",
        urls=("javascript:alert(1)", "https://tulieuvankien.dangcongsan.vn/57-nq-tw"),
        provisions=(
            _provision(
                "II.2 (mục tiêu 2030)",
                ("Mục tiêu đến năm 2030", "Targets to 2030"),
                "Quy mô kinh tế số đạt tối thiểu 30% GDP vào năm 2030.",
                "The digital economy is to reach at least 30% of GDP by 2030.",
            ),
        ),
    ),
    Document(
        "24/2018/QH14",
        Bilingual("Luật An ninh mạng (2018)", "Law on Cybersecurity (2018)"),
        Bilingual("Quốc hội", "National Assembly"),
        "law",
        "2018-06-12",
        "replaced",
        effective_from="2019-01-01",
        relations=(Relation("replaced_by", "116/2025/QH15", "2026-07-01"),),
        text_kind="official",
        provisions=(
            _provision(
                "Điều 43, khoản 1",
                ("Hiệu lực thi hành", "Entry into force"),
                "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2019.",
                "",
            ),
        ),
    ),
)


def cite(mark: int, number: str, locator: str, quote: str, language: str, day: date, url: str = "") -> Citation:
    """Return a true citation of `quote`, which must stand in the provision."""
    document = next(d for d in DOCUMENTS if d.number == number)
    provision = document.find(locator)
    assert provision is not None
    start = provision.text.only(language).index(quote)
    return Citation(
        mark, number, document.title.get(language), locator, quote, document.text_kind, document.status_on(day), url or (document.urls or ("",))[-1],
        f"{number}#{locator}/1", True, (start, start + len(quote)), language, provision.role,
    )  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A passage: one whole provision."""

    id: str
    document: str
    locator: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A passage and how many of the words it has."""

    passage: Part
    score: float


@dataclass
class FakeAssistant:
    """Answers a few questions; remembers what it was asked."""

    generator: str = "extractive"
    sends_to: str = ""
    left_out: Sequence[str] = ()
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, tuple[Turn, ...], date | None]] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    limited: list[Bounds] = field(default_factory=list)

    def documents(self) -> tuple[Document, ...]:
        """Return the three documents."""
        return DOCUMENTS

    def document(self, number: str) -> Document:
        """Return one; raises UnknownDocument."""
        for document in DOCUMENTS:
            if document.number == number:
                return document
        raise UnknownDocument(number)

    def texts(self, name: str) -> tuple[Document, ...]:
        """Return the one text of a document; raises UnknownDocument."""
        return (self.document(name),)

    def place(self, name: str, locator: str) -> tuple[Document, tuple[Provision, ...]]:
        """Return the provision at an address; raises UnknownDocument, UnknownProvision."""
        document = self.document(name)
        found = document.find(locator)
        if found is None:
            raise UnknownProvision(name, locator)
        return document, (found,)

    def search(
        self, query: str, k: int = 10, *, documents: Sequence[str] = (), issuers: Sequence[str] = (), kinds: Sequence[str] = (),
        years: Sequence[int] = (), valid_on: date | None = None,
    ) -> tuple[Hit, ...]:  # fmt: skip
        """Return the provisions that have a word of the query; raises UnknownDocument, UnknownFilter."""
        if issuers or kinds:
            raise UnknownFilter("issuer" if issuers else "kind", (*issuers, *kinds)[0])
        wanted = {self.document(name).number for name in documents} or {d.number for d in DOCUMENTS}
        years_of = {d.number: int((d.issued or "0")[:4]) for d in DOCUMENTS}
        words = query.casefold().split()
        found = [
            Hit(Part(f"{d.number}#{p.locator}/1", d.number, str(p.locator), p.text.vi), sum(word in p.text.vi.casefold() for word in words) / 9)
            for d in DOCUMENTS if d.number in wanted and (not years or years_of[d.number] in years)
            for p in d.provisions
        ]  # fmt: skip
        return tuple(sorted((hit for hit in found if hit.score), key=lambda hit: -hit.score)[:k])

    def within(self, limits: Bounds) -> FakeAssistant:
        """Return this one, which remembers the limits; raises UnknownDocument for a document that it has not."""
        for name in limits.documents:
            self.document(name)
        self.limited.append(limits)
        return self

    def examples(self, language: str) -> tuple[str, ...]:
        """Return questions that this assistant answers."""
        if language == "en":
            return ("What is the digital economy target for 2030?", "Compare Resolutions 52 and 57 on the digital economy.")
        return (
            "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?",
            "So sánh mục tiêu kinh tế số của Nghị quyết 52 và Nghị quyết 57.",
            "Luật An ninh mạng 2018 có hiệu lực từ ngày nào?",
        )

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Return the whole answer."""
        *_, last = self.stream(question, history, as_of, language)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Iterator[str | Answer]:
        """Yield the answer in pieces, then whole; waits at the gate for questions that say so."""
        self.asked.append((question, tuple(history), as_of))
        if "hỏng" in question:
            raise AttacheError("The chat model does not answer <b>at all</b>.", advice="Check the model’s address.")
        if "nổ" in question:
            raise RuntimeError("a secret path /etc/shadow")
        spoken = language or ("vi" if re.search("[^\x00-\x7f]", unicodedata.normalize("NFD", question)) else "en")
        answer = _answer(question, spoken, as_of or date.today())
        pieces = re.findall(r"\S+\s*", answer.text)
        try:
            for at, piece in enumerate(pieces):
                if "chậm" in question and at == len(pieces) // 2:
                    yield from self._waiting()
                yield piece
            yield answer
        except GeneratorExit:
            self.closed.set()
            raise

    def _waiting(self) -> Iterator[str]:
        """Keep the stream alive, saying nothing, until the gate opens."""
        while not self.gate.wait(0.05):
            yield ""


def _answer(question: str, language: str, day: date) -> Answer:
    """Return the canned answer that the question's words ask for."""
    base = Answer(question, language, day, Outcome.ANSWERED, "", seconds=0.21)
    folded = unicodedata.normalize("NFC", question).casefold()
    if "so sánh" in folded or "compare" in folded:
        return _comparison(base, language, day)
    if "an ninh mạng" in folded:
        quote = "Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2019."
        note = "24/2018/QH14 đã được thay thế bởi 116/2025/QH15 từ ngày 01/7/2026; không dùng làm căn cứ hiện hành."
        return replace(
            base, outcome=Outcome.SUPERSEDED_ONLY, text=f"{quote} [1]", notes=(note,),
            citations=(cite(1, "24/2018/QH14", "Điều 43, khoản 1", quote, "vi", day, "https://vanban.chinhphu.vn/?docid=206114"),),
        )  # fmt: skip
    if "kinh tế số" in folded or "digital economy" in folded:
        return _target(base, language, day)
    text = "Không có trong tài liệu của kho." if language == "vi" else "Not in the documents of the library."
    near = (Evidence("52-NQ/TW", "II (mục tiêu 2030)", "52#1", 0.41), Evidence("57-NQ/TW", "II.2 (mục tiêu 2030)", "57#1", 0.33))
    return replace(base, outcome=Outcome.NOT_IN_CORPUS, text=f"{text} {HOSTILE if 'xss' in folded else ''}", evidence=near)


def _target(base: Answer, language: str, day: date) -> Answer:
    """Return the answer on the target of 2030."""
    if language == "vi":
        quotes = ("Kinh tế số chiếm trên 30% GDP", "năng suất lao động tăng bình quân khoảng 7,5% một năm", "do Bộ Chính trị ban hành ngày 27/9/2019")
        text = (
            f"Theo Nghị quyết 52-NQ/TW, mục tiêu đến năm 2030: {quotes[0][0].lower()}{quotes[0][1:]} [1].\n- Về năng suất: {quotes[1]} [2].\n"
            f"- Nghị quyết {quotes[2]} [3].\n- Chưa có đánh giá chính thức về mốc 2025 [4]."
        )
        note = "Thư viện chưa có nguồn chính thức đánh giá việc hoàn thành mốc 2025."
    else:
        quotes = ("The digital economy is to exceed 30% of GDP", "labour productivity is to grow by about 7.5% a year", "was issued by the Politburo")
        text = f"{quotes[0]} [1].\n- On productivity: {quotes[1]} [2].\n- The Resolution {quotes[2]} [3].\n- No official assessment of 2025 [4]."
        note = "The library holds no official assessment of the 2025 milestone."
    places = ("II (mục tiêu 2030)", "II (mục tiêu 2030)", "Thuộc tính", "Ghi chú (mốc 2025)")
    made = tuple(cite(at, "52-NQ/TW", place, quote, language, day) for at, (place, quote) in enumerate(zip(places, (*quotes, note), strict=True), 1))
    said = "[4] là ghi chú của người biên tập về nguồn." if language == "vi" else "[4] is an editor’s note on the sources."
    return replace(base, text=text, citations=made, notes=(said,))


def _comparison(base: Answer, language: str, day: date) -> Answer:
    """Return the two targets side by side."""
    if language == "vi":
        rows = (("52-NQ/TW", "Kinh tế số chiếm trên 30% GDP"), ("57-NQ/TW", "Quy mô kinh tế số đạt tối thiểu 30% GDP vào năm 2030."))
        head = "| Văn bản | Nội dung |"
    else:
        rows = (
            ("52-NQ/TW", "The digital economy is to exceed 30% of GDP"),
            ("57-NQ/TW", "The digital economy is to reach at least 30% of GDP by 2030."),
        )
        head = "| Document | Content |"
    body = "\n".join(f"| {number} | {quote} [{at}] |" for at, (number, quote) in enumerate(rows, 1))
    places = ("II (mục tiêu 2030)", "II.2 (mục tiêu 2030)")
    made = tuple(cite(at + 1, rows[at][0], places[at], rows[at][1], language, day) for at in (0, 1))
    return replace(base, outcome=Outcome.CONFLICT, text=f"{head}\n| --- | --- |\n{body}", citations=made)
