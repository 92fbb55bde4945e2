"""Training batches: pictures, prompts, sound and the latents they should give."""

import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from contract import GRIDS, PIXELS_PER_CELL
from features import uniform
from fields import targets
from grammar import write_prompt
from pictures import Pictures
from plan import AMOUNTS
from scene import compose
from songs import mixed_sounds
from tokenizer import encode

LENGTHS = {30: 0.13, 50: 0.15, 80: 0.42, 120: 0.16, 150: 0.14}
"""Latent frames, and how often each length is drawn."""
GRID_SHARES = (0.5, 0.28, 0.22)
STRENGTHS = (0.3, 1.8)


@dataclass
class Batch:
    """One training batch on one device; see `models/README.md` for the shapes."""

    pixels: torch.Tensor  # [B, 3, 4·gh, 4·gw]
    matte: torch.Tensor  # [B, gh, gw]
    ids: torch.Tensor  # [B, 40]
    mask: torch.Tensor  # [B, 40]
    features: torch.Tensor  # [B, 3T, 7]
    strength: torch.Tensor  # [B]
    fields: torch.Tensor  # [B, T, 7, gh, gw]
    camera: torch.Tensor  # [B, T, 4]


@dataclass
class Prompts:
    """Encoded prompts and their plan vectors, drawn from at random."""

    ids: torch.Tensor  # int64 [N, 40]
    mask: torch.Tensor  # int64 [N, 40]
    plans: torch.Tensor  # float32 [N, K]


def write_prompts(tokenizer_file: str, seed_and_count: tuple[int, int]) -> tuple[np.ndarray, ...]:
    """`count` prompts from one seed, as arrays of ids, masks and plans."""
    seed, count = seed_and_count
    tokenizer, rng = Tokenizer.from_file(tokenizer_file), random.Random(seed)
    written = [write_prompt(rng) for _ in range(count)]
    ids, masks = zip(*(encode(tokenizer, text) for text, _ in written))
    return np.stack(ids), np.stack(masks), np.stack([plan.vector() for _, plan in written])


def prompt_pool(tokenizer_file: str, count: int, seed: int, processes: int) -> Prompts:
    """Writes `count` prompts with several processes; call it before CUDA starts."""
    jobs = [(seed * 1000 + i, count // processes) for i in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        parts = list(pool.map(partial(write_prompts, tokenizer_file), jobs))
    return Prompts(*(torch.from_numpy(np.concatenate(part)) for part in zip(*parts)))


def draw_shape(rng: random.Random) -> tuple[tuple[int, int], int]:
    """A grid and a length in latent frames."""
    return rng.choices(GRIDS, GRID_SHARES)[0], rng.choices(tuple(LENGTHS), tuple(LENGTHS.values()))[0]


def tokens_per_clip(grid: tuple[int, int], frames: int) -> int:
    """Transformer tokens of one clip, the camera token of every frame pair included."""
    rows, columns = ((side + 1) // 2 for side in grid)
    return frames // 2 * (rows * columns + 1)


@torch.no_grad()
def make_batch(
    pictures: Pictures, prompts: Prompts, songs: torch.Tensor, batch: int, grid: tuple[int, int], frames: int
) -> Batch:
    """A fresh random batch on the pictures' device."""
    device = pictures.backgrounds.device
    pixels, matte = compose(pictures, batch, *grid)
    index = torch.randint(len(prompts.plans), (batch,), device=device)
    plan = prompts.plans[index]
    amounts = len(AMOUNTS)
    jitter = torch.ones_like(plan)
    jitter[:, :amounts] = uniform(0.93, 1.07, batch, amounts, device=device)
    features = mixed_sounds(songs, batch, 3 * frames)
    strength = uniform(*STRENGTHS, batch, device=device)
    luminance = F.avg_pool2d(pixels.mean(1, keepdim=True), PIXELS_PER_CELL).squeeze(1)
    fields, camera = targets(plan * jitter, features, matte, luminance, strength)
    return Batch(pixels, matte, prompts.ids[index], prompts.mask[index], features, strength, fields, camera)
