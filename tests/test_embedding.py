"""Encoders: unit vectors, a fingerprint that follows the weights, and clear refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from corpus.normalise import fold
from corpus.passages import Passage
from index.embedding import BUNDLED, Encoder, HashingEncoder, SentenceTransformerEncoder, StaticEncoder, open_encoder
from index.errors import EncoderUnusable
from tests.strategies import policy_texts

needs_bundled = pytest.mark.skipif(not (BUNDLED / "modules.json").exists(), reason=f"the bundled encoder is not in {BUNDLED} yet")

SENTENCES = [
    "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số chiếm trên 30% GDP.",
    "nghi quyet dat muc tieu kinh te so",
    "The digital economy makes up more than 30% of GDP.",
    "Luật Giao dịch điện tử số 20/2023/QH15\ncó hiệu lực từ 01/7/2024",
]


@pytest.fixture(scope="module", params=["hashing", pytest.param("static", marks=needs_bundled)])
def any_encoder(request: pytest.FixtureRequest) -> Encoder:
    return HashingEncoder() if request.param == "hashing" else StaticEncoder()


def test_vectors_have_length_one_and_the_promised_shape(any_encoder: Encoder) -> None:
    vectors = any_encoder.encode_documents(SENTENCES)
    assert vectors.shape == (len(SENTENCES), any_encoder.dimensions) and vectors.dtype == np.float32
    assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    query = any_encoder.encode_query(SENTENCES[0])
    assert query.shape == (any_encoder.dimensions,) and query.dtype == np.float32
    assert any_encoder.encode_documents([]).shape == (0, any_encoder.dimensions)


def test_a_text_has_one_vector_whatever_its_company(any_encoder: Encoder) -> None:
    together = any_encoder.encode_documents(SENTENCES)
    for row, text in zip(together, SENTENCES, strict=True):
        assert_allclose(any_encoder.encode_documents([text])[0], row, atol=1e-6)


def test_a_text_without_words_is_nought_and_not_nan(any_encoder: Encoder) -> None:
    assert not any_encoder.encode_documents(["", "  \n"]).any()


def test_alike_is_nearer_than_unlike(any_encoder: Encoder) -> None:
    one, other, third = any_encoder.encode_documents(["kinh tế số chiếm 30% GDP", "kinh tế số chiếm 20% GDP", "chữ ký điện tử của công dân"])
    assert one @ other > one @ third


@given(st.lists(policy_texts, max_size=4), st.integers(1, 64))
def test_hashing_is_blind_to_case_diacritics_and_order(texts: list[str], dimensions: int) -> None:
    encoder = HashingEncoder(dimensions)
    vectors = encoder.encode_documents(texts)
    assert_allclose(encoder.encode_documents([fold(t) for t in texts]), vectors)
    assert_allclose(encoder.encode_documents([" ".join(reversed(t.split(" "))) for t in texts]), vectors, atol=1e-6)
    assert encoder.fingerprint == f"hashing-{dimensions}"


@needs_bundled
def test_the_static_encoder_equals_sentence_transformers_on_the_same_folder(passages: list[Passage]) -> None:
    static, reference = StaticEncoder(BUNDLED), SentenceTransformerEncoder(BUNDLED)
    texts = SENTENCES + [passage.embedding_text for passage in passages]
    assert static.dimensions == reference.dimensions
    assert_allclose(static.encode_documents(texts), reference.encode_documents(texts), atol=1e-3)
    for text in SENTENCES:
        assert_allclose(static.encode_query(text), reference.encode_query(text), atol=1e-3)
    assert static.fingerprint.startswith("static-") and reference.fingerprint.startswith("st-encoder-")


@needs_bundled
def test_the_bundled_encoder_is_the_default_and_small() -> None:
    assert isinstance(open_encoder(), StaticEncoder) and isinstance(open_encoder(BUNDLED), StaticEncoder)
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) <= 25 * 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny static encoder, made here: four words with two numbers each."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "kinh": 1, "tế": 2, "số": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    root = tmp_path / "encoder"
    (root / "0_StaticEmbedding").mkdir(parents=True)
    tokenizer.save(str(root / "0_StaticEmbedding" / "tokenizer.json"))
    weights = np.array([[0, 0], [1, 0], [0, 1], [3, 4]], dtype=np.float16)
    save_file({"embedding.weight": weights}, root / "0_StaticEmbedding" / "model.safetensors")
    (root / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "0_StaticEmbedding", "type": "StaticEmbedding"}]), "utf-8")
    return root


def test_a_static_vector_is_the_mean_of_its_tokens_scaled_to_one(folder: Path) -> None:
    encoder = StaticEncoder(folder)
    assert encoder.dimensions == 2
    half = 0.5**0.5
    vectors = encoder.encode_documents(["kinh tế", "số số", "số kinh", "lạ"])
    assert_allclose(vectors, [[half, half], [0.6, 0.8], [half, half], [0, 0]], atol=1e-6)


def test_the_fingerprint_follows_every_byte(folder: Path) -> None:
    before = StaticEncoder(folder).fingerprint
    assert StaticEncoder(folder).fingerprint == before
    inner = folder / "0_StaticEmbedding" / "tokenizer.json"
    inner.write_text(inner.read_text("utf-8") + " ", "utf-8")
    assert StaticEncoder(folder).fingerprint != before


@pytest.mark.parametrize("name", ["modules.json", "0_StaticEmbedding/model.safetensors", "0_StaticEmbedding/tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"[]", b"null", b"[1]", b'{"a": 1}'])
def test_a_folder_that_is_not_whole_is_refused_with_advice(folder: Path, name: str, content: bytes | None) -> None:
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(EncoderUnusable) as caught:
        StaticEncoder(folder)
    assert str(folder) in str(caught.value) and "ATTACHE_ENCODER" in caught.value.advice


def test_another_encoder_must_be_a_whole_folder_with_safe_weights(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnusable, match=r"modules\.json is missing"):
        open_encoder(tmp_path / "nowhere")
    unsafe = Path(shutil.copytree(folder, tmp_path / "unsafe"))
    (unsafe / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(EncoderUnusable, match="safetensors alone"):
        open_encoder(unsafe)
    (folder / "0_StaticEmbedding" / "model.safetensors").unlink()
    with pytest.raises(EncoderUnusable, match="safetensors alone"):
        open_encoder(folder)
