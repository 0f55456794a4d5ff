"""A generation put right: after a writer that was killed, and when an earlier one is to answer again.

The catalogue is the truth. Where the caches can be trusted they are swept: what it does not know leaves, what it knows comes.
Where vectors may be half written, or a cache does not open, a new generation is made beside them.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from index.caches import Caches, Progress, is_unfinished
from index.canaries import canaries_found
from index.catalogue import Catalogue
from index.checksums import distrusted, faults
from index.embedding import Encoder
from index.errors import IndexBusy, NoIndex, StaleIndex, StoreFailed
from index.generation import regenerate
from index.home import Home
from index.writing import Writing

__all__ = ["mend", "roll_back", "settle", "swept"]


def mend(home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None) -> int:
    """Put the current generation right if a writer stopped on its way; returns how many passages were encoded for it.

    The caller holds the writer's lock and has made sure that the encoder may change it. Raises StoreFailed.
    """
    folder = home.current()
    if not is_unfinished(folder):
        return 0
    if not distrusted(folder):
        try:
            return swept(folder, catalogue, encoder, progress)
        except StoreFailed:  # a cache that does not open or is not whole; it is made anew
            pass
    old = home.manifest(folder)
    return regenerate(home, catalogue, encoder, progress, library=old.library, left_out=old.left_out).passages


def settle(home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None) -> None:
    """Do what `mend` does for somebody about to read, unless a writer is at work at this moment: then it is in good hands."""
    if is_unfinished(home.current()):
        try:
            with home.writing(seconds=0):
                mend(home, catalogue, encoder, progress)
        except IndexBusy:
            return


def swept(folder: Path, catalogue: Catalogue, encoder: Encoder, progress: Progress | None) -> int:
    """Sweep a generation; returns how many passages were encoded. Raises StoreFailed when it is not whole afterwards."""
    with closing(Writing(folder, catalogue, encoder, progress)) as writing:
        writing.sweep()
        if writing.begin().differences(catalogue.keys()) != (set(), set()):
            raise StoreFailed("The index cannot be brought to what the catalogue knows.")
        writing.done()
    return writing.encoded


def roll_back(home: Home, catalogue: Catalogue, encoder: Encoder, progress: Progress | None = None) -> Path:
    """Make the generation before the current one answer again; returns its folder. Documents stay as they are.

    It is checked and brought to what the catalogue knows before it is made current in one step. A second time goes back to the
    one that was left. Raises NoIndex when there is none, StaleIndex, StoreFailed or IndexBusy; then the current one stays.
    """
    with home.writing():
        earlier = home.previous()
        if earlier is None:
            raise NoIndex("There is no earlier generation of the index to go back to.", advice="Make a new one with `attache index rebuild`.")
        reason = home.manifest(earlier).refuses(encoder.fingerprint)
        if reason:
            raise StaleIndex(f"Generation {earlier.name} cannot be gone back to: {reason}.", advice="The current one goes on answering.")
        # where a going back was broken off, the seals are older than the files
        wrong = ["vectors are half written"] * distrusted(earlier) if is_unfinished(earlier) else faults(earlier)
        if wrong:
            raise StoreFailed(f"Generation {earlier.name} is damaged: {wrong[0]}.", advice="The current one goes on answering.")
        swept(earlier, catalogue, encoder, progress)
        with closing(Caches(earlier)) as caches:
            canaries = canaries_found(catalogue, caches, encoder)
        if not canaries.enough:
            said = f"Generation {earlier.name} is damaged: passages found by their own words: {canaries}."
            raise StoreFailed(said, advice="The current one goes on answering.")
        old, present = home.manifest(), catalogue.count()
        home.point(earlier)
        home.amend(documents=present[0], passages=present[1], library=old.library, left_out=old.left_out)
        return earlier
