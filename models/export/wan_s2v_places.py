"""Where the tokens of the speech transformer stand in time, height and width, as angles of a head's pairs (RoPE)."""

import torch
from torch import Tensor

THETA = 10_000.0
#: The reference picture stands behind every clip, whose frames count from 0.
REFERENCE_TIME = 30
#: Motion, from the newest: latents, their patch, the times of the tokens, and how many of the clip's tokens' sides one covers.
MOTION = (
    ("proj", 1, (1, 2, 2), (-1,), 1),
    ("proj_2x", 2, (2, 4, 4), (-3,), 2),
    ("proj_4x", 16, (4, 8, 8), (-19, -14, -9, -4), 4),
)


def speeds(head_width: int) -> list[Tensor]:
    """Angle per place, of the pairs that time, rows and columns turn: a third each for the latter two, time has the rest."""
    side = 2 * (head_width // 6)
    widths = (head_width - 2 * side, side, side)
    return [THETA ** (-torch.arange(0, width, 2, dtype=torch.float64) / width) for width in widths]


def angles(places: list[Tensor], head_width: int) -> Tensor:
    """Of all tokens of a grid, `[tokens, head width / 2]`, in the order time, row, column; float64."""
    sizes = [len(axis) for axis in places]
    parts = []
    for axis, (at, speed) in enumerate(zip(places, speeds(head_width), strict=True)):
        shape = [len(at) if axis == place else 1 for place in range(3)]
        parts.append(torch.outer(at.double(), speed).reshape(*shape, -1).expand(*sizes, -1))
    return torch.cat(parts, 3).flatten(0, 2)


def clip_angles(frames: int, rows: int, columns: int, head_width: int) -> Tensor:
    return angles([torch.arange(size) for size in (frames, rows, columns)], head_width)


def reference_angles(rows: int, columns: int, head_width: int) -> Tensor:
    return angles([torch.tensor([REFERENCE_TIME]), torch.arange(rows), torch.arange(columns)], head_width)


def motion_angles(rows: int, columns: int, head_width: int) -> Tensor:
    """Newest first, as the tokens."""
    grids = [
        [torch.tensor(times), *(spread(side // shrink, side) for side in (rows, columns))]
        for _, _, _, times, shrink in MOTION
    ]
    return torch.cat([angles(grid, head_width) for grid in grids])


def spread(count: int, over: int) -> Tensor:
    """
    `count` whole numbers from 0 to `over` − 1, evenly spread and cut off. Integers give what Wan's own floats give for
    every side below 8,800 pixels.
    """
    return torch.arange(count) * (over - 1) // max(count - 1, 1)
