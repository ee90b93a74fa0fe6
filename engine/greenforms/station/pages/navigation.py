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
    Room("/filing", "申报", "看能不能报，照官方表格填写，检查、打印、成套下载。"),
    Room("/review", "审核", "收进各单位的材料，对照原件核对读到的内容，出补正通知和汇总表。"),
    Room("/evaluating", "评价", "看每个数怎样算出来，假设改一个数会怎样，起草评价报告，比较两稿。"),
    Room("/forms", "表单", "查看全部官方表单，下载空表和填报表。"),
)
