"""A bill of materials of the program: every locked package with its hashes, the encoder and the bundled library with theirs (CycloneDX 1.6).

    python -m evals.sbom [FILE]

The form is made and checked by cyclonedx-python-lib. The same files give the same bill, but for the moment in it.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from corpus.bundle import LIBRARY
from evals.audit import LOCKS, locked
from evals.errors import EvalError
from evals.provenance import ROOT
from index.embedding import BUNDLED

__all__ = ["bill", "main"]

_VERSION = SchemaVersion.V1_6
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==\S+(?:.*\\\n\s+--hash=sha256:[0-9a-f]{64})+", re.M)
_HASH = re.compile(r"sha256:([0-9a-f]{64})")


def bill() -> str:
    """Return the bill as JSON. Raises EvalError when it is none by the schema."""
    bom = Bom()
    bom.metadata.component = Component(name="digital-attache", version=version("digital-attache"), type=ComponentType.APPLICATION, bom_ref="attache")
    packages = list(_packages())
    data = [
        _files("encoder", ComponentType.MACHINE_LEARNING_MODEL, BUNDLED), _files("library", ComponentType.DATA, LIBRARY),
    ]  # fmt: skip
    for component in (*packages, *data):
        bom.components.add(component)
    bom.register_dependency(bom.metadata.component, [*packages, *data])
    text = make_outputter(bom, OutputFormat.JSON, _VERSION).output_as_string(indent=1)
    wrong = JsonStrictValidator(_VERSION).validate_str(text)
    if wrong is not None:
        raise EvalError(f"The bill of materials does not keep to its schema ({wrong}).", advice="Look what has changed in cyclonedx-python-lib.")
    return text


def _packages() -> Iterator[Component]:
    """Yield the packages that the program needs, then those that only its development needs."""
    seen: set[str] = set()
    for name, scope in zip(LOCKS, (ComponentScope.REQUIRED, ComponentScope.EXCLUDED), strict=True):
        text = (ROOT / name).read_text("utf-8")
        pins = locked(text)
        hashes = {re.sub(r"[-_.]+", "-", found[1]).lower(): _HASH.findall(found[0]) for found in _PIN.finditer(text)}
        for package in sorted(pins.keys() - seen):
            release = str(pins[package])
            yield Component(
                name=package, version=release, scope=scope, bom_ref=f"pypi:{package}", purl=PackageURL("pypi", name=package, version=release),
                hashes=_hashes(hashes.get(package, ())),
            )  # fmt: skip
        seen |= pins.keys()


def _files(name: str, kind: ComponentType, folder: Path) -> Component:
    """Return what ships in a folder, with every file of it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    parts = [
        Component(
            name=path.relative_to(folder).as_posix(), type=ComponentType.FILE, bom_ref=f"{name}:{path.relative_to(folder).as_posix()}",
            hashes=_hashes([hashlib.sha256(path.read_bytes()).hexdigest()]),
        )
        for path in files
    ]  # fmt: skip
    return Component(name=f"attache-{name}", version=version("digital-attache"), type=kind, bom_ref=name, components=parts)


def _hashes(found: Iterable[str]) -> list[HashType]:
    """Return hashes as the bill has them."""
    return [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bill; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.sbom", description="Write the bill of materials (CycloneDX).")
    parser.add_argument("file", type=Path, nargs="?", help="where to (default: the output)")
    options = parser.parse_args(arguments)
    text = bill() + "\n"
    if options.file:
        options.file.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
