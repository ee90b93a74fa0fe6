"""How the scans of tests/scans/sample/forms are read, held against what is printed on them.

Run as a program it states in each truth what is not read or doubted now: `python -m scans.form_readings [file ...]`.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from greenforms.read.extraction import Extraction, FieldReading
from greenforms_scans.row_order import with_rows_aligned
from greenforms_scans.truth import Truth, score
from scans.form_scans import FormScan, form_scans, state
from shipped import load_form, read_paper


def reading(scan: FormScan) -> Extraction:
    """A scan as read; the paper does not say which edition a form that several share is of."""
    return read_paper(scan.path, edition=scan.form.partition("/")[0])


def unsure(scan: FormScan, extraction: Extraction) -> dict[str, Any]:
    """What was read at each place that is not as printed, None where nothing was; places have lost rows put back."""
    found = score(load_form(scan.form), scan.data, extraction.data)
    return {detail.pointer: detail.got for detail in found.details}


def certain_and_wrong(scan: FormScan, extraction: Extraction) -> Iterator[FieldReading]:
    """The green fields of a reading that are not what is printed."""
    form = load_form(scan.form)
    _, read_data = with_rows_aligned(form.root, scan.data, extraction.data)
    moved = dict(zip(Truth(form, extraction.data).fields, Truth(form, read_data).fields, strict=True))
    differing = unsure(scan, extraction).keys()
    for field in extraction.fields:
        if field.grade == "green" and moved.get(field.path) in differing:
            yield field


def main(names: Sequence[str]) -> None:
    """State anew what of these scans is not read or doubted, of all where none is named."""
    for scan in form_scans():
        if not names or scan.name in names:
            extraction = reading(scan)
            state(dataclasses.replace(scan, unsure=unsure(scan, extraction)))
            for field in certain_and_wrong(scan, extraction):
                sys.stdout.write(f"{scan.name} {field.path} {field.value}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
