"""The Python interface: the command line's verbs on a form.

from greenforms import load_form
form = load_form("nm-2024/cultivation-plan")
findings = form.validate(data)
paper = form.render(data, "docx")
extraction = form.extract("返回.docx")
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms.form.form import Form
from greenforms.form.library import Library, open_library
from greenforms.record import exact

if TYPE_CHECKING:
    from greenforms.check.working.explaining import Explanation
    from greenforms.finding import Finding
    from greenforms.pack.report import PackReport
    from greenforms.read.extraction import Extraction


class OfficialForm:
    """One official form. Data are JSON values as `json.load` or `greenforms.datafile.load` read them.

    A float stands for the decimal number it prints as (0.1 for 0.1), never for the binary fraction behind it.
    """

    def __init__(self, form: Form) -> None:
        self.definition = form

    def __repr__(self) -> str:
        return f"<OfficialForm {self.id} {self.title}>"

    @property
    def id(self) -> str:
        """The full name, such as `nm-2024/cultivation-plan`."""
        return self.definition.id

    @property
    def title(self) -> str:
        """The official title."""
        return self.definition.title

    @property
    def schema(self) -> Mapping[str, Any]:
        """The form's JSON Schema."""
        return self.definition.schema

    def validate(self, data: Any, *, as_of: date | None = None) -> tuple[Finding, ...]:
        """Every finding on one data set, in form order; empty when there is nothing to say.

        `as_of` is the day the verdict is for; without it nothing is said of deadlines and editions.
        """
        from greenforms.pack.crosscheck import check_data

        return check_data(self.definition, exact(data), as_of=as_of)

    def explain(self, data: Any, path: str) -> Explanation:
        """How the figure or the score at a pointer of a data set is worked out.

        Raises UsageError for a place that no formula gives.
        """
        from greenforms.check.working.explaining import explain

        return explain(self.definition, exact(data), path)

    def render(self, data: Any, kind: str = "docx", *, base: Path | None = None) -> bytes:
        """The filled paper as `docx`, `xlsx` or `pdf`; pictures are looked for below `base`, or the current folder.

        Values must have the types of the schema (`validate` says so), else InputError is raised; anything else about
        them may be wrong.
        """
        from greenforms.render.paper import render

        return render(self.definition, exact(data), kind, base or Path())

    def blank(self, kind: str = "docx") -> bytes:
        """The empty official form."""
        from greenforms.render.paper import render_blank

        return render_blank(self.definition, kind)

    def extract(self, path: str | Path) -> Extraction:
        """Read a returned file as this form. Raises UnreadableFile or InputError when it is none."""
        from greenforms.read.paper import read_paper

        return read_paper(self.definition.library, Path(path), self.id)


def load_form(form_id: str, library: Library | None = None) -> OfficialForm:
    """A form by id, short name, title or a part of the title. Raises UsageError when none or several are meant.

    Without a library the shipped forms are opened; who needs several forms opens them once (`open_library`).
    """
    return OfficialForm((library or open_library()).form(form_id))


def extract(path: str | Path, library: Library | None = None) -> Extraction:
    """Read a returned file as whichever form of the library (else: of the shipped ones) it is."""
    from greenforms.read.paper import read_paper

    return read_paper(library or open_library(), Path(path))


def check_folder(folder: str | Path, *, as_of: date | None = None, library: Library | None = None) -> PackReport:
    """Check every paper of a folder, then all against all; `as_of` is the day deadlines are judged by.

    Raises InputError when there is nothing to check.
    """
    from greenforms.pack import crosscheck

    return crosscheck.check_folder(library or open_library(), Path(folder), as_of)
