"""Every word of the page for learning, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.words import Phrase

__all__ = ["FAULTS", "FINDINGS", "GRADES", "PROBLEMS", "STUDY", "TABS"]


def _table(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Phrase]:
    """Freeze a table of (Vietnamese, English) pairs."""
    return MappingProxyType({key: Phrase(*pair) for key, pair in rows.items()})


TABS = _table({
    "home": ("Ôn tập", "Practice"),
    "read": ("Đọc có hướng dẫn", "Guided reading"),
    "mark": ("Tự trả lời", "Own words"),
    "drill": ("Luyện lập trường", "Position drill"),
    "progress": ("Tiến độ", "Progress"),
    "exams": ("Bài thi", "Exams"),
})  # fmt: skip

STUDY = _table({
    "title": ("Học tập", "Study"),
    "parts": ("Các phần của trang học tập", "Parts of the study page"),
    "intro": (
        "Câu hỏi được soạn từ nguyên văn tài liệu; câu nào cũng kèm điều khoản làm căn cứ. Không cần mạng.",
        "Questions are made from the very words of the documents, each with the provision it rests on. No network is needed.",
    ),
    "sends_to": ("Đoạn văn bản được gửi tới {host}.", "The section is sent to {host}."),
    "working": ("Đang xử lý…", "Working…"),
    "lost": (
        "Mất kết nối với ứng dụng. Xin tải lại trang; tiến độ đã được lưu.",
        "The connection was lost. Please reload the page; progress is kept.",
    ),
    "today": ("Hôm nay {done}/{goal} câu", "Today {done} of {goal}"),
    "streak": ("Chuỗi ngày học: {n}", "Streak in days: {n}"),
    "due": ("Thẻ đến hạn: {n}", "Cards due: {n}"),
    "what": ("Học nội dung nào", "What to study"),
    "from_due": ("Các thẻ đến hạn hôm nay ({n})", "What is due today ({n})"),
    "from_all": ("Toàn bộ thư viện", "The whole library"),
    "from_deck": ("Bộ thẻ đã lưu", "A kept deck"),
    "from_new": ("Theo văn bản hoặc chủ đề", "By document or topic"),
    "document": ("Văn bản", "Document"),
    "document_hint": ("số hiệu hoặc tên, gõ để tìm", "number or name, type to find"),
    "topic": ("Chủ đề", "Topic"),
    "topic_hint": ("một từ hoặc cụm từ có trong điều khoản", "a word or phrase of the provisions"),
    "deck_row": ("{name} ({n} câu)", "{name} ({n})"),
    "kinds": ("Loại câu hỏi (không chọn là tất cả)", "Kinds of question (none chosen: all)"),
    "how": ("Cách học", "How"),
    "as_quiz": ("Câu hỏi chọn đáp án, chấm ngay từng câu", "Questions with options, each marked at once"),
    "as_cards": ("Thẻ ghi nhớ, tự đánh giá theo bốn mức", "Cards, graded by yourself in four steps"),
    "count": ("Số câu", "How many"),
    "language": ("Ngôn ngữ câu hỏi", "Language of the questions"),
    "as_page": ("theo ngôn ngữ trang", "as the page"),
    "both": ("cả hai", "both"),
    "more_new": ("Thêm câu mới, dù hôm nay đã học đủ số câu mới", "More new ones, though the day’s new ones are done"),
    "begin": ("Bắt đầu", "Begin"),
    "place": ("Câu {at}/{n}", "Question {at} of {n}"),
    "keys_choose": ("Bàn phím: gõ chữ cái hoặc số để chọn.", "Keyboard: type the letter or number."),
    "keys_next": ("Bàn phím: Enter để tiếp tục.", "Keyboard: Enter goes on."),
    "keys_turn": ("Bàn phím: phím cách để xem đáp án.", "Keyboard: Space shows the answer."),
    "keys_grade": ("Bàn phím: 1 đến 4 để đánh giá.", "Keyboard: 1 to 4 to grade."),
    "right": ("Đúng.", "Right."),
    "wrong": ("Chưa đúng. Đáp án: {answer}", "Not right. The answer is: {answer}"),
    "answer_is": ("Đáp án", "Answer"),
    "yours": ("bạn chọn", "your choice"),
    "correct": ("đáp án đúng", "right answer"),
    "source": ("Căn cứ", "Source"),
    "again_on": ("Hỏi lại: {day}", "Asked again: {day}"),
    "in_minutes": ("{n} phút", "{n} min"),
    "in_days": ("{n} ngày", "{n} d"),
    "next": ("Câu tiếp theo", "Next question"),
    "finish": ("Xem kết quả", "See the result"),
    "stop": ("Kết thúc", "End"),
    "turn": ("Xem đáp án", "Show the answer"),
    "sum": ("{right}/{n} câu đúng", "{right} of {n} right"),
    "graded": ("{right}/{n} thẻ nhớ được", "{right} of {n} remembered"),
    "done": ("Kết quả", "Result"),
    "to_repeat": ("Cần xem lại", "To look at again"),
    "more": ("Học tiếp", "Go on"),
    "export": ("Xuất bộ thẻ “{name}”", "Export the deck “{name}”"),
    "anki": ("Anki (.apkg)", "Anki (.apkg)"),
    "test": ("Đề in kèm đáp án", "Test to print, with key"),
    "mastery": ("Mức độ thành thạo", "Mastery"),
    "mastery_document": ("Mức độ thành thạo theo văn bản", "Mastery by document"),
    "mastery_provision": ("Mức độ thành thạo theo điều khoản: {name}", "Mastery by provision: {name}"),
    "mastery_hint": (
        "Xác suất trung bình còn nhớ hôm nay; câu chưa hỏi hoặc vừa sai tính bằng không.",
        "The mean chance of remembering today; what was never asked, or was wrong the last time, counts nought.",
    ),
    "as_table": ("Xem dạng bảng", "As a table"),
    "provision": ("Điều khoản", "Provision"),
    "share": ("Thành thạo", "Mastery"),
    "answers": ("Đúng / số lần hỏi", "Right / asked"),
    "items": ("Số câu", "Items"),
    "show": ("Xem", "Show"),
    "no_answers": ("Chưa có câu trả lời nào. Bắt đầu ở phần Ôn tập.", "No answers yet. Begin under Practice."),
    "forecast": ("Số thẻ đến hạn trong 14 ngày tới", "Cards coming due in the next 14 days"),
    "day": ("Ngày", "Day"),
    "cards": ("Số thẻ", "Cards"),
    "goal": ("Mục tiêu mỗi ngày (số câu)", "Daily goal (answers)"),
    "save": ("Lưu", "Save"),
    "saved": ("Đã lưu.", "Saved."),
    "decks": ("Các bộ thẻ", "Decks"),
    "no_decks": ("Chưa có bộ thẻ nào. Bộ thẻ được lưu khi bắt đầu ôn tập.", "No deck yet. A deck is kept when a session begins."),
    "log": ("Tải nhật ký trả lời (JSON Lines)", "Download the log of answers (JSON Lines)"),
    "mark_intro": (
        "Viết câu trả lời bằng lời của mình. Từng ý được đối chiếu với văn bản: có căn cứ, trái với văn bản, hoặc không thấy.",
        "Write an answer in your own words. Each claim is held against the documents: supported, contradicted, or not found.",
    ),
    "mark_text": ("Câu trả lời của bạn", "Your answer"),
    "mark_document": ("Văn bản được hỏi (có thể để trống)", "Document asked about (may be left empty)"),
    "mark_locator": ("Điều khoản được hỏi", "Provision asked about"),
    "any_provision": ("cả văn bản", "the whole document"),
    "find_provisions": ("Liệt kê điều khoản", "List its provisions"),
    "mark_go": ("Chấm", "Mark"),
    "drill_intro": (
        "Soạn ý phát biểu hoặc câu trả lời báo chí, bằng tiếng Việt, tiếng Anh hoặc cả hai. Từng ý được đối chiếu, thuật ngữ lệch chuẩn được nêu ra.",
        "Draft a talking point or press line in Vietnamese, English or both. Each claim is checked, and departures from agreed terms are named.",
    ),
    "drill_text": ("Bản thảo", "Draft"),
    "drill_go": ("Kiểm tra", "Check"),
    "claims": ("Từng ý", "Claim by claim"),
    "no_claims": (
        "Không có ý nào để đối chiếu; xin viết ít nhất một câu trọn vẹn.",
        "There is no claim to check; please write at least one whole sentence.",
    ),
    "complete": ("Nêu được {said}/{n} ý của điều khoản", "{said} of {n} points of the provision are there"),
    "said": ("đã nêu", "said"),
    "unsaid": ("còn thiếu", "missing"),
    "terms": ("Thuật ngữ", "Terms"),
    "term_other": ("“{written}” – thuật ngữ thống nhất: “{vi}” ({en})", "“{written}” – agreed term: “{en}” ({vi})"),
    "term_missing": (
        "“{written}” không có thuật ngữ tương ứng ở bản ngôn ngữ kia: “{vi}” – “{en}”",
        "“{written}” has no counterpart in the other language: “{en}” – “{vi}”",
    ),
    "terms_fine": ("Không thấy từ nào lệch với bảng thuật ngữ.", "No departure from the glossary’s agreed terms was found."),
    "read_intro": ("Đọc một văn bản theo từng phần ngắn; sau mỗi phần có một câu hỏi.", "Read a document in short sections, a question after each."),
    "read_go": ("Đọc", "Read"),
    "section": ("Phần {at}/{n}", "Section {at} of {n}"),
    "see_also": ("xem thêm", "see also"),
    "related": ("Văn bản liên quan", "Related documents"),
    "ask_section": ("Câu hỏi về phần này", "Question on this section"),
    "no_question": ("Phần này không có câu hỏi.", "There is no question on this section."),
    "next_section": ("Phần tiếp theo", "Next section"),
    "simple": ("Giải thích đơn giản", "In simple words"),
    "no_simple": (
        "Mô hình không nêu được lời giải thích nào có căn cứ trong phần này.",
        "The model gave no explanation that stands on this section.",
    ),
    "read_done": ("Đã đọc hết {n} phần.", "All {n} sections are read."),
    "exam_list": ("Các bài thi", "Exams"),
    "no_exams": ("Chưa có bài thi nào.", "No exam is fixed yet."),
    "exam_row": ("Lớp {group}; {n} câu; {minutes} phút", "Class {group}; {n} questions; {minutes} minutes"),
    "sit": ("Làm bài", "Sit"),
    "results": ("Kết quả (CSV)", "Results (CSV)"),
    "withheld": ("{n} người chưa đồng ý nên không có trong kết quả", "{n} did not consent and are left out"),
    "fix": ("Chốt bài thi mới", "Fix an exam"),
    "exam_name": ("Tên bài thi", "Name of the exam"),
    "group": ("Lớp", "Class"),
    "deck": ("Bộ thẻ", "Deck"),
    "minutes": ("Thời gian (phút)", "Time (minutes)"),
    "seed": ("Số khởi tạo (seed)", "Seed"),
    "seed_hint": (
        "Cùng số khởi tạo thì cùng câu hỏi và cùng thứ tự cho mỗi người.",
        "The same seed gives the same questions, and to each trainee the same order.",
    ),
    "fixed": ("Đã chốt bài thi “{name}”.", "The exam “{name}” is fixed."),
    "closes": ("Kết thúc lúc {time}", "Ends at {time}"),
    "left": ("Còn lại", "Left"),
    "exam_note": (
        "Không xem căn cứ và không báo đúng sai trước khi nộp bài. Dừng giữa chừng thì làm tiếp được khi còn giờ.",
        "No source and no mark is shown before the end. A sitting may be gone on with while its time lasts.",
    ),
    "handed_in": ("Đã nộp bài: {right}/{n} câu đúng.", "Handed in: {right} of {n} right."),
    "lecturer": ("Dành cho giảng viên", "For the lecturer"),
    "missed": ("Điều khoản sai nhiều, lớp {group}", "Provisions missed, class {group}"),
    "none_missed": ("Chưa có điều khoản nào đủ ba người đồng ý và trả lời.", "No provision was answered yet by three trainees who consent."),
    "wrong_of": ("Sai / số lần trả lời", "Wrong / answered"),
    "trainees": ("Số người", "Trainees"),
    "consent": ("Đồng ý để giảng viên lớp {group} xem số liệu của tôi", "Let the lecturer of {group} see my numbers"),
    "withdraw": ("Rút lại đồng ý với lớp {group}", "Take back my consent for {group}"),
    "consent_hint": ("Giảng viên chỉ thấy số liệu của người đã đồng ý.", "A lecturer sees numbers only, of those who consent."),
    "not_there": ("Không có tệp như vậy. Quay lại trang học tập và chọn lại.", "There is no such file. Go back to the study page and choose again."),
})  # fmt: skip

GRADES = _table({"1": ("Quên", "Again"), "2": ("Khó", "Hard"), "3": ("Được", "Good"), "4": ("Dễ", "Easy")})

FINDINGS = _table({
    "supported": ("Có căn cứ", "Supported"),
    "contradicted": ("Trái với văn bản", "Contradicted"),
    "not_found": ("Không thấy trong văn bản", "Not found"),
})  # fmt: skip

FAULTS = _table({
    "figure": ("số liệu khác: {words}", "another figure: {words}"),
    "date": ("ngày tháng khác: {words}", "another date: {words}"),
    "document_number": ("số hiệu khác: {words}", "another document number: {words}"),
    "name": ("tên không có ở đó: {words}", "a name that is not there: {words}"),
    "unit": ("đơn vị khác: {words}", "another unit: {words}"),
    "modality": ("mức độ bắt buộc khác: {words}", "another degree of obligation: {words}"),
    "negation": ("khẳng định, phủ định ngược nhau: {words}", "affirmed where it is denied, or the reverse: {words}"),
    "qualifier": ("điều kiện, giới hạn khác: {words}", "another qualification: {words}"),
    "order": ("các vế ghép khác: {words}", "put together otherwise: {words}"),
})  # fmt: skip

PROBLEMS = _table({
    "NothingToAsk": (
        "Không soạn được câu hỏi nào từ lựa chọn này; xin chọn thêm văn bản, loại câu hỏi hoặc ngôn ngữ, hoặc bỏ bớt chủ đề.",
        "No question could be made of this choice; please choose more documents, kinds or languages, or leave the topic out.",
    ),
    "UnknownDeck": ("Không có bộ thẻ này; xin chọn lại trong danh sách.", "There is no such deck; please choose one of the list."),
    "UnknownExam": ("Không có bài thi này; xin chọn lại trong danh sách.", "There is no such exam; please choose one of the list."),
    "ExamClosed": (
        "Bài thi này đã nộp, đã hết giờ hoặc đã có người làm nên không thay đổi được; xin chọn hoặc chốt bài thi khác.",
        "This exam was handed in, its time is over, or it was sat and cannot be changed; please choose or fix another one.",
    ),
    "no_lecturer": (
        "Chỉ giảng viên (tài khoản có quyền đo chất lượng) được chốt bài thi; xin nhờ người quản trị cấp quyền.",
        "Only lecturers (users with the role of evaluator) fix exams; please ask an administrator for the role.",
    ),
    "UnknownDocument": (
        "Không có văn bản mang số hiệu hoặc tên này; xin chọn một văn bản trong danh sách.",
        "No document has this number or name; please choose one of the list.",
    ),
    "UnknownProvision": (
        "Văn bản không có điều khoản này; xin chọn trong danh sách điều khoản.",
        "The document has no such provision; please choose one of its list.",
    ),
    "ProgressFailed": (
        "Không đọc hoặc ghi được tiến độ học; xin kiểm tra thư mục dữ liệu rồi thử lại.",
        "Progress cannot be read or written; please check the data folder and try again.",
    ),
    "GenerationFailed": (
        "Mô hình ngôn ngữ không trả lời; xin thử lại, hoặc khởi động ứng dụng không dùng mô hình.",
        "The chat model gave no answer; please try again, or start the application without a model.",
    ),
    "none_due": (
        "Hôm nay không còn câu đến hạn hay câu mới nào trong lựa chọn này; xin chọn nội dung khác, đánh dấu “Thêm câu mới”, hoặc quay lại ngày mai.",
        "Nothing of this choice is due or new today; please choose something else, tick “More new ones”, or come back tomorrow.",
    ),
    "over": (
        "Lượt học này không còn mở; xin bắt đầu lại, các câu đã trả lời vẫn được lưu.",
        "This session is no longer open; please begin again, what was answered is kept.",
    ),
    "no_text": ("Chưa có gì để kiểm tra; xin viết ít nhất một câu.", "There is nothing to check; please write at least one sentence."),
    "no_choice": ("Chưa chọn văn bản hoặc chủ đề; xin điền một trong hai.", "No document or topic is given; please fill in one of them."),
    "no_document": ("Chưa chọn văn bản; xin chọn một văn bản trong danh sách.", "No document is chosen; please choose one of the list."),
    "no_name": ("Bài thi cần tên, lớp và bộ thẻ; xin điền đủ.", "An exam needs a name, a class and a deck; please fill in all three."),
    "unknown": (
        "Ứng dụng gặp lỗi ngoài dự kiến; xin thử lại, nếu lỗi lặp lại hãy chạy “attache doctor”.",
        "The application met an unexpected fault; please try again, and if it happens again run “attache doctor”.",
    ),
})  # fmt: skip
"""What is said of an error, by its class or by what is missing: one sentence with what to do next."""
