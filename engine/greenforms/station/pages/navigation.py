"""The rooms of the station, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """One part of the station: its address, what it is called, and what it is for."""

    address: str
    title: str
    told: str


ROOMS: tuple[Room, ...] = (
    Room("/evaluating", "评价", "看每个数怎样算出来，假设改一个数会怎样，起草评价报告，比较两稿。"),
    Room("/forms", "表单", "查看全部官方表单，下载空表和填报表。"),
)
