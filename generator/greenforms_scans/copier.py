"""What scanners, copiers and fax machines do to a page."""

from __future__ import annotations

import cv2
import numpy as np

from greenforms_scans.geometry import rotated
from greenforms_scans.seal import stamped
from greenforms_scans.sheets import Field, Image, as_bytes, blurred, clouds, grain, greyscale, jpeg, multiplied, pixels


def noisy(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A cheap sensor and a dusty glass: grain, single dots black and white, a few specks."""
    found = grain(page, rng, float(rng.uniform(14, 22)))
    chance = rng.random(page.shape[:2])
    found[chance < 0.0025] = 25
    found[chance > 0.9975] = 250
    for _ in range(int(rng.integers(25, 70))):
        x, y = int(rng.integers(0, page.shape[1])), int(rng.integers(0, page.shape[0]))
        cv2.circle(found, (x, y), max(1, round(pixels(float(rng.uniform(0.08, 0.28)), dpi))), (70, 70, 70), -1)
    return found


def strongly_compressed(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """JPEG of quality 40, as programs that make files small save it."""
    return jpeg(page, 40)


def out_of_focus(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """A soft lens: a Gaussian of 0.16 to 0.22 mm."""
    return blurred(page, pixels(float(rng.uniform(0.16, 0.22)), dpi))


def pale(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Little toner on grey recycled paper, scanned without colour."""
    paper, ink = rng.uniform(196, 216), rng.uniform(112, 138)
    grey = greyscale(page).astype(np.float32) / 255
    thin = 1 - (1 - grey) * (0.72 + 0.28 * clouds(rng, (page.shape[0], page.shape[1]), pixels(2, dpi)))[..., None]
    return greyscale(grain(as_bytes(ink + (paper - ink) * thin), rng, 3.5))


def unevenly_lit(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Light that falls off towards one side, with the shadow of the spine along it."""
    return grain(multiplied(page, _falling_light(page, rng, dpi, 0.5)), rng, 3.0)


def office_copy(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """What most returns are: sealed, laid on askew, a grey ground, a little noise and blur, JPEG of quality 60."""
    sealed = stamped(page, rng, dpi)
    turned = rotated(sealed, float(rng.uniform(-1, 1)))
    soft = blurred(turned, pixels(0.075, dpi))
    paper = rng.uniform(0.87, 0.95)
    ground = multiplied(soft, paper * (0.97 + 0.03 * clouds(rng, (page.shape[0], page.shape[1]), pixels(30, dpi))))
    lifted = as_bytes(28 + ground * (1 - 28 / 255))
    return jpeg(grain(lifted, rng, 5.5), 60)


def faxed(page: Image, rng: np.random.Generator, dpi: int) -> Image:
    """Standard fax: 204 × 98 dots to the inch, black or white (ITU-T T.4), brought back to size; lines may be lost."""
    height, width = page.shape[:2]
    size = max(1, round(width * 204 / dpi)), max(1, round(height * 98 / dpi))
    soft = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), (0, 0), pixels(0.06, dpi))
    small = cv2.resize(soft, size, interpolation=cv2.INTER_AREA) + rng.normal(0, 9, size[::-1])
    dots = np.where(small < rng.uniform(150, 178), 0, 255).astype(np.uint8)
    chance = rng.random(dots.shape)
    dots[chance < 0.0004] = 0
    for line in rng.integers(1, size[1], int(rng.integers(0, 4))):
        dots[line] = dots[line - 1]
    return np.repeat(cv2.resize(dots, (width, height), interpolation=cv2.INTER_NEAREST)[..., None], 3, axis=2)


def _falling_light(page: Image, rng: np.random.Generator, dpi: int, darkest: float) -> Field:
    height, width = page.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    slope = across * np.cos(angle) + down * np.sin(angle) + 0.5
    light = darkest + 0.1 + (0.9 - darkest) * np.clip(slope, 0, 1) + 0.08 * clouds(rng, (height, width), width / 2)
    edge = across + 0.5 if rng.random() < 0.5 else 0.5 - across
    spine = 1 - (1 - darkest) * 0.8 * np.exp(-edge * width / np.float32(pixels(9, dpi)))
    return np.asarray(np.clip(light * spine, 0, 1), dtype=np.float32)
