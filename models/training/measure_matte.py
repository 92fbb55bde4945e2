"""
The model's matte on photographs it has never seen, against outlines drawn by hand (`data/outlines.json`, "test").

`python measure_matte.py --model ../pocket`; `data/test_pictures.py` fetches the photographs.
"""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from PIL import Image

from contract import GRIDS, PIXELS_PER_CELL
from outlines import draw_outline, read_outlines

HERE = Path(__file__).parent
THRESHOLD = 0.5
GROUPS = {
    "people": ("astronaut", "camera", "explore_world_music/ireland", "louis-braille/fireplace"),
    "animals": ("erase/", "categorization/fishes/", "explore_world_animals/", "lomiri/free"),
}
"""Titles, or how they begin; everything else is a thing."""


def grid_for(image: Image.Image) -> tuple[int, int]:
    """The latent grid whose aspect is nearest."""
    return min(GRIDS, key=lambda grid: abs(np.log(image.width / image.height * grid[0] / grid[1])))


def cover(image: Image.Image, rows: int, columns: int, width: int, height: int) -> np.ndarray:
    """Cover-cropped about its centre to rows × columns' aspect and resized: [height, width(, 3)] in 0…1."""
    scale = min(image.width / columns, image.height / rows)
    left, top = (image.width - scale * columns) / 2, (image.height - scale * rows) / 2
    box = (left, top, left + scale * columns, top + scale * rows)
    return np.asarray(image.resize((width, height), Image.BOX, box)).astype(np.float32) / 255


def examples(folder: Path, part: str = "test") -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Title, pixels [3, 4·gh, 4·gw] and true matte [gh, gw] of every photograph."""
    found = []
    for title, polygons in read_outlines(part).items():
        image = Image.open(folder / f"{title.replace('/', '__')}.jpg").convert("RGB")
        rows, columns = grid_for(image)
        pixels = cover(image, rows, columns, PIXELS_PER_CELL * columns, PIXELS_PER_CELL * rows).transpose(2, 0, 1)
        found.append((title, pixels, cover(draw_outline(polygons, *image.size), rows, columns, columns, rows)))
    return found


def overlap(found: np.ndarray, true: np.ndarray) -> float:
    """Intersection over union at `THRESHOLD`."""
    a, b = found > THRESHOLD, true > THRESHOLD
    return float((a & b).sum() / max((a | b).sum(), 1))


def group_of(title: str) -> str:
    return next((name for name, starts in GROUPS.items() if title.startswith(starts)), "things")


def summary(scores: dict[str, float]) -> dict[str, str]:
    """Rows of the model card."""
    groups = {name: [score for title, score in scores.items() if group_of(title) == name] for name in (*GROUPS, "things")}
    parts = ", ".join(f"{name} {np.mean(values):.2f} ({len(values)})" for name, values in groups.items())
    values = list(scores.values())
    return {
        "matte on held-out photographs, mean intersection over union": f"{np.mean(values):.2f} of {len(values)}: {parts}",
        "photographs with an overlap above 0.5": f"{sum(value > 0.5 for value in values)} of {len(values)}",
    }


def contact_sheet(shown: list[tuple[np.ndarray, np.ndarray]], path: Path) -> None:
    """Pictures with what was found in red."""
    tiles = []
    for pixels, found in shown:
        large = F.interpolate(torch.from_numpy(found)[None, None], scale_factor=PIXELS_PER_CELL)[0, 0].numpy()
        marked = pixels * (1 - 0.6 * large) + 0.6 * large * np.array([1, 0, 0], np.float32)[:, None, None]
        tile = Image.fromarray((np.concatenate((pixels, marked), 2).transpose(1, 2, 0) * 255).clip(0, 255).astype(np.uint8))
        tile.thumbnail((224, 112))
        tiles.append(tile)
    sheet = Image.new("RGB", (6 * 226, 114 * -(-len(tiles) // 6)))
    for index, tile in enumerate(tiles):
        sheet.paste(tile, (226 * (index % 6), 114 * (index // 6)))
    sheet.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=HERE / "../pocket")
    parser.add_argument("--pictures", type=Path, default=HERE / ".data/tests")
    parser.add_argument("--sheet", type=Path, help="where to write a contact sheet")
    arguments = parser.parse_args()
    session = onnxruntime.InferenceSession(arguments.model / "image_encoder/model.onnx", providers=["CPUExecutionProvider"])
    scores, shown = {}, []
    for title, pixels, true in examples(arguments.pictures):
        (found,) = session.run(["matte"], {"pixel_values": pixels[None]})
        scores[title] = overlap(found[0], true)
        shown.append((pixels, found[0]))
        print(f"| {title} | {scores[title]:.2f} |")
    for name, value in summary(scores).items():
        print(f"| {name} | {value} |")
    if arguments.sheet:
        contact_sheet(shown, arguments.sheet)


if __name__ == "__main__":
    main()
