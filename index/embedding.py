"""Encoders: text to unit vectors. The only module that imports sentence_transformers.

`StaticEncoder` reads the bundled static encoder (a tokenizer and one matrix, the folder form of sentence-transformers)
with `tokenizers` and numpy alone: thousands of passages a second, no torch in memory, the same vectors as the training
library (tested). `SentenceTransformerEncoder` takes any other local folder by one setting, its own query and document
prompts honoured, safetensors only, no remote code. `HashingEncoder` needs no model at all and is for tests.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.normalise import fold, tokens
from index.errors import EncoderUnusable

__all__ = ["BUNDLED", "Encoder", "HashingEncoder", "SentenceTransformerEncoder", "StaticEncoder", "open_encoder"]

BUNDLED = Path(__file__).parent / "encoder"
_ORDERS = frozenset({".bin", ".ckpt", ".joblib", ".pickle", ".pkl", ".pt", ".pth", ".py", ".pyc", ".so"})
"""Endings of files that give their reader orders: pickles, whatever they are called, and programs."""
Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Makes unit vectors; a query and a document are different inputs."""

    @property
    def fingerprint(self) -> str:
        """A name that changes whenever the vectors would."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimensions) with rows of length one."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Return an array of shape (dimensions,) of length one."""
        ...


def _unit(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length one; a row of noughts stays."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1.0, lengths), dtype=np.float32)


class StaticEncoder:
    """The mean of the token vectors of a text, read from a sentence-transformers `StaticEmbedding` folder."""

    def __init__(self, folder: Path = BUNDLED) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        root = _module_folder(folder)
        try:
            # The trained matrix is stored in half precision; sums are made in single precision.
            self._matrix: Vectors = load_file(root / "model.safetensors")["embedding.weight"].astype(np.float32)
            self._tokenizer = Tokenizer.from_file(str(root / "tokenizer.json"))
        except (OSError, KeyError, SafetensorError) as error:
            raise EncoderUnusable(f"The encoder in {folder} is missing or damaged.") from error
        except Exception as error:  # tokenizers raises bare Exception for a damaged file
            raise EncoderUnusable(f"The tokenizer in {folder} cannot be read.") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        digest = hashlib.sha256((root / "model.safetensors").read_bytes() + (root / "tokenizer.json").read_bytes())
        self._fingerprint = f"static-{digest.hexdigest()[:16]}"

    @property
    def fingerprint(self) -> str:
        """A name made from the bytes of weights and tokenizer."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._matrix.shape[1])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        rows = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        vectors = np.zeros((len(rows), self.dimensions), dtype=np.float32)
        for place, row in enumerate(rows):
            if row.ids:
                vectors[place] = self._matrix[row.ids].mean(axis=0)
        return _unit(vectors)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return np.asarray(self.encode_documents([text])[0], dtype=np.float32)


class SentenceTransformerEncoder:
    """Any sentence-transformers model from a local folder, with its own prompts for queries and documents."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "modules.json").exists():
            raise EncoderUnusable(f"{folder} is no sentence-transformers folder (modules.json is missing).")
        if not any(folder.rglob("*.safetensors")) or any(path.suffix.lower() in _ORDERS for path in folder.rglob("*")):
            raise EncoderUnusable(f"{folder} does not keep its weights as safetensors alone.")
        for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
            os.environ.setdefault(name, "1")
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
        except (OSError, ValueError, RuntimeError, SafetensorError) as error:
            raise EncoderUnusable(f"The encoder in {folder} cannot be loaded ({type(error).__name__}).") from error
        digest = hashlib.sha256()
        for path in sorted(folder.rglob("*.safetensors")):
            digest.update(path.read_bytes())
        self._fingerprint = f"st-{folder.name}-{digest.hexdigest()[:16]}"

    @property
    def fingerprint(self) -> str:
        """A name made from the folder's name and the bytes of its weights."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        return _unit(np.asarray(self._model.encode_document(list(texts), show_progress_bar=False), dtype=np.float32))

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return np.asarray(_unit(np.asarray(self._model.encode_query(text, show_progress_bar=False), dtype=np.float32)), dtype=np.float32)


class HashingEncoder:
    """A model-free encoder: folded words hashed into a fixed number of places. A second implementation for tests."""

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def fingerprint(self) -> str:
        """A name made from the number of dimensions."""
        return f"hashing-{self._dimensions}"

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._dimensions

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for place, text in enumerate(texts):
            for token in tokens(text):
                digest = hashlib.blake2b(fold(token).encode(), digest_size=8).digest()
                vectors[place, int.from_bytes(digest[:4]) % self._dimensions] += 1.0 if digest[4] % 2 else -1.0
        return _unit(vectors)

    def encode_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return np.asarray(self.encode_documents([text])[0], dtype=np.float32)


def _module_folder(folder: Path) -> Path:
    """Return where a StaticEmbedding keeps its files: the folder itself or the one that modules.json names."""
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        return folder / str(modules[0]["path"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise EncoderUnusable(f"The encoder in {folder} is missing or damaged.") from error


def open_encoder(folder: Path | None = None) -> Encoder:
    """Return the bundled encoder, or the one in `folder`; raises EncoderUnusable with advice."""
    if folder is None or folder.resolve() == BUNDLED.resolve():
        return StaticEncoder(BUNDLED)
    return SentenceTransformerEncoder(folder)
