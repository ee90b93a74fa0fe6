"""The steps of reading a picture, each on a page drawn for it."""

from __future__ import annotations

import socket
from pathlib import Path

import cv2
import numpy as np
import pytest
from scan_pages import HEIGHT, WIDTH, blank, ruled, typed

from greenforms_extractors.blank import is_blank
from greenforms_extractors.model import Table
from greenforms_extractors.reading import read
from greenforms_extractors.scan import ink
from greenforms_extractors.scan.checkboxes import stroke, with_dashes, with_marks
from greenforms_extractors.scan.components import blobs
from greenforms_extractors.scan.deskew import straightened
from greenforms_extractors.scan.dotted_rulings import faint_rules
from greenforms_extractors.scan.figures import figures
from greenforms_extractors.scan.fold_lines import creases
from greenforms_extractors.scan.grid import tables
from greenforms_extractors.scan.line_crops import Piece, pieces
from greenforms_extractors.scan.marginalia import asides
from greenforms_extractors.scan.ocr import Char, Recognised, recognise, text_boxes, upright_odds
from greenforms_extractors.scan.orientation import upright
from greenforms_extractors.scan.page import ScannedPage
from greenforms_extractors.scan.post_correction import plausible
from greenforms_extractors.scan.raster import PageImage, Pixels, frames
from greenforms_extractors.scan.reversed_print import righted
from greenforms_extractors.scan.rulings import erased, long_lines, rules
from greenforms_extractors.scan.seal_stains import without_stains
from greenforms_extractors.scan.worn_rulings import are_worn, mended
from greenforms_extractors.text_lines import Line, without_page_numbers
from scans.write_sample import SAMPLE

GRID = ([300, 700, 1100, 1400], [400, 480, 560, 640])
TEXT = "单位产品综合能耗由 5.46 吨标准煤降至 3.00 吨"


def coloured(grey: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def said(picture: Pixels) -> str:
    (line,) = recognise([picture])
    return line.text.replace(" ", "")


def line_of(text: str, sure: float = 0.99) -> Recognised:
    """Characters spread evenly over a line."""
    return Recognised(tuple(Char(sign, sure, (place + 0.5) / len(text), "", 0.0) for place, sign in enumerate(text)))


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_kinds_of_pictures(mode: str, tmp_path: Path) -> None:
    """this test ensures that pictures of every depth and colour model become black on white, transparent being white"""
    from PIL import Image

    page = Image.fromarray(typed(TEXT, page=blank(200, 1200)))
    deep = np.asarray(page, np.uint16) * 257
    made = Image.fromarray(deep) if mode == "I;16" else page.convert(mode)
    path = tmp_path / "页.tif"
    made.save(path, dpi=(200, 200))
    (frame,) = frames(path)
    assert frame.pixels.shape == (200, 1200, 3)
    assert (frame.pixels.min() < 40, frame.pixels.max() > 230) == (True, True)
    assert frame.points == pytest.approx(72 / 200)


def test_a_page_is_kept_small(tmp_path: Path) -> None:
    """this test ensures that a page scanned much finer than needed is made smaller, with its measures kept"""
    from PIL import Image

    path = tmp_path / "页.png"
    Image.new("L", (4960, 7016), 255).save(path, dpi=(600, 600))
    (frame,) = frames(path)
    assert max(frame.pixels.shape) < 4000
    assert frame.pixels.shape[0] * frame.points == pytest.approx(7016 * 72 / 600, rel=0.01)


def test_the_network_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """this test ensures that recognition needs no network: with every connection refused a scan is read all the same"""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("connection tried")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert read(SAMPLE / "roster-clean.png").scanned == (1,)


# -- turning and straightening -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_upright(turn: int) -> None:
    """this test ensures that a page is turned back by the quarters it was turned by"""
    page = blank(1200, 900)
    for row in range(8):
        page = typed(TEXT[:18], 36, page, (60, 80 + 110 * row))
    lying = np.ascontiguousarray(np.rot90(page, -turn // 90))
    found = upright(coloured(lying))
    assert (found.turned, found.pixels.shape[:2]) == ((360 - turn) % 360, page.shape)


@pytest.mark.parametrize("text", ["工业和信息化部", "2024年11月", "单位产品综合能耗"])
def test_which_way_up_a_line_is(text: str) -> None:
    """this test ensures that a glance tells a line that stands upright from one upside down"""
    line = typed(text, 36, blank(60, 40 * len(text)), (10, 10))
    assert upright_odds(line) > 0.9
    assert upright_odds(np.ascontiguousarray(line[::-1, ::-1])) < 0.1


def test_bare_margins() -> None:
    """this test ensures that text is found where it stands on a page that is bare elsewhere, and none on a bare page"""
    page = typed(TEXT[:18], 36, blank(1200, 900), (60, 800))
    ((left, top, right, bottom),) = text_boxes(page)
    assert (left, top, bottom) == pytest.approx((60, 800, 845), abs=12)
    assert right > 560
    assert text_boxes(blank(1200, 900)) == []
    assert text_boxes(np.ascontiguousarray(255 - page)) != []


@pytest.mark.parametrize("degrees", [-2.0, -0.4, 0.7, 1.8])
@pytest.mark.parametrize("rows", [2, 9])
def test_straightened(degrees: float, rows: int) -> None:
    """this test ensures that skewed lines are level again, on a page of few lines, too, and boxes lead back"""
    page = blank()
    for row in range(rows):
        page = typed(TEXT, 44, page, (240, 300 + 90 * row))
    skew = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    skewed = coloured(np.asarray(cv2.warpAffine(page, skew, (WIDTH, HEIGHT), borderValue=(255,)), np.uint8))
    stood = upright(skewed)
    straight = straightened(stood.pixels, stood.text)
    grey = straight.pixels[..., 0]
    assert inked_rows(grey) == pytest.approx(inked_rows(page), abs=6 * rows)
    box = text_boxes(grey)[0]
    left, top, right, bottom = (round(edge) for edge in straight.back(box))
    assert (skewed[top:bottom, left:right] < 128).any()


def test_a_sheet_whose_sides_lean_apart() -> None:
    """this test ensures that lines of one length on paper are of one length again, however far its sides lean apart"""
    page = blank()
    for row in range(20):
        page = typed("能耗" * 14, 44, page, (120, 300 + 90 * row))
    size = (WIDTH + 300, HEIGHT + 300)
    corners = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    seen = np.array([(60, 150), (size[0] - 60, 150), (size[0] - 190, 2450), (230, 2450)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    photo = coloured(np.asarray(cv2.warpPerspective(page, matrix, size, borderValue=(70,)), np.uint8))
    stood = upright(photo)
    grey = straightened(stood.pixels, stood.text).pixels[..., 0]
    lines = [box for box in text_boxes(grey) if box[2] - box[0] > 400]
    widths = [right - left for left, _, right, _ in lines]
    assert len(lines) == 20
    assert max(widths) - min(widths) < 0.02 * max(widths)


def inked_rows(grey: Pixels) -> int:
    return int((grey < 128).any(axis=1).sum())


# -- ink ---------------------------------------------------------------------------------------------------------------


def test_red_ink_vanishes() -> None:
    """this test ensures that a red seal is gone and black type under it is still black"""
    page = coloured(typed(TEXT, 60))
    sealed = page.copy()
    cv2.circle(sealed, (300, 40), 120, (40, 40, 225), 12)
    cv2.line(sealed, (0, 60), (page.shape[1], 20), (40, 40, 225), 10)
    sealed[page < 128] = 0
    grey = ink.without_seal(sealed)
    paper = page[..., 0] > 250
    assert grey[paper].min() > 190
    assert said(grey) == said(page)


def test_a_watermark_becomes_paper() -> None:
    """this test ensures that broad pale marks are taken for paper, with the type on them still read"""
    page = typed(TEXT, 44, blank(200, 1400), (60, 70))
    marked = page.copy()
    cv2.line(marked, (100, 200), (900, 0), (185,), 60)
    marked = np.minimum(marked, np.where(page < 250, page, marked)).astype(np.uint8)
    paper = ink.on_white(marked)
    clean = ink.deepened(paper, [(60, 60, 1200, 130)])
    assert (clean[page > 250] > 200).mean() > 0.99
    assert said(clean[60:135, 40:1300]) == said(page[60:135, 40:1300])


def test_shade_calls_for_a_second_look() -> None:
    """this test ensures that much shade outside text is noticed, and the edges of type are none"""
    page = typed(TEXT, 44, blank(400, 1400), (60, 70))
    box = [(50, 60, 1250, 130)]
    assert not ink.was_shaded(page, ink.deepened(page, box), box)
    shaded = page.copy()
    shaded[200:210, 100:660] = 200
    assert ink.was_shaded(shaded, ink.deepened(shaded, box), box)


@pytest.mark.parametrize(("middle", "gone"), [((95, 600), True), ((800, 600), False)])
def test_holes_of_a_punch(middle: tuple[int, int], gone: bool) -> None:
    """this test ensures that a disc in the margin is a hole, and one in the text is left alone"""
    page = blank()
    cv2.circle(page, middle, 24, (30,), -1)
    assert bool(ink.without_holes(page).min() > 200) is gone


@pytest.mark.parametrize(("level", "kept"), [(0, True), (120, True), (190, False)])
def test_stains(level: int, kept: bool) -> None:
    """this test ensures that a character of nothing but pale ink is left out, and a small sign is not"""
    grey = blank(40, 160)
    grey[8:32, 8:32] = 0
    grey[8:32, 48:72] = level
    grey[8:32, 88:112] = 0
    found = without_stains(line_of("有晴公。"), grey, 0)
    assert ("晴" in found.text, "。" in found.text) == (kept, True)


def test_a_seal_scanned_to_grey() -> None:
    """this test ensures that the strokes of a grey seal go, and what stands under it and apart from it stays"""
    page = typed("能耗水平", 40, blank(), (780, 980))
    cv2.putText(page, "pale", (300, 1500), cv2.FONT_HERSHEY_SIMPLEX, 2, (130,), 4)
    sealed = page.copy()
    cv2.circle(sealed, (860, 1000), 165, (140,), 8)
    cv2.putText(sealed, "SEAL", (770, 1090), cv2.FONT_HERSHEY_SIMPLEX, 2, (140,), 6)
    found = ink.without_grey_seal(np.minimum(page, sealed))
    assert (found[800:1200, 660:1060] < 240).sum() < 1.1 * (page[800:1200, 660:1060] < 240).sum()
    assert np.array_equal(found < 90, page < 90)
    assert np.array_equal(found[1400:], page[1400:])
    assert ink.without_grey_seal(page) is page


def test_thin_type_is_no_stain() -> None:
    """this test ensures that a line that is pale as a whole is left as it is"""
    grey = np.full((40, 160), 190, np.uint8)
    assert without_stains(line_of("有限公司"), grey, 0).text == "有限公司"


@pytest.mark.parametrize("ground", [(110, 110, 110), (30, 30, 200), (160, 90, 30)])
def test_white_print_on_a_coloured_heading(ground: tuple[int, int, int]) -> None:
    """this test ensures that white print on grey, red or blue is black on white, and black print on it is left alone"""
    type_ = coloured(typed(TEXT[:9], 36, blank(70, 380), (20, 10)))
    white, black = (coloured(ruled(*GRID)) for _ in range(2))
    white[405:475, 306:686] = np.maximum(255 - type_, np.array(ground, np.uint8))
    black[405:475, 306:686] = np.minimum(type_, np.array(ground, np.uint8))
    assert said(righted(white)[410:470, 312:680, 0]) == said(type_[..., 0])
    assert righted(black) is black


@pytest.mark.parametrize("strength", [1.0, 0.16])
def test_a_picture_full_of_print_is_not_blank(strength: float) -> None:
    """this test ensures that print without margins, black or pale, is seen, and noise alone is nothing to be seen"""
    full = blank(200, 900)
    for row in range(0, 200, 42):
        full = typed(TEXT, 40, full, (0, row))
    noise = np.random.default_rng(1).normal(0, 15, (HEIGHT, WIDTH))
    assert not is_blank(coloured(np.asarray(255 - strength * (255.0 - full), np.uint8)))
    assert is_blank(coloured(np.asarray(np.clip(200 + strength * noise, 0, 255), np.uint8)))


# -- rules, grids, pictures --------------------------------------------------------------------------------------------


def cells(page: Pixels) -> list[tuple[int, int, int, int]]:
    level, upright = rules(page)
    long = max(page.shape)
    (table,) = tables(mended(level, upright, long), mended(upright, level, long), [], long)
    return [(cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells]


def test_grid() -> None:
    """this test ensures that a ruled table has its cells, and one without an inner rule has a merged one"""
    assert cells(ruled(*GRID)) == [(row, column, 1, 1) for row in range(3) for column in range(3)]
    merged = ruled(*GRID)
    merged[405:556, 690:710] = 255
    assert [spans for spans in cells(merged) if spans[2:] != (1, 1)] == [(0, 0, 1, 2), (1, 0, 1, 2)]


def test_dotted_rules() -> None:
    """this test ensures that rules of which a fax machine left every other dot are rules"""
    page = ruled(*GRID)
    dots = (np.add.outer(np.arange(HEIGHT), np.arange(WIDTH)) % 4) < 2
    assert cells(np.where(dots, 255, page).astype(np.uint8)) == cells(page)


def worn(page: Pixels) -> bool:
    level, upright = rules(page)
    return are_worn(page, tables(level, upright, [], max(page.shape)), level, upright, [])


def test_worn_pages() -> None:
    """this test ensures that a page is worn whose rules have gaps or end at nothing, or that is strewn with dots"""
    clean, gaps, loose, strewn = (ruled(*GRID) for _ in range(4))
    gaps[395:406, 500:1000:6] = 255
    loose[475:486, 800:1090] = 255
    dust = np.random.default_rng(1)
    strewn[dust.integers(700, HEIGHT - 1, 300), dust.integers(0, WIDTH - 1, 300)] = 0
    assert [worn(page) for page in (clean, gaps, loose, strewn)] == [False, True, True, True]


def test_a_stroke_near_a_short_rule() -> None:
    """this test ensures that strokes of type above and below a table, in line with a short rule, leave it as it is"""
    page = ruled([300, 1100, 1400], GRID[1])
    cv2.line(page, (700, 400), (700, 480), (0,), 3)
    plain = cells(page)
    page[320:372, 699:702] = page[496:544, 699:702] = 0
    assert (cells(page), worn(page)) == (plain, False)


def lost_rules(page: Pixels, boxes: list[tuple[int, int, int, int]]) -> list[int]:
    level, upright = rules(page)
    (table,) = tables(level, upright, boxes, max(page.shape))
    return sorted(round(rule.place) for rule in faint_rules(page, table, upright, boxes))


def faxed(across: list[int], down: list[int], lost: list[int]) -> Pixels:
    """A grid of which some level rules are hardly left."""
    page = ruled(across, down)
    dust = np.random.default_rng(1)
    for y in lost:
        gone = dust.random(across[-1] - across[0] - 10) > 0.04
        page[y - 2 : y + 3, across[0] + 5 : across[-1] - 5][:, gone] = 255
        for x in across:
            cv2.line(page, (x, y - 5), (x, y + 5), (0,), 3)
    return page


def test_rules_of_which_dots_are_left() -> None:
    """this test ensures that a rule is found of which a twenty-fifth is left, below the table, too"""
    across, down = [200, 500, 800, 1100, 1400], [300, 400, 500, 600, 700, 800]
    assert lost_rules(faxed(across, down, [500, 800]), []) == pytest.approx([500, 800], abs=3)
    assert lost_rules(faxed(across, down, []), []) == []


def test_rules_of_which_nothing_is_left() -> None:
    """this test ensures that a tall row is parted where text stands above and below in all columns, on such a page"""
    across, down = [200, 500, 800, 1100, 1400], [300, 400, 500, 600, 700, 800]
    page = faxed(across, down, [500, 700])
    page[696:704, 205:1395] = 255
    above, below = [[(x + 50, y, x + 250, y + 40) for x in across[:-1]] for y in (630, 730)]
    assert lost_rules(page, [*above, *below]) == pytest.approx([500, 700], abs=16)
    assert lost_rules(page, [*above, *below[1:]]) == pytest.approx([500], abs=3)


def test_rules_that_others_end_at() -> None:
    """this test ensures that three upright rules that end at nothing show where a rule was, and two show none"""
    for inner, lost in (([500, 800, 1100], [pytest.approx(600, abs=4)]), ([500, 800], [])):
        page = ruled([200, 1400], [300, 400, 500, 700, 800])
        for x in inner:
            cv2.line(page, (x, 400), (x, 600), (0,), 3)
        assert lost_rules(page, []) == lost


def test_folds_through_pictures() -> None:
    """this test ensures that a line from edge to edge is a fold where only a frame is, and may be a rule in a table"""
    page = ruled([300, 1300], [500, 1000])
    cv2.line(page, (0, 720), (WIDTH - 1, 720), (60,), 3)
    ((fold,), down) = creases(*long_lines(page), [], page.shape)
    assert fold.place == pytest.approx(720, abs=2)
    assert down == []
    page = ruled(*GRID)
    cv2.line(page, (0, 520), (WIDTH - 1, 520), (60,), 3)
    assert creases(*long_lines(page), [], page.shape) == ([], [])


def test_hairlines() -> None:
    """this test ensures that a / drawn so thin that none of it is black is read, and an empty cell stays empty"""
    page = typed("能耗", 40, typed("水平", 40, ruled(*GRID), (440, 418)), (840, 418))
    cv2.line(page, (490, 538), (510, 502), (95,), 2, cv2.LINE_AA)
    (table,) = (block for block, _ in ScannedPage(PageImage(1, coloured(page), 0.36)).blocks)
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["水平", "能耗", "", "/", "", "", "", "", ""]


def test_strokes_between_rules() -> None:
    """this test ensures that a stroke of text in line with the rules above and below does not join them, as dots do"""
    page = ruled([300, 700, 1100], [400, 700, 790, 1100])
    page[705:785, 690:710] = 255
    parted = page.copy()
    parted[732:758, 699:702] = 0
    page[705:785:12, 699:702] = page[706:785:12, 699:702] = 0
    middles = [[rule for rule in rules(each)[1] if abs(rule.place - 700) < 5] for each in (page, parted)]
    assert [len(each) for each in middles] == [1, 2]


def test_folds() -> None:
    """this test ensures that a line from edge to edge through text is a fold, and no other, nor in a cut-out table"""
    page = ruled(*GRID)
    cv2.line(page, (0, 520), (WIDTH - 1, 520), (60,), 3)
    level, upright = rules(page)
    ((fold,), _) = creases(level, upright, [(320, 500, 600, 540)], page.shape)
    assert fold.place == pytest.approx(520, abs=2)
    assert creases(level, upright, [(320, 540, 600, 580)], page.shape) == ([], [])
    cut = page[:, GRID[0][0] - 4 : GRID[0][-1] + 4].copy()
    assert creases(*rules(cut), [(20, 500, 300, 540)], cut.shape) == ([], [])


def test_folds_down_the_page() -> None:
    """this test ensures that a line down the whole page through text is a fold, and one beside text may be a rule"""
    page = ruled(*GRID)
    cv2.line(page, (860, 0), (860, page.shape[0] - 1), (60,), 3)
    level, upright = rules(page)
    (across, (fold,)) = creases(level, upright, [(720, 420, 1080, 460)], page.shape)
    assert across == []
    assert fold.place == pytest.approx(860, abs=2)
    assert creases(level, upright, [(720, 420, 850, 460)], page.shape) == ([], [])


def test_text_in_a_fold_is_doubted() -> None:
    """this test ensures that text which a fold goes through is less sure than the same text beside it"""
    page = typed(TEXT, 36, typed(TEXT, 36, blank(), (200, 400)), (200, 700))
    plain, folded = page.copy(), page.copy()
    cv2.line(folded, (0, 424), (WIDTH - 1, 424), (90,), 2)
    seen = [
        [block.confidence or 0.0 for block, _ in ScannedPage(PageImage(1, coloured(each), 0.36)).blocks]
        for each in (plain, folded)
    ]
    assert min(seen[0]) > 0.9
    assert seen[1][0] < 0.75
    assert seen[1][1] > 0.9


def test_rules_are_erased() -> None:
    """this test ensures that erased rules leave white, and type beside them whole"""
    page = typed("能耗", 40, ruled(*GRID), (330, 415))
    (table,) = tables(*rules(page), [], max(page.shape))
    clean = erased(page, table.level, table.upright)
    assert (clean < 128).sum() == pytest.approx((typed("能耗", 40, blank(), (330, 415)) < 128).sum(), rel=0.05)


def test_pictures_on_a_page() -> None:
    """this test ensures that a framed drawing is a picture, on a watermark, too, and a frame full of text is none"""
    page = blank()
    cv2.rectangle(page, (300, 500), (1300, 1000), (90,), 3)
    cv2.rectangle(page, (400, 700), (600, 800), (90,), 3)
    found = figures(page, page, [], [], [], noisy=False)
    assert len(found) == 1
    assert found[0] == pytest.approx((300, 500, 1300, 1000), abs=12)
    drawn = [(300.0, 500.0, 1300.0, 1000.0)]
    assert figures(blank(), page, [], [], drawn, noisy=False) == [(300, 500, 1300, 1000)]
    assert figures(blank(), blank(), [], [], drawn, noisy=False) == []
    lines = [(310, top, 1290, top + 45) for top in range(510, 990, 50)]
    assert figures(page, page, lines, [], [], noisy=False) == []


def test_parts_of_a_character_are_one_line() -> None:
    """this test ensures that parts that the detector missed are one line where one stands above the other"""
    page = typed("是", 40, ruled(*GRID), (880, 418))
    around = typed("能耗水平", 40, page, (330, 418))
    (table,) = tables(*rules(around), [], max(around.shape))
    clean = erased(around, table.level, table.upright)
    found = pieces([(325, 415, 500, 470)], [table], clean, noisy=False)
    assert sorted(piece.home for piece in found) == [(0, 0), (0, 1)]


def test_feet_of_the_line_above() -> None:
    """this test ensures that what is cut off a character where two lines touch is no line of its own"""
    page = ruled(*GRID)
    page[500:530, 330:360] = 0
    page[510:540, 400:640] = 0
    (table,) = tables(*rules(page), [], max(page.shape))
    clean = erased(page, table.level, table.upright)
    for bottom in (530, 520):
        found = pieces([(325, 495, 365, bottom), (395, 505, 645, 545)], [table], clean, noisy=False)
        assert len(found) == 2


def test_dust_at_the_end_of_a_line() -> None:
    """this test ensures that a line on a noisy page ends where its characters do"""
    page = typed("能耗水平", 40, blank(800, 900), (100, 300))
    page[320:322, 420:422] = 0
    (clear,), (noisy,) = (pieces([(95, 295, 430, 350)], [], page, noisy=noisy) for noisy in (False, True))
    assert clear.rect[2] > 415 > 300 > noisy.rect[2]


@pytest.mark.parametrize("inside", [0, 1, 3])
def test_a_sign_at_the_edge_of_a_box(inside: int) -> None:
    """this test ensures that a comma at the end of a line is had whole, wherever the detector cuts it"""
    page = typed("能耗水平", 40, blank(800, 900), (100, 300))
    page[330:342, 280:286] = 0
    page[342, 281] = 0
    (line,) = pieces([(95, 295, 280 + inside, 350)], [], page, noisy=False)
    assert line.rect[2] >= 286


def test_lines_at_the_very_edge() -> None:
    """this test ensures that a line that begins where the picture begins has no place before it"""
    page = typed("能耗水平", 40, blank(800, 900), (0, 300))
    (line,) = pieces([(0, 295, 175, 350)], [], page, noisy=False)
    assert line.rect[0] < 10


@pytest.mark.parametrize("shape", [(0, 0), (20, 0), (0, 20), (20, 20)])
def test_no_parts(shape: tuple[int, int]) -> None:
    """this test ensures that a mask with nothing in it, or without a pixel, has no parts"""
    assert blobs(np.zeros(shape, np.bool_)) == []


def test_notes_beside_the_text() -> None:
    """this test ensures that what stands wholly beside the column of text is a note, and a hanging comma is none"""
    column = [Piece((150, top, 1400, top + 40)) for top in (300, 400, 500)]
    note, comma, label = Piece((1420, 320, 1560, 420)), Piece((1402, 330, 1412, 345)), Piece((150, 100, 300, 140))
    assert asides([*column, note, comma, label], [], WIDTH) == [note]
    assert asides([note, label], [], WIDTH) == []


# -- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("inside", "mark"), [(0, "□"), (24, "■"), (9, "☑")])
def test_boxes(inside: int, mark: str) -> None:
    """this test ensures that an empty, a filled and a ticked box are told apart by the picture"""
    shape = np.zeros((40, 120), bool)
    shape[4:36, 4:36] = True
    shape[7:33, 7:33] = False
    shape[20 - inside // 2 : 20 + inside // 2, 8:32] = inside > 0
    found = with_marks(line_of("口省级", 0.6), shape, np.where(shape, 0, 255).astype(np.uint8), 0)
    assert found.text == f"{mark}省级"


def test_a_filled_box_that_was_taken_for_shade() -> None:
    """this test ensures that a box whose inside was cleaned away as shade is still a filled one"""
    shape = np.zeros((40, 120), bool)
    shape[4:36, 4:36] = True
    seen = np.where(shape, 90, 240).astype(np.uint8)
    shape[7:33, 7:33] = False
    assert with_marks(line_of("口省级", 0.6), shape, seen, 0).text == "■省级"


@pytest.mark.parametrize(
    ("start", "end", "sign"), [((22, 4), (10, 34), "/"), ((4, 20), (40, 20), "—"), ((4, 4), (34, 36), None)]
)
def test_single_strokes(start: tuple[int, int], end: tuple[int, int], sign: str | None) -> None:
    """this test ensures that a lone stroke is / or — by its slope, and one that falls to the right is neither"""
    drawn = np.zeros((40, 46), np.uint8)
    cv2.line(drawn, start, end, (1,), 3)
    assert stroke(drawn.astype(bool), 34) == sign
    drawn[2, 44] = drawn[37, 1] = 1
    assert stroke(drawn.astype(bool), 34) == sign


def test_a_character_is_no_stroke() -> None:
    """this test ensures that a narrow character whose inside is filled with blur is no stroke"""
    drawn = np.zeros((26, 18), bool)
    drawn[2:24, 2:16] = True
    for row in range(4, 22, 5):
        drawn[row : row + 3, 5:12] = False
    assert stroke(drawn, 40) is None


def test_a_dash_that_touches_figures() -> None:
    """this test ensures that a dash is found though it runs into the figures beside it and has specks upon it"""
    line = Recognised(tuple(Char(sign, 0.99, middle, "", 0.0) for sign, middle in zip("3220", FAR_APART, strict=True)))
    drawn = np.zeros((40, 200), bool)
    for left in (10, 40, 105, 135):
        drawn[5:36, left : left + 14] = True
    drawn[19:22, 50:110] = True
    drawn[15, 80] = True
    assert with_dashes(line, drawn, 0).text == "32—20"
    drawn[19:22] = drawn[16]
    assert with_dashes(line, drawn, 0).text == "3220"


def test_the_bars_of_two_figures() -> None:
    """this test ensures that the bars of two figures that touch are no dash"""
    middles = (0.1, 0.3, 0.5, 0.7)
    line = Recognised(tuple(Char(sign, 0.99, middle, "", 0.0) for sign, middle in zip("1446", middles, strict=True)))
    drawn = np.zeros((40, 100), bool)
    drawn[5:36, 30:34] = drawn[5:36, 48:52] = True
    drawn[18:21, 22:56] = True
    assert with_dashes(line, drawn, 0).text == "1446"


#: The middles of four figures in a picture 200 pixels wide, with room for a dash between the second and the third.
FAR_APART = (17 / 200, 47 / 200, 112 / 200, 142 / 200)


@pytest.mark.parametrize(("text", "found"), [("322018", "32-2018"), ("稀土材料公司", "稀土材料公司")])
def test_dashes_passed_over(text: str, found: str) -> None:
    """this test ensures that a level stroke between figures is a dash, and between ideographs a part of one"""
    drawn = np.zeros((40, 240), bool)
    place = 40 * 6 * 2 // len(text)
    spread = [(number + 0.5) / 7 for number in range(7) if number != 2]
    line = Recognised(tuple(Char(sign, 0.99, middle, "", 0.0) for sign, middle in zip(text, spread, strict=True)))
    drawn[19:22, place : place + 12] = True
    assert with_dashes(line, drawn, 0).text == found


def test_a_dash_behind_the_last_figure() -> None:
    """this test ensures that a long stroke at the end of a line of figures is a dash, and a short one is none"""
    for length, found in ((30, "2025.6—"), (10, "2025.6")):
        drawn = np.zeros((34, 160), bool)
        drawn[18:20, 125 : 125 + length] = True
        line = Recognised(
            tuple(Char(sign, 0.99, (20 * number + 10) / 160, "", 0.0) for number, sign in enumerate("2025.6"))
        )
        assert with_dashes(line, drawn, 0).text == found


@pytest.mark.parametrize(
    "text", ["由44℃降至39℃", "去除率≥98%", "浓度≤0.5", "浓度>0.5", "巴彦淖尔市", "C3252铝压延", "黄馥", "李堃明"]
)
@pytest.mark.parametrize("blur", [0.0, 1.2])
def test_look_alikes(text: str, blur: float) -> None:
    """this test ensures that signs the network takes for others are read, and names outside GB/T 2312 as well"""
    picture = typed(text, 30)
    seen = cv2.GaussianBlur(picture, (0, 0), blur) if blur else picture
    assert said(np.asarray(seen, np.uint8)) == text


# -- page numbers ------------------------------------------------------------------------------------------------------


#: Stock words of the papers of these tests.
WORDS = ("内蒙古", "绿色工厂", "市级", "省级")


def numbers(*lines: tuple[str, float]) -> list[str]:
    made = [Line(text, (100.0, top, 400.0, top + 14), 14) for text, top in lines]
    return [line.text for line in without_page_numbers(made, 842)]


@pytest.mark.parametrize(
    ("read", "others", "high", "said"),
    [
        ("内蒙占装备", {2: "古"}, 3, "内蒙古装备"),
        ("内蒙占装备", {}, 3, "内蒙占装备"),
        ("绿色工广", {3: "厂"}, 3, "绿色工厂"),
        ("绿色工厂", {3: "广"}, 3, "绿色工厂"),
        ("市级", {0: "省"}, 3, "市级"),
        ("有限公司.", {}, 3, "有限公司"),
        ("有限公司.", {}, 12, "有限公司."),
        ("完成改造.", {4: "。"}, 3, "完成改造。"),
        ("能耗5.4", {}, 3, "能耗5.4"),
    ],
)
def test_what_chinese_papers_say(read: str, others: dict[int, str], high: int, said: str) -> None:
    """this test ensures that runners-up complete stock words and full stops, and that dust behind ideographs goes"""
    wide = 40 * len(read)
    chars = [
        Char(sign, 0.9, (number + 0.5) / len(read), others.get(number, ""), 0.1) for number, sign in enumerate(read)
    ]
    picture = np.zeros((40, wide), bool)
    for number in range(len(read)):
        tall = high if read[number] == "." else 36
        picture[38 - tall : 38, 40 * number + 18 : 40 * number + 21] = True
    assert plausible(Recognised(tuple(chars)), picture, 0, WORDS, noisy=False).text == said


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("C3252.铝压", "C3252铝压"),
        ("(2221).", "(2221)"),
        ("`公司", "公司"),
        (".975256", "975256"),
        ("VOCs.深度", "VOCs深度"),
        ("控股企业。", "控股企业"),
        ("减少.11.5", "减少11.5"),
        ("12.项目", "12.项目"),
        ("5.4", "5.4"),
        ("水耗，电耗", "水耗，电耗"),
    ],
)
def test_dust_that_looks_like_points(read: str, said: str) -> None:
    """this test ensures that points on a noisy page that no paper has there go, and elsewhere stay"""
    chars = Recognised(tuple(Char(sign, 0.9, (number + 0.5) / len(read), "", 0.0) for number, sign in enumerate(read)))
    picture = np.ones((40, 40 * len(read)), bool)
    assert plausible(chars, picture, 0, (), noisy=True).text == said
    assert plausible(chars, picture, 0, (), noisy=False).text == read


def test_page_numbers() -> None:
    """this test ensures that a number in the margin goes, also somewhat higher where nothing follows, and no other"""
    assert numbers(("正文", 300), ("— 3 —", 780)) == ["正文"]
    assert numbers(("正文", 640), ("3", 700)) == ["正文"]
    assert numbers(("正文", 690), ("2026", 706)) == ["正文", "2026"]
    assert numbers(("12", 300), ("正文", 400)) == ["12", "正文"]


def test_page_image() -> None:
    """this test ensures that a page that is small is left as it is"""
    from greenforms_extractors.scan.raster import scaled

    page = PageImage(1, coloured(blank(800, 600)), 1.0)
    assert scaled(page) is page
