"""What building a wheel adds to it: the form folder's files as parsed and checked, by the hash of what they say."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Artefacts(BuildHookInterface[Any]):
    """Puts the artefacts of the shipped forms beside them. An editable installation reads the working copy's own."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the artefacts in a folder of their own; hatchling takes them from there."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "engine/greenforms/station/static/htmx.min.js").exists():
            raise FileNotFoundError("htmx.min.js is not there: run scripts/fetch-browser-parts")
        sys.path.insert(0, str(root / "engine"))
        from greenforms.form.keeping import keep

        self._made = tempfile.TemporaryDirectory()
        keep(root, Path(self._made.name))
        build_data["force_include"][self._made.name] = "greenforms/bundled/artefacts"

    def finalize(self, version: str, _: dict[str, Any], __: str) -> None:
        """Take the folder away again."""
        if version != "editable":
            self._made.cleanup()
