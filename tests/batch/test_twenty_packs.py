"""Twenty packs in one folder, as folders and archives: interrupted, gone on with, each checked for itself."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path
from typing import Any

from batches import ended, paper, results, started

from greenforms.render.paper import render
from papers import example
from shipped import load_form

COUNT = 20
APPLICATION = "nm-2024/renaming-application"
#: The packs with an application whose telephone number is wrong.
FAULTY = {3, 17}


def application(number: int) -> Any:
    """The application of a unit; a wrong one has too short a number."""
    data = example("renaming-application")
    data["old_name"] = f"内蒙古第{number}新材料有限公司"
    data["phone"] = "0472-52390" if number in FAULTY else data["phone"]
    return data


def packs(folder: Path) -> Path:
    """A folder of packs with two papers each, every fourth an archive."""
    for number in range(1, COUNT + 1):
        pack = folder / f"{number:02}"
        pack.mkdir(parents=True)
        (pack / "申请.docx").write_bytes(render(load_form(APPLICATION), application(number), "docx"))
        (pack / "名单.docx").write_bytes(paper(f"内蒙古第{number}新材料有限公司"))
        if number % 4 == 0:
            shutil.make_archive(str(pack), "zip", pack)
            shutil.rmtree(pack)
    return folder


def written(output: Path) -> dict[Path, int]:
    """When each result was written."""
    return {path: path.stat().st_mtime_ns for path in (output / "逐份").rglob("*.json")}


def test_interrupted_and_gone_on_with(tmp_path: Path) -> None:
    """This test ensures that it is told how far it has got, nothing is done twice, and each pack has its own faults."""
    inbox, output = packs(tmp_path / "收件"), tmp_path / "结果"
    words = ("check", inbox, "-o", output, "--jobs", 1, "--as-of", "2026-04-10", "--resume")
    process = started(*words)
    until = time.monotonic() + 300
    while len(written(output)) < 4 and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert ended(process).code == 130
    done = written(output)
    assert 4 <= len(done) < COUNT
    said = ended(started(*words))
    assert said.code == 1, said.err
    assert f"以前做过的 {len(done)} 个不再做，还有 {COUNT - len(done)} 个。" in said.err
    assert f"共 {COUNT} 个，做成 {COUNT} 个，没有做成 0 个。" in said.err
    assert written(output).items() >= done.items()
    found = {name.partition(".")[0]: report for name, report in results(output).items()}
    faults = {int(name): [each["rule"] for each in report["findings"]] for name, report in found.items()}
    assert faults == {number: ["value/phone"] if number in FAULTY else [] for number in range(1, COUNT + 1)}
    units = {int(name): [each["subject"] for each in report["papers"]] for name, report in found.items()}
    assert units == {number: [None, f"内蒙古第{number}新材料有限公司"] for number in range(1, COUNT + 1)}
