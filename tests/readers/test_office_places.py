"""Where LibreOffice is looked for on each system, and that it runs whatever the search path says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from greenforms_extractors.office import program, tether
from greenforms_extractors.office.instance import Job
from greenforms_extractors.office.program import HOW_TO_GET, find_office, installed
from greenforms_extractors.office.supervisor import Office


def made(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.touch()
    return path


@pytest.mark.parametrize(
    ("platform", "variable", "place"),
    [
        ("win32", "PROGRAMFILES", "LibreOffice/program/soffice.com"),
        ("win32", "PROGRAMW6432", "LibreOffice/program/soffice.com"),
        ("win32", "PROGRAMFILES(X86)", "LibreOffice 5/program/soffice.com"),
        ("win32", "LOCALAPPDATA", "Programs/LibreOffice/program/soffice.com"),
        ("darwin", "HOME", "Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ],
)
def test_the_places_of_installers(platform: str, variable: str, place: str, tmp_path: Path) -> None:
    """This test ensures that LibreOffice is found where Windows and macOS keep programs, whatever that is called."""
    folder = tmp_path / "程序 [x86]"
    assert list(installed(platform, {variable: str(folder)})) == []
    office = made(folder / place)
    assert list(installed(platform, {variable: str(folder), "OTHER": ""})) == [office]
    assert office not in installed("linux", {variable: str(folder)})


def test_the_newest_first(tmp_path: Path) -> None:
    """This test ensures that of two versions side by side the newer one is taken."""
    for version in ("24.2", "25.8"):
        made(tmp_path / f"LibreOffice {version}/program/soffice.com")
    (tmp_path / "LibreOffice 26.2/program/soffice.com").mkdir(parents=True)  # no file
    newest, *_ = installed("win32", {"PROGRAMFILES": str(tmp_path)})
    assert newest.parts[-3] == "LibreOffice 25.8"


def test_found_without_a_search_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a LibreOffice that is on no search path is found in its usual folder."""
    office = made(tmp_path / "LibreOffice/program/soffice.com")
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert find_office() == office


def test_it_runs_whatever_the_search_path_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a search path without the system's programs does not keep LibreOffice from starting."""
    found = find_office()
    monkeypatch.setattr("greenforms_extractors.office.supervisor.find_office", lambda: found)
    monkeypatch.setenv("PATH", os.devnull)
    office = Office()
    try:
        text = office.convert(Job(rb"{\rtf1 words}", ".rtf", "txt:Text (encoded):UTF8"))
    finally:
        office.stop()
    assert b"words" in text


def test_windows_kills_the_whole_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that on Windows a program ends with its children, by Windows' own tool and no window."""

    class Started:
        pid, waited = 4711, False

        def wait(self) -> None:
            self.waited = True

    called: list[tuple[list[str], int]] = []
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("SYSTEMROOT", "/Windows")
    monkeypatch.setattr("subprocess.CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr("subprocess.CREATE_NO_WINDOW", 0x8000000, raising=False)
    monkeypatch.setattr("subprocess.run", lambda words, creationflags, **_: called.append((words, creationflags)))
    process = Started()
    tether.kill(process)  # type: ignore[arg-type]
    assert process.waited
    assert called == [(["/Windows/System32/taskkill.exe", "/F", "/T", "/PID", "4711"], 0x8000200)]


def test_what_to_do_without_it() -> None:
    """This test ensures that people learn how to install it, where it was looked for, and that WPS is none."""
    for words in ("官方网站下载", "apt-get install", "PATH", "Program Files", "应用程序", "WPS", "不能代替"):
        assert words in HOW_TO_GET
    assert set(program._PLACES) == {"win32", "darwin", "linux"}
