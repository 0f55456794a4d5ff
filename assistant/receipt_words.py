"""What a check of a receipt says, in Vietnamese and English."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

from assistant.phrases import worded
from assistant.verification.values import Fault, Reason

__all__ = ["Trouble", "say", "say_fault"]


class Trouble(enum.StrEnum):
    """What can be found of a receipt, beside the faults of a sentence."""

    ALTERED = "altered"
    OTHER_SENTENCES = "other_sentences"
    MARKS_TWICE = "marks_twice"
    NO_PASSAGE = "no_passage"
    PASSAGE_ALTERED = "passage_altered"
    NOT_QUOTED = "not_quoted"
    MISPLACED = "misplaced"
    REMOVED = "document_removed"
    PROVISION_REMOVED = "provision_removed"
    CHANGED = "changed_since"
    NEVER_STOOD = "never_stood"
    REPLACED = "replaced"
    EXPIRED = "expired"
    AMENDED = "amended"
    STATUS = "status"
    LIBRARY_DISAGREES = "library_disagrees"
    LABELLED = "labelled_unverified"


_TROUBLES: Mapping[Trouble, tuple[str, str]] = MappingProxyType({
    Trouble.ALTERED: (
        "biên nhận đã bị sửa sau khi lập: mã băm không khớp với nội dung; hãy tìm bản gốc",
        "the receipt was changed after it was made: its hash does not match its content; look for the original",
    ),
    Trouble.OTHER_SENTENCES: (
        "các câu ghi trong biên nhận không phải là các câu của câu trả lời",
        "the sentences that the receipt lists are not those of its answer",
    ),
    Trouble.MARKS_TWICE: ("hai dẫn nguồn mang cùng một số", "two citations bear the same number"),
    Trouble.NO_PASSAGE: (
        "biên nhận không có nguyên văn {document}, {locator}", "the receipt holds no copy of {document}, {locator}",
    ),
    Trouble.PASSAGE_ALTERED: (
        "bản sao {document}, {locator} trong biên nhận không khớp mã băm của nó",
        "the receipt's copy of {document}, {locator} does not match its own hash",
    ),
    Trouble.NOT_QUOTED: (
        "lời trích không có ở đúng chỗ trong bản sao {document}, {locator} của biên nhận",
        "the quote does not stand at its place in the receipt's copy of {document}, {locator}",
    ),
    Trouble.MISPLACED: (
        "lời trích được ghi là của {document}, {locator}, nhưng đứng ở {truth}",
        "the quote is said to be of {document}, {locator}, but stands in {truth}",
    ),
    Trouble.REMOVED: ("văn bản {document} không còn trong kho", "document removed: {document} is no longer in the library"),
    Trouble.PROVISION_REMOVED: (
        "{document} trong kho không còn {locator}", "provision removed: {document} no longer has {locator} in the library",
    ),
    Trouble.CHANGED: (
        "đã thay đổi: lời trích không còn trong {document}, {locator} của kho",
        "changed since: the quote no longer stands in {document}, {locator} of the library",
    ),
    Trouble.NEVER_STOOD: (
        "lời trích không có trong {document}, {locator} của kho, dù tệp văn bản vẫn là tệp đã được dẫn",
        "the quote does not stand in {document}, {locator} of the library, though the document's file is the one that was cited",
    ),
    Trouble.REPLACED: ("{document} nay đã được thay thế{how}", "{document} is now replaced{how}"),
    Trouble.EXPIRED: ("{document} nay đã hết hiệu lực{how}", "{document} is no longer in force{how}"),
    Trouble.AMENDED: ("{document} đã được sửa đổi bởi {by}; nên đối chiếu", "{document} has been amended by {by}; check the amending text"),
    Trouble.STATUS: (
        "biên nhận ghi tình trạng của {document} vào ngày {day} là {said}, kho nay ghi {now}",
        "the receipt gives the status of {document} on {day} as {said}, the library now as {now}",
    ),
    Trouble.LIBRARY_DISAGREES: (
        "đúng với biên nhận nhưng không còn đúng với kho: {why}", "it agrees with the receipt, but no longer with the library: {why}",
    ),
    Trouble.LABELLED: ("câu trả lời tự ghi câu này là chưa kiểm chứng", "the answer itself calls this sentence not verified"),
})  # fmt: skip

_FAULTS: Mapping[Fault, tuple[str, str]] = MappingProxyType({
    Fault.NO_MARK: ("câu không dẫn nguồn", "the sentence cites nothing"),
    Fault.UNKNOWN_MARK: ("số [{words}] không dẫn tới nguồn nào", "mark [{words}] names no citation"),
    Fault.QUOTE: ("nguồn được dẫn không có lời nào", "what is cited has no words"),
    Fault.FIGURE: ("con số “{words}” không có trong lời trích", "the figure “{words}” stands in no quote"),
    Fault.DATE: ("ngày “{words}” không có trong lời trích", "the date “{words}” stands in no quote"),
    Fault.NUMBER: ("số hiệu “{words}” không có trong lời trích", "the document number “{words}” stands in no quote"),
    Fault.NAME: ("tên “{words}” không có trong lời trích", "the name “{words}” stands in no quote"),
    Fault.UNIT: ("đơn vị “{words}” không phải là của lời trích", "the unit “{words}” is not the quote's"),
    Fault.MODALITY: ("mức bắt buộc hay cho phép “{words}” khác lời trích", "“{words}” obliges or permits otherwise than the quote"),
    Fault.NEGATION: ("khẳng định hay phủ định “{words}” khác lời trích", "“{words}” affirms or denies otherwise than the quote"),
    Fault.QUALIFIER: ("giới hạn “{words}” khác lời trích", "the bound “{words}” is not the quote's"),
    Fault.ORDER: ("“{words}” được gắn với vế khác so với lời trích", "“{words}” is tied to another part than in the quote"),
    Fault.WORDS: ("lời trích nói điều khác", "the quote says something else"),
})  # fmt: skip


def say(trouble: Trouble, language: str, **values: object) -> str:
    """Return the sentence on a trouble in `language`, without a stop; values are put in as they are."""
    return worded(_TROUBLES[trouble], language, **values)


def say_fault(reason: Reason, language: str) -> str:
    """Return the sentence on what is wrong with a sentence of an answer in `language`, without a stop."""
    return worded(_FAULTS[reason.fault], language, words=reason.words)
