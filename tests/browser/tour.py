"""
The pictures of the README's tour, cut from those of `make pictures`.

``python -m tests.browser.tour PICTURES OUTFOLDER``
"""

import sys
from pathlib import Path

from PIL import Image

# What is cut off each picture: pixels from the top.
WIDE = {
    "county": 900,
    "school": 1000,
    "fairness": 900,
    "summary": 820,
    "stand-in": 760,
    "generated": 700,
    "review-draft": 900,
    "edit": 720,
    "drawn": 900,
}
NARROW = {
    "duty": 800,
    "feeds": 800,
    "check-form": 800,
    "failed": 800,
}
COLOURS = 64


def main(pictures: str, out: str) -> None:
    """Cuts each wide picture, and puts the narrow ones side by side."""
    source, folder = Path(pictures), Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for name, height in WIDE.items():
        _save(_top(source / f"{name}-1280.png", height), folder / name)

    phones = [_top(source / f"{n}-360.png", h) for n, h in NARROW.items()]
    _save(_beside(phones), folder / "phone")


def _top(path: Path, height: int) -> Image.Image:
    picture = Image.open(path).convert("RGB")
    return picture.crop((0, 0, picture.width, min(height, picture.height)))


def _beside(pictures: list[Image.Image], gap: int = 24) -> Image.Image:
    width = sum(p.width + gap for p in pictures) - gap
    height = max(p.height for p in pictures)
    joined = Image.new("RGB", (width, height), "white")
    left = 0
    for picture in pictures:
        joined.paste(picture, (left, 0))
        left += picture.width + gap

    return joined


def _save(picture: Image.Image, path: Path) -> None:
    picture.quantize(COLOURS).save(path.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
