"""greenforms (绿表): fills, validates, reads back and cross-checks China's official green-manufacturing forms."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenforms.api import OfficialForm, check_folder, extract, load_form
    from greenforms.errors import GreenformsError
    from greenforms.finding import Finding
    from greenforms.form.library import Library, open_library
    from greenforms.pack.report import PackReport
    from greenforms.read.extraction import Extraction
    from greenforms_extractors.errors import UnreadableFile

__version__ = "0.1.0"
__all__ = [
    "Extraction",
    "Finding",
    "GreenformsError",
    "Library",
    "OfficialForm",
    "PackReport",
    "UnreadableFile",
    "__version__",
    "check_folder",
    "extract",
    "load_form",
    "open_library",
]

#: Where each public name stands; it is loaded on first use, so that importing the package costs a command nothing.
_HOMES = {
    "Extraction": "greenforms.read.extraction",
    "Finding": "greenforms.finding",
    "GreenformsError": "greenforms.errors",
    "Library": "greenforms.form.library",
    "OfficialForm": "greenforms.api",
    "PackReport": "greenforms.pack.report",
    "UnreadableFile": "greenforms_extractors.errors",
    "check_folder": "greenforms.api",
    "extract": "greenforms.api",
    "load_form": "greenforms.api",
    "open_library": "greenforms.form.library",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
