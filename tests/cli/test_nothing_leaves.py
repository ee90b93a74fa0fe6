"""Nothing leaves the machine, and nothing is written but the output: looked at from outside, while it works."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest
from console import DATA, PLAN, ROOT, Said, spawn
from no_network import MACHINES
from PIL import Image

SAMPLE = ROOT / "tests/scans/sample/roster-clean.png"
HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES, reason="the filter is made for these systems"
)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """A home and a folder for temporary files that are empty."""
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    return {**dict.fromkeys(HOMES, str(tmp_path / "home")), "TMPDIR": str(tmp_path / "temporary")}


def confined(surroundings: dict[str, str], *words: object) -> Said:
    """Run a command that is killed, as are its children, when it opens a socket to elsewhere."""
    before = f"import sys; sys.path.append({str(Path(__file__).parent)!r}); import no_network; no_network.forbid()"
    return spawn(*words, before=before, **surroundings)


def grown(folder: Path) -> set[str]:
    """Everything below a folder, folders too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def three_pages(path: Path) -> Path:
    """A scan of three pages, each the head of the sample."""
    page = Image.open(SAMPLE).convert("L").crop((100, 100, 1141, 420))
    page.save(path, save_all=True, append_images=[page] * 2, dpi=(150, 150))
    return path


def test_a_scan(surroundings: dict[str, str], tmp_path: Path) -> None:
    """This test ensures that recognition neither asks the network nor keeps anything anywhere."""
    said = confined(surroundings, "extract", three_pages(tmp_path / "扫描件.tif"), "--json")
    assert said.code in (0, 1), said.err
    assert said.json["fields"] or said.json["missing"]
    assert grown(tmp_path) == {"home", "temporary", "扫描件.tif"}


def test_libreoffice(surroundings: dict[str, str], tmp_path: Path) -> None:
    """This test ensures that printing a PDF leaves none of LibreOffice's settings and caches behind."""
    said = confined(surroundings, "render", PLAN, DATA[PLAN], "-o", tmp_path / "方案.pdf")
    assert said.code == 0, said.err
    assert grown(tmp_path) == {"home", "temporary", "方案.pdf"}


def test_a_socket_is_the_end() -> None:
    """This test ensures that the two tests above could fail: whoever asks for an address is killed."""
    ask = "import no_network, socket; no_network.forbid(); socket.getaddrinfo('example.org', 80)"
    done = subprocess.run([sys.executable, "-c", ask], cwd=Path(__file__).parent, check=False)
    assert done.returncode < 0
