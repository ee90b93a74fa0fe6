"""Measures how exactly scans are read, beside RapidOCR and Tesseract with a search for the nearest label.

All read the same pages. Papers are made up, printed, rasterised and degraded by seed (generator/); fields are compared
after normalisation.
The table goes to docs/accuracy.md. Each paper's counts are appended to a file under build/ as they come, so that a run
broken off, or ended by `--minutes`, goes on where it stopped; the page says how much of what was asked was measured.
Run with `make accuracy`; `--seeds 1-3 --faults clean,office --forms roster` measures less or more.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from accuracy_page import OURS, PRINTED, TYPED, USUAL, Case, Result, page

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator")]

PEERS = ("rapidocr", "tesseract")
OTHERS = (150, 300)
RESULT = ROOT / "docs" / "accuracy.md"
KEPT = ROOT / "build" / "accuracy.jsonl"
#: Read before the clock starts, so that loading networks is not counted as reading.
WARMING = cv2.putText(np.full((200, 600, 3), 255, np.uint8), "2024-11-20", (40, 120), 0, 2.0, (0, 0, 0), 3)
#: Pages of one scan are read by one process, so that its peak memory is its own.
_WORKER = "--one"


def measured(case: Case) -> Result:
    """Read one paper in this process."""
    from greenforms.form.library import open_library
    from greenforms_scans.truth import score

    form = open_library().form(case.form)
    data, left_out, pages = papers(case, form)
    read_ours([WARMING], case) if case.reader == OURS else read_theirs([WARMING], case)
    clock = cpu_seconds()
    read = read_ours(pages, case) if case.reader == OURS else read_theirs(pages, case)
    seconds = cpu_seconds() - clock
    found = score(form, data, read, left_out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(found.right, found.total, found.invented, found.cer, len(pages), seconds, peak)


def papers(case: Case, form: Any) -> tuple[Any, frozenset[str], list[Any]]:
    """The data of a case, the fields that its paper does not say, and its pages."""
    from greenforms_scans.degrade import degraded
    from greenforms_scans.lost import lost_in_print
    from greenforms_scans.made_up import made_up
    from greenforms_scans.printing import printed
    from greenforms_scans.trial import scanned
    from greenforms_typed.papers import typed

    if case.generator == TYPED:
        data, clean = typed(case.form, case.seed, case.dpi)
        pages = [degraded(page, case.fault, 1000 * case.seed + n, case.dpi) for n, page in enumerate(clean)]
        return data, frozenset(), pages
    data = made_up(form, case.seed)
    lost = lost_in_print(form, data, printed(form, data))
    return data, lost, scanned(form, data, case.fault, case.seed, case.dpi)


def cpu_seconds() -> float:
    """Processor time of this process and of the programs it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def read_ours(pages: list[Any], case: Case) -> Any:
    from PIL import Image

    from greenforms.errors import GreenformsError
    from greenforms.form.library import open_library
    from greenforms.read.paper import read_document
    from greenforms_extractors.errors import UnreadableFile
    from greenforms_extractors.scan.reader import read_image

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.tif"
        first, *rest = [Image.fromarray(page[:, :, ::-1]) for page in pages]
        first.save(path, save_all=True, append_images=rest, dpi=(case.dpi, case.dpi))
        try:
            library = open_library()  # read in this process, whose time and memory are measured
            return read_document(library, read_image(path, words=library.words), path.name).data
        except (GreenformsError, UnreadableFile):
            return {}


def read_theirs(pages: list[Any], case: Case) -> Any:
    from greenforms.form.library import open_library
    from greenforms_scans.peers.baselines import BASELINES, read_with

    return read_with(BASELINES[case.reader], open_library().form(case.form), pages, case.dpi)


def results(wanted: Iterable[Case], kept: Path, minutes: float | None) -> Iterator[tuple[Case, Result]]:
    """Each case's result, from the file of earlier ones or measured in a process of its own and appended.

    Nothing more is begun when the minutes are over.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    lines = kept.read_text("utf-8").splitlines() if kept.is_file() else []
    known = {json.dumps(each["case"]): each["result"] for each in map(json.loads, lines)}
    end = math.inf if minutes is None else time.monotonic() + 60 * minutes
    for case in wanted:
        if case.key not in known:
            if time.monotonic() > end:
                continue
            print(case.key, file=sys.stderr, flush=True)
            done = subprocess.run(
                [sys.executable, __file__, _WORKER, case.key], capture_output=True, text=True, check=True
            )
            known[case.key] = json.loads(done.stdout.strip().splitlines()[-1])
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"case": asdict(case), "result": known[case.key]}) + "\n")
        yield case, Result(**known[case.key])


def cases(options: argparse.Namespace) -> Iterator[Case]:
    """What is asked for, seed by seed: a run that ends early has then measured something of everything."""
    from greenforms.form.library import open_library
    from greenforms_typed.papers import PAPERS

    forms = [form for form in open_library().form_ids if any(part in form for part in options.forms.split(","))]
    first, _, last = options.seeds.partition("-")
    usual = [(fault, USUAL) for fault in options.faults.split(",")]
    others = [(fault, dpi) for fault in options.also.split(",") for dpi in OTHERS if fault]
    for seed in range(int(first), int(last or first) + 1):
        for fault, dpi in (*usual, *others):
            for generator in options.generators.split(","):
                for reader in (OURS, *(PEERS if fault in options.peers.split(",") and dpi == USUAL else ())):
                    for form in forms:
                        if generator == PRINTED or form in PAPERS:
                            yield Case(form, generator, seed, fault, dpi, reader)


def main() -> None:
    """Measure what is asked for and write the page."""
    if sys.argv[1:2] == [_WORKER]:
        print(json.dumps(asdict(measured(Case(**json.loads(sys.argv[2]))))))
        return
    options = asked()
    wanted = list(cases(options))
    found = list(results(wanted, options.kept, options.minutes))
    options.page.write_text(page(found, options.seeds, len(wanted)), "utf-8")
    print(f"{options.page}: {len(found)}/{len(wanted)}", file=sys.stderr)


def asked() -> argparse.Namespace:
    """What the command line says."""
    from greenforms_scans.degrade import MIXED, SINGLE

    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="1-3")
    parser.add_argument("--generators", default=f"{PRINTED},{TYPED}")
    parser.add_argument("--forms", default="/", help="parts of the names of the forms")
    parser.add_argument("--faults", default=",".join((*SINGLE, *MIXED)))
    parser.add_argument("--also", default="clean,red-seal,office", help="faults measured at other resolutions, too")
    parser.add_argument("--peers", default="clean,office,fax")
    parser.add_argument("--minutes", type=float, help="begin nothing more after so many")
    parser.add_argument("--kept", type=Path, default=KEPT, help="the file of results, which a later run goes on with")
    parser.add_argument("--page", type=Path, default=RESULT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
