"""The words of the reports, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["HINTS", "LABELS", "label"]

LABELS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "title": ("Kết quả đo", "Benchmark report"),
    "right": ("Đúng hoàn toàn", "Right in every way"),
    "outcome": ("Trả lời hay từ chối đúng lúc", "Answers or abstains rightly"),
    "figures": ("Số liệu đúng", "Figures right"),
    "says": ("Nêu đủ ý", "Says what is expected"),
    "cited": ("Dẫn đúng điều khoản", "Cites the right provision"),
    "brief": ("Ngắn gọn", "Brief"),
    "language": ("Đúng ngôn ngữ", "In the right language"),
    "citation_recall": ("Câu có căn cứ (ALCE)", "Citation recall (ALCE)"),
    "citation_precision": ("Dẫn nguồn cần thiết (ALCE)", "Citation precision (ALCE)"),
    "figures_supported": ("Không số liệu lạ", "No unsupported figure"),
    "quoted": ("Có trích nguyên văn", "Quotes present"),
    "document_hit": ("Dẫn đúng văn bản", "A right document cited"),
    "document_recall": ("Đủ văn bản cần dẫn", "Document recall"),
    "document_precision": ("Văn bản dẫn đều đúng", "Document precision"),
    "contains": ("Chứa nguyên đáp án", "Contains the expected answer"),
    "f1": ("F1 theo từ", "Word F1"),
    "exact": ("Trùng khớp", "Exact match"),
    "recall@1": ("Độ phủ@1", "Recall@1"),
    "recall@5": ("Độ phủ@5", "Recall@5"),
    "recall@10": ("Độ phủ@10", "Recall@10"),
    "mrr@10": ("MRR@10", "MRR@10"),
    "ndcg@10": ("nDCG@10", "nDCG@10"),
    "abstention_precision": ("Từ chối đúng (độ chính xác)", "Abstention precision"),
    "abstention_recall": ("Từ chối đủ (độ phủ)", "Abstention recall"),
    "as_of": ("Đúng theo thời điểm", "Right as of the day"),
    "parity_gap": ("Chênh lệch Việt − Anh", "Gap Vietnamese − English"),
    "consistency": ("Nhất quán khi hỏi cách khác", "Consistent over paraphrases"),
    "scores": ("Điểm", "Scores"),
    "slices": ("Theo nhóm", "Slices"),
    "set": ("Bộ câu hỏi", "Set"),
    "lang": ("Ngôn ngữ", "Language"),
    "type": ("Loại câu hỏi", "Type"),
    "diacritics": ("Dấu tiếng Việt", "Diacritics"),
    "document": ("Văn bản", "Document"),
    "outcomes": ("Kết cục", "Outcomes"),
    "answerable": ("Có đáp án", "Answerable"),
    "unanswerable": ("Không có đáp án", "Unanswerable"),
    "risk": ("Rủi ro và độ phủ", "Risk and coverage"),
    "risk_axis": ("tỷ lệ sai trong số đã trả lời", "share wrong among the answered"),
    "coverage_axis": ("tỷ lệ câu được trả lời", "share of questions answered"),
    "operating": ("điểm đang dùng", "operating point"),
    "latency": ("Thời gian một câu", "Time an answer"),
    "questions": ("câu", "questions"),
    "cases": ("Từng câu hỏi", "Every case"),
    "only_wrong": ("Chỉ câu sai", "Only what went wrong"),
    "expected": ("Mong đợi", "Expected"),
    "answer": ("Trả lời", "Answer"),
    "citations": ("Nguồn dẫn", "Citations"),
    "verdicts": ("Kiểm chứng từng câu", "Verdict on each sentence"),
    "failed_parts": ("Chưa đạt", "Fell short in"),
    "nothing": ("không có đáp án trong kho", "no answer in the library"),
    "against": ("So với lần trước", "Against the baseline"),
    "better": ("tốt hơn", "better"),
    "worse": ("kém hơn", "worse"),
    "same": ("như cũ", "the same"),
    "gained": ("Nay đúng", "Right now"),
    "lost": ("Nay sai", "Wrong now"),
    "measure": ("Thước đo", "Measure"),
    "interval": ("Khoảng 95 %", "95 % interval"),
    "difference": ("Chênh lệch", "Difference"),
    "commit": ("Commit", "Commit"),
    "code": ("Mã băm của mã nguồn", "Hash of the code"),
    "case_files": ("Mã băm của bộ câu hỏi", "Hash of the cases"),
    "day": ("Hỏi cho ngày", "Asked for the day"),
    "generator": ("Cách soạn câu trả lời", "Generator"),
    "encoder": ("Bộ mã hóa", "Encoder"),
    "index": ("Chỉ mục (văn bản, đoạn)", "Index (documents, passages)"),
    "settings": ("Cài đặt của lần đo", "Settings of the run"),
    "history": ("Hỏi trước đó", "Asked before"),
    "error": ("Lỗi", "Failure"),
    "tokens": ("Token vào / ra", "Tokens in / out"),
})  # fmt: skip
HINTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "intervals": (
        "Mỗi điểm là trung bình trên n câu; vạch là khoảng tin cậy 95 % (bootstrap 2.000 lần, có hạt giống cố định).",
        "Each score is a mean over n questions; the bar is its 95 % interval (2,000 bootstrap resamples, seeded).",
    ),
    "risk": (
        "Nâng ngưỡng từ chối thì trả lời ít hơn (sang trái) và sai ít hơn (xuống dưới).",
        "A higher bar answers fewer questions (left) and errs less (down).",
    ),
})  # fmt: skip


def label(name: str) -> tuple[str, str]:
    """Return a label in both languages, the name itself where there is none."""
    return LABELS.get(name, (name, name))
