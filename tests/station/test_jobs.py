"""Long work: done beside the answers, one job after the other; cancelled, killed and taken up again."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenforms import load_form
from greenforms.bundled import examples_dir
from greenforms.datafile import load
from greenforms.errors import InputError
from greenforms.form.library import Library
from greenforms.station.work.intake import laid_out, store
from greenforms.station.work.jobs import Jobs, State
from greenforms.station.workplace import Workplace, open_workplace


@pytest.fixture
def jobs(workplace: Workplace) -> Iterator[Jobs]:
    opened = Jobs(workplace)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def paper() -> bytes:
    return load_form("nm-2024/cultivation-roster").render(load(str(examples_dir() / "cultivation-roster.json")).data)


def _over(jobs: Jobs, job: str) -> State:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state = jobs.state(job)
        assert state is not None
        if state.over:
            return state
        time.sleep(0.02)
    raise AssertionError("the job is not over")


def test_what_is_handed_in_is_read(workplace: Workplace, jobs: Jobs, paper: bytes) -> None:
    named = {"甲/名单.docx": paper, "乙/../../../名单.docx": paper, "坏.docx": b"nothing"}
    begun = jobs.start("extract", [store(workplace, name, io.BytesIO(each)) for name, each in named.items()])
    state = _over(jobs, begun.id)
    assert (state.status, state.done, state.failed, state.total) == ("done", 2, 1, 3)
    kept = sorted(path.name for path in (jobs.results(begun.id) / "逐份").rglob("*.json"))
    assert kept == ["名单.docx.json", "名单.docx.json"]
    lying = {path.name.partition(".")[0] for path in workplace.folder.iterdir()}
    assert lying == {"任务", "收到的文件", "程序接口的钥匙", "记录"}


def test_a_job_goes_on_where_a_server_left_it(workplace: Workplace, library: Library, paper: bytes) -> None:
    first = Jobs(workplace)
    files = [store(workplace, "名单.docx", io.BytesIO(paper))]
    waiting = [first.start("extract", files).id for _ in range(2)]
    first.close()
    assert {state.status for job in waiting if (state := first.state(job))} & {"waiting", "running"}
    second = Jobs(open_workplace(workplace.folder, library))
    assert [_over(second, job).status for job in waiting] == ["done"] * 2
    second.close()


def test_a_job_that_is_cancelled_stays_so(workplace: Workplace, jobs: Jobs, paper: bytes) -> None:
    files = [store(workplace, "名单.docx", io.BytesIO(paper))]
    first, second = jobs.start("extract", files), jobs.start("extract", files)
    jobs.cancel(second.id)
    assert _over(jobs, second.id).status == "cancelled"
    assert _over(jobs, first.id).status == "done"
    assert not jobs.results(second.id).exists()


def test_a_job_without_files_is_none(workplace: Workplace, jobs: Jobs) -> None:
    with pytest.raises(InputError, match="没有收到文件"):
        jobs.start("extract", [])
    assert not (workplace.folder / "任务").exists()


def test_one_file_is_kept_once(workplace: Workplace, paper: bytes) -> None:
    first, second = (store(workplace, name, io.BytesIO(paper)) for name in ("一.docx", "二.docx"))
    assert first.path == second.path
    assert first.path.read_bytes() == paper
    assert first.sha256 == first.path.name


def test_papers_are_laid_out_inside_their_folder(workplace: Workplace, tmp_path: Path) -> None:
    names = ["../../外面.docx", "/etc/passwd", "C:\\Windows\\甲.docx", "..", "同名.docx", "同名.docx", "a" * 300]
    laid_out([store(workplace, name, io.BytesIO(name.encode())) for name in names], tmp_path / "材料")
    laid = {path.relative_to(tmp_path / "材料").as_posix() for path in tmp_path.rglob("材料/**/*") if path.is_file()}
    assert laid >= {"外面.docx", "etc/passwd", "未命名", "同名.docx", "同名（2）.docx"}
    assert len(laid) == len(names)
    assert not [path for path in tmp_path.rglob("外面*") if not path.is_relative_to(tmp_path / "材料")]
