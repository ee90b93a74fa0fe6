"""Runs deeds of abuse.bas in a LibreOffice with settings of its own, all of them in one go."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

SOURCE = Path(__file__).with_name("abuse.bas")
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
    ".csv": "Text - txt - csv (StarCalc)",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SETTINGS = """<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""
_MODULE = (
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Abuse" script:language="StarBasic">'
    "{}</script:module>"
)
_LIBRARY = (
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Abuse"/>'
    "</library:library>"
)
_LIBRARIES = (
    '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done to the file `source`, saved as `target` in the format its extension says."""

    source: Path
    target: Path
    name: str


def done(deeds: list[Deed], home: Path) -> None:
    """Do all the deeds; `home` is a folder for the settings, used again. Fails when a target is missing."""
    lines = [
        "\t".join((str(deed.source), str(deed.target), FILTERS[deed.target.suffix], deed.name)) + "\n" for deed in deeds
    ]
    office = shutil.which("soffice")
    assert office is not None
    listed = home / "deeds.txt"
    call = [office, f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore"]
    command = [*call, f'macro:///Standard.Abuse.Run("{listed}")']
    if not home.exists():
        _furnish(home / "user", command)
    listed.write_text("".join(lines), "utf-8")
    subprocess.run(command, check=True, capture_output=True, timeout=60 + 40 * len(deeds))
    for target in {deed.target for deed in deeds if deed.target.suffix == ".csv"}:
        for made in target.parent.glob(f"{target.stem}-*.csv"):  # one sheet as text bears the sheet's name
            made.rename(target)
    missing = [deed.name for deed in deeds if not deed.target.is_file()]
    assert not missing, missing


def _furnish(user: Path, command: list[str]) -> None:
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_HEAD + _SETTINGS, "utf-8")
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # the first start lays an empty library there
    library = user / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (user / "basic" / "script.xlc").write_text(_HEAD + _LIBRARIES, "utf-8")
    (library / "script.xlb").write_text(_HEAD + _LIBRARY, "utf-8")
    (library / "Abuse.xba").write_text(_HEAD + _MODULE.format(escape(SOURCE.read_text("utf-8"))), "utf-8")
