"""The folder of a pack: what lies where, and which procedure it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from greenforms import datafile
from greenforms.check.procedures import procedure_of, type_in
from greenforms.errors import InputError, UsageError
from greenforms.form.library import Library
from greenforms.form.procedure import Procedure
from greenforms.report import json_text

#: What is filled in, what says which procedure it is for, and the notes for whoever fills it in.
WORKBOOK, ABOUT, NOTES = "填报表.xlsx", "申报包.json", "说明.txt"
#: The running texts in Word, for whoever would rather write them there.
NARRATIVE = "文字部分.docx"
#: The folder for evidence, and the one for what was built.
EVIDENCE, BUILT = "证明材料", "成品"
#: Number of the layout of such folders; a reader refuses those of later programs.
VERSION = 1


@dataclass(frozen=True, slots=True)
class About:
    """Which procedure a pack is for, for which type of applicant, and the day it was begun on."""

    procedure: Procedure
    type: str
    begun: date

    def to_json(self) -> bytes:
        """What stands in the file beside the workbook."""
        said = {
            "pack": VERSION,
            "procedure": self.procedure.id,
            "type": self.type,
            "begun": self.begun.isoformat(),
        }
        return f"{json_text(said)}\n".encode()

    def refuse_taken(self, folder: Path) -> None:
        """Raise UsageError for a folder that holds something, or cannot be made."""
        datafile.refuse_unfit(str(folder))
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"“{folder}”已经存在，里面有内容，没有写入。请换一个新的或空的文件夹。")
        if not folder.absolute().parent.is_dir():
            raise UsageError(f"目录“{folder.parent}”不存在，没有写入。请先建好目录。")


def begin(folder: Path, about: About, workbook: bytes, narrative: bytes, notes: str) -> None:
    """Write a new pack; what says that it is one comes last. `narrative` is empty where there is none."""
    datafile.make_folder(folder / EVIDENCE)
    for each in about.procedure.attachments_of(about.type):
        datafile.make_folder(folder / EVIDENCE / each.title)
    datafile.write(str(folder / WORKBOOK), workbook)
    if narrative:
        datafile.write(str(folder / NARRATIVE), narrative)
    datafile.write(str(folder / NOTES), notes.encode("utf-8-sig"))
    datafile.write(str(folder / ABOUT), about.to_json())


def about_of(library: Library, folder: Path) -> About:
    """What a folder is a pack for. Raises InputError for a folder that `pack new` did not make, or a later program."""
    path = folder / ABOUT
    if not path.is_file():
        raise InputError(f"“{folder}”不是 pack new 建的申报包：里面没有“{ABOUT}”。请先用 greenforms pack new 建一个。")
    said = datafile.load(str(path)).data
    match said:
        case {"pack": int(version), "procedure": str(id_), "type": str(type_), "begun": str(begun)}:
            if version > VERSION:
                raise InputError(f"“{path}”由较新版本的程序生成。请升级程序后再试。")
            procedure = procedure_of(library, id_)
            return About(procedure, type_in(procedure, type_), _day(begun, path))
    raise InputError(f"“{path}”不完整，看不出是哪一项程序的。请重新用 greenforms pack new 建一个，把填报表放进去。")


def _day(said: Any, path: Path) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise InputError(f"“{path}”里的日期“{said}”不对，应如 2026-03-31。") from error
