"""A pointer that is longer than a tag of Word's may be is told in short, and found again."""

import pytest

from greenforms.form.control_tag import ControlTags, control_tag

SHORT = "/list/*/name"
LONG = "/equipment_list/*/renewal_measures/*/expected_saving/coal_equivalent/amount"
TAGS = ControlTags([SHORT, LONG])


def test_short_pointers_are_their_own_tags() -> None:
    """This test ensures that the tags of ordinary fields, and of older papers, stay pointers."""
    assert control_tag("/list/12/name") == "/list/12/name"
    assert TAGS.pointer("/list/12/name") == "/list/12/name"
    assert TAGS.pointer(LONG.replace("*", "7")) == LONG.replace("*", "7")


def test_long_pointers_come_back() -> None:
    """This test ensures that each item's tag fits into Word, differs from the next one's and says its pointer."""
    pointers = [LONG.replace("*", str(one), 1).replace("*", str(other)) for one in (0, 9999) for other in (0, 10)]
    tags = [control_tag(pointer) for pointer in pointers]
    assert len(set(tags)) == len(tags)
    assert max(map(len, tags)) <= 64
    assert [TAGS.pointer(tag) for tag in tags] == pointers
    assert tags[0] == "#f75a6398c837/0/0"


@pytest.mark.parametrize("tail", ["", "/1", "/1/2/3", "/1/x", "/1/-2", "/1/²", f"/1/{'9' * 5000}"])
def test_strange_tags(tail: str) -> None:
    """This test ensures that a tag that was tampered with is nobody's."""
    digest = control_tag(LONG.replace("*", "0")).partition("/")[0]
    assert TAGS.pointer(digest + tail) is None


def test_tags_of_other_forms() -> None:
    """This test ensures that tags of other forms and programs are nobody's."""
    other = control_tag("/a" * 40)
    assert [TAGS.pointer(tag) for tag in ("", "#", "/other", "name", "#/1/2", other)] == [None] * 6
