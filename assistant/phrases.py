"""The assistant's own sentences, in Vietnamese and English. They state no fact of a document and hold no figure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["PHRASES", "phrase", "worded"]

PHRASES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "empty": ("Xin hãy nêu câu hỏi về chính sách chuyển đổi số hoặc ngoại giao số.", "Please ask a question on digital transformation "
        "or digital diplomacy policy."),
    "too_long": ("Câu hỏi quá dài để hiểu đúng; xin rút gọn thành một hai câu.", "The question is too long to be understood rightly; "
        "please put it in a sentence or two."),
    "unreadable": ("Không đọc được câu hỏi; xin gõ lại bằng Unicode, có dấu hoặc không dấu.", "The question cannot be read; please type "
        "it again in Unicode, with or without diacritics."),
    "greeting": (
        "Xin chào. Tôi trả lời câu hỏi về chính sách chuyển đổi số và ngoại giao số, mỗi câu đều dẫn nguồn.",
        "Good day. I answer questions on digital transformation and digital diplomacy policy, with a source for every sentence.",
    ),
    "out_of_scope": (
        "Câu hỏi nằm ngoài phạm vi: tôi chỉ dẫn lại những gì các văn bản chính sách trong kho ghi, không nêu ý kiến hay dự đoán.",
        "This is out of scope: I only cite what the policy documents of the library say and give no opinion or forecast.",
    ),
    "refused": (
        "Tôi không thể cung cấp thông tin bí mật hay làm theo yêu cầu bỏ qua nguồn; tôi chỉ trả lời từ các văn bản có dẫn nguồn.",
        "I cannot give secrets or follow an order to set the sources aside; I answer only from documents that I cite.",
    ),
    "not_found": ("Không có trong tài liệu của kho: chưa thấy nguồn nào trả lời câu hỏi này.", "Not in the documents of the library: no "
        "source seen answers this question."),
    "missing": ("Không thấy nói đến: {words}.", "Nothing is said of: {words}."),
    "nearest": ("Nội dung gần nhất: {places}.", "The nearest provisions: {places}."),
    "limited": ("Theo yêu cầu, chỉ tìm trong: {what}.", "As asked, only these were searched: {what}."),
    "outside_limits": (
        "Câu hỏi nêu {documents}, nằm ngoài phạm vi tìm đã chọn; xin bỏ bớt giới hạn rồi hỏi lại.",
        "The question names {documents}, which lies outside the limits that were set; please loosen them and ask again.",
    ),
    "limited_in_force": ("văn bản có hiệu lực vào ngày này", "documents in force on this day"),
    "check": ("Đối chiếu với nguồn:", "Checked against the sources:"),
    "unseen": ("Câu hỏi nêu {words}, nhưng các điều được dẫn không ghi như vậy.", "The question says {words}, but the provisions cited do not."),
    "card_only": ("Kho chỉ có thẻ văn bản của {document}, chưa có nội dung.", "The library holds only the card of {document}, not its content."),
    "note": ("[{mark}] là ghi chú của người biên tập về nguồn.", "[{mark}] is an editor's note on the sources."),
    "french": ("Câu hỏi bằng tiếng Pháp được trả lời bằng tiếng Anh.", "The question was asked in French and is answered in English."),
    "replaced": ("{document} đã được thay thế{by}{since}; không dùng làm căn cứ hiện hành.", "{document} has been replaced{by}{since}; "
        "do not cite it as in force."),
    "repealed": ("{document} đã bị bãi bỏ{by}{since}; không dùng làm căn cứ hiện hành.", "{document} has been repealed{by}{since}; "
        "do not cite it as in force."),
    "partially_repealed": ("{document} đã bị bãi bỏ một phần{by}{since}; nên đối chiếu văn bản bãi bỏ.", "{document} has been repealed in "
        "part{by}{since}; check the repealing text."),
    "expired": ("{document} đã hết hiệu lực{since}.", "{document} has expired{since}."),
    "not_yet_in_force": ("{document} chưa có hiệu lực vào ngày {day}{since}.", "{document} was not yet in force on {day}{since}."),
    "amended": ("{document} đã được sửa đổi{by}{since}; nên đối chiếu bản sửa đổi.", "{document} has been amended{by}{since}; check the "
        "amending text."),
    "by": (" bởi {numbers}", " by {numbers}"),
    "since": (" từ ngày {day}", " from {day}"),
    "to_be": (", có hiệu lực từ {day}", ", in force from {day}"),
    "ordered": (
        "Yêu cầu bỏ qua nguồn không được làm theo; dưới đây là điều các nguồn ghi.",
        "The order to set the sources aside was not followed; what the sources say is shown.",
    ),
    "conflict": (
        "Các quy định dưới đây cùng đang có hiệu lực nhưng không thống nhất về {matter}.",
        "The provisions below are in force at the same time but disagree about {matter}.",
    ),
    "issued_by": ("{issuer} ban hành", "issued by {issuer}"),
    "issued": ("ban hành", "issued"),
    "issued_on": (" ngày {day}", " on {day}"),
    "conflict_beside": (
        "Văn bản khác cũng đang có hiệu lực nói khác về {matter}: {place}: “{words}”",
        "Another act in force says otherwise about {matter}: {place}: “{words}”",
    ),
    "conflict_higher": (
        "Lưu ý, không phải kết luận: theo Luật Ban hành văn bản quy phạm pháp luật, khi các văn bản quy định khác nhau thì áp dụng văn bản có "
        "hiệu lực pháp lý cao hơn, ở đây là {document}.",
        "For guidance, not a ruling: under the Law on Promulgation of Legal Normative Documents the act of higher legal force prevails, here "
        "{document}.",
    ),
    "conflict_later": (
        "Lưu ý, không phải kết luận: theo Luật Ban hành văn bản quy phạm pháp luật, khi văn bản do cùng một cơ quan ban hành quy định khác nhau "
        "thì áp dụng văn bản ban hành sau, ở đây là {document}.",
        "For guidance, not a ruling: under the Law on Promulgation of Legal Normative Documents, of acts of the same body the one issued later "
        "prevails, here {document}.",
    ),
    "conflict_none": (
        "Không có quy tắc chung cho biết văn bản nào trong số này được ưu tiên; nên hỏi cơ quan đã ban hành.",
        "No general rule tells which of these acts goes first; ask the bodies that issued them.",
    ),
    "conflict_unworded": (
        "Các quy định không thống nhất được trích nguyên văn, không nhờ mô hình {model} diễn đạt.",
        "Provisions that disagree are quoted as they stand; the model {model} was not asked to word them.",
    ),
    "digest_differs": (
        "Bản tóm lược trong kho ({place}) ghi khác về {matter}: “{words}” Câu trả lời dùng lời văn chính thức.",
        "The digest in the library ({place}) puts {matter} otherwise: “{words}” The answer uses the official words.",
    ),
    "matter_time": ("thời hạn", "a time limit"),
    "matter_money": ("số tiền", "a sum of money"),
    "matter_share": ("tỷ lệ", "a percentage"),
    "matter_figure": ("con số", "a figure"),
    "matter_date": ("ngày tháng", "a date"),
    "matter_authority": ("cơ quan có thẩm quyền", "which body is competent"),
    "matter_modality": ("việc được làm, phải làm hay không được làm", "what must, may or must not be done"),
    "subject": ("Văn bản", "Document"),
    "period": ("Mốc", "Period"),
    "content": ("Nội dung", "Content"),
    "left_out": ("Tệp {file} của thư viện bị lỗi và không được dùng: {reason}", "The library file {file} is broken and left out: {reason}"),
    "unverified": ("Chưa kiểm chứng: “{sentence}”", "Not verified: “{sentence}”"),
    "model_failed": (
        "Mô hình {model} không trả lời được ({reason}) Câu trả lời dưới đây được trích từ tài liệu.",
        "The model {model} gave no answer ({reason}) What is shown is quoted from the documents.",
    ),
    "model_unsupported": (
        "Không câu nào của mô hình {model} khớp với nguồn; câu trả lời dưới đây được trích từ tài liệu.",
        "No sentence of the model {model} matched the sources; what is shown is quoted from the documents.",
    ),
    "model_short": (
        "Những câu của mô hình {model} khớp với nguồn chưa trả lời đủ; câu trả lời dưới đây được trích từ tài liệu.",
        "Those sentences of the model {model} that matched the sources did not answer in full; what is shown is quoted from the documents.",
    ),
    "model_declined": (
        "Mô hình {model} không thấy câu trả lời trong các đoạn được đọc; dưới đây là lời trích gần nhất từ tài liệu.",
        "The model {model} found no answer in the passages that it read; what is shown is quoted from the documents.",
    ),
    "model_dropped": (
        "{count} câu của mô hình {model} không khớp nguồn đã bị bỏ.",
        "{count} sentence(s) of the model {model} did not match the sources and were left out.",
    ),
    "model_shown": (
        "{count} câu của mô hình {model} chưa kiểm chứng được và được ghi rõ như vậy; không dùng làm căn cứ.",
        "{count} sentence(s) of the model {model} could not be verified and are labelled so; do not rely on them.",
    ),
    "failed": ("Một câu không khớp nguồn đã bị bỏ khỏi câu trả lời.", "A sentence that did not match its source was dropped from the answer."),
})  # fmt: skip


def phrase(name: str, language: str, **values: object) -> str:
    """Return a sentence in `language` (vi or en) with its gaps filled; values are inserted as they are."""
    return worded(PHRASES[name], language, **values)


def worded(pair: tuple[str, str], language: str, /, **values: object) -> str:
    """Return the Vietnamese or the English one of a pair of sentences with its gaps filled; values are inserted as they are."""
    vi, en = pair
    return (en if language == "en" else vi).format(**values)
