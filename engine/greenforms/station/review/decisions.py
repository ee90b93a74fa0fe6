"""What became of a submission: accepted, returned, or opened again; who, when, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select

from greenforms.station.etag import refuse_stale, tag_of
from greenforms.station.review.tables import DECISIONS, local, now
from greenforms.station.workplace import Workplace

Verdict = Literal["accepted", "returned", "reopened"]
WORDS = {"accepted": "已接收", "returned": "已退回补正", "reopened": "重新打开"}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; the last one counts."""

    submission: str
    verdict: Verdict
    reason: str
    who: str
    at: str
    id: int = 0

    @property
    def when(self) -> str:
        """When, as people here write it."""
        return local(self.at)

    @property
    def words(self) -> str:
        """It in words."""
        return WORDS[self.verdict]


def decisions_of(workplace: Workplace, submission: str) -> tuple[Decision, ...]:
    """All decisions on a submission, the oldest first."""
    asked = select(DECISIONS).where(DECISIONS.c.submission == submission).order_by(DECISIONS.c.id)
    found = workplace.records.transact(lambda connection: connection.execute(asked).mappings().all())
    return tuple(Decision(**row) for row in found)


def latest_decisions(workplace: Workplace) -> dict[str, Decision]:
    """What counts for each submission that was decided on."""
    asked = select(DECISIONS).order_by(DECISIONS.c.id)
    found = workplace.records.transact(lambda connection: connection.execute(asked).mappings().all())
    return {row["submission"]: Decision(**row) for row in found}


def etag_of(decisions: tuple[Decision, ...]) -> str:
    """The state of the decisions, as a tag."""
    return tag_of("decision", decisions[-1].id if decisions else 0)


def decide(workplace: Workplace, submission: str, verdict: Verdict, reason: str, seen: str) -> None:
    """Write a decision down; `seen` is the tag of the decisions that whoever decides has seen.

    Raises Refused where another decision was made meanwhile.
    """
    asked = select(DECISIONS.c.id).where(DECISIONS.c.submission == submission).order_by(DECISIONS.c.id.desc())
    values = {"submission": submission, "verdict": verdict, "reason": reason.strip(), "who": workplace.who, "at": now()}

    def work(connection: Connection) -> None:
        refuse_stale(seen, tag_of("decision", connection.execute(asked).scalars().first() or 0))
        connection.execute(insert(DECISIONS).values(values))

    workplace.records.transact(work)
