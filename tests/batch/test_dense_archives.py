"""An archive of many dense members is refused before it is unpacked, also where they lie in archives inside."""

from __future__ import annotations

import io
import zipfile

import pytest

from greenforms.batch import archive
from greenforms.errors import InputError

MEMBER = b"\0" * 900_000


@pytest.fixture(autouse=True)
def _smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_LARGEST", 1_000_000)


def _packed(members: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    target.seek(0)
    return target


def test_what_fits_is_listed() -> None:
    assert [each.refusal for each in archive.members(_packed({"a": MEMBER}))] == [""]


def test_many_dense_members_are_refused_together() -> None:
    with pytest.raises(InputError, match="展开后大得不正常"):
        list(archive.members(_packed({str(number): MEMBER for number in range(3)})))


def test_dense_members_of_archives_inside_count_together() -> None:
    inside = _packed({"a": MEMBER}).getvalue()
    found = {
        each.name: each.refusal for each in archive.members(_packed({"1.zip": inside, "2.zip": inside, "甲": b"x"}))
    }
    assert (found["1.zip/a"], found["甲"]) == ("", "")
    assert "展开后大得不正常" in found["2.zip"]
