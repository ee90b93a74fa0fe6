"""What was changed on a paper, in a few words for the list of versions."""

from __future__ import annotations

from typing import Any

from greenforms.form.form import Form
from greenforms.form.labels import called
from greenforms.form.tree import values

_NAMED = 3


def what_changed(form: Form, before: Any, after: Any) -> str:
    """The form, and the fields that have another value now."""
    was, now = ({each.pointer: each for each in values(form.root, data) if each.present} for data in (before, after))
    changed = [
        pointer
        for pointer in dict.fromkeys([*now, *was])
        if pointer not in was or pointer not in now or was[pointer].value != now[pointer].value
    ]
    names = list(
        dict.fromkeys(called(form, pointer) or (now.get(pointer) or was[pointer]).leaf.title for pointer in changed)
    )
    if not names:
        return f"《{form.title}》"
    more = f"等{len(changed)}处" if len(names) > _NAMED else ""
    return f"《{form.title}》{'、'.join(names[:_NAMED])}{more}"
