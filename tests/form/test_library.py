"""A library is its folders: it can be handed to another process, and remembers what it has read for itself alone."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

from form.conftest import ROOT
from greenforms import extract, load_form, open_library
from greenforms.form.library import Library
from greenforms.form.tree import leaves
from greenforms.render.paper import render
from shipped import LIBRARY

PLAN = "nm-2024/cultivation-plan"


def test_a_library_and_its_forms_can_be_pickled() -> None:
    """This test ensures that a worker process can be given a library, a form, or both, and finds the same in them."""
    form = LIBRARY.form(PLAN)
    library, twin = pickle.loads(pickle.dumps((LIBRARY, form)))  # noqa: S301 - our own
    assert library.folders == LIBRARY.folders
    assert library.form_ids == LIBRARY.form_ids
    assert twin.library is library
    assert list(leaves(twin.root)) == list(leaves(form.root))
    assert pickle.dumps(LIBRARY) == pickle.dumps(Library(ROOT))  # paths, and nothing of what was read
    assert len(pickle.dumps(LIBRARY)) < 1000


def test_a_worker_gets_a_library_by_its_pickle() -> None:
    """This test ensures that another process that is handed one opens the same forms, whatever its environment says."""
    program = "import pickle, sys; print(*pickle.load(sys.stdin.buffer).form_ids)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps(LIBRARY),
        env={"PYTHONPATH": f"{ROOT}/engine:{ROOT}/extractors", "GREENFORMS_SHIPPED": "/nowhere"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().split() == list(LIBRARY.form_ids)


def test_what_was_read_is_read_once() -> None:
    """This test ensures that a library gives the same form each time, and another library its own."""
    assert LIBRARY.form(PLAN) is LIBRARY.form("cultivation-plan")
    assert open_library().form(PLAN) is not LIBRARY.form(PLAN)


def test_the_interface_takes_a_library(tmp_path: Path) -> None:
    """This test ensures that forms and readings of the Python interface come from the library that is given."""
    assert load_form(PLAN, LIBRARY).definition is LIBRARY.form(PLAN)
    assert load_form(PLAN).definition.library is not LIBRARY
    data = json.loads((ROOT / "examples/cultivation-roster.json").read_text("utf-8"))
    path = tmp_path / "名单.docx"
    path.write_bytes(render(LIBRARY.form("nm-2024/cultivation-roster"), data, "docx"))
    assert extract(path, LIBRARY).data == data
