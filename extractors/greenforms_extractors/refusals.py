"""The refusals that more than one reader gives, in the words the user sees."""

from __future__ import annotations

from pathlib import Path

from greenforms_extractors.errors import UnreadableFile


def damaged(path: Path) -> UnreadableFile:
    """The refusal of a package that cannot be unpacked or parsed."""
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，无法打开",
        why="文件内容不完整或校验不符，常见于传输中断、下载未完成",
        remedy="请重新下载或让对方重新发送；若能用 Word/WPS 打开，请另存为新文件后再试",
    )


def password(path: Path) -> UnreadableFile:
    """The refusal of an encrypted file."""
    return UnreadableFile(
        "password",
        path,
        what="设有打开密码",
        why="加密的文件无法读取内容，程序不会尝试破解密码",
        remedy="请用密码打开后取消密码保护，另存后再提交",
    )


def bomb(path: Path, what: str) -> UnreadableFile:
    """The refusal of a package that unpacks to more than any form needs."""
    return UnreadableFile(
        "zip-bomb",
        path,
        what=what,
        why="异常的压缩内容会耗尽内存或磁盘，正常的申报文件不会如此",
        remedy="请确认文件来源，用 Word/WPS 打开后另存为新文件，并压缩或删除过大的图片",
    )


def unsafe_names(path: Path, what: str) -> UnreadableFile:
    """The refusal of a package whose part names lead outside it or stand for two parts."""
    return UnreadableFile(
        "unsafe-names",
        path,
        what=what,
        why="这样的文件可能被人为改动过，读取到的内容不可信",
        remedy="请确认文件来源，用 Word/WPS 打开后另存为新文件再提交",
    )


def unsafe_xml(path: Path) -> UnreadableFile:
    """The refusal of XML that declares entities or a document type, which ECMA-376 part 2 forbids."""
    return UnreadableFile(
        "unsafe-xml",
        path,
        what="内部含有实体声明（DTD）",
        why="Office 文件不允许这样的内容，它可被用来耗尽内存或读取本机文件",
        remedy="请确认文件来源，用 Word/WPS 打开后另存为新文件再提交",
    )


def macros(path: Path) -> UnreadableFile:
    """The refusal of a file that carries programs."""
    return UnreadableFile(
        "macros",
        path,
        what="含有宏",
        why="宏是可以自动执行的程序，申报文件不需要也不接受宏",
        remedy="请另存为不含宏的 .docx 或 .xlsx 后再提交",
    )


def unknown(path: Path, what: str) -> UnreadableFile:
    """The refusal of a file of a kind that no reader reads."""
    return UnreadableFile(
        "unknown",
        path,
        what=what,
        why="程序读取 .docx、.xlsx、.pdf，旧版的 .doc、.xls、.wps、.et、.rtf，以及 .jpg、.png、.tif 等图片",
        remedy="请用原来的软件打开，另存为 .docx、.xlsx 或 .pdf",
    )


def too_large(path: Path, size: int, limit: int) -> UnreadableFile:
    """The refusal of a file that must be read at once and is too large for it; sizes in bytes."""
    return UnreadableFile(
        "too-large",
        path,
        what=f"有 {size >> 20} MB，超过 {limit >> 20} MB 的上限",
        why="旧版格式要整份转换后才能读取，过大的文件会耗尽内存和时间",
        remedy="请用 Word/WPS 打开，压缩图片后另存为 .docx 或 .xlsx",
    )


def too_slow(path: Path, seconds: float) -> UnreadableFile:
    """The refusal of a file on which its reader got no further for so many seconds."""
    return UnreadableFile(
        "too-slow",
        path,
        what=f"读了 {seconds:g} 秒没有进展，已停止读取",
        why="正常的申报文件不会这样，文件内容可能异常，或这台电脑此刻过于繁忙",
        remedy="请关闭其他程序后再试；仍不行时，请用原来的软件打开，另存为新文件或拆成几个文件再提交",
    )


def too_much_memory(path: Path, limit: int) -> UnreadableFile:
    """The refusal of a file whose reader needs more than so many bytes."""
    return UnreadableFile(
        "too-much-memory",
        path,
        what=f"读取时占用的内存超过 {limit / 1e9:.2g} GB，已停止读取",
        why="正常的申报文件不会这样，文件内容可能异常",
        remedy="请用原来的软件打开，压缩或删除过大的图片，另存为新文件或拆成几个文件再提交",
    )


def reader_crashed(path: Path) -> UnreadableFile:
    """The refusal of a file over which the process that read it died."""
    return UnreadableFile(
        "reader-crashed",
        path,
        what="使读取它的进程意外中止",
        why="文件内容可能已损坏或异常，解析它的程序库因此崩溃；其他文件不受影响",
        remedy="请用原来的软件打开，另存为新文件后再提交",
    )
