"""Reference renderer of the contract's geometry and light, for evaluation and contact sheets."""

import numpy as np
import torch
import torch.nn.functional as F

from sampler import Latent

GLOW_SIGMA = 0.02
"""Of the width."""
GLOW_THRESHOLD = 0.6


def render_frame(picture: torch.Tensor, latent: Latent, index: int) -> torch.Tensor:
    """picture [3, H, W] in 0…1 → frame `index` of the latent, same shape; borders are mirrored."""
    _, height, width = picture.shape
    fields = torch.from_numpy(latent.fields[index])[None]
    fields = F.interpolate(fields, (height, width), mode="bilinear", align_corners=False)[0]
    pan, tilt, zoom, roll = (float(value) for value in latent.camera[index])
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    x, y, centre_y = x / width, y / width, 0.5 * height / width
    dx, dy = x - 0.5, y - centre_y
    scale = np.exp(-zoom)
    source_x = 0.5 + scale * (np.cos(roll) * dx - np.sin(roll) * dy) + pan + fields[0] + fields[2]
    source_y = centre_y + scale * (np.sin(roll) * dx + np.cos(roll) * dy) + tilt + fields[1] + fields[3]
    grid = torch.stack((2 * source_x - 1, 2 * source_y * width / height - 1), -1)[None]
    frame = F.grid_sample(picture[None], grid, mode="bicubic", padding_mode="reflection", align_corners=False)[0]
    frame = frame.clamp(0, 1) * fields[4].exp()
    frame = torch.stack((frame[0] * (1 + 0.5 * fields[6]), frame[1], frame[2] * (1 - 0.5 * fields[6])))
    glow = fields[5] * blur(frame * (frame.mean(0) > GLOW_THRESHOLD), GLOW_SIGMA * width)
    return (1 - (1 - frame.clamp(0, 1)) * (1 - glow.clamp(0, 1))).clamp(0, 1)


def blur(image: torch.Tensor, sigma: float) -> torch.Tensor:
    """Gaussian blur of [3, H, W] by three box filters."""
    size = max(3, 2 * round(sigma) + 1)
    for _ in range(3):
        image = F.avg_pool2d(image[None], size, 1, size // 2, count_include_pad=False)[0]
    return image
