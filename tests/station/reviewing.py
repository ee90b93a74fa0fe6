"""Submissions under review whose readings are there already, as if they had been read a moment ago."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from httpx2 import Client

from greenforms import load_form
from greenforms.datafile import load
from greenforms.record import parse_json
from greenforms.report import extraction_json
from greenforms.station.review.submissions import begin, keep_reading
from greenforms.station.review.tables import prepare
from greenforms.station.work.intake import store
from greenforms.station.workplace import Workplace

HERE = Path(__file__).parent
SCAN = HERE.parent / "scans/sample/forms/nm-2024.cultivation-plan.worn.tif"
ID = "0123456789abcdef"
_VERSION = "the version of these tests"
EMAIL, ADDRESS = "/enterprise/email", "/enterprise/address"


def scan_reading() -> dict[str, Any]:
    """What is read of the scan; `tests/scans` tries the reading itself."""
    shape: dict[str, Any] = parse_json((HERE / f"readings/{SCAN.name}.json").read_text("utf-8"))
    return shape


def truth() -> Any:
    """What is printed on the scan."""
    return load(f"{SCAN}.json").data["data"]


def hand_in(workplace: Workplace, files: Mapping[str, tuple[bytes, dict[str, Any]]], id_: str = ID) -> str:
    """Files with what is read of each; gives the submission's id."""
    prepare(workplace)
    rows = []
    for name, (content, _) in files.items():
        kept = store(workplace, name, io.BytesIO(content))
        rows.append((name, kept.sha256, kept.path))
    begin(workplace, id_, "甲市第一批", rows)
    for (_, digest, _), (_, shape) in zip(rows, files.values(), strict=True):
        keep_reading(workplace, digest, _VERSION, {**shape, "sha256": digest})
    return id_


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One paper under review, by the interface for programs."""

    client: Client
    number: int = 1
    id: str = ID

    @property
    def address(self) -> str:
        return f"/api/v1/reviews/{self.id}/papers/{self.number}"

    @property
    def page(self) -> str:
        return self.client.get(f"/review/{self.id}/papers/{self.number}").text

    @property
    def etag(self) -> str:
        return str(self.client.get(f"{self.address}/changes").headers["etag"])

    def told(self) -> Any:
        return self.client.get(self.address).json()

    def field(self, pointer: str) -> Any:
        return next(each for each in self.told()["fields"] if each["pointer"] == pointer)

    def ask(self, act: str, pointer: str = "", text: str = "", *, etag: str | None = None, reason: str = "") -> Any:
        """A change; `etag` is that of now unless another one is given, "" sends none."""
        tag = self.etag if etag is None else etag
        body = {"act": act, "pointer": pointer, "text": text, "reason": reason}
        return self.client.post(f"{self.address}/changes", json=body, headers={"if-match": tag} if tag else {})


def contradicting() -> dict[str, tuple[bytes, dict[str, Any]]]:
    """A list that says of the unit on the scan that it applies as something else."""
    form = load_form("nm-2024/cultivation-roster")
    row = {
        "year": 2026,
        "type": "绿色工厂",
        "region": "锡林郭勒盟",
        "name": truth()["enterprise"]["name"],
        "level": "自治区级",
    }
    with TemporaryDirectory() as folder:
        file = Path(folder, "名单.docx")
        file.write_bytes(form.render({"rows": [row]}))
        return {file.name: (file.read_bytes(), extraction_json(form.extract(file)))}
