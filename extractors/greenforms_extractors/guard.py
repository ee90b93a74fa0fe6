"""What kind of file is this, and is it safe to read? Decided by content; the extension only earns a notice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.model import Notice
from greenforms_extractors.ooxml import RELATIONSHIP, Package, open_package
from greenforms_extractors.refusals import password

ReadableKind = Literal["docx", "xlsx", "pdf"]

_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MAIN_TYPES: dict[str, ReadableKind] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
}
_EXTENSIONS = {"docx": {".docx", ".dotx"}, "xlsx": {".xlsx", ".xltx"}, "pdf": {".pdf"}}
_NAMES = {"docx": "Word 文档", "xlsx": "Excel 工作簿", "pdf": "PDF"}


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file that may be read: its kind by content, and what the user should know about it."""

    kind: ReadableKind
    notices: tuple[Notice, ...] = ()


def inspect(path: Path) -> Inspection:
    """Say what the file is; raise `UnreadableFile` if it must not or cannot be read."""
    head = _head(path)
    if head.startswith(_ZIP):
        with open_package(path) as package:
            kind = _package_kind(package)
            notices = (*_external(package), *_embedded(package))
    elif head.startswith(_OLE):
        raise _ole(path)
    elif b"%PDF-" in head:
        kind, notices = "pdf", ()
    elif head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or head[4:12] == b"ftypheic":
        raise _image(path)
    elif b"wordDocument" in head or b"urn:schemas-microsoft-com:office" in head or head.startswith(b"{\\rtf"):
        raise _legacy(path)
    else:
        raise _unknown(path, "不是可识别的文件类型")
    return Inspection(kind, (*_extension(path, kind), *notices))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except FileNotFoundError as error:
        raise UnreadableFile(
            "not-found", path, what="不存在", why="给出的路径下没有这个文件", remedy="请检查文件名和所在文件夹是否写对"
        ) from error
    except OSError as error:
        raise UnreadableFile(
            "no-access",
            path,
            what="无法打开",
            why="它是文件夹、没有读取权限，或正被其他程序占用",
            remedy="请关闭正在使用它的程序，确认有读取权限后再试",
        ) from error
    if not head:
        raise UnreadableFile(
            "empty",
            path,
            what="是空文件（0 字节）",
            why="文件没有保存成功或没有下载完整",
            remedy="请重新保存或重新下载后再试",
        )
    return head


def _package_kind(package: Package) -> ReadableKind:
    _refuse_macros(package)
    if "[Content_Types].xml" not in package.names:
        raise _unknown(package.path, _foreign_zip(package))
    main = package.main_part
    media_type = package.media_type(main) if main else ""
    if "macroEnabled" in media_type:
        raise _macros(package.path)
    if not main or media_type not in _MAIN_TYPES:
        raise _strict_or_unknown(package)
    return _MAIN_TYPES[media_type]


def _refuse_macros(package: Package) -> None:
    for name in package.names:
        lowered = name.lower()
        if lowered.endswith("vbaproject.bin") or "/macrosheets/" in lowered:
            raise _macros(package.path)


def _foreign_zip(package: Package) -> str:
    if "OFD.xml" in package.names:
        return "是 OFD 版式文件"
    if "mimetype" in package.names:
        return "是 OpenDocument 文件（.odt/.ods）"
    return "是压缩包，不是 Word 文档或 Excel 工作簿"


def _strict_or_unknown(package: Package) -> UnreadableFile:
    if any("purl.oclc.org" in relationship.type for relationship in package.relationships("")):
        return UnreadableFile(
            "strict-format",
            package.path,
            what="是“Strict Open XML”格式",
            why="这种少见的格式各家软件支持不一，读取结果不可靠",
            remedy="请用 Word/Excel 打开，另存为普通的 .docx 或 .xlsx",
        )
    return _unknown(package.path, "不是 Word 文档或 Excel 工作簿")


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
    names = sorted(name for name in package.names if "/embeddings/" in name or "/activex/" in name.lower())
    if not names:
        return ()
    listed = "、".join(name.rpartition("/")[2] for name in names[:5]) + ("等" if len(names) > 5 else "")
    return (Notice("embedded-object", f"文件内嵌了 {len(names)} 个对象（{listed}），其中的内容未读取"),)


def _extension(path: Path, kind: ReadableKind) -> tuple[Notice, ...]:
    suffix = path.suffix.lower()
    if suffix in _EXTENSIONS[kind]:
        return ()
    shown = f"“{suffix}”" if suffix else "空"
    return (Notice("extension", f"扩展名为{shown}，内容实为 {_NAMES[kind]}，已按内容读取；建议改正扩展名"),)


def _ole(path: Path) -> UnreadableFile:
    """The refusal that fits an OLE compound file: encrypted, with macros, damaged, or just old."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as ole:
            tops = {parts[0] for parts in ole.listdir(streams=True, storages=True)}
            encrypted_doc = "WordDocument" in tops and bool(ole.openstream("WordDocument").read(12)[11] & 0x01)
    except (OSError, IndexError, ValueError):
        return UnreadableFile(
            "damaged",
            path,
            what="已损坏，无法打开",
            why="文件内容不完整，常见于传输中断、下载未完成",
            remedy="请重新下载或让对方重新发送",
        )
    if tops & {"EncryptedPackage", "EncryptionInfo"} or encrypted_doc:
        return password(path)
    if tops & {"Macros", "_VBA_PROJECT_CUR"}:
        return _macros(path)
    if tops & {"WordDocument", "Workbook", "Book"}:
        return _legacy(path)
    return _unknown(path, "不是 Word 文档或 Excel 工作簿")


def _macros(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "macros",
        path,
        what="含有宏",
        why="宏是可以自动执行的程序，申报文件不需要也不接受宏",
        remedy="请另存为不含宏的 .docx 或 .xlsx 后再提交",
    )


def _legacy(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "legacy",
        path,
        what="是旧版格式（如 .doc、.xls、.wps、.et、.rtf）",
        why="旧版格式不能直接读取",
        remedy="请用 Word/WPS 打开，另存为 .docx 或 .xlsx",
    )


def _image(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "image",
        path,
        what="是图片",
        why="图片中没有可直接读取的文字",
        remedy="请提供可编辑的 .docx/.xlsx 文件，或由软件导出的 PDF",
    )


def _unknown(path: Path, what: str) -> UnreadableFile:
    return UnreadableFile(
        "unknown",
        path,
        what=what,
        why="程序只读取 .docx、.xlsx 和 .pdf",
        remedy="请用原来的软件打开，另存为其中一种格式",
    )
