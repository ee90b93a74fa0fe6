"""Reading boxes and ticks: which of the printed options bear a mark.

A form prints a box at each option and a person fills the box (■ ☑), replaces it (√) or ticks beside it (□省级√). Boxes
stand all before or all behind their options, so when marks and options alternate, the side of the first one settles
whose each is. A tick besides a box belongs to the option it touches; where that does not settle it, it is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from greenforms_extractors.folding import fold_prose, without_space

#: Empty boxes; the last four are □ of the Wingdings fonts, which Word stores in the private area.
EMPTY = "□☐○◯◻▢〇❑❏\uf06f\uf0a8\uf0a3\uf071"
#: Filled or ticked boxes.
FILLED = "■☑☒●◉⊠⊙◼▣✅\uf06e\uf0fe\uf0fd\uf052"
#: Ticks without a box.
TICKS = "√✓✔\uf0fc\uf050"
MARKS = EMPTY + FILLED + TICKS

#: What recognition makes of an empty box.
_BOX_LIKE = "口囗"
_BRACKETED = re.compile(rf"[(（\[【]\s*([{re.escape(MARKS)}]?)\s*[)）\]】]")
_IGNORED = re.compile(r"[\s_、,，;；/.。]+")


@dataclass(frozen=True, slots=True)
class TickedText:
    """The options met in order, those ticked, and text that is neither option nor mark."""

    options: tuple[str, ...]
    chosen: tuple[str, ...]
    marked: bool
    doubtful: bool
    left_over: str


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str  # "empty", "filled", "tick", "option", "other"
    word: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_ticks(text: str, options: tuple[str, ...]) -> TickedText:
    """Find options and marks in a text and say which options are ticked; a long list repeats few texts."""
    pieces = _pieces(_BRACKETED.sub(_boxed, text), options)
    met = [piece for piece in pieces if piece.kind == "option"]
    marks = [piece for piece in pieces if piece.kind in ("empty", "filled", "tick")]
    chosen, doubtful = _assign([piece for piece in pieces if piece.kind != "other"])
    return TickedText(
        options=tuple(piece.word for piece in met),
        chosen=chosen,
        marked=bool(marks),
        doubtful=doubtful,
        left_over=" ".join(piece.word for piece in pieces if piece.kind == "other"),
    )


def _boxed(bracket: re.Match[str]) -> str:
    """Write (√) as a ticked box and ( ) as an empty one."""
    return "□" if bracket[1] in ("", *EMPTY) else "☑"


def _pieces(text: str, options: Sequence[str]) -> list[_Piece]:
    text = fold_prose(text)
    spelled = {without_space(fold_prose(option)): option for option in options}
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(spelled, key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<option>{words})|(?P<empty>[{re.escape(EMPTY)}]|[{_BOX_LIKE}](?=\s*(?:{words})))"
        rf"|(?P<filled>[{re.escape(FILLED)}])|(?P<tick>[{re.escape(TICKS)}])"
    )
    pieces, end = [], 0
    for found in pattern.finditer(text):
        pieces += _others(text, end, found.start())
        kind = str(found.lastgroup)
        word = spelled[without_space(found[0])] if kind == "option" else found[0]
        pieces.append(_Piece(kind, word, found.start(), found.end()))
        end = found.end()
    return pieces + _others(text, end, len(text))


def _others(text: str, start: int, end: int) -> list[_Piece]:
    word = _IGNORED.sub("", text[start:end])
    return [_Piece("other", word, start, end)] if word else []


def _assign(pieces: list[_Piece]) -> tuple[tuple[str, ...], bool]:
    """The ticked options, and whether a mark stands where it could belong to either neighbour."""
    paired = _alternating(pieces)
    if paired is not None:
        return tuple(option.word for mark, option in paired if mark.kind != "empty"), False
    boxed = _alternating([piece for piece in pieces if piece.kind != "tick"])
    if boxed is None:
        loose = [piece for piece in pieces if piece.kind != "empty"]
        return _touched(loose, [([piece], piece) for piece in loose if piece.kind == "option"])
    filled = tuple(option.word for mark, option in boxed if mark.kind == "filled")
    ticked, doubtful = _touched(pieces, [([mark, option], option) for mark, option in boxed])
    return (*filled, *ticked), doubtful


def _alternating(pieces: list[_Piece]) -> list[tuple[_Piece, _Piece]] | None:
    """Marks with their options when they strictly alternate and are as many, else None."""
    are_options = [piece.kind == "option" for piece in pieces]
    if not pieces or len(pieces) % 2 or any(one == other for one, other in pairwise(are_options)):
        return None
    couples = zip(pieces[::2], pieces[1::2], strict=True)
    return [(second, first) if are_options[0] else (first, second) for first, second in couples]


def _touched(pieces: list[_Piece], groups: list[tuple[list[_Piece], _Piece]]) -> tuple[tuple[str, ...], bool]:
    """Give each mark that is in no group to the option whose group it touches."""
    grouped = {id(member): option for members, option in groups for member in members}
    chosen, doubtful = [], False
    for index, piece in enumerate(pieces):
        if id(piece) in grouped:
            continue
        before, after = pieces[index - 1] if index else None, pieces[index + 1] if index + 1 < len(pieces) else None
        owners = _owners(piece, before, after, grouped)
        doubtful = doubtful or len(owners) != 1
        chosen += [option.word for option in owners]
    return tuple(chosen), doubtful


def _owners(mark: _Piece, before: _Piece | None, after: _Piece | None, grouped: dict[int, _Piece]) -> list[_Piece]:
    left = grouped.get(id(before)) if before else None
    right = grouped.get(id(after)) if after else None
    touching = [
        *([left] if left and before and before.end == mark.start else []),
        *([right] if right and after and after.start == mark.end else []),
    ]
    at_an_end = [option for option in (left, right) if option] if before is None or after is None else []
    return list(dict.fromkeys(touching or at_an_end))
