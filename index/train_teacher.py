"""Teacher vectors: what a language model makes of the commonest words and two-syllable phrases, for the student encoder.

What it does. Lists the units worth asking about, commonest first (`units`), asks the teacher for one vector a unit
(`Teacher`), and keeps the vectors in a folder of numbered parts, so that a run that was stopped goes on where it ended.
Run it from the root of the project: `python -m index.train_teacher MODEL_FOLDER OUT_FOLDER --minutes 30`. The folder
holds a causal language model as transformers reads it: safetensors, or one `model.gguf` (with the packages gguf and accelerate).

Method. A prompted last-token embedding (PromptEOL, Jiang et al. 2023): the model reads a few entries of a two-way
dictionary, then `"unit" nghĩa là: "`, and the hidden state at the last token is the vector. The dictionary part is read
once and kept, so that a unit costs a dozen tokens. The state is taken after layer 22 of 28, not at the end: on 260 terms of
our glossary, English asked for Vietnamese, recall@1 was 0.63 there and 0.35 after the last layer; the prompt that asks for
the topic in one word, read at the end, had 0.56 at twice the cost.

What it does not do. It reads nothing of a benchmark, and the product never loads it.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from corpus.glossary import Glossary
from corpus.tokens import english_words
from index.encoder_data import Article, Counts, cohesive_pairs, read_articles

__all__ = ["Teacher", "load_vectors", "main", "units"]

log = logging.getLogger("train_teacher")

PREFIX = (
    "Từ điển Anh - Việt. Nghĩa của mỗi cụm từ, nói ngắn gọn trong một từ.\n"
    '"hợp đồng" nghĩa là: "contract"\n"foreign affairs" nghĩa là: "ngoại giao"\n"'
)
SUFFIX = '" nghĩa là: "'
LAYERS = 22
BATCH = 192
WORDS, PAIRS, ENGLISH = 5_000, 9_000, 9_000


def units(articles: list[Article], first: list[str]) -> list[str]:
    """Return the units, each once: those of `first`, then Vietnamese words, pairs and English words in turn, commonest first."""
    counts = Counts.of(articles)
    words = {word: count for word, count in counts.words.most_common(2 * WORDS) if word.isalpha()}
    pairs = [f"{a} {b}" for a, b in cohesive_pairs(counts, words, PAIRS)]
    mixed = zip_longest([*words][:WORDS], pairs, english_words(ENGLISH))
    return [*dict.fromkeys(unit for unit in chain(first, chain.from_iterable(mixed)) if unit)]


class Teacher:
    """A causal language model cut after `LAYERS` layers that has read `PREFIX`."""

    def __init__(self, folder: Path, *, half: bool = False) -> None:
        """Read the model; `half` computes in bfloat16, twice as fast where the processor knows it, to three digits."""
        from transformers import AutoModelForCausalLM, AutoTokenizer

        source: dict[str, Any] = {"gguf_file": "model.gguf"} if (folder / "model.gguf").exists() else {"use_safetensors": True}
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, **source)
        whole = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype=torch.bfloat16 if half else torch.float32, **source)
        self._model = whole.model.eval()
        self._model.layers = self._model.layers[:LAYERS]
        self._model.norm = torch.nn.Identity()
        self._suffix = self._ids(SUFFIX)
        with torch.inference_mode():
            read = self._model(torch.tensor([self._ids(PREFIX)]), use_cache=True).past_key_values
        self._read = [(layer.keys, layer.values) for layer in read.layers[:LAYERS]]

    def _ids(self, text: str) -> list[int]:
        """Return the token ids of a text."""
        return list(self._tokenizer(text, add_special_tokens=False).input_ids)

    def embed(self, texts: list[str]) -> NDArray[np.float16]:
        """Return one row a text."""
        from transformers import DynamicCache

        rows = [self._ids(text) + self._suffix for text in texts]
        known, longest = self._read[0][0].shape[2], max(map(len, rows))
        ids = torch.zeros((len(rows), longest), dtype=torch.long)
        mask = torch.zeros((len(rows), known + longest), dtype=torch.long)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
            mask[number, : known + len(row)] = 1
        cache = DynamicCache()
        for layer, (keys, values) in enumerate(self._read):
            cache.update(keys.expand(len(rows), -1, -1, -1), values.expand(len(rows), -1, -1, -1), layer)
        place = (torch.arange(longest) + known).expand(len(rows), -1)
        with torch.inference_mode():
            states = self._model(ids, attention_mask=mask, position_ids=place, past_key_values=cache, use_cache=True).last_hidden_state
        last = torch.tensor([len(row) - 1 for row in rows])
        return np.asarray(states[torch.arange(len(rows)), last].float().numpy(), np.float16)


def load_vectors(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Return the units and vectors of every part in the folder, in order."""
    parts = [np.load(path, allow_pickle=False) for path in sorted(folder.glob("part-*.npz"))]
    names = [str(name) for part in parts for name in part["units"]]
    return names, np.concatenate([part["vectors"] for part in parts]).astype(np.float32)


def _batches(wanted: list[str]) -> Iterator[list[str]]:
    """Yield batches; neighbours of the list, sorted by length within four batches so that little is padded."""
    for start in range(0, len(wanted), 4 * BATCH):
        some = sorted(wanted[start : start + 4 * BATCH], key=len)
        yield from (some[at : at + BATCH] for at in range(0, len(some), BATCH))


def _lower(name: str) -> str:
    """Return a name in small letters, an abbreviation as it is."""
    return name if name.isupper() else name.lower()


def main(arguments: list[str] | None = None) -> int:
    """Ask for as many units as the time allows; returns the exit status."""
    parser = argparse.ArgumentParser(description="vectors of a language model for the commonest words")
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("../shared/codified-law/articles.jsonl.xz"))
    parser.add_argument("--glossary", type=Path, default=Path("corpus/library/glossary.yaml"), help="its names are asked for first")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--half", action="store_true", help="compute in bfloat16")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    started = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    first = [name for term in Glossary.read(options.glossary).terms for language in ("vi", "en") for name in map(_lower, term.names(language))]
    done = set(load_vectors(options.out)[0]) if any(options.out.glob("part-*.npz")) else set()
    wanted = [unit for unit in units(read_articles(options.articles), first) if unit not in done]
    log.info("%d units are there, %d to ask for", len(done), len(wanted))
    teacher, number, asked = Teacher(options.model, half=options.half), len([*options.out.glob("part-*.npz")]), 0
    for some in _batches(wanted):
        if time.monotonic() - started > 60 * options.minutes:
            break
        vectors = teacher.embed(some)
        np.savez(options.out / f"part-{number:05d}.npz", units=np.array(some), vectors=vectors)
        number, asked = number + 1, asked + len(some)
        log.info("%d of %d, %.0f s", asked, len(wanted), time.monotonic() - started)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
