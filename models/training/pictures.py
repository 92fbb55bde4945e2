"""The picture pack as tensors: backgrounds with a matte where one is known, and cut-outs with alpha."""

import io
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

BACKGROUND_SIZE = (224, 320)
"""Rows × columns that every background is squeezed to; its aspect is kept beside it."""
CUTOUT_SIZE = 192
SUBJECT_KINDS = {"person": 1.0, "animal": 0.45, "toy": 0.06, "vehicle": 0.08, "plant": 0.08, "object": 0.05}
"""How often a cut-out of each kind is drawn as the subject, by weight."""
LIVING = {"person", "people", "animal", "fish", "portrait", "music", "cat", "giraffe"}
"""Tags of photographs that hold a subject of their own."""


@dataclass
class Pictures:
    """uint8 tensors of one split; weights are unnormalised probabilities."""

    backgrounds: torch.Tensor  # [N, 4, 224, 320]: RGB and matte
    aspects: torch.Tensor  # [N] width / height
    plain: torch.Tensor  # [N] weight as a stage for cut-outs, or as a picture with no subject
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


def load_background(data: bytes, matte: Path | None) -> tuple[torch.Tensor, float]:
    """One background with its matte (empty where unknown) and its aspect."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    size = (BACKGROUND_SIZE[1], BACKGROUND_SIZE[0])
    alpha = Image.open(matte).convert("L").resize(size, Image.BILINEAR) if matte else Image.new("L", size)
    squeezed = image.resize(size, Image.LANCZOS)
    squeezed.putalpha(alpha)
    return to_tensor(squeezed), image.width / image.height


def load_cutout(data: bytes) -> tuple[torch.Tensor, float]:
    """One cut-out squeezed to the square, and its aspect; colours under zero alpha are kept as stored."""
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    return to_tensor(image.resize((CUTOUT_SIZE, CUTOUT_SIZE), Image.LANCZOS)), image.width / image.height


def matte_files(folder: Path) -> dict[str, Path]:
    """Photograph title → matte image."""
    entries = json.loads((folder / "mattes.json").read_text())
    return {entry["photograph"].split(":", 1)[1]: folder / entry["mask"] for entry in entries}


def load_pictures(pack: Path, mattes: Path, split: str, threads: int = 8) -> Pictures:
    """Reads one split ("train" or "heldout") of the pack."""
    with tarfile.open(pack) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}
    manifest = json.loads(files["manifest.json"])
    backgrounds = [entry for entry in manifest["backgrounds"] if entry["split"] == split]
    cutouts = [entry for entry in manifest["cutouts"] if entry["split"] == split]
    known = {title: path for title, path in matte_files(mattes).items() if any(b["title"] == title for b in backgrounds)}
    with ThreadPoolExecutor(threads) as pool:
        stage = list(pool.map(lambda b: load_background(files[b["file"]], known.get(b["title"])), backgrounds))
        cast = list(pool.map(lambda c: load_cutout(files[c["file"]]), cutouts))

    def photographic(entry: dict) -> float:
        return 12.0 if "photograph" in entry["tags"] else 1.0

    return Pictures(
        backgrounds=torch.stack([picture for picture, _ in stage]),
        aspects=torch.tensor([aspect for _, aspect in stage]),
        plain=torch.tensor([0.0 if LIVING & set(b["tags"]) or b["title"] in known else 1.0 for b in backgrounds]),
        photographed=torch.tensor([float(b["title"] in known) for b in backgrounds]),
        cutouts=torch.stack([picture for picture, _ in cast]),
        cutout_aspects=torch.tensor([aspect for _, aspect in cast]),
        subject=torch.tensor([SUBJECT_KINDS.get(c["kind"], 0) * photographic(c) for c in cutouts]),
        extra=torch.tensor([float(c["kind"] not in ("person", "animal")) for c in cutouts]),
    )
