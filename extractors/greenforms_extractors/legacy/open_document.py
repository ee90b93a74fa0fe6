"""Spreadsheets of the OpenDocument kind (.ods): what must be refused, and formulas frozen to their saved results."""

from __future__ import annotations

import io
import zipfile

from greenforms_extractors.ooxml import Package
from greenforms_extractors.refusals import damaged, macros, password

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
#: All that the cells need; pictures, scripts, settings and what is embedded stay behind.
_KEPT = ("mimetype", _CONTENT, "styles.xml", "meta.xml")
_ENCRYPTED = b"encryption-data"


def is_open_sheet(package: Package) -> bool:
    """Whether a zip is an OpenDocument spreadsheet or a template of one. Raises UnreadableFile for what is unsafe."""
    if "mimetype" not in package.names or not package.read("mimetype").startswith(MEDIA_TYPE):
        return False
    if _MANIFEST in package.names and _ENCRYPTED in package.read(_MANIFEST):
        raise password(package.path)
    if any(map(_is_program, package.names)):
        raise macros(package.path)
    if _CONTENT not in package.names:
        raise damaged(package.path)
    return True


def frozen_open_sheet(package: Package) -> bytes:
    """The file with the results it was saved with in place of formulas."""
    from lxml import etree

    root = package.xml(_CONTENT)
    for cell in root.iter(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        cell.attrib.pop(f"{_TABLE}formula", "")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _KEPT:
            if name == _CONTENT:
                archive.writestr(name, etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8"))
            elif name in package.names:
                packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(name, package.read(name), packing)
        archive.writestr(_MANIFEST, _manifest([name for name in _KEPT[1:] if name in package.names]))
    return target.getvalue()


def _is_program(name: str) -> bool:
    """Whether a part is a script or a Basic module, and not the list of a library's modules."""
    is_list = name.rpartition("/")[2] in {"script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml"}
    return name.startswith(("Scripts/", "Basic/")) and not name.endswith("/") and not is_list


def _manifest(names: list[str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE.decode()}"/>{entries}'
        "</manifest:manifest>"
    )
