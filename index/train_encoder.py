"""Train the law half of the bundled sentence encoder: one vector per vocabulary entry, a sentence is their mean.

What it does. Builds the vocabulary and the pairs (`index.encoder_data`), trains the matrix, saves it as a
sentence-transformers folder (`StaticEmbedding`, float16, safetensors), measures it if a benchmark is named, and writes
the model card. Run it from the root of the project: `python -m index.train_encoder`.

Method. Multiple negatives ranking (Henderson et al. 2017) on cosines, both directions, Adam, linear decay. Rows start
random, scaled by a / (a + p) (Arora et al. 2017). First the law alone; then every English word starts as the
average of the Vietnamese rows it is likely to translate to (IBM model 1, Brown et al. 1993), and batches of bilingual
facts, glossary terms and abbreviations alternate with the law. Static encoders of this kind: sentence-transformers'
`static-retrieval-mrl-en-v1`, model2vec.

What it does not do. It never trains on the benchmark, which only `--bench` reads, after training, to report scores. It
distils no other model, does not tune itself, and writes nothing that has to be unpickled.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from index.encoder_data import (
    Batch,
    Ids,
    LawPairs,
    Twin,
    TwinPairs,
    build_tokenizer,
    mine_abbreviations,
    read_articles,
    read_twins,
    tie_spellings,
)
from index.sums import write_sums

log = logging.getLogger("train_encoder")

DIMENSIONS = 320
VOCABULARY = 30_000
SCALE = 20.0
SIF = 1e-3
LEARNING_RATE = 0.05
LAW_SHARE = 0.6
TWIN_EVERY = 4
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BENCHES = ("vire_alqac", "xquad_vi-vi", "xquad_en-vi", "virhe4qa_dev", "keyword_vi")
BENCHES_RECALL = ("paraphrase_vi", "paraphrase_vi_nodiac", "paraphrase_en-vi")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything training needs, as rows of the matrix."""

    tokenizer: Tokenizer
    ties: Ids
    law: LawPairs
    twins: TwinPairs
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Trained:
    """The matrix and how it came to be."""

    weights: torch.Tensor
    steps: int
    seconds: float
    loss: float


def gather(options: argparse.Namespace) -> Material:
    """Read the sources, build the tokenizer and encode the texts."""
    rng = np.random.default_rng(options.seed)
    articles = read_articles(options.articles)
    facts, glossary = read_twins(options.facts, options.glossary)
    short = mine_abbreviations(articles)
    sizes = {
        "articles": len(articles),
        "bilingual facts and titles": len(facts),
        "glossary pairs": len(glossary),
        "abbreviations": len(short),
    }
    log.info("read %s", sizes)
    twins: list[Twin] = facts + glossary + short
    tokenizer = build_tokenizer(articles, twins, VOCABULARY)
    ties = tie_spellings(tokenizer)
    log.info("vocabulary of %d entries, encoding", len(ties))
    law = LawPairs(articles, tokenizer, ties, rng)
    return Material(tokenizer, ties, law, TwinPairs(twins, tokenizer, ties, rng), sizes)


def initial_weights(material: Material, seed: int) -> torch.Tensor:
    """Random rows, shorter the more frequent the entry."""
    counts = occurrences(material)
    share = torch.from_numpy(counts / counts.sum())
    rows = torch.randn(len(counts), DIMENSIONS, generator=torch.Generator().manual_seed(seed))
    return rows * (SIF / (SIF + share)).float()[:, None]


def occurrences(material: Material) -> NDArray[np.int64]:
    """How often each row occurs in the law, with and without diacritics."""
    rows = np.concatenate([part.flat for part in (*material.law.marked, *material.law.bare)])
    return np.bincount(rows, minlength=len(material.ties)).astype(np.int64)


def train(material: Material, *, minutes: float, steps: int | None, batch: int, seed: int) -> Trained:
    """Train for so many minutes, or exactly so many steps, the law first and then everything."""
    weights = initial_weights(material, seed).requires_grad_()
    optimizer = torch.optim.Adam([weights], lr=LEARNING_RATE, fused=True)
    law, started, loss, aligned = material.law.batches(batch), time.monotonic(), 0.0, False
    for step in count():
        done = step / steps if steps else (time.monotonic() - started) / (60 * minutes)
        if done >= 1:
            break
        if done >= LAW_SHARE and not aligned:
            aligned = True
            with torch.no_grad():
                align_english(weights, material)
        optimizer.param_groups[0]["lr"] = LEARNING_RATE * max(0.02, min(1.0, (step + 1) / 50, 1.0 - done))
        pairs = material.twins.batch(batch) if aligned and step % TWIN_EVERY == 0 else next(law)
        optimizer.zero_grad()
        value = ranking_loss(weights, pairs)
        value.backward()
        optimizer.step()
        loss = value.item() if step == 0 else 0.98 * loss + 0.02 * value.item()
        if step % 100 == 0:
            log.info("step %d, %.0f %%, loss %.3f, %.0f s", step, 100 * done, loss, time.monotonic() - started)
    return Trained(finish(weights.detach(), material), step, time.monotonic() - started, loss)


def ranking_loss(weights: torch.Tensor, pairs: Batch) -> torch.Tensor:
    """Cross entropy of picking each question's passage from the batch, and each passage's question."""
    questions, passages = (functional.normalize(pool(weights, side), dim=1) for side in pairs)
    cosines = SCALE * questions @ passages.T
    target = torch.arange(len(cosines))
    return 0.7 * functional.cross_entropy(cosines, target) + 0.3 * functional.cross_entropy(cosines.T, target)


def pool(weights: torch.Tensor, texts: list[Ids]) -> torch.Tensor:
    """The mean row of each text."""
    lengths = torch.tensor([0, *map(len, texts[:-1])])
    flat = torch.from_numpy(np.concatenate(texts).astype(np.int64))
    return functional.embedding_bag(flat, weights, lengths.cumsum(0), mode="mean")


def align_english(weights: torch.Tensor, material: Material) -> None:
    """Start rows that the law hardly knows as averages of the Vietnamese rows they translate to (IBM model 1)."""
    twins, known = material.twins, occurrences(material) >= 20
    pairs = [(twins.left[i], np.append(twins.right[i], 0)) for i in np.flatnonzero(twins.english).tolist()]
    left = np.concatenate([np.repeat(a, len(b)) for a, b in pairs])
    right = np.concatenate([np.tile(b, len(a)) for a, b in pairs])
    slot = np.cumsum([0, *(len(a) for a, _ in pairs)])
    cell = np.concatenate([np.repeat(np.arange(s, s + len(a)), len(b)) for s, (a, b) in zip(slot, pairs, strict=False)])
    keys, entry = np.unique(left.astype(np.int64) * len(weights) + right, return_inverse=True)
    chance: NDArray[np.float64] = np.ones(len(keys))
    for _ in range(12):
        expected = chance[entry]
        expected /= np.bincount(cell, expected)[cell]
        chance = np.asarray(np.bincount(entry, expected), np.float64)
        chance /= np.bincount(keys % len(weights), chance)[keys % len(weights)]
    mass = np.bincount(entry, expected)
    english, vietnamese = keys // len(weights), keys % len(weights)
    mass *= (vietnamese != 0) / np.bincount(english, mass)[english]
    parts = torch.from_numpy(mass).float()[:, None] * weights[torch.from_numpy(vietnamese)]
    means = torch.zeros_like(weights).index_add_(0, torch.from_numpy(english), parts)
    fresh = np.setdiff1d(np.unique(english), np.flatnonzero(known))
    weights[torch.from_numpy(fresh)] = means[torch.from_numpy(fresh)]
    log.info("aligned %d English rows", len(fresh))


def finish(weights: torch.Tensor, material: Material) -> torch.Tensor:
    """Give shared spellings one row and the unknown token none; entries never met keep their random row."""
    weights = weights.clone()
    weights[0] = 0
    return weights[torch.from_numpy(material.ties.astype(np.int64))].half().contiguous()


def save(trained: Trained, tokenizer: Tokenizer, out: Path) -> None:
    """Write the sentence-transformers folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    out.mkdir(parents=True, exist_ok=True)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=trained.weights)], device="cpu")
    model.save_pretrained(str(out), create_model_card=False)
    (out / "model.safetensors").chmod(0o644)  # safetensors writes it for the owner alone
    write_sums(out)


class NumpyEncoder:
    """The folder read without torch; also the dense-only retriever that the benchmark asks."""

    def __init__(self, folder: Path) -> None:
        """Load tokenizer and matrix."""
        from safetensors.numpy import load_file

        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.weights: NDArray[np.float16] = load_file(folder / "model.safetensors")["embedding.weight"]
        self.names: list[str] = []
        self.vectors: NDArray[np.float32] = np.empty((0, DIMENSIONS), np.float32)

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors; an empty text is the zero vector."""
        rows = np.zeros((len(texts), self.weights.shape[1]), np.float32)
        for row, encoding in zip(rows, self.tokenizer.encode_batch(texts, add_special_tokens=False), strict=True):
            if encoding.ids:
                row += self.weights[encoding.ids].astype(np.float32).mean(axis=0)
        lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)

    def search(self, query: str, k: int) -> list[str]:
        """The `k` nearest documents of the benchmark."""
        nearest = np.argsort(-(self.vectors @ self.encode([query])[0]), kind="stable")[:k]
        return [self.names[i] for i in nearest]


def make(corpus: list[dict[str, Any]]) -> NumpyEncoder:
    """Factory for `ir_eval.py --module`: the encoder in $ENCODER over this corpus, dense search alone."""
    encoder = NumpyEncoder(Path(os.environ["ENCODER"]))
    encoder.names = [str(entry["id"]) for entry in corpus]
    encoder.vectors = encoder.encode([f"{entry.get('title') or ''}\n{entry['text']}" for entry in corpus])
    return encoder


def measure(out: Path, bench: Path) -> dict[str, dict[str, float]]:
    """Run the benchmark harness on every set it has for us; scores by set."""
    scores: dict[str, dict[str, float]] = {}
    for name in (*BENCHES, *BENCHES_RECALL):
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            command = [
                sys.executable,
                str(bench / "ir_eval.py"),
                "--data",
                str(bench / "data" / name),
                "--json",
                report.name,
            ]
            environment = {**os.environ, "ENCODER": str(out), "PYTHONPATH": str(ROOT)}
            subprocess.run(
                [*command, "--module", "index.train_encoder:make"],
                check=True,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            scores[name] = json.loads(Path(report.name).read_text("utf-8"))
        log.info("%s: nDCG@10 %.3f, recall@5 %.3f", name, scores[name]["ndcg@10"], scores[name]["recall@5"])
    return scores


CARD = """# Attaché's sentence encoder, version 1

A static encoder for Vietnamese law and policy, Vietnamese with or without diacritics, and English of the same field.
A sentence is the mean of its tokens' rows, normalised by the caller. No attention, no word order beyond two syllables.

| | |
|---|---|
| Weights | `model.safetensors`, tensor `embedding.weight`, {rows} x {dimensions}, float16, {megabytes:.1f} MB |
| Tokenizer | `tokenizer.json`: NFC, lower case, split at punctuation, Unigram over syllables and two-syllable words |
| Made | {made}, seed {seed}, {steps} steps of {batch} pairs, last loss {loss:.3f} |
| Time | {seconds:.0f} s of training on {threads} CPU thread(s), not counting reading and encoding the texts |
| Rebuild | `make encoder ARGS="{length} --batch {batch} --seed {seed} --threads {threads}"` |

## Data

{sizes}

Articles: the codified law of Vietnam, official texts. Facts and glossary: the library's own material. The training
script reads nothing of the benchmark before the weights are saved, and then only where `--bench FOLDER` names it.

## Reading it without torch

`Tokenizer.from_file("tokenizer.json")`, `encode(text, add_special_tokens=False)`; plain mean of the rows of
`embedding.weight` at the ids, summed in float32; divide by the length. No prefix, no truncation, no padding; a text
without letters or digits is the zero vector. `NumpyEncoder` in `index/train_encoder.py` does this.

## Scores, dense search alone

{scores}

**Read `vire_alqac` with care: it is not held out.** Of its 304 passages 274 stand almost word for word (over 90 % of
their 8-word runs) in the training articles; none of its 530 questions does. In a trial of 2,200 steps without the
3,917 overlapping articles, its settings otherwise nearly these, it scored nDCG@10 90.4: expect that on unseen law. The
set is also easy, plain BM25 scores 94.4.

No such overlap with `xquad_*`, `virhe4qa_dev`, `keyword_vi`, `paraphrase_*` was found; there
BM25 over words and pairs of words scores 96.3 on `xquad_vi-vi`, 87.3 on `virhe4qa_dev`, and on `paraphrase_vi` recall@5 50. The
`paraphrase_*` sets have 10 to 40 questions: differences of a few points mean nothing.

## Limits

Alone it is weaker than BM25 on Vietnamese questions; it is meant to be fused with lexical search, not to replace it.
English was learnt from a few hundred sentences and the glossary: outside that vocabulary it is weak. `--steps` with
the same seed repeats the draw; `--minutes` stops by the clock, so its number of steps depends on the machine.
"""


def write_card(out: Path, trained: Trained, sizes: dict[str, int], scores: dict[str, dict[str, float]], options: argparse.Namespace) -> None:
    """Write the model card."""
    table = ["| Set | n | nDCG@10 | recall@1 | recall@5 |", "|---|---|---|---|---|"]
    for name, score in scores.items():
        figures = " | ".join(f"{100 * score[key]:.1f}" for key in ("ndcg@10", "recall@1", "recall@5"))
        table.append(f"| {name} | {score['n']:.0f} | {figures} |")
    card = CARD.format(
        rows=len(trained.weights),
        dimensions=trained.weights.shape[1],
        megabytes=(out / "model.safetensors").stat().st_size / 1e6,
        made=time.strftime("%Y-%m-%d"),
        seed=options.seed,
        steps=trained.steps,
        batch=options.batch,
        seconds=trained.seconds,
        threads=options.threads,
        loss=trained.loss,
        length=f"--steps {options.steps}" if options.steps else f"--minutes {options.minutes:g}",
        sizes="\n".join(f"- {number:,} {name}" for name, number in sizes.items()),
        scores="\n".join(table) if scores else "Not measured.",
    )
    (out / "MODEL_CARD.md").write_text(card, "utf-8")


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Train the bundled sentence encoder.")
    parser.add_argument("--articles", type=Path, default=SHARED / "codified-law" / "articles.jsonl.xz")
    parser.add_argument("--facts", type=Path, default=SHARED / "facts" / "facts.jsonl")
    parser.add_argument("--glossary", type=Path, default=ROOT / "corpus" / "library" / "glossary.yaml")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "law-encoder")
    parser.add_argument("--bench", type=Path, help="folder with ir_eval.py and data/, to measure after training")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, default=10.0, help="train for so long")
    length.add_argument("--steps", type=int, help="train for exactly so many steps, whatever the machine")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)


def main() -> None:
    """Gather, train, save, measure, document."""
    options = parse()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("RAYON_NUM_THREADS", str(options.threads))
    torch.set_num_threads(options.threads)
    material = gather(options)
    trained = train(material, minutes=options.minutes, steps=options.steps, batch=options.batch, seed=options.seed)
    save(trained, material.tokenizer, options.out)
    scores = measure(options.out.resolve(), options.bench.resolve()) if options.bench else {}
    write_card(options.out, trained, material.sizes, scores, options)
    log.info("wrote %s", options.out)


if __name__ == "__main__":
    main()
