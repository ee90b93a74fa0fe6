"""What a PDF would cost to read, seen before any of it is: how far it unpacks and how often it draws what it holds.

A form XObject is drawn each time it is named, and may name others (ISO 32000-1, 8.10): ten of them are a billion
strokes. So a page is weighed by its content with every form in it counted each time it is drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.pdf.fonts import runs_away
from greenforms_extractors.pdf.pictures import refuse_huge
from greenforms_extractors.pdf.streams import content_of, resolved, unpacked_size

if TYPE_CHECKING:
    from pypdf import PdfReader

#: Unpacked size of all compressed streams but pictures together, as for an Office package, and of any picture.
MAX_UNPACKED = 300 * 1024 * 1024
#: What the pictures of a page may come to on average: A4 in colour at 350 dots per inch.
_PICTURES_OF_A_PAGE = 35 * 1024 * 1024
#: Content of a page with all that it draws, in bytes: a million strokes, which take a quarter of a minute.
MAX_DRAWN = 12 * 1024 * 1024
_MOST_READ = MAX_DRAWN + 1
#: Annotations and form fields of a page; the longest list of entry fields has some thousands.
MAX_ANNOTATIONS = 20_000
#: Tiles that fill a sheet of A4: one for each of its dots at 300 to the inch would be 8.7 million.
_MOST_TILES, _A4 = 10_000_000, 595 * 842
#: pdfium draws no form that lies deeper.
_DEEPEST = 40
#: Bytes of an object that is no stream, as it is written: a table of paragraphs of two thousand pages is half of it.
_LONGEST_OBJECT, _LONGEST_HEAD = 2 * 1024 * 1024, 65_536
_DRAWN = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")
_REFERENCE = re.compile(rb"\bobj\s+\d+\s+\d+\s+R\s+endobj")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(slots=True)
class Burden:
    """How many bytes each page draws, by object number, and whether something leads a parser on without end.

    That is a font's table, or an object that is no more than a reference, perhaps to itself.
    """

    pages: dict[int, int] = field(default_factory=dict)
    endless: bool = False


@dataclass(slots=True)
class _Piece:
    """A content stream: its length, and how often it draws which others, by object number."""

    size: int
    draws: Counter[int]


def weighed(path: Path, content: bytes, reader: PdfReader, pages: int) -> Burden:
    """Unpack every stream, keeping nothing. Raises UnreadableFile for what no paper of so many pages is."""
    _refuse_long(path, content, reader)
    scales = _Scales(path, pages, endless=_REFERENCE.search(content) is not None)
    for number, found in _objects(reader):
        scales.put(number, found)
    return scales.burden()


def _refuse_long(path: Path, content: bytes, reader: PdfReader) -> None:
    """Refuse a file with an object that takes minutes to parse; in the copy only streams are packed."""
    places = sorted({place for numbers in reader.xref.values() for place in numbers.values()} | {len(content)})
    for start, end in pairwise(places):
        if end - start > _LONGEST_OBJECT and b"stream" not in content[start : start + _LONGEST_HEAD]:
            raise _too_complex(path, f"内部有一张长达 {(end - start) >> 20} MB 的清单")


class _Scales:
    """Weighs the objects of a file one after the other."""

    def __init__(self, path: Path, pages: int, *, endless: bool) -> None:
        self._path = path
        self._unpacked = {True: 0, False: 0}
        self._limits = {True: MAX_UNPACKED + pages * _PICTURES_OF_A_PAGE, False: MAX_UNPACKED}
        self._forms: dict[int, _Piece] = {}
        self._burden = Burden(endless=endless)

    def put(self, number: int, found: Any) -> None:
        """Weigh an object."""
        from pypdf.generic import DictionaryObject, StreamObject

        if isinstance(found, StreamObject):
            self._put_stream(number, found)
        elif isinstance(found, DictionaryObject) and ("/Contents" in found or "/Annots" in found):
            self._put_page(number, found)
        self._burden.endless = self._burden.endless or runs_away(found)

    def _put_stream(self, number: int, found: Any) -> None:
        pictured = found.get("/Subtype") == "/Image"
        if pictured:
            refuse_huge(self._path, found)
        size = unpacked_size(found, MAX_UNPACKED)
        self._unpacked[pictured] += size
        if size >= MAX_UNPACKED or self._unpacked[pictured] >= self._limits[pictured]:
            raise _bomb(self._path, self._limits[pictured] if size < MAX_UNPACKED else MAX_UNPACKED)
        if found.get("/PatternType") == 1:
            self._refuse_tiles(found)
        if found.get("/Subtype") == "/Form" or found.get("/PatternType") == 1:
            self._forms[number] = _piece(found, [content_of(found, _MOST_READ)])

    def _put_page(self, number: int, page: Any) -> None:
        annotations = resolved(page.get("/Annots"))
        notes = annotations if isinstance(annotations, list) else []
        if len(notes) > MAX_ANNOTATIONS:
            raise _too_complex(self._path, f"有一页带有 {len(notes)} 个批注或填写域，超过 {MAX_ANNOTATIONS} 个的上限")
        contents = resolved(page.get("/Contents"))
        parts = contents if isinstance(contents, list) else [contents]
        piece = _piece(page, [content_of(resolved(part), _MOST_READ) for part in parts])
        piece.draws.update(_looks(notes))
        self._forms[-number] = piece

    def _refuse_tiles(self, pattern: Any) -> None:
        across, down = _number(pattern, "/XStep"), _number(pattern, "/YStep")
        grown = [_real(each) for each in islice(resolved(pattern.get("/Matrix")) or (), 4)]
        area = abs(grown[0] * grown[3] - grown[1] * grown[2]) if len(grown) == 4 else 1.0
        if abs(across * down) * area * _MOST_TILES < _A4:
            raise _too_complex(self._path, "有一种填充图案由上千万个小格拼成")

    def burden(self) -> Burden:
        """What was weighed together."""
        weights = _drawn_in_full(self._forms)
        heaviest = max(weights.values(), default=0)
        if heaviest > MAX_DRAWN:
            raise _too_complex(self._path, f"有一页层层套用图形，展开后的绘图指令超过 {MAX_DRAWN >> 20} MB")
        self._burden.pages = {-number: weight for number, weight in weights.items() if number < 0}
        return self._burden


def _piece(owner: Any, contents: list[bytes]) -> _Piece:
    """A content stream with the forms that its resources name."""
    forms = resolved((resolved(owner.get("/Resources")) or {}).get("/XObject"))
    named = {name[1:].encode("utf-8", "replace"): _reference(forms, name) for name in forms or {}}
    draws: Counter[int] = Counter()
    for content in contents:
        for name in _DRAWN.findall(content):
            plain = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name)
            draws[named.get(plain, 0)] += 1
    return _Piece(sum(map(len, contents)), draws)


def _looks(notes: list[Any]) -> Iterator[int]:
    """The object numbers of the forms that annotations are drawn with."""
    for note in map(resolved, notes):
        look = resolved(note.get("/AP")) if isinstance(note, dict) else None
        if isinstance(look, dict) and "/N" in look:
            yield _reference(look, "/N")


def _drawn_in_full(forms: Mapping[int, _Piece]) -> dict[int, int]:
    """The bytes that each content stream draws, with the forms in it as deep as they are drawn."""
    weights = {number: piece.size for number, piece in forms.items()}
    for _ in range(_DEEPEST):
        deeper = {
            number: piece.size + sum(count * weights.get(form, 0) for form, count in piece.draws.items())
            for number, piece in forms.items()
        }
        if deeper == weights:
            break
        weights = deeper
    return weights


def _objects(reader: PdfReader) -> Iterator[tuple[int, Any]]:
    """Every object of the file that can be read; one that cannot is left to the page that needs it.

    Streams are forgotten at once, or the whole file would come to lie in memory.
    """
    from pypdf.generic import IndirectObject, StreamObject

    for generation, numbers in list(reader.xref.items()):
        for number in sorted(numbers):
            try:
                found = reader.get_object(IndirectObject(number, generation, reader))
            except Exception:  # noqa: S112 - the library has no one kind of error for what it cannot parse
                continue
            yield number, found
            if isinstance(found, StreamObject):
                reader.resolved_objects.pop((generation, number), None)


def _reference(owner: Any, key: str) -> int:
    """The number of the object that a dictionary names, 0 where it holds none."""
    return int(getattr(owner.raw_get(key), "idnum", 0))


def _number(found: Any, key: str) -> float:
    return _real(resolved(found.get(key, 1)))


def _real(found: Any) -> float:
    try:
        return float(found)
    except (TypeError, ValueError):
        return 1.0


def _bomb(path: Path, limit: int) -> UnreadableFile:
    return UnreadableFile(
        "pdf-bomb",
        path,
        what=f"解压后超过 {limit >> 20} MB",
        why="异常的压缩内容会耗尽内存，正常的申报文件不会如此",
        remedy="请确认文件来源，用原软件重新导出 PDF 后再提交",
    )


def _too_complex(path: Path, what: str) -> UnreadableFile:
    return UnreadableFile(
        "too-complex",
        path,
        what=what,
        why="画出这样的页面会占用过多时间和内存，正常的申报文件不会如此",
        remedy="请确认文件来源；确需提交的，请打印后扫描，或导出为图片后再试",
    )
