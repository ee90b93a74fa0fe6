"""Papers that many tests of the command line read."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from console import DATA, EXAMPLES, PLAN, ROSTER, call


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the filled plan (docx, pdf) and the roster (docx, xlsx)."""
    folder = tmp_path_factory.mktemp("纸面 材料")
    for form, name in ((PLAN, "plan.docx"), (PLAN, "plan.pdf"), (ROSTER, "roster.docx"), (ROSTER, "roster.xlsx")):
        assert call("render", form, DATA[form], "-o", folder / name).code == 0
    return folder


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A copy of the examples that a test may change."""
    return Path(shutil.copytree(EXAMPLES, tmp_path / "数据 例子"))
