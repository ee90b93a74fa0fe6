"""Papers of a filing as files and as pages: the real render, made when somebody asks for it."""

from __future__ import annotations

import io
from pathlib import Path

from greenforms import datafile
from greenforms.render.paper import render
from greenforms.show.page import upright
from greenforms.show.source import page_count, page_picture
from greenforms.station.filing.desk import Desk
from greenforms.station.filing.enclosures import Enclosures
from greenforms.station.refused import Refused
from greenforms.submission.draft_mark import marked_as_draft

#: The room of pages that were printed, each version once.
_ROOM = "预览"


def paper_file(desk: Desk, key: str, kind: str, *, draft: bool) -> bytes:
    """A paper as a docx, xlsx or PDF; a draft says so on every page.

    Raises Refused (409) for an empty paper, OfficeError for a PDF without LibreOffice.
    """
    form = desk.paper(key)[1]
    data = desk.content(key).data
    if not data:
        raise Refused(409, "这份材料还是空的", "请先填写，再下载或预览。要空白的官方表格，请到“表单”下载。")
    pictures = Enclosures(desk.filings.workplace).pictures(desk.filing.id)
    if draft and kind == "pdf":
        from greenforms.render.office import to_pdf

        return to_pdf(marked_as_draft(render(form, data, "docx", pictures), ".docx"), ".docx")
    content = render(form, data, kind, pictures)
    return marked_as_draft(content, f"paper.{kind}") if draft else content


def pages_of(desk: Desk, key: str) -> int:
    """How many pages a paper has."""
    return page_count(_printed(desk, key), is_pdf=True)


def page_of(desk: Desk, key: str, number: int) -> bytes:
    """One page as a PNG, from 1. Raises Refused (404) when there is none."""
    path = _printed(desk, key)
    if not 1 <= number <= page_count(path, is_pdf=True):
        raise Refused(404, "没有这一页", "请刷新预览。")
    target = io.BytesIO()
    upright(page_picture(path, number, is_pdf=True), 0).save(target, "PNG")
    return target.getvalue()


def _printed(desk: Desk, key: str) -> Path:
    """The PDF of a paper as it stands now."""
    name = f"{desk.filing.id}-{desk.version.number}-{list(desk.asking.papers).index(key)}.pdf"
    path = desk.filings.workplace.room(_ROOM) / name
    if not path.is_file():
        datafile.write(str(path), paper_file(desk, key, "pdf", draft=False), force=True)
    return path
