"""The door of batches: lists the files, has them done, and writes the tables of all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from greenforms import datafile
from greenforms.batch.database import Database
from greenforms.batch.identity import Identity, batch_in, renew, taken_up
from greenforms.batch.job import Job
from greenforms.batch.keeping import Keeping, Watch
from greenforms.batch.ledger import Outcome, SqlLedger
from greenforms.batch.listing import files_of
from greenforms.batch.local import Orders
from greenforms.batch.places import LEDGER, is_kept
from greenforms.batch.tables import write_tables
from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.scheduling.executor import Executor
from greenforms.scheduling.scheduler import run

#: Makes an executor for the orders of a batch.
Hire = Callable[[Orders], Executor]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a batch reads and writes, and how it goes on.

    `ledger` is a file or a URL; without it the ledger lies beside the results. `retry`: what has failed is tried again.
    """

    folder: Path
    output: Path
    ledger: str | None = None
    resume: bool = False
    retry: bool = False
    parquet: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a batch: the outcomes by file, and how many bugs of ours there were."""

    outcomes: tuple[Outcome, ...]
    faults: int

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The files that a person must look at."""
        return tuple(each for each in self.outcomes if each.state == "failed")


def run_batch(library: Library, job: Job, plan: Plan, hire: Hire, watch: Watch, tell: Callable[[str], None]) -> Summary:
    """Do all that is not done, and write the tables. `watch` is told how things stand, at first and now and then.

    However it ends, what is done stays done. Raises InputError for a folder without files, UsageError for what concerns
    the whole batch: the results folder, the ledger, other forms or another program on another computer.
    """
    database = Database(plan.ledger or str(plan.output / LEDGER))
    datafile.make_folder(plan.output)
    datafile.sweep(plan.output)
    identity = taken_up(plan.output, job.by(library), resume=plan.resume)
    with closing(SqlLedger(database, identity.batch)) as ledger:
        _refuse_mixture(identity, ledger)
        if identity.renewed:
            tell("程序或表单包与上次的不同，以前的结果不作数，全部重做。")
            renew(plan.output, identity)
        files = files_of(identity.job, plan.folder, plan.output, lambda name: is_kept(plan.output, name))
        ledger.enter(files, retry=plan.retry)
        watch(ledger.tally())
        keeping = Keeping(plan.output, ledger, watch)
        run(ledger, hire(Orders(identity.job, plan.folder.absolute())), keeping)
        outcomes = tuple(ledger.outcomes())
        write_tables(library, plan.output, outcomes, parquet=plan.parquet)
    return Summary(outcomes, keeping.faults)


def outcomes_in(output: Path) -> tuple[Outcome, ...]:
    """What became of each file of a batch of this computer so far; nothing where it has not begun."""
    batch = batch_in(output) if (output / LEDGER).exists() else None
    if batch is None:
        return ()
    with closing(SqlLedger(Database(str(output / LEDGER)), batch)) as ledger:
        return tuple(ledger.outcomes())


def _refuse_mixture(identity: Identity, ledger: SqlLedger) -> None:
    """Two programs must not work on one batch at a time; a new one takes it over when the old one is gone."""
    if identity.renewed and ledger.tally().leased:
        raise UsageError(
            "另一台计算机正用不同版本的程序或表单包做这一批。请先装成同一版本；或等它停下一分钟后，再加 --resume。"
        )
