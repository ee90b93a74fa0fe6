"""greenforms (绿表): fills, validates, reads back and cross-checks China's official green-manufacturing forms."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenforms.api import OfficialForm, check_folder, extract, load_form
    from greenforms.errors import GreenformsError
    from greenforms.finding import Finding
    from greenforms.form.package import form_ids
    from greenforms.pack.report import PackReport
    from greenforms.recognise.extraction import Extraction
    from greenforms_extractors.errors import UnreadableFile

__version__ = "0.1.0"
__all__ = [
    "Extraction",
    "Finding",
    "GreenformsError",
    "OfficialForm",
    "PackReport",
    "UnreadableFile",
    "__version__",
    "check_folder",
    "extract",
    "form_ids",
    "load_form",
]

#: Where each public name stands; it is loaded on first use, so that importing the package costs a command nothing.
_HOMES = {
    "Extraction": "greenforms.recognise.extraction",
    "Finding": "greenforms.finding",
    "GreenformsError": "greenforms.errors",
    "OfficialForm": "greenforms.api",
    "PackReport": "greenforms.pack.report",
    "UnreadableFile": "greenforms_extractors.errors",
    "check_folder": "greenforms.api",
    "extract": "greenforms.api",
    "form_ids": "greenforms.form.package",
    "load_form": "greenforms.api",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
