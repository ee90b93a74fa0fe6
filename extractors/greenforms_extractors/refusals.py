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
