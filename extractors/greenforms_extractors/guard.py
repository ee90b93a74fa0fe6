"""What kind of file is this, and is it safe to read? Decided by content; the extension only earns a notice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.legacy.flat import flat_kind
from greenforms_extractors.legacy.open_document import is_open_sheet
from greenforms_extractors.model import Notice
from greenforms_extractors.ooxml import RELATIONSHIP, Package, open_package
from greenforms_extractors.progress import Progress
from greenforms_extractors.refusals import macros, no_file, too_large, unknown, unopened

ModernKind = Literal["docx", "xlsx"]
LegacyKind = Literal["doc", "xls", "rtf", "word-xml", "excel-xml", "html", "ods"]
ReadableKind = Literal[ModernKind, "pdf", "image", LegacyKind]

#: An old file is read and converted in one piece; a hundred photographs in full size fit.
MAX_LEGACY = 200 * 1024 * 1024

_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: JPEG, PNG, GIF, TIFF in both byte orders, BMP (its reserved bytes are 0), WebP.
_IMAGE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP", re.DOTALL)
#: ISO/IEC 23008-12: the brands of pictures in the format of newer telephones.
_HEIC = re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1|avif)", re.DOTALL)
_MAIN_TYPES: dict[str, ModernKind] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
}
_EXTENSIONS: dict[ReadableKind, set[str]] = {
    "docx": {".docx", ".dotx"},
    "xlsx": {".xlsx", ".xltx"},
    "pdf": {".pdf"},
    "image": {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"},
    "doc": {".doc", ".dot", ".wps", ".wpt"},
    "xls": {".xls", ".xlt", ".et", ".ett"},
    "rtf": {".rtf"},
    "word-xml": {".xml"},
    "excel-xml": {".xml"},
    "html": {".htm", ".html"},
    "ods": {".ods", ".ots"},
}
#: What each kind is called.
NAMES: dict[ReadableKind, str] = {
    "docx": "Word 文档",
    "xlsx": "Excel 工作簿",
    "pdf": "PDF",
    "image": "图片",
    "doc": "Word 97-2003 文档",
    "xls": "Excel 97-2003 工作簿",
    "rtf": "RTF 文档",
    "word-xml": "Word 2003 XML 文档",
    "excel-xml": "Excel 2003 XML 表格",
    "html": "网页",
    "ods": "OpenDocument 表格",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file that may be read: its kind by content, and what the user should know about it."""

    kind: ReadableKind
    notices: tuple[Notice, ...] = ()


def inspect(path: Path) -> Inspection:
    """Say what the file is; raise `UnreadableFile` if it must not or cannot be read."""
    head = _head(path)
    notices: tuple[Notice, ...] = ()
    kind: ReadableKind | None
    if head.startswith(_ZIP):
        with open_package(path) as package:
            kind = _package_kind(package)
            notices = (*_external(package), *_embedded(package))
    elif head.startswith(_OLE):
        kind = _compound_kind(path)
    elif b"%PDF-" in head:
        kind = "pdf"
    elif _IMAGE.match(head):
        kind = "image"
    elif (kind := flat_kind(path, head)) is not None:
        _refuse_large(path)
    else:
        raise _heic(path) if _HEIC.match(head) else unknown(path, "不是可识别的文件类型")
    return Inspection(kind, (*_extension(path, kind), *notices))


def looked_at(path: Path, progress: Progress) -> Inspection:
    """`inspect` as work that can be done within bounds."""
    return inspect(path)


def may_be_scanned(path: Path) -> bool:
    """Whether pages of a file may be pictures, by its first bytes alone: those of Office files are not."""
    head = _head(path)
    return b"%PDF-" in head or _IMAGE.match(head) is not None


def _compound_kind(path: Path) -> LegacyKind:
    from greenforms_extractors.legacy.compound import compound_kind

    _refuse_large(path)
    return compound_kind(path)


def _refuse_large(path: Path) -> None:
    if (size := path.stat().st_size) > MAX_LEGACY:
        raise too_large(path, size, MAX_LEGACY)


def _head(path: Path) -> bytes:
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            raise no_file(path)
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise unopened(path, error) from error
    if not head:
        raise UnreadableFile(
            "empty",
            path,
            what="是空文件（0 字节）",
            why="文件没有保存成功或没有下载完整",
            remedy="请重新保存或重新下载后再试",
        )
    return head


def _package_kind(package: Package) -> ModernKind | LegacyKind:
    _refuse_macros(package)
    if "[Content_Types].xml" not in package.names:
        if is_open_sheet(package):
            return "ods"
        raise unknown(package.path, _foreign_zip(package))
    main = package.main_part
    media_type = package.media_type(main) if main else ""
    if "macroEnabled" in media_type:
        raise macros(package.path)
    if not main or media_type not in _MAIN_TYPES:
        raise unknown(package.path, "不是 Word 文档或 Excel 工作簿")
    return _MAIN_TYPES[media_type]


def _refuse_macros(package: Package) -> None:
    for name in package.names:
        lowered = name.lower()
        if lowered.endswith("vbaproject.bin") or "/macrosheets/" in lowered:
            raise macros(package.path)


def _foreign_zip(package: Package) -> str:
    if "OFD.xml" in package.names:
        return "是 OFD 版式文件"
    if "mimetype" in package.names:
        return "是 OpenDocument 文件（.odt 等）"
    return "是压缩包，不是 Word 文档或 Excel 工作簿"


def _external(package: Package) -> tuple[Notice, ...]:
    """ECMA-376 part 2: a relationship with TargetMode External points outside; only hyperlinks are harmless."""
    count = 0
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        for node in package.xml(name).iter(RELATIONSHIP):
            external = node.get("TargetMode", "").lower() == "external"
            count += external and not node.get("Type", "").endswith("/hyperlink")
    if not count:
        return ()
    message = f"文件引用了 {count} 处外部内容（如网络图片、外部模板），程序不会联网获取，这些内容未读取"
    return (Notice("external", message),)


def _embedded(package: Package) -> tuple[Notice, ...]:
    charts = [name for name in package.names if "/charts/" in name and name.endswith(".xml")]
    behind = {link.target for chart in charts for link in package.relationships(chart)}
    held = (name for name in package.names if "/embeddings/" in name or "/activex/" in name.lower())
    names = sorted(name for name in held if name not in behind)
    if not names:
        return ()
    listed = "、".join(name.rpartition("/")[2] for name in names[:5]) + ("等" if len(names) > 5 else "")
    return (Notice("embedded-object", f"文件内嵌了 {len(names)} 个对象（{listed}），其中的内容未读取"),)


def _extension(path: Path, kind: ReadableKind) -> tuple[Notice, ...]:
    suffix = path.suffix.lower()
    if suffix in _EXTENSIONS[kind]:
        return ()
    shown = f"“{suffix}”" if suffix else "空"
    return (Notice("extension", f"扩展名为{shown}，内容实为 {NAMES[kind]}，已按内容读取；建议改正扩展名"),)


def _heic(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "heic",
        path,
        what="是 HEIC 或 AVIF 格式的照片",
        why="这种手机照片格式不能直接读取",
        remedy="请在手机或电脑上把照片另存为 JPEG（.jpg）后再提交；手机拍照时也可把格式设为“兼容性最佳”",
    )
