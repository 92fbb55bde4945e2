"""Hand-drawn outlines of main subjects: polygons in hundredths of a picture's width and height, `data/outlines.json`."""

import json
from pathlib import Path

from PIL import Image, ImageDraw

FILE = Path(__file__).parent / "data/outlines.json"
OVERSAMPLING = 4


def read_outlines(part: str) -> dict[str, list[list[float]]]:
    """Picture title → polygons, each x, y, x, y, …; `part` is "train" or "test"."""
    return json.loads(FILE.read_text())[part]


def draw_outline(polygons: list[list[float]], width: int, height: int) -> Image.Image:
    """The outline filled, as an 8-bit matte with soft edges."""
    large = Image.new("L", (OVERSAMPLING * width, OVERSAMPLING * height))
    pen = ImageDraw.Draw(large)
    for polygon in polygons:
        corners = [(x / 100 * large.width, y / 100 * large.height) for x, y in zip(polygon[::2], polygon[1::2])]
        pen.polygon(corners, fill=255)
    return large.resize((width, height), Image.BOX)
