"""Errors of the index, each with the command that mends it.

IndexFault
├── NoIndex           there is no index yet
├── StaleIndex        the index was made by another format, library or encoder
├── StoreFailed       a store could not be read or written
│   └── OutOfReach    a server that holds catalogue or vectors does not answer
├── IndexBusy         another process is writing
├── BadBackup         a file is no backup, or not as it was written
└── EncoderUnusable   the encoder folder is missing, damaged or not allowed
"""

from __future__ import annotations

from corpus.errors import AttacheError

__all__ = ["BadBackup", "EncoderUnusable", "IndexBusy", "IndexFault", "NoIndex", "OutOfReach", "StaleIndex", "StoreFailed"]


class IndexFault(AttacheError):
    """Something is wrong with the searchable form of the documents; the documents themselves are not touched."""

    advice = "Rebuild it with `attache index rebuild`."


class NoIndex(IndexFault):
    """There is no index yet."""


class StaleIndex(IndexFault):
    """The index was made by another format, library or encoder than the present one."""


class StoreFailed(IndexFault):
    """A store could not be read or written."""


class OutOfReach(StoreFailed):
    """A server that holds the catalogue or the vectors does not answer."""

    advice = "Start it, or look at its log; Attaché goes on by itself as soon as it answers."
    retryable = True


class IndexBusy(IndexFault):
    """Another process is writing the index."""

    advice = "Wait for it to finish and try again."
    retryable = True


class BadBackup(IndexFault):
    """A file is no backup, or not as it was written."""

    advice = "Nothing was changed. Take another copy of the backup, or an earlier one."


class EncoderUnusable(IndexFault):
    """The sentence encoder is missing, damaged or not allowed."""

    advice = "Point ATTACHE_ENCODER at a sentence-transformers folder with safetensors weights, or unset it to use the bundled one."
