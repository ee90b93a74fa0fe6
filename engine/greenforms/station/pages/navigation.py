"""The rooms of the station, in the order of the navigation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """One part of the station: its address, what it is called, and what it is for."""

    address: str
    title: str
    told: str


ROOMS: tuple[Room, ...] = (Room("/forms", "表单", "查看全部官方表单，下载空表和填报表。"),)
