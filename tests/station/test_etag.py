"""Two windows change one thing: the second is told, and nothing of the first is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Response
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select, update
from starlette.testclient import TestClient

from greenforms.station.etag import Seen, refuse_stale, tag_of
from greenforms.station.refused import refusals, told_problems
from greenforms.station.workplace import Workplace

NOTE = "/api/v1/note"
_TABLES = MetaData()
_NOTES = Table("note", _TABLES, Column("version", Integer), Column("text", String))


@pytest.fixture
def note(workplace: Workplace) -> Iterator[TestClient]:
    """One text that can be read and changed."""
    app, records = FastAPI(), workplace.records
    told_problems(app)

    def begun(connection: Connection) -> None:
        _TABLES.create_all(connection)
        connection.execute(insert(_NOTES).values(version=1, text="原文"))

    def kept(connection: Connection) -> Any:
        return connection.execute(select(_NOTES)).one()

    @app.get(NOTE)
    def read(response: Response) -> str:
        version, text = records.transact(kept)
        response.headers["etag"] = tag_of("note", version)
        return str(text)

    @app.put(NOTE, responses=refusals(412, 428), status_code=204)
    def change(text: str, seen: Seen = None) -> None:
        def work(connection: Connection) -> None:
            version, _ = kept(connection)
            refuse_stale(seen, tag_of("note", version))
            connection.execute(update(_NOTES).values(version=version + 1, text=text))

        records.transact(work)

    records.transact(begun)
    with TestClient(app) as client:
        yield client


def _put(note: TestClient, text: str, seen: str | None) -> Any:
    return note.put(NOTE, params={"text": text}, headers={"if-match": seen} if seen else {})


def test_the_second_of_two_windows_is_told(note: TestClient) -> None:
    first = second = note.get(NOTE).headers["etag"]
    assert _put(note, "甲改的", first).status_code == 204
    told = _put(note, "乙改的", second)
    assert (told.status_code, told.headers["content-type"]) == (412, "application/problem+json")
    assert "别处已经改过" in told.json()["title"]
    assert note.get(NOTE).json() == "甲改的"
    assert _put(note, "乙改的", note.get(NOTE).headers["etag"]).status_code == 204


def test_who_does_not_say_what_he_saw_changes_nothing(note: TestClient) -> None:
    assert _put(note, "改", None).status_code == 428
    assert note.get(NOTE).json() == "原文"


@pytest.mark.parametrize(
    ("seen", "status"),
    [('"other", {}', 204), ("*", 204), ("W/{}", 412), ("", 412), ('"other"', 412), ("*, *", 412)],
)
def test_tags_are_compared_as_http_has_it(note: TestClient, seen: str, status: int) -> None:
    tag = note.get(NOTE).headers["etag"]
    told = note.put(NOTE, params={"text": "改"}, headers={"if-match": seen.format(tag)})
    assert told.status_code == status


def test_equal_versions_alone_have_equal_tags() -> None:
    assert tag_of("note", 1) == tag_of("note", 1)
    assert len({tag_of("note", 1), tag_of("note", 2), tag_of("no", "te1"), tag_of("note1")}) == 4
