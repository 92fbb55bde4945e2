"""A model, held-out pictures and music to measure it with."""

from pathlib import Path

import numpy as np
import torch

import fields
from contract import GRIDS, LATENT_RATE
from drivers import Sound, listen
from features import music
from pictures import load_pictures
from plan import DRIVERS
from sampler import Latent, PocketRunner
from scene import compose

HERE = Path(__file__).parent
FRAMES = 50
"""Latent frames of a measured clip."""
NORMAL = 8 * np.array([fields.PAN, fields.TILT, fields.ZOOM, fields.ROLL])
"""What a normal move amounts to in eight seconds."""
DISTINCT = ("beat", "bass", "high")
MOST_ALIKE = 0.5
"""Largest correlation between the envelopes of `DISTINCT` in the music that is used."""


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 1e-7 and b.std() > 1e-7 else 0.0


def hear(features: np.ndarray) -> Sound:
    return listen(torch.from_numpy(features)[None])


def envelope(features: np.ndarray, driver: str) -> np.ndarray:
    """One driver's envelope [T]."""
    return hear(features).envelopes[0, DRIVERS.index(driver)].numpy()


def has_beat(features: np.ndarray) -> bool:
    """Whether most of a clip has a beat."""
    return bool(np.square(features[:, 4:6]).sum(-1).mean() > 0.5)


def tells_apart(features: np.ndarray) -> bool:
    """Whether a clip has a beat, and a bass and highs that follow neither it nor each other."""
    if not has_beat(features):
        return False
    curves = [envelope(features, name) for name in DISTINCT]
    if min(curve.std() for curve in curves) < 0.1:
        return False
    return max(correlation(curves[i], curves[j]) for i, j in ((0, 1), (0, 2), (1, 2))) < MOST_ALIKE


class Bench:
    """The model, its held-out pictures and some music."""

    def __init__(self, folder: Path, clips: int, guidance: float | None, threads: int):
        torch.manual_seed(5)
        self.runner, self.clips, self.guidance = PocketRunner(folder, threads), clips, guidance
        self.pictures = load_pictures(HERE / ".data/pictures.tar", HERE / "data/mattes", "heldout")
        features = music(256, 3 * FRAMES, "cpu").numpy()
        self.features = np.stack([clip for clip in features if tells_apart(clip)])
        pixels, mattes = compose(self.pictures, 96, *GRIDS[0])
        has_subject = mattes.mean((1, 2)) > 0.06
        self.pixels, self.mattes = pixels[has_subject].numpy(), mattes[has_subject].numpy()
        self.drawn = 0

    def make(self, prompt: str, picture: int, *, features: np.ndarray | None = None, **options) -> Latent:
        """A latent of one held-out picture; music and seed change with every call unless given."""
        self.drawn += 1
        options = {"seed": self.drawn, "guidance": self.guidance} | options
        sound = self.features[self.drawn % len(self.features)] if features is None else features
        return self.runner.sample(prompt, self.pixels[picture % len(self.pixels)], sound, **options)


def speed_of(latent: Latent) -> np.ndarray:
    """Camera speed in normal moves [4], by a straight line through its track."""
    time_axis = np.arange(len(latent.camera))
    slope = (time_axis[:, None] * latent.camera).sum(0) / (time_axis**2).sum()
    return slope * 8 * LATENT_RATE / NORMAL
