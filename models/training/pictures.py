"""The picture pack as tensors: backgrounds with a matte where one is known, and cut-outs with alpha."""

import io
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from outlines import draw_outline, read_outlines

BACKGROUND_SIZE = (224, 320)
"""Rows × columns that every background is squeezed to; its aspect is kept beside it."""
CUTOUT_SIZE = 192
SUBJECT_KINDS = {"person": 1.0, "animal": 0.45, "toy": 0.06, "vehicle": 0.08, "plant": 0.08, "object": 0.05}
"""How often a cut-out of each kind is drawn as the subject, by weight."""
PHOTOGRAPHED = 3.0
"""The same for what is cut out of photographs by their outline."""
LIVING = {"person", "people", "animal", "fish", "portrait", "music", "cat", "giraffe"}
"""Tags of photographs that hold a subject of their own."""


@dataclass
class Pictures:
    """uint8 tensors of one split; weights are unnormalised probabilities."""

    backgrounds: torch.Tensor  # [N, 4, 224, 320]: RGB and matte
    aspects: torch.Tensor  # [N] width / height
    plain: torch.Tensor  # [N] weight as a stage for cut-outs
    empty: torch.Tensor  # [N] weight as a picture with no subject
    photographed: torch.Tensor  # [N] weight as a photograph whose own subject has a matte
    cutouts: torch.Tensor  # [M, 4, 192, 192]: RGB and alpha, fitted into the square
    cutout_aspects: torch.Tensor  # [M] width / height
    subject: torch.Tensor  # [M] weight as the subject
    extra: torch.Tensor  # [M] weight as an unmoving thing beside it

    def to(self, device) -> "Pictures":
        return Pictures(**{name: value.to(device) for name, value in vars(self).items()})


def to_tensor(image: Image.Image) -> torch.Tensor:
    """8-bit image → uint8 [channels, rows, columns]."""
    return torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous()


def load_background(data: bytes, alpha: Image.Image | None) -> tuple[torch.Tensor, float]:
    """One background with its matte (empty where unknown) and its aspect."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    size = (BACKGROUND_SIZE[1], BACKGROUND_SIZE[0])
    squeezed = image.resize(size, Image.LANCZOS)
    squeezed.putalpha(alpha.resize(size, Image.BILINEAR) if alpha else Image.new("L", size))
    return to_tensor(squeezed), image.width / image.height


def load_cutout(data: bytes) -> tuple[torch.Tensor, float]:
    """One cut-out squeezed to the square, and its aspect; colours under zero alpha are kept as stored."""
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    return to_tensor(image.resize((CUTOUT_SIZE, CUTOUT_SIZE), Image.LANCZOS)), image.width / image.height


def cut_out(stage: torch.Tensor, aspect: float) -> tuple[torch.Tensor, float]:
    """The subject of a background with a matte as a cut-out; its edge is drawn in, so no ground comes along."""
    alpha = 255 - F.max_pool2d(255 - stage[None, 3:].float(), 5, 1, 2)[0]
    _, rows, columns = torch.nonzero(alpha > 64, as_tuple=True)
    top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    part = torch.cat((stage[:3].float(), alpha))[:, top:bottom, left:right]
    square = F.interpolate(part[None], (CUTOUT_SIZE, CUTOUT_SIZE), mode="bilinear", antialias=True)[0]
    width = (right - left) / stage.shape[2] * aspect
    return square.round().clamp(0, 255).to(torch.uint8), float(width / ((bottom - top) / stage.shape[1]))


def known_mattes(folder: Path, outlines: dict[str, list]) -> dict[str, Image.Image]:
    """Photograph title → matte of the whole picture: hand-drawn outlines, and the masks that `data/mattes.py` cut."""
    found = {title: draw_outline(polygons, BACKGROUND_SIZE[1], BACKGROUND_SIZE[0]) for title, polygons in outlines.items()}
    for entry in json.loads((folder / "mattes.json").read_text()):
        left, top, right, bottom = (
            round(share * side) for share, side in zip(entry["box"], 2 * (BACKGROUND_SIZE[1], BACKGROUND_SIZE[0]))
        )
        whole = Image.new("L", (BACKGROUND_SIZE[1], BACKGROUND_SIZE[0]))
        mask = Image.open(folder / entry["mask"]).convert("L")
        whole.paste(mask.resize((right - left, bottom - top), Image.BILINEAR), (left, top))
        found[entry["photograph"].split(":", 1)[1]] = whole
    return found


def load_pictures(pack: Path, mattes: Path, split: str, threads: int = 8) -> Pictures:
    """Reads one split ("train" or "heldout") of the pack."""
    with tarfile.open(pack) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}
    manifest = json.loads(files["manifest.json"])
    outlines = {part: read_outlines(part) for part in ("train", "test")}

    def belongs(entry: dict) -> bool:
        """Photographs with a test outline are held out together with what was cut from them."""
        return ("heldout" if entry["title"] in outlines["test"] else entry["split"]) == split

    backgrounds = [entry for entry in manifest["backgrounds"] if belongs(entry)]
    cutouts = [entry for entry in manifest["cutouts"] if belongs(entry)]
    mattes = known_mattes(mattes, outlines["train"] | outlines["test"])
    known = [entry["title"] in mattes for entry in backgrounds]
    with ThreadPoolExecutor(threads) as pool:
        stage = list(pool.map(lambda b: load_background(files[b["file"]], mattes.get(b["title"])), backgrounds))
        cast = list(pool.map(lambda c: load_cutout(files[c["file"]]), cutouts))
    photographs = [cut_out(*picture) for picture, has_matte in zip(stage, known) if has_matte]

    def photographic(entry: dict) -> float:
        return 6.0 if "photograph" in entry["tags"] else 1.0

    places = [not LIVING & set(entry["tags"]) for entry in backgrounds]
    empty = [place and "landmark" not in entry["tags"] and not has for entry, place, has in zip(backgrounds, places, known)]
    subject = [SUBJECT_KINDS.get(entry["kind"], 0) * photographic(entry) for entry in cutouts]
    return Pictures(
        backgrounds=torch.stack([picture for picture, _ in stage]),
        aspects=torch.tensor([aspect for _, aspect in stage]),
        plain=torch.tensor(places).float(),
        empty=torch.tensor(empty).float(),
        photographed=torch.tensor(known).float(),
        cutouts=torch.stack([picture for picture, _ in cast + photographs]),
        cutout_aspects=torch.tensor([aspect for _, aspect in cast + photographs]),
        subject=torch.tensor(subject + [PHOTOGRAPHED] * len(photographs)),
        extra=torch.tensor([float(entry["kind"] not in ("person", "animal")) for entry in cutouts] + [0.5] * len(photographs)),
    )
