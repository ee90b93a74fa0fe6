"""Bugs of ours, caught where they cost one file: nothing that a file makes us raise ends the reading of the others."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from greenforms.datafile import reason_of
from greenforms.errors import Fault, GreenformsError, InputError
from greenforms_extractors.errors import UnreadableFile

_LENGTH = 8


@contextmanager
def guarded(file: str) -> Iterator[None]:
    """Whatever reading a file raises is told as GreenformsError or UnreadableFile; what nobody foresaw as a Fault."""
    try:
        yield
    except (GreenformsError, UnreadableFile, BrokenPipeError):  # a closed pipe is no fault of the file
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None and error.filename is not None:
            raise InputError(
                f"文件“{file}”打不开：{reason_of(error)}。请关闭正在使用它的程序，确认有读取权限后再试。"
            ) from error
        raise fault(f"文件“{file}”没有读成", error) from error


def fault(what: str, error: BaseException) -> Fault:
    """The fault that an error is; `what` says what came of it."""
    trace = "".join(traceback.format_exception(error))
    number = hashlib.sha256(f"{what}\n{trace}".encode(errors="replace")).hexdigest()[:_LENGTH]
    return Fault(what, number, trace)
