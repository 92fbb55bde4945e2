"""Feature rows of real songs (`data/songs.ts`) beside the synthetic ones."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from contract import AUDIO_FEATURES
from features import synthesise, uniform

STRETCH_ROWS = 450
SHARE = 0.35
"""Clips that hear a real song."""
HELD_OUT = 6
"""One song of so many is held out."""


def is_held_out(file: str) -> bool:
    """Whole songs, by a hash of their name."""
    return int(hashlib.sha256(file.encode()).hexdigest(), 16) % HELD_OUT == 0


def load_songs(path: Path, split: str) -> torch.Tensor:
    """Stretches of one split ("train" or "heldout"), [N, 450, 7]."""
    listed = json.loads(path.with_suffix(".json").read_text())
    rows = np.fromfile(path, np.float32).reshape(len(listed), STRETCH_ROWS, AUDIO_FEATURES)
    return torch.from_numpy(rows[[is_held_out(entry["file"]) == (split == "heldout") for entry in listed]])


def from_songs(songs: torch.Tensor, batch: int, rows: int) -> torch.Tensor:
    """Random stretches [batch, rows, 7], some fainter, some with beats that come early or late."""
    device = songs.device
    index = torch.randint(len(songs), (batch, 1), device=device)
    start = torch.randint(STRETCH_ROWS - rows + 1, (batch, 1), device=device)
    features = songs[index, start + torch.arange(rows, device=device)]
    level = uniform(0.7, 1.1, batch, 1, 4, device=device)
    late = 2 * torch.pi * 0.03 * torch.randn(batch, 1, device=device)
    sine, cosine = features[..., 4], features[..., 5]
    turned = (sine * late.cos() + cosine * late.sin(), cosine * late.cos() - sine * late.sin())
    return torch.cat(((features[..., :4] * level).clamp(0, 1), torch.stack(turned, -1), features[..., 6:]), -1)


def mixed_sounds(songs: torch.Tensor, batch: int, rows: int) -> torch.Tensor:
    """Features of `batch` random clips, [batch, rows, 7]: synthetic ones and real ones."""
    real = torch.rand(batch, 1, 1, device=songs.device) < SHARE
    return torch.where(real, from_songs(songs, batch, rows), synthesise(batch, rows, songs.device))
