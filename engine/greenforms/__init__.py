"""greenforms (绿表): fills, validates, reads back and cross-checks China's official green-manufacturing forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenforms.api import OfficialForm, extract, load_form
    from greenforms.form.library import Library, open_library

__version__ = "0.1.0"
__all__ = ["Library", "OfficialForm", "__version__", "extract", "load_form", "open_library"]


def __getattr__(name: str) -> Any:
    # The interface is loaded on first use, so that importing the package costs a command nothing.
    if name in __all__:
        from greenforms import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
