"""What OpenAPI promises of our API holds for requests that schemathesis makes, right ones and wrong ones: above all, no failure.

    python -m tests.test_api_schema 500

asks the assistant over the bundled library as many times an operation.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fake_assistant import FakeAssistant
from ui.web import make_app

OPERATIONS = ("POST /api/v1/ask", "GET /api/v1/search", "GET /api/v1/documents", "GET /api/v1/documents/{number}", "POST /v1/chat/completions")
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def load(service: Any) -> dict[str, Any]:
    """The operations of our OpenAPI by name."""
    import schemathesis

    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(service))
    return {operation.ok().label: operation.ok() for operation in schema.get_all_operations()}


def attack(operation: Any, wrong: bool, examples: int) -> None:
    """Send requests that keep to the description, or that do not, and hold what comes back to it."""
    from schemathesis.checks import CHECKS as KNOWN
    from schemathesis.generation import GenerationMode

    checks = [KNOWN.get_one(name) for name in CHECKS]
    mode = GenerationMode.NEGATIVE if wrong else GenerationMode.POSITIVE
    quiet = settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )

    @quiet
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the transport of the tests, not ours
            case.call_and_validate(checks=checks)

    holds()


@pytest.fixture(scope="module")
def operations() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as above
        return load(FakeAssistant())


def test_every_operation_is_attacked(operations: dict[str, Any]) -> None:
    assert set(operations) == {*OPERATIONS, "GET /v1/models"}  # which takes nothing that could be wrong


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_request_makes_the_server_fail(operations: dict[str, Any], operation: str, wrong: bool) -> None:
    attack(operations[operation], wrong, 20)


if __name__ == "__main__":
    from assistant.compose import open_assistant
    from assistant.settings import Settings

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        for name, found in load(open_assistant(Settings(home=Path(folder)))).items():
            if name in OPERATIONS:
                for bad in (False, True):
                    attack(found, bad, int(sys.argv[1]))
                    sys.stdout.write(f"{name}, {'wrong' if bad else 'right'} requests: {sys.argv[1]}, none failed\n")
