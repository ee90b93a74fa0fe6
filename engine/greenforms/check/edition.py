"""Whether an edition is in force on the day a verdict is for."""

from __future__ import annotations

from datetime import date

from greenforms.check.sentence import sentence
from greenforms.check.severities import edition_severity
from greenforms.finding import Finding, Place
from greenforms.form.form import Form


def out_of_force(form: Form, as_of: date | None, document: str = "") -> tuple[Finding, ...]:
    """The finding that the form's edition has expired or is not yet in force; none without a day to judge by."""
    start, end = form.edition.in_force_from, form.edition.in_force_to
    if as_of is None:
        return ()
    if end is not None and as_of > end:
        return (_finding(form, document, f"已于{_day(end)}截止", "请核对是否应改用新一年度的表"),)
    if start is not None and as_of < start:
        return (_finding(form, document, f"自{_day(start)}起才施行", "请核对是否应使用现行的表"),)
    return ()


def _finding(form: Form, document: str, what: str, fix: str) -> Finding:
    message = sentence(f"《{form.title}》", f"所依据的“{form.edition.title}”{what}", fix)
    place = Place(document, "", form.title)
    return Finding("edition/out-of-force", edition_severity(), message, (place,), fix=fix)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
