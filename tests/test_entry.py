"""What the caches know of a passage, and the limits of a search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entry import NO_FILTERS, Entry, Filters

DOCUMENTS = ("52-NQ/TW", "749/QĐ-TTg", '1/2024/"QH"', "hai, ba")
ISSUERS = ("chinh phu", "quoc hoi", "government", "bo, nganh")
KINDS = ("luật", "nghị định", "")
YEARS = (0, 2019, 2024)
DAYS = (20190927, 20200101, 20241231)

limits = st.builds(
    Filters,
    documents=st.lists(st.sampled_from([*DOCUMENTS, "no such"]), max_size=3).map(tuple),
    issuers=st.lists(st.sampled_from([*ISSUERS, "chinh"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
    years=st.lists(st.sampled_from([*YEARS, 1999]), max_size=2).map(tuple),
    valid_on=st.none() | st.sampled_from([*DAYS, 19000101, 99991231]),
)
"""Any limits, most of them met by some of `varied`."""


def varied(count: int) -> list[Entry]:
    """Return entries whose fields differ in all that filters look at."""
    return [
        Entry(
            key=f"{DOCUMENTS[i % 4]}#Điều {i}@",
            serves=("vi", "en", "any")[i % 3],
            text=f"kinh tế số {i}",
            document=DOCUMENTS[i % 4],
            issuers=((), ISSUERS[:1], ISSUERS[1:3], ISSUERS[3:], ISSUERS[::2])[i % 5],
            kind=KINDS[i // 4 % 3],
            year=YEARS[i // 2 % 3],
            valid_from=(0, DAYS[0], DAYS[1])[i // 3 % 3],
            valid_to=(99991231, DAYS[1], DAYS[2])[i // 5 % 3],
        )
        for i in range(count)
    ]


ENTRY = Entry("k", "vi", "t", "52-NQ/TW", ("chinh phu", "government"), "luật", 2019, 20190927, 20241231)


@pytest.mark.parametrize(
    ("filters", "admitted"),
    [
        (NO_FILTERS, True),
        (Filters(documents=("52-NQ/TW", "x")), True),
        (Filters(documents=("52-NQ",)), False),
        (Filters(issuers=("government",)), True),
        (Filters(issuers=("gov", "chinh")), False),
        (Filters(kinds=("luật",)), True),
        (Filters(kinds=("nghị định",)), False),
        (Filters(years=(2018, 2019)), True),
        (Filters(years=(2018,)), False),
        (Filters(valid_on=20190926), False),
        (Filters(valid_on=20190927), True),
        (Filters(valid_on=20241231), True),
        (Filters(valid_on=20250101), False),
        (Filters(("52-NQ/TW",), ("chinh phu",), ("luật",), (2019,), 20200101), True),
        (Filters(("52-NQ/TW",), ("chinh phu",), ("luật",), (2020,), 20200101), False),
    ],
)
def test_an_entry_must_meet_every_limit(filters: Filters, admitted: bool) -> None:
    assert filters.admit(ENTRY) is admitted


def test_what_is_not_known_is_valid_for_ever_and_of_no_year() -> None:
    bare = Entry("k", "vi", "t", "d")
    assert Filters(valid_on=1).admit(bare) and Filters(valid_on=99991231).admit(bare)
    assert not any(f.admit(bare) for f in (Filters(years=(2019,)), Filters(issuers=("chinh phu",)), Filters(kinds=("luật",))))


@given(limits)
def test_only_empty_limits_are_false_and_admit_all(filters: Filters) -> None:
    assert bool(filters) is (filters != NO_FILTERS)
    if not filters:
        assert all(map(filters.admit, varied(60)))


@given(limits, limits)
def test_one_more_limit_never_admits_more(filters: Filters, others: Filters) -> None:
    for field in ("documents", "issuers", "kinds", "years"):
        if getattr(others, field) and not getattr(filters, field):
            narrower = replace(filters, **{field: getattr(others, field)})
            assert all(filters.admit(entry) for entry in varied(60) if narrower.admit(entry))
