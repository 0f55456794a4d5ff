"""A chat model's reply, as it streams in, becomes plain sentences with the numbers of the passages that they name.

Nothing that could come alive survives: links and images keep their words at most, tags and addresses go, and a sentence that
held any of them says so (`tainted`), for no passage can support that. Thoughts that a model thinks aloud are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.prompting import UNKNOWN
from corpus.normalise import clean, fold
from corpus.sentences import sentences

__all__ = ["Reply", "Said"]

_MARKS = re.compile(r"[\[【]\s*(?:đoạn|passage|nguồn|source)?\s*(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*[\]】]", re.I)
_BEHIND = re.compile(r"([.!?…:;]+)((?:\s*\[\d{1,4}\])+)")
_ACCORDING = re.compile(
    r"^(?:Theo|Trong|According to|In)?\s*(?:các |the )?(?:đoạn(?: trích)?|passages?|nguồn|sources?)\s*((?:\[\d{1,4}\](?:,| và| and)?\s*)+)"
    r"(?:(?:cho biết|nêu|ghi|quy định|nói|viết|states?|says?)\b)?\s*(?:rõ|rằng|là|that)?\s*[,:]?\s*", re.I
)  # fmt: skip
_OPEN = re.compile(r"[.!?…:;]\s*(?:[\[【][^\]】]*[\]】]\s*)*(?:[\[【][^\]】]{0,24}|[^\]】\s]{0,12})$")
_STOP = re.compile(r"[.!?…:;\]】>\n]")
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\(?\d{1,2}[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\s*\([^()]*\)?")
_REFERENCE = re.compile(r"!?\[([^\[\]]*[^\d\s\[\]][^\[\]]*)\]\s*\[[^\[\]]*\]|^\s*\[[^\[\]]+\]:.*$")
_TAG = re.compile(r"<\s*[a-zA-Z!/?][^>]*>?")
_ADDRESS = re.compile(r"(?:[a-zA-Z][\w+.-]*:|\\\\)?//\S+|\bwww\.\S+|\b(?:javascript|data|mailto|vbscript|file):\S+", re.I)
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S)
_FORM = re.compile(r"\*\*|__|`|^\s*#{1,6}\s+|^\s*>\s*")
_WAS = "\ufffc"  # stands where a link, a tag or an address was
_BRACKETS = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "`": "'", "|": "¦"})
_REFUSALS = tuple(fold(words) for words in UNKNOWN.values())


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: its words without marks, the numbers that it named, whether it is a list item, an introduction, tainted."""

    text: str
    marks: tuple[int, ...]
    bullet: bool = False
    tainted: bool = False

    @property
    def introduces(self) -> bool:
        """Tell whether the sentence only announces what follows."""
        return self.text.endswith(":")

    @property
    def refuses(self) -> bool:
        """Tell whether the model says that the passages do not answer."""
        return fold(self.text).strip(" .:!\"'“”").startswith(_REFUSALS)


class Reply:
    """Takes pieces of text and gives sentences as soon as each is whole."""

    def __init__(self) -> None:
        self._raw = ""
        self._at = 0
        self._given = 0
        self._waits = False

    def feed(self, piece: str) -> list[Said]:
        """Take a piece; return the sentences that it completed."""
        self._raw += piece
        if not _STOP.search(piece) and not self._waits:
            return []  # nothing can have come to an end
        self._waits = bool(_OPEN.search(_FORM.sub("", self._raw[-60:])))
        text = self._thoughtless()
        found: list[Said] = []
        while (end := text.find("\n", self._at)) >= 0:
            found += self._rest_of(text[self._at : end])
            self._at, self._given = end + 1, 0
        line = text[self._at :]
        whole = _sentences(line)[:-1] if not _OPEN.search(_FORM.sub("", line)) else []
        found += whole[self._given :]
        self._given = max(self._given, len(whole))
        return found

    def end(self, complete: bool) -> list[Said]:
        """Return what is left; of a reply that was cut off, not the sentence that it was cut in."""
        line = self._thoughtless()[self._at :]
        rest = self._rest_of(line)
        self._at, self._given = len(self._raw), 0
        return rest if complete else rest[:-1]

    @property
    def text(self) -> str:
        """The reply so far, as it came."""
        return self._raw

    def _rest_of(self, line: str) -> list[Said]:
        """Return the sentences of a whole line that were not given yet."""
        return _sentences(line)[self._given :]

    def _thoughtless(self) -> str:
        """Return the text without a thought at its beginning; nothing while the thought is not over."""
        start = self._raw.lstrip()[:7]
        if start and "<think".startswith(start[:6]) and len(start) < 7:
            return ""
        return _THOUGHT.sub("", self._raw, count=1)


def _sentences(line: str) -> list[Said]:
    """Return the sentences of one line."""
    bullet = bool(_BULLET.match(line))
    text = _FORM.sub("", _BULLET.sub("", line, count=1))
    plain = _LINK.sub(rf"\1{_WAS}", _REFERENCE.sub(rf"\1{_WAS}", text))
    plain = clean(_ADDRESS.sub(_WAS, _TAG.sub(_WAS, plain)))
    plain = _MARKS.sub(lambda m: "".join(f"[{number}]" for number in re.split(r"\s*[,;]\s*", m.group(1))), plain)
    plain = _BEHIND.sub(lambda m: f" {''.join(m.group(2).split())}{m.group(1)}", plain)
    if plain.startswith("|"):
        plain = " – ".join(cell.strip() for cell in plain.strip("|").split("|"))
    found: list[Said] = []
    for span in sentences(plain):
        marks = tuple(int(number) for number in re.findall(r"\[(\d+)\]", span.text))
        bare = re.sub(r"\s*\[\d+\]", "", _ACCORDING.sub("", span.text)).replace(_WAS, "").translate(_BRACKETS)
        words = " ".join(bare.split()).strip(" *")
        if _ACCORDING.match(span.text):
            words = words[:1].upper() + words[1:]
        if any(character.isalnum() for character in words):
            found.append(Said(words, marks, bullet and not found, _WAS in span.text))
    return found
