"""Office packages written part by part, so that a hostile file shows exactly what is wrong with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def package(main: str, kind: str, parts: Mapping[str, str | bytes], links: Mapping[str, str]) -> bytes:
    """A package whose main part is `main`; `links` are the targets of its relationships rId1, rId2 … by their type."""
    folder, _, name = main.rpartition("/")
    numbered = [(f"rId{number}", *link) for number, link in enumerate(links.items(), start=1)]
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}" ContentType="{_TYPE.format(kind)}"/></Types>'
        ),
        "_rels/.rels": relationships([("rId1", "officeDocument", main)]),
        f"{folder}/_rels/{name}.rels": relationships(numbered),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in content.items():
            archive.writestr(zipfile.ZipInfo(part), text, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()


def relationships(links: list[tuple[str, str, str]]) -> str:
    """A relationships part of (id, type, target)."""
    nodes = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind.partition("#")[0]}" Target="{target}"/>'
        for identifier, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{nodes}</Relationships>'
