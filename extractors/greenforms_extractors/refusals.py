"""The refusals that more than one reader gives, in the words the user sees."""

from __future__ import annotations

from pathlib import Path

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.windows import in_use
from greenforms_extractors.windows import too_long as path_too_long


def damaged(path: Path) -> UnreadableFile:
    """The refusal of a package that cannot be unpacked or parsed."""
    return UnreadableFile(
        "damaged",
        path,
        what="已损坏，无法打开",
        why="文件内容不完整或校验不符，常见于传输中断、下载未完成",
        remedy="请重新下载或让对方重新发送；若能用 Word/WPS 打开，请另存为新文件后再试",
    )


def no_file(path: Path) -> UnreadableFile:
    """The refusal of a pipe, a device or a socket, at which reading would wait or never end."""
    return UnreadableFile(
        "no-file",
        path,
        what="不是普通文件（是管道、设备或套接字）",
        why="从这样的地方读不到一份完整的文件",
        remedy="请先把内容存成文件，再给出那个文件",
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


def unopened(path: Path, error: OSError) -> UnreadableFile:
    """The refusal of a path that the system does not open."""
    if in_use(error, path):
        return UnreadableFile(
            "in-use",
            path,
            what="正被 WPS、Word 或 Excel 等程序打开",
            why="Windows 不让别的程序同时读它",
            remedy="请先把它关闭，再试一次",
        )
    if isinstance(error, FileNotFoundError) and path_too_long(path):
        return UnreadableFile(
            "long-path",
            path,
            what="的路径太长，打不开",
            why="Windows 的路径连同文件夹一般不能超过 259 个字符",
            remedy="请把它复制到上级少、名字短的文件夹（如 D:\\材料）里再试",
        )
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(
            "not-found", path, what="不存在", why="给出的路径下没有这个文件", remedy="请检查文件名和所在文件夹是否写对"
        )
    return UnreadableFile(
        "no-access",
        path,
        what="无法打开",
        why="它是文件夹、没有读取权限，或正被其他程序占用",
        remedy="请关闭正在使用它的程序，确认有读取权限后再试",
    )


def too_much(path: Path, what: str) -> UnreadableFile:
    """The refusal of a file that holds more than any paper or list."""
    return UnreadableFile(
        "too-much",
        path,
        what=what,
        why="正常的申报材料和名单远不会这样多，读取会耗尽内存和时间",
        remedy="请确认文件来源，用 Word/Excel/WPS 打开，删去多余的内容后另存为新文件再试",
    )


def too_deep(path: Path) -> UnreadableFile:
    """The refusal of a file in which things stand inside each other too deep to be followed."""
    return UnreadableFile(
        "too-deep",
        path,
        what="里的表格、文本框或控件层层嵌套，层数过多",
        why="正常的申报材料不会嵌套到这样深，读取会耗尽内存",
        remedy="请确认文件来源，用 Word/WPS 打开，把内容复制到新建的文档里另存后再试",
    )


def too_wide(path: Path, what: str, limit: str) -> UnreadableFile:
    """The refusal of a table that goes on too far to the right."""
    return UnreadableFile(
        "too-wide",
        path,
        what=what,
        why=f"申报表格不会超过 {limit}，多半是远处的单元格里误填了内容",
        remedy="请删除表格以外多余的行、列后另存，再提交",
    )


def too_long(path: Path, what: str, limit: str) -> UnreadableFile:
    """The refusal of a table that goes on too far down."""
    return UnreadableFile(
        "too-long",
        path,
        what=what,
        why=f"申报表格不会超过 {limit}，多半是远处的单元格里误填了内容",
        remedy="请删除表格以外多余的行、列后另存，再提交",
    )


#: The codes of files over which a process was lost, which may be the process's fault: of the three refusals below.
PROCESS_LOST = frozenset({"too-slow", "too-much-memory", "reader-crashed"})


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
