"""Who is at fault decides the class, and the class carries the exit code of the command line.

GreenformsError
├── UsageError            2   the command was given something it cannot use (no such form, no such option value)
├── InputError            3   the applicant's or clerk's file or data cannot be read
│   └── UnknownForm       3   a file that can be read, but is none of our forms
├── FormPackageError      4   a form package of ours (schema, template, edition) is broken
├── OfficeError           3   LibreOffice is missing or failed, so a PDF cannot be had
├── InterruptedRun      130   long work ended early through nobody's fault, what is done is kept
└── Fault                 5   a bug of ours, caught where it costs one file and not all of them (`fault.guarded`)

Problems in the data are findings, never exceptions. `greenforms_extractors.errors.UnreadableFile` belongs to the
readers' package and is treated as an InputError.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit codes of the command line contract."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    BROKEN_PACKAGE = 4
    OUR_FAULT = 5
    FAILED_ITEMS = 6
    INTERRUPTED = 130

    @classmethod
    def gravest(cls, codes: Iterable[ExitCode]) -> ExitCode:
        """The code of a run over several files: that of the file that fared worst."""
        order = (cls.OUR_FAULT, cls.UNREADABLE, cls.FAILED_ITEMS, cls.FINDINGS, cls.OK)
        return min(codes, key=order.index, default=cls.OK)


class GreenformsError(Exception):
    """Base of every error raised on purpose; the message is Chinese and says what to do.

    `lines` are the message, and indented below it the single things it is about.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        self._lines = (message, *(f"  {detail}" for detail in details))
        super().__init__("\n".join(self._lines))

    def __reduce__(self) -> tuple[Any, ...]:
        return _as_raised, (type(self), self.args, self.__dict__)

    @property
    def lines(self) -> tuple[str, ...]:
        """What to say, line by line."""
        return self._lines


def _as_raised(kind: type[GreenformsError], args: tuple[Any, ...], state: dict[str, Any]) -> GreenformsError:
    """An error as another process raised it, whatever its constructor asks for."""
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class UsageError(GreenformsError):
    """The caller asked for something that does not exist or does not fit."""


class InputError(GreenformsError):
    """A file or data set of the user that cannot be read."""

    exit_code = ExitCode.UNREADABLE


class UnknownForm(InputError):
    """A file that was read and is none of the forms; among other papers that is no error, for it may be a licence.

    `nearest` says which form it is like and in what it differs, if there is one.
    """

    def __init__(self, message: str, nearest: str = "") -> None:
        self.nearest = nearest
        super().__init__(message)


class AmbiguousForm(UnknownForm):
    """A file that several editions have as a form and that does not say whose it is; `editions` are those left."""

    def __init__(self, message: str, editions: tuple[str, ...]) -> None:
        self.editions = editions
        super().__init__(message)


class FormPackageError(GreenformsError):
    """A form package with errors. `errors` are complete sentences, each with file and place."""

    exit_code = ExitCode.BROKEN_PACKAGE

    def __init__(self, errors: tuple[str, ...]) -> None:
        self.errors = errors
        super().__init__("表单包有误：", errors)


class OfficeError(GreenformsError):
    """LibreOffice is not installed, timed out or refused a file."""

    exit_code = ExitCode.UNREADABLE


class InterruptedRun(GreenformsError):
    """Long work that ended early, such as by losing its cluster. What is done is kept."""

    exit_code = ExitCode.INTERRUPTED


class Fault(GreenformsError):
    """A bug of ours on one file or in one command. `trace` is for us; `whereabouts` are the lines on where it is."""

    exit_code = ExitCode.OUR_FAULT

    def __init__(self, what: str, number: str, trace: str) -> None:
        self.number = number
        self.trace = trace
        self.whereabouts: tuple[str, ...] = ()
        super().__init__(f"{what}：程序自身出错（编号 {number}），不是您的操作有误。")

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, the first of the whereabouts behind it."""
        where, *trace = self.whereabouts or ("",)
        return (f"{self}{where}", *trace)
