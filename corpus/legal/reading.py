"""What reading one file as law gives: the document, what was understood of it, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import Fault
from corpus.legal.metadata import Understood

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what a person is asked to confirm (`understood`) and the faults of its numbering.

    `signer` is who signed it, empty when unknown; a document has no place for that.
    """

    document: Document
    understood: tuple[Understood, ...] = ()
    faults: tuple[Fault, ...] = ()
    signer: str = ""
