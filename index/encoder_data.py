"""Material for the bundled sentence encoder: its texts, its vocabulary and its training pairs.

What it does. Reads the articles of codified law, the bilingual facts and the glossary; builds a `tokenizers` Unigram
tokenizer from counts; turns every sentence into row numbers; and draws (question, passage) batches from them.

Method. Vietnamese is written in syllables, so the vocabulary holds frequent syllables, two-syllable words with high
normalised pointwise mutual information (Bouma 2009), the same without diacritics, English words of the field, and BPE
pieces (Sennrich et al. 2016) for what is left. The scores are log frequencies, so Viterbi takes a two-syllable word
where its parts attract each other. Questions are cut from passages as in the inverse cloze task (Lee et al. 2019).

What it does not do. It trains no weights, reads no benchmark, and needs neither torch nor sentence-transformers.
"""

from __future__ import annotations

import json
import lzma
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

Ids = NDArray[np.int32]
Batch = tuple[list[Ids], list[Ids]]

MARK = "▁"
UNKNOWN = "[UNK]"
MAX_ARTICLE_CHARS = 6000
PASSAGE_TOKENS = 160
NEIGHBOURS = 8

_SEGMENT = re.compile(r"[^\w\s]+|_+")
_SENTENCE = re.compile(r"\n+|(?<=[.;:?!])\s+")
_SHORT = re.compile(r"\((?:viết tắt là |gọi tắt là )?[\"“]?([A-ZĐ]{2,8})[\"”]?\)")
_SECOND_VOWEL = {
    unicodedata.normalize("NFC", a + tone + b): unicodedata.normalize("NFC", a + b + tone)
    for a, b in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0309\u0303\u0323"
}
_FIRST_VOWEL = {second: first for first, second in _SECOND_VOWEL.items()}
_EITHER_VOWEL = re.compile(rf"(?<!q)(?:{'|'.join(_SECOND_VOWEL | _FIRST_VOWEL)})(?![^\W_])")
SUFFIXES = ("s", "es", "d", "ed", "ing", "ly")

# Words with which people wrap a question. Added at random to questions in training, they learn to weigh little.
_FRAMES = """
là gì; là ai; bao nhiêu; khi nào; ở đâu; như thế nào; thế nào; ra sao; có được không; có phải không; vì sao;
tại sao; bao lâu; mấy; những gì; cơ quan nào; ai có quyền; trong bao lâu; cho biết; theo quy định của pháp luật;
quy định ở đâu; theo luật; hãy cho biết; có đúng không; từ khi nào; tối đa bao nhiêu; ít nhất bao nhiêu;
trường hợp nào; tôi muốn hỏi; nếu; thì sao; cần làm gì; được hiểu là; what is; who; how many; when; where; how;
why; which; does the; is it; how long; tell me
"""
QUESTION_FRAMES = tuple(re.split(r";\s+", _FRAMES.strip()))

# Abbreviations of Vietnamese public administration; more are mined from "full term (ABC)" in the articles.
_ABBREVIATIONS = """
UBND=ủy ban nhân dân; HĐND=hội đồng nhân dân; TAND=tòa án nhân dân; VKSND=viện kiểm sát nhân dân;
BHXH=bảo hiểm xã hội; BHYT=bảo hiểm y tế; BHTN=bảo hiểm thất nghiệp; CCCD=căn cước công dân;
CMND=chứng minh nhân dân; GPLX=giấy phép lái xe; QSDĐ=quyền sử dụng đất; CNTT=công nghệ thông tin;
NĐ-CP=nghị định của chính phủ; QĐ-TTg=quyết định của thủ tướng chính phủ; TT=thông tư;
NQ-TW=nghị quyết của trung ương; KL-TW=kết luận của trung ương; QH=quốc hội; CP=chính phủ; BCT=bộ chính trị;
BNG=bộ ngoại giao; ĐSQ=đại sứ quán; TLSQ=tổng lãnh sự quán; TNHH=trách nhiệm hữu hạn; NSNN=ngân sách nhà nước;
CQĐD=cơ quan đại diện; DVC=dịch vụ công; TTHC=thủ tục hành chính; CBCC=cán bộ công chức; PCCC=phòng cháy chữa cháy;
ATTT=an toàn thông tin; ANM=an ninh mạng; DLCN=dữ liệu cá nhân; TTĐT=thông tin điện tử; CSDL=cơ sở dữ liệu;
TTĐN=thông tin đối ngoại; GTGT=giá trị gia tăng; TNCN=thu nhập cá nhân; TNDN=thu nhập doanh nghiệp;
CĐS=chuyển đổi số; AI=trí tuệ nhân tạo; NVNONN=người việt nam ở nước ngoài; VBQPPL=văn bản quy phạm pháp luật;
BLHS=bộ luật hình sự; BLDS=bộ luật dân sự; BLLĐ=bộ luật lao động; BLTTHS=bộ luật tố tụng hình sự
"""
ABBREVIATIONS = dict(line.split("=") for line in re.split(r";\s+", _ABBREVIATIONS.strip()))


@dataclass(frozen=True, slots=True)
class Article:
    """One article of law: its heading and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Two renderings of the meaning `term`; `english` says that `left` is English and `right` Vietnamese."""

    left: str
    right: str
    english: bool
    term: str


def read_articles(path: Path, limit: int | None = None) -> list[Article]:
    """Read the articles; where the body is only digits (a damaged export) a long heading stands in for it."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, limit)]
    articles = []
    for row in rows:
        title, text = _nfc(row["title"]), _nfc(row["text"])[:MAX_ARTICLE_CHARS]
        if len(text) > 40 and sum(map(str.isalpha, text)) > 0.5 * len(text):
            articles.append(Article(title, text))
        elif len(title) > 80:
            articles.append(Article("", title.removesuffix("...")))
    return articles


def read_twins(facts: Path, glossary: Path) -> tuple[list[Twin], list[Twin]]:
    """Read the bilingual facts and the glossary; a glossary that does not exist yet counts as empty."""
    rows = [json.loads(line) for line in facts.read_text("utf-8").splitlines() if line.strip()]
    spoken = {(_nfc(row["fact_en"]), _nfc(row["fact_vi"])) for row in rows}
    spoken |= {(_nfc(row["doc_title_en"]), _nfc(row["doc_title_vi"])) for row in rows}
    return [Twin(en, vi, True, vi) for en, vi in sorted(spoken) if en and vi], _read_glossary(glossary)


def _read_glossary(path: Path) -> list[Twin]:
    """Every Vietnamese name of a term against every English one, and each second name against the first."""
    found = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    twins: list[Twin] = []
    for term in (found or {}).get("terms", []):
        vietnamese = [_nfc(str(name)) for name in (term["vi"], *(term.get("also_vi") or []))]
        english = [_nfc(str(name)) for name in (term["en"], *(term.get("also_en") or []))]
        twins += [Twin(en, vi, True, vietnamese[0]) for en in english for vi in vietnamese]
        twins += [Twin(other, vietnamese[0], False, vietnamese[0]) for other in vietnamese[1:]]
    return twins


def mine_abbreviations(articles: Iterable[Article]) -> list[Twin]:
    """Listed abbreviations, and those defined in the articles as "full term (ABC)" with matching initials."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        for found in _SHORT.finditer(article.text):
            term = article.text[max(0, found.start() - 80) : found.start()].lower().split()[-len(found[1]) :]
            if "".join(word[0] for word in term) == found[1].lower():
                counts[found[1], " ".join(term)] += 1
    mined = {short: term for (short, term), count in sorted(counts.items(), key=lambda item: item[1]) if count > 2}
    return [Twin(short, term, False, term) for short, term in sorted((mined | ABBREVIATIONS).items())]


def strip_marks(text: str) -> str:
    """Drop Vietnamese diacritics, as hurried people type: `Điều` becomes `Dieu`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def one_spelling(text: str) -> str:
    """Give words with two accepted spellings one of them: `hoà` is `hòa`, `uỷ` is `ủy`, `organize` is `organise`."""
    toned = _EITHER_VOWEL.sub(lambda match: _FIRST_VOWEL.get(match[0], match[0]), text)
    return re.sub(r"iz(?=e|ing|ation)", "is", toned)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often words and pairs of neighbouring words occur, lower-cased, in one spelling."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def empty(cls) -> Counts:
        """Return counts of nothing yet."""
        return cls(Counter(), Counter())

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Counts:
        """Return the counts of headings and texts."""
        counts = cls.empty()
        for article in articles:
            counts.add(f"{article.title}. {article.text}")
        return counts

    def add(self, text: str) -> None:
        """Count one text; pairs do not reach over punctuation."""
        for segment in _SEGMENT.split(one_spelling(text.lower())):
            words = segment.split()
            self.words.update(words)
            self.pairs.update(pairwise(words))


def build_tokenizer(articles: list[Article], twins: list[Twin], size: int) -> Tokenizer:
    """Count the material and make the tokenizer: NFC, lower case, split at punctuation, Unigram over words."""
    counts, english = Counts.of(articles), Counts.empty()
    for twin in twins:
        counts.add(twin.right)
        (english if twin.english else counts).add(twin.left)
    pieces = _choose_pieces(counts, english.words, size)
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *pieces.items()], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r" *[^\p{L}\p{N}\p{M} ]+ *"), "removed"),
            pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always", split=False),
        ]
    )
    return tokenizer


def _choose_pieces(counts: Counts, english: Counter[str], size: int) -> dict[str, float]:
    """The vocabulary with its scores (log frequencies), its second spellings included, in at most `size` entries."""
    total = sum(counts.words.values())
    words = {w: c for w, c in counts.words.most_common(8500) if c >= 12}
    bare: Counter[str] = Counter()
    for word, count in counts.words.items():
        bare[strip_marks(word)] += count
    pairs = cohesive_pairs(counts, words, 13000)
    bare_pairs: Counter[str] = Counter()
    for (left, right), count in islice(pairs.items(), 5000):
        bare_pairs[f"{MARK}{strip_marks(left)}{MARK}{strip_marks(right)}"] += count
    pieces = {MARK + word: math.log(count / total) for word, count in words.items()}
    pieces |= {f"{MARK}{a}{MARK}{b}": math.log(count / total) for (a, b), count in pairs.items()}
    bare_words = {MARK + strip_marks(word): bare[strip_marks(word)] for word in islice(words, 5000)}
    for piece, count in chain(bare_words.items(), bare_pairs.items()):
        pieces.setdefault(piece, math.log(count / total))
    for word in _english_stems(english):
        pieces.setdefault(MARK + word, -11.0)
    for piece in list(pieces):
        pieces.setdefault(_second_spelling(piece), pieces[piece])
    return _add_fragments(pieces, counts.words + english, size)


def cohesive_pairs(counts: Counts, words: dict[str, int], limit: int) -> dict[tuple[str, str], int]:
    """The most frequent pairs of words whose normalised pointwise mutual information binds them."""
    total, kept = sum(counts.words.values()), dict[tuple[str, str], int]()
    for (left, right), count in counts.pairs.most_common(30 * limit):
        if left in words and right in words and left.isalpha() and right.isalpha() and count >= 15:
            pmi = math.log(count * total / (words[left] * words[right]))
            if len(kept) < limit and pmi / -math.log(count / total) >= 0.25:
                kept[left, right] = count
    return kept


def _english_stems(english: Counter[str]) -> list[str]:
    """English words, without those that are another one plus a regular ending."""
    words = {word for word in english if word.isalpha() and word.isascii() and len(word) > 1}
    return sorted(w for w in words if not any(w.endswith(s) and len(w) - len(s) > 2 and w[: -len(s)] in words for s in SUFFIXES))


def _second_spelling(piece: str) -> str:
    """The other accepted spelling of a piece, or the piece itself."""
    if piece[1:].isascii():
        return re.sub(r"is(?=e|ing|ation)", "iz", piece)
    return _EITHER_VOWEL.sub(lambda match: _SECOND_VOWEL.get(match[0], match[0]), piece)


def _add_fragments(pieces: dict[str, float], words: Counter[str], size: int) -> dict[str, float]:
    """Fill the vocabulary with characters, English endings and BPE fragments for words it does not hold."""
    characters = Counter[str]()
    for word, count in words.items():
        for character in dict.fromkeys(word):
            characters[character] += count
    single = [c for c, count in characters.most_common() if count >= 20 and c.isalnum()]
    for fragment, score in [(MARK, -18.0), *((s, -12.0) for s in SUFFIXES), *((c, -17.0) for c in single)]:
        pieces.setdefault(fragment, score)
    rest = {word: count for word, count in words.items() if MARK + word not in pieces and word.isalpha() and count >= 2}
    model = Tokenizer(models.BPE())
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, initial_alphabet=[MARK])
    model.train_from_iterator([MARK + w for w, c in sorted(rest.items()) for _ in range(min(c, 20))], trainer)
    for fragment, rank in sorted(model.get_vocab().items(), key=lambda item: item[1]):
        if len(pieces) >= size - 1:
            break
        if len(fragment) > 1:
            pieces.setdefault(fragment, -15.0 - rank / (4 * size))
    return pieces


def tie_spellings(tokenizer: Tokenizer) -> Ids:
    """For every vocabulary entry the one whose row it shares: itself, or its other spelling."""
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    ties = np.arange(len(vocabulary), dtype=np.int32)
    for piece, row in vocabulary.items():
        ties[row] = vocabulary.get(one_spelling(piece.replace(MARK, " ")).replace(" ", MARK), row)
    return ties


@dataclass(frozen=True, slots=True)
class Rows:
    """Texts as rows of the embedding matrix, all in one array; text `i` is `flat[starts[i]:starts[i + 1]]`."""

    flat: Ids
    starts: NDArray[np.int64]

    def __getitem__(self, text: int) -> Ids:
        """The rows of one text."""
        return self.flat[self.starts[text] : self.starts[text + 1]]

    @classmethod
    def encode(cls, texts: list[str], tokenizer: Tokenizer, ties: Ids) -> Rows:
        """Tokenise the texts, no special tokens, tied spellings folded."""
        parts: list[Ids] = [np.empty(0, np.int32)]
        lengths = [0]
        for first in range(0, len(texts), 20_000):
            for encoding in tokenizer.encode_batch_fast(texts[first : first + 20_000], add_special_tokens=False):
                parts.append(np.asarray(encoding.ids, np.int32))
                lengths.append(len(encoding.ids))
        return cls(ties[np.concatenate(parts)], np.cumsum(lengths, dtype=np.int64))


class LawPairs:
    """Questions and passages cut from the articles: heading or sentence against the article it comes from."""

    def __init__(self, articles: list[Article], tokenizer: Tokenizer, ties: Ids, rng: np.random.Generator) -> None:
        """Split the articles into sentences and encode these with and without diacritics."""
        sentences: list[str] = []
        first = [0]
        for article in articles:
            sentences += [s for s in _SENTENCE.split(article.text) if len(s.split()) > 1] or [article.text]
            first.append(len(sentences))
        repeats, titles = Counter(sentences), Counter(article.title for article in articles)
        self.first = np.asarray(first, np.int64)
        self.telling = np.fromiter((repeats[s] <= 3 and len(s) >= 30 for s in sentences), bool, len(sentences))
        self.titled = np.fromiter((titles[a.title] <= 5 and len(a.title) >= 10 for a in articles), bool, len(articles))
        texts = (sentences, [article.title for article in articles])
        self.marked = [Rows.encode(part, tokenizer, ties) for part in texts]
        self.bare = [Rows.encode([strip_marks(text) for text in part], tokenizer, ties) for part in texts]
        self.frames = [Rows.encode([f(t) for t in QUESTION_FRAMES], tokenizer, ties) for f in (str, strip_marks)]
        self.rng = rng

    def batches(self, size: int) -> Iterator[Batch]:
        """Batches without end; neighbours in the code are drawn together, so that negatives are near misses."""
        groups = np.arange(0, len(self.titled) - NEIGHBOURS, NEIGHBOURS)
        per_batch = size // NEIGHBOURS
        while True:
            order = self.rng.permutation(groups + self.rng.integers(NEIGHBOURS))
            for start in range(0, len(order) - per_batch, per_batch):
                chosen = (order[start : start + per_batch, None] + np.arange(NEIGHBOURS)).ravel()
                drawn = [self._pair(int(a)) for a in chosen if a < len(self.titled)]
                yield [question for question, _ in drawn], [passage for _, passage in drawn]

    def _pair(self, article: int) -> tuple[Ids, Ids]:
        """One question with its passage."""
        rng, bare = self.rng, int(self.rng.random() < 0.3)
        sentences, titles = (self.marked, self.bare)[bare]
        begin, end = int(self.first[article]), int(self.first[article + 1])
        sentence = int(rng.integers(begin, end))
        by_title = bool(self.titled[article]) and (rng.random() < 0.3 or not self.telling[sentence])
        question = titles[article] if by_title else cut(sentences[sentence], 5, 25, rng)
        passage = self._passage(begin, end, sentence, hide=not by_title and rng.random() < 0.5)
        if not by_title and rng.random() < 0.5:
            passage = np.concatenate([self.marked[1][article], passage])
        question = thin(question, rng.random() * 0.5, rng)
        if rng.random() < 0.5:
            question = np.concatenate([question, self.frames[bare][int(rng.integers(len(QUESTION_FRAMES)))]])
        return question, passage

    def _passage(self, begin: int, end: int, sentence: int, *, hide: bool) -> Ids:
        """A window of the article around a sentence, without the sentence if that is hidden and something is left."""
        rows = self.marked[0]
        low, high = int(rows.starts[begin]), int(rows.starts[end])
        cut_from, cut_to = int(rows.starts[sentence]), int(rows.starts[sentence + 1])
        slack = max(0, PASSAGE_TOKENS - (cut_to - cut_from))
        start = max(low, cut_from - int(self.rng.integers(slack + 1)))
        stop = min(high, start + max(PASSAGE_TOKENS, cut_to - start))
        if hide and (stop - start) - (cut_to - cut_from) >= 10:
            return np.concatenate([rows.flat[start:cut_from], rows.flat[cut_to:stop]])
        return rows.flat[start : min(stop, start + 2 * PASSAGE_TOKENS)]


class TwinPairs:
    """Facts, terms and abbreviations against their other rendering; sentences are drawn more often than names."""

    def __init__(self, twins: list[Twin], tokenizer: Tokenizer, ties: Ids, rng: np.random.Generator) -> None:
        """Encode both sides, the Vietnamese one also without diacritics."""
        self.left = Rows.encode([twin.left for twin in twins], tokenizer, ties)
        self.right = Rows.encode([twin.right for twin in twins], tokenizer, ties)
        self.bare = Rows.encode([strip_marks(twin.right) for twin in twins], tokenizer, ties)
        self.english = np.fromiter((twin.english for twin in twins), bool, len(twins))
        self.term = np.unique([twin.term.lower() for twin in twins], return_inverse=True)[1]
        weight = np.where(np.diff(self.left.starts) > 8, 3.0, 1.0)
        self.chance = weight / weight.sum()
        self.rng = rng

    def batch(self, size: int) -> Batch:
        """At most `size` pairs, each of another term; the asking side, one time in three Vietnamese, is thinned."""
        rng = self.rng
        drawn = rng.choice(len(self.chance), min(size, len(self.chance)), replace=False, p=self.chance)
        chosen = drawn[np.unique(self.term[drawn], return_index=True)[1]]
        questions, passages = [], []
        for number in map(int, chosen):
            left, right = self.left[number], self.right[number]
            if rng.random() < 0.33:
                left, right = (self.bare[number] if rng.random() < 0.3 else right), left
            questions.append(thin(cut(left, 4, 40, rng), rng.random() * 0.3, rng) if len(left) > 4 else left)
            passages.append(right)
        return questions, passages


def cut(rows: Ids, least: int, most: int, rng: np.random.Generator) -> Ids:
    """A run of `least` to `most` rows at a random place."""
    length = int(rng.integers(least, most + 1))
    if len(rows) <= length:
        return rows
    start = int(rng.integers(len(rows) - length + 1))
    return rows[start : start + length]


def thin(rows: Ids, share: float, rng: np.random.Generator) -> Ids:
    """Drop about this share of the rows, as a question names only some of the words of its answer."""
    kept = rows[rng.random(len(rows)) >= share]
    return kept if len(kept) > 1 else rows
