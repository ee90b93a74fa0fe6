"""The description of the interface is exact: requests drawn from it, right and wrong, are answered as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, BaseSchema, GenerationMode
from schemathesis.python import asgi
from schemathesis.specs.openapi import checks

from greenforms.station.api.description import ADDRESS
from greenforms.station.server import application
from greenforms.station.work.jobs import Jobs
from greenforms.station.workplace import Workplace
from shipped import LIBRARY

#: What an answer is held against.
JUDGES = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
    checks.allow_header_conformance,
]
#: Addresses that are there, for chance finds none.
FORMS = ("nm-2024/cultivation-roster", "he-2024/typical-experience", "cn-2024/annual-update-factory")
PROCEDURES = tuple(LIBRARY.procedures)[:2]
#: Requests drawn for each operation, of those that are right and of those that are wrong.
_DRAWN = settings(
    max_examples=2,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


class _Patient(Jobs):
    """Jobs that wait for ever: what is drawn at random is not worth reading."""

    def _work(self) -> None:
        while self._waiting.get() is not None:
            pass


@pytest.fixture
def headers(workplace: Workplace) -> dict[str, str]:
    return {"authorization": f"Bearer {workplace.key}", "host": "127.0.0.1"}


@pytest.fixture
def interface(workplace: Workplace, headers: dict[str, str]) -> Iterator[BaseSchema]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("greenforms.station.server.Jobs", _Patient)
        patch.setattr("greenforms.render.office.to_pdf", lambda *_: b"%PDF-1.4\n")
        patch.setattr("greenforms.render.sealing.seal_pdf", lambda content, _: content)
        yield schemathesis.openapi.from_asgi(ADDRESS, application(workplace), headers=headers)
        asgi.shutdown_lifespans()


@pytest.fixture
def job(interface: BaseSchema, headers: dict[str, str]) -> str:
    begun = asgi.get_client(interface.app).post("/api/v1/facts", files={"files": ("a.docx", b"x")}, headers=headers)
    return str(begun.json()["id"])


def _there(operation: APIOperation, job: str) -> list[dict[str, Any]]:
    """Parameters of addresses that lead somewhere."""
    if "{edition}" in operation.path:
        named = PROCEDURES if "procedures" in operation.path else FORMS
        return [dict(zip(("edition", "name"), each.split("/"), strict=True)) for each in named]
    return [{"job": job}] if "{job}" in operation.path else []


def _answered(operation: APIOperation, mode: GenerationMode, there: list[Any], headers: dict[str, str]) -> set[int]:
    """Draw requests, hold each answer against the description; the statuses that were seen."""
    seen: set[int] = set()

    @_DRAWN
    @given(case=operation.as_strategy(generation_mode=mode), there=st.sampled_from([{}, *there]))
    def answered(case: schemathesis.Case, there: dict[str, Any]) -> None:
        case.path_parameters = {**(case.path_parameters or {}), **there}
        answer = case.call(headers=headers)
        seen.add(answer.status_code)
        assert answer.status_code < 500, answer.text
        case.validate_response(answer, checks=JUDGES, headers=headers)

    answered()
    return seen


def test_every_answer_is_one_that_is_described(interface: BaseSchema, headers: dict[str, str], job: str) -> None:
    operations = [found.ok() for found in interface.get_all_operations()]
    right, wrong = (
        {status for each in operations for status in _answered(each, mode, _there(each, job), headers)}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    )
    assert right >= {200, 202, 404}
    assert wrong >= {404, 422}
