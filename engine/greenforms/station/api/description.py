"""The description of the interface (OpenAPI 3.1): what is true of every address is said here once."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from greenforms.station.problem import API
from greenforms.station.refused import refusals

#: Where the description is.
ADDRESS = f"{API}/openapi.json"
#: What any request may be answered: a stranger, another page, another host, a bug of ours, a full disk.
_ALWAYS = (401, 403, 421, 500, 507)
_KEY = {"type": "http", "scheme": "bearer", "description": "工作目录里“程序接口的钥匙.txt”的内容。"}


def describe(app: FastAPI) -> None:
    """Have the application describe itself exactly."""

    def described() -> dict[str, Any]:
        if not app.openapi_schema:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    shape = get_openapi(title=app.title, version=app.version, routes=app.routes)
    everywhere = {str(status): told for status, told in refusals(*_ALWAYS).items()}
    for methods in shape["paths"].values():
        for operation in methods.values():
            operation["responses"] = {**operation["responses"], **everywhere}
    shape["components"] = {"securitySchemes": {"key": _KEY}}  # what FastAPI says of wrong parameters, we say otherwise
    shape["security"] = [{"key": []}]
    return shape
