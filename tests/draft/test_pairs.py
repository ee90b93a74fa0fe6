"""What is paired on blanks in many styles, and which types and facts are guessed of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from blanks import Pair, drafted_pairs, type_blank
from greenforms.draft.blank_file import open_blank
from greenforms.draft.facts import facts_of
from greenforms.draft.form import draft_form
from greenforms.draft.pairing import outline_of
from greenforms.draft.wording import core
from shipped import LIBRARY

CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_labels_and_slots(case: str, tmp_path: Path) -> None:
    path, pairs = type_blank(CASES / case / "typed.txt", tmp_path)
    found = drafted_pairs(open_blank(path).document)
    assert sorted(map(_core, found)) == sorted(map(_core, pairs))


def _core(pair: Pair) -> Pair:
    return Pair(pair.place, core(pair.label), core(pair.row))


@pytest.mark.parametrize("expected", sorted(CASES.glob("*/expected.yaml")), ids=lambda path: path.parent.name)
def test_types_and_facts(expected: Path, tmp_path: Path) -> None:
    path, _ = type_blank(expected.with_name("typed.txt"), tmp_path)
    form = draft_form(outline_of(open_blank(path).document), "试", facts_of(LIBRARY))
    said = {}
    for field in form.fields:
        schema = field.kind.keywords
        guess = {"codec": field.kind.codec, "unit": schema.get("x-unit"), "choices": schema.get("enum")}
        if field.kind.codec == "percentage":
            guess.pop("unit")
        guess["fact"] = field.fact.id if field.fact else None
        said[field.asked.label] = {name: value for name, value in guess.items() if value}
    assert said == yaml.safe_load(expected.read_text("utf-8"))


def test_a_fact_of_a_person_is_told_by_the_label_before(tmp_path: Path) -> None:
    (tmp_path / "typed.txt").write_text(
        "#docx\n登记表\n负责人 | ⟦a⟧ | 联系电话 | ⟦b⟧\n联系人 | ⟦c⟧ | 联系电话 | ⟦d⟧\n", "utf-8"
    )
    path, _ = type_blank(tmp_path / "typed.txt", tmp_path)
    form = draft_form(outline_of(open_blank(path).document), "试", facts_of(LIBRARY))
    assert [field.fact.name if field.fact else None for field in form.fields] == [
        "head",
        "head_phone",
        "contact_name",
        "contact_phone",
    ]


def test_what_is_not_understood_is_told(tmp_path: Path) -> None:
    (tmp_path / "typed.txt").write_text("#docx\n登记表\n | \n名称 | ⟦名称⟧\n", "utf-8")
    path, _ = type_blank(tmp_path / "typed.txt", tmp_path)
    unread = outline_of(open_blank(path).document).unread
    assert unread == (
        "表1第1行第1列：空格的左边和上方没有认出标签，没有放标记",
        "表1第1行第2列：空格的左边和上方没有认出标签，没有放标记",
    )
