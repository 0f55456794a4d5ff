"""What the property tests draw from: text as it comes, Vietnamese policy text, addresses and whole documents."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.document import Bilingual, Document, Provision, Relation
from corpus.locator import Locator
from corpus.normalise import nfc

__all__ = ["documents", "locators", "policy_texts", "texts"]

_WORDS = (
    "Điều 5. khoản 2, điểm đ) Nghị quyết số 52-NQ/TW ngày 27/9/2019; TS. Nguyễn Văn A: “chuyển đổi số” 7,5% 1.000 e.g. v.v. "
    "hoà bình. Thuý? Được! Q.1 … (1) and và By 2030, 7.5% of GDP. Article 5(2) Mr. Smith\n\n \n"
).split(" ")

texts = st.text(max_size=60)
policy_texts = st.lists(st.sampled_from([*_WORDS, "\n", " "]), max_size=60).map(" ".join)

_steps = st.one_of(
    st.sampled_from(["Điều 5", "khoản 2", "điểm đ", "Phụ lục I", "II.1.a (2025)", "III (mục tiêu 2025, 2030)", "Ghi chú", "(a", "b)"]),
    st.text(max_size=8),
)
locators = st.lists(_steps, min_size=1, max_size=4).map(", ".join)

_days = st.sampled_from([None, "2017", "2024-12", "2025-03-01"])
_both = st.builds(Bilingual, texts, texts)
_provisions = st.builds(
    Provision,
    locator=st.sampled_from(["Điều 1", "Điều 5, khoản 2", "III (mục tiêu 2025, 2030)"]).map(Locator.parse),
    heading=_both,
    text=st.builds(Bilingual, policy_texts.map(nfc), policy_texts.map(nfc)),
    role=st.sampled_from(["provision", "note"]),
    facts=st.lists(texts, max_size=3).map(tuple),
    confidence=texts,
    span=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    page=st.none() | st.integers(1, 9),
)
documents = st.builds(
    Document,
    number=st.sampled_from(["52-NQ/TW", "20/2023/QH15", "Công ước Apostille 1961"]),
    title=_both,
    issuer=_both,
    kind=texts,
    issued=_days,
    status=texts,
    status_note=_both,
    effective_from=_days,
    effective_to=_days,
    relations=st.lists(st.builds(Relation, texts, texts, _days, _both), max_size=3).map(tuple),
    aliases=st.lists(texts, max_size=3).map(tuple),
    urls=st.lists(texts, max_size=3).map(tuple),
    text_kind=st.sampled_from(["digest", "official", "card"]),
    sha256=texts,
    provisions=st.lists(_provisions, max_size=3, unique_by=lambda p: p.locator).map(tuple),
)
