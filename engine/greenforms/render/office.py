"""Lets LibreOffice turn a finished docx or xlsx into a PDF.

LibreOffice runs without a window, with a settings folder of its own that forbids macros and the network, and is
stopped with all its children when it takes too long.
"""

from __future__ import annotations

import io
import os
import posixpath
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Literal

from greenforms.errors import OfficeError
from greenforms.render.fonts import font_environment

Suffix = Literal[".docx", ".xlsx"]

#: Seconds one file may take: 28 pages take 4 on a slow machine, a first start up to 10 more.
TIMEOUT = 120.0

_PROFILE = Path(__file__).with_name("office-profile.xcu")
#: Tags keep tables and reading order, so that the PDF can be read back and read aloud (ISO 32000-1, 14.8).
_OPTIONS = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_FILTERS = {".docx": f"pdf:writer_pdf_Export:{_OPTIONS}", ".xlsx": f"pdf:calc_pdf_Export:{_OPTIONS}"}
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_MISSING = (
    "本机没有安装 LibreOffice，无法生成 PDF。生成 docx 和 xlsx 不需要它。"
    "安装方法：Debian/Ubuntu 运行 apt-get install libreoffice-writer-nogui libreoffice-calc-nogui；"
    "Windows 和 macOS 从 LibreOffice 官方网站下载安装。"
    "也可以用 Word 或 WPS 打开生成的 docx 或 xlsx 后另存为 PDF。"
)


def find_office() -> Path | None:
    """LibreOffice's program on the search path or in the places its installers use; None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def to_pdf(content: bytes, suffix: Suffix, *, timeout: float = TIMEOUT) -> bytes:
    """Print a docx or xlsx as a tagged PDF. Raises OfficeError when LibreOffice is missing, too slow or refuses."""
    program = find_office()
    if program is None:
        raise OfficeError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="greenforms-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"paper{suffix}"
        source.write_bytes(without_links(content))
        command = [str(program), *_profile_option(Path(folder)), "--headless", "--norestore", "--nologo"]
        command += ["--convert-to", _FILTERS[suffix], "--outdir", folder, str(source)]
        said = _run(command, timeout)
        output = source.with_suffix(".pdf")
        if not output.is_file():
            raise OfficeError(
                f"LibreOffice 没有生成 PDF（{said or '未说明原因'}）。"
                "docx 和 xlsx 文件不受影响，可用 Word 或 WPS 打开后另存为 PDF。"
            )
        return output.read_bytes()


def without_links(content: bytes) -> bytes:
    """A copy of a docx or xlsx without relationships that point outside it, hyperlinks excepted.

    LibreOffice would fetch linked pictures and templates while it loads the file.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            part = package.read(info)
            copy.writestr(info.filename, _internal_only(part) if info.filename.endswith(".rels") else part)
    return output.getvalue()


def _internal_only(relationships: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(relationships, etree.XMLParser(resolve_entities=False, no_network=True))
    for found in list(root):
        kind = posixpath.basename(found.get("Type", ""))
        if found.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            root.remove(found)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _profile_option(folder: Path) -> list[str]:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    shutil.copyfile(_PROFILE, settings)
    return [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]


def _run(command: list[str], timeout: float) -> str:
    """Run LibreOffice to its end and return what it complained of."""
    process = subprocess.Popen(  # noqa: S603 - LibreOffice with arguments of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=font_environment(),
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=timeout)[1].decode(errors="replace").strip()
    except subprocess.TimeoutExpired as error:
        raise OfficeError(
            f"LibreOffice 在 {timeout:g} 秒内没有完成，已停止。"
            "请检查文件是否过大；docx 和 xlsx 文件不受影响，可用 Word 或 WPS 打开后另存为 PDF。"
        ) from error
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: `soffice` is only a launcher of the real program."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
