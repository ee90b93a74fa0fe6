"""Two scans of every form in tests/scans/sample/forms, one clean and one worn, each with what is printed on it.

Run as a program it makes those of the forms named, or of all: `python -m scans.form_scans [form ...]`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simplejson

from greenforms.form.edit import put
from greenforms.form.form import Form
from greenforms.form.tree import values
from greenforms_scans import scan_files
from greenforms_scans.degrade import degraded
from greenforms_scans.made_up import made_up
from greenforms_scans.printing import printed, rasters
from greenforms_scans.sheets import Image
from shipped import LIBRARY, load_form

FOLDER = Path(__file__).with_name("sample") / "forms"
CONDITIONS = ("clean", "worn")
#: The faults of worn papers take turns: those of one page are in colour, those of several black and white.
_ONE_PAGE = ("office", "photo", "red-seal", "fold", "uneven", "grey", "fax", "watermark", "perspective", "jpeg40")
_PAGES = ("rotate", "punch", "fold", "staple", "quarter90")
#: Lists are this long, so that a paper has few pages.
_ROWS = 3
#: A report with more texts than these has one paragraph in each.
_TEXTS = 7
#: From so many pages on they are scanned at fewer dots per inch. A picture in colour is pressed until it has so few
#: bytes.
_MANY, _SMALL = 4, 150_000


@dataclass(frozen=True, slots=True)
class FormScan:
    """One scan of a form. `data` is what is printed, `unsure` the places not read or doubted, with what was read."""

    path: Path
    form: str
    data: Any
    unsure: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The file's name, which no other scan has."""
        return self.path.name


def form_scans() -> list[FormScan]:
    """All scans of forms with their truth, in order of name."""
    return [_loaded(truth) for truth in sorted(FOLDER.glob("*.json"))]


def _loaded(truth: Path) -> FormScan:
    known = simplejson.loads(truth.read_text(encoding="utf-8"), use_decimal=True)
    return FormScan(truth.with_suffix(""), known["form"], known["data"], known["unsure"])


def write(form_id: str) -> None:
    """Make both scans of a form, with data drawn anew, and state what is printed; nothing is stated as unsure yet."""
    form, number = load_form(form_id), LIBRARY.form_ids.index(form_id)
    stem = f"{form.edition.id}.{form.entry.name}"
    for condition in CONDITIONS:
        data = _in_few_words(form, made_up(form, _seed(number, condition), rows=_ROWS))
        ending, content = _scan(form, data, number, worn=condition == "worn")
        target = FOLDER / f"{stem}.{condition}.{ending}"
        target.write_bytes(content)
        state(FormScan(target, form_id, data, {}))


def state(scan: FormScan) -> None:
    """Write what is printed on a scan, and what of it is not read or doubted, beside it."""
    known = {"form": scan.form, "unsure": dict(scan.unsure), "data": scan.data}
    text = simplejson.dumps(known, ensure_ascii=False, indent=1, use_decimal=True)
    scan.path.with_name(f"{scan.path.name}.json").write_text(f"{text}\n", encoding="utf-8")


def _in_few_words(form: Form, data: Any) -> Any:
    """The data of a long report with the first paragraph of each of its texts."""
    texts = [each for each in values(form.root, data) if each.leaf.codec.name == "paragraphs" and each.value]
    if len(texts) > _TEXTS:
        for each in texts:
            put(data, each.pointer, each.value.partition("\n")[0])
    return data


def _seed(number: int, condition: str) -> int:
    return 7100 + 2 * number + CONDITIONS.index(condition)


def _scan(form: Form, data: Any, number: int, *, worn: bool) -> tuple[str, bytes]:
    """The ending and the content of a scan: colour where it is one page, black and white in one file where more."""
    paper = printed(form, data)
    pages = rasters(paper, 200)
    if len(pages) == 1:
        if not worn:
            return "png", scan_files.png(rasters(paper, 150)[0], 150, "palette")
        fault = _ONE_PAGE[number % len(_ONE_PAGE)]
        if fault == "fax":
            return "png", scan_files.png(degraded(pages[0], fault, number, 200), 200, "bilevel")
        return "jpg", _jpeg(degraded(rasters(paper, 150)[0], fault, number, 150))
    dpi = 150 if len(pages) >= _MANY else 200
    if not worn:
        return "tif", scan_files.tiff(rasters(paper, dpi), dpi)
    fault = _PAGES[number % len(_PAGES)]
    return "tif", scan_files.tiff([degraded(page, fault, at, dpi) for at, page in enumerate(rasters(paper, dpi))], dpi)


def _jpeg(page: Image) -> bytes:
    pressed = (scan_files.jpeg_file(page, 150, quality) for quality in (50, 40, 30, 25))
    return next((content for content in pressed if len(content) <= _SMALL), scan_files.jpeg_file(page, 150, 20))


def main(form_ids: Sequence[str]) -> None:
    """Make the scans of these forms, of all where none is named."""
    for form_id in form_ids or LIBRARY.form_ids:
        write(form_id)


if __name__ == "__main__":
    main(sys.argv[1:])
