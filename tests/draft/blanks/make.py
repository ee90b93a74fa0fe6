"""Writes the blanks of this folder, and the truth beside each, from the texts that describe them.

They were typed before anything drafted forms, and nothing is tuned on them.
"""

import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from blanks import type_blank  # noqa: E402 - found beside the tests


def _line(pair: dict[str, str]) -> str:
    """One pair on a line of its own."""
    said = yaml.safe_dump(pair, allow_unicode=True, default_flow_style=True, sort_keys=False, width=1000)
    return f"- {said}"


if __name__ == "__main__":
    for source in sorted(HERE.glob("*/typed.txt")):
        _, pairs = type_blank(source, source.parent)
        truth = [
            {"place": pair.place, "label": pair.label, **({"row": pair.row} if pair.row else {})} for pair in pairs
        ]
        lines = "".join(map(_line, truth))
        (source.parent / "truth.yaml").write_text(lines, "utf-8")
