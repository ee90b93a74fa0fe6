"""The stock words that readers of scans get: from the forms of the library, whichever these are."""

from __future__ import annotations

from pathlib import Path

import pytest
from folder import Folder, form_entry

from greenforms.form.library import open_library
from greenforms.read import paper as door
from greenforms_extractors.model import Document
from shipped import LIBRARY


class Stop(Exception):
    """What ends a reading that has begun."""


def test_words_come_from_all_that_forms_say(tmp_path: Path) -> None:
    """This test ensures that labels, choices, units, places, titles and parts of names are stock words, no others."""
    shipped = set(LIBRARY.words)
    assert {"绿色工厂", "联系电话", "万吨标煤", "内蒙古", "自治区", "有限责任公司", "典型经验报告"} <= shipped
    assert {"绿色矿山", "矿山名称", "矿山台账表"} & shipped == set()
    folder = Folder(tmp_path / "forms")
    kind = {"title": "矿山名称", "type": "string", "x-codec": "choice", "enum": ["绿色矿山", "否"]}
    folder.layout("ledger", {"kind": kind}, ["台账", [["矿山名称", "{{ kind }}"]]])
    folder.edition("xx-2031", form_entry("ledger", title="矿山台账表"))
    assert set(folder.library().words) - shipped == {"绿色矿山", "矿山名称", "矿山台账表"}


@pytest.mark.parametrize(("content", "wanted"), [(b"%PDF-1.7", True), (b"\xff\xd8\xff\xe0", True), (b"PK\3\4", False)])
def test_only_what_may_be_scanned_gets_words(
    content: bytes, wanted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This test ensures that the words go to the reader of a scan, and no form is opened for them otherwise."""
    library = open_library()
    given: list[tuple[str, ...]] = []

    def read(path: Path, progress: object, words: tuple[str, ...]) -> Document:
        given.append(words)
        raise Stop

    monkeypatch.setattr(door, "read", read)
    path = tmp_path / "收件"
    path.write_bytes(content)
    with pytest.raises(Stop):
        door.read_paper(library, path)
    assert given == [LIBRARY.words if wanted else ()]
    assert ("words" in vars(library)) is wanted
