"""Random pictures made on the GPU: a background, a subject, unmoving things around it, and the subject's matte."""

import torch
import torch.nn.functional as F

from contract import PIXELS_PER_CELL
from features import uniform
from pictures import Pictures

EXTRAS = 3
COMPOSITE, PHOTOGRAPH, EMPTY = 0, 1, 2
SHARES = (0.6, 0.3, 0.1)
"""Composites, photographs with a matte of their own, pictures without a subject."""
OVERSAMPLING = 2


def sample_grid(batch: int, rows: int, columns: int, device) -> tuple[torch.Tensor, torch.Tensor]:
    """Pixel centres: x in 0…1 of the width, y in 0…1 of the height, [1, rows, columns] each."""
    y = (torch.arange(rows, device=device) + 0.5) / rows
    x = (torch.arange(columns, device=device) + 0.5) / columns
    return x[None, None].expand(1, rows, columns), y[None, :, None].expand(1, rows, columns)


def crop_backgrounds(pictures: Pictures, index: torch.Tensor, rows: int, columns: int) -> torch.Tensor:
    """Random crops of the chosen backgrounds at the canvas aspect, mirrored at random: [B, 4, rows, columns] in 0…1."""
    batch, device = len(index), index.device
    x, y = sample_grid(batch, rows, columns, device)
    relative = (columns / rows) / pictures.aspects[index][:, None, None]
    size = uniform(0.62, 1.0, batch, 1, 1, device=device)
    width, height = size * relative.clamp(max=1), size / relative.clamp(min=1)
    left = (1 - width) * torch.rand(batch, 1, 1, device=device)
    top = (1 - height) * torch.rand(batch, 1, 1, device=device)
    x = torch.where(torch.rand(batch, 1, 1, device=device) < 0.5, 1 - x, x)
    grid = torch.stack(torch.broadcast_tensors(2 * (left + width * x) - 1, 2 * (top + height * y) - 1), -1)
    return F.grid_sample(pictures.backgrounds[index].float() / 255, grid, align_corners=False, padding_mode="border")


def place_cutouts(pictures: Pictures, index, centre_x, centre_y, height, rows: int, columns: int) -> torch.Tensor:
    """
    Cut-outs on the canvas: [B, 4, rows, columns].

    Centres are in 0…1 of the canvas, heights in canvas heights; all [B, 1, 1].
    """
    batch, device = len(index), index.device
    x, y = sample_grid(batch, rows, columns, device)
    x, y = (x - centre_x) * (columns / rows), y - centre_y
    angle = 0.1 * torch.randn(batch, 1, 1, device=device)
    x, y = x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos()
    x = torch.where(torch.rand(batch, 1, 1, device=device) < 0.5, -x, x)
    width = height * pictures.cutout_aspects[index][:, None, None]
    grid = torch.stack((2 * x / width, 2 * y / height), -1)
    return F.grid_sample(pictures.cutouts[index].float() / 255, grid, align_corners=False, padding_mode="zeros")


def soften(alpha: torch.Tensor, size: int) -> torch.Tensor:
    """Box blur of [B, 1, H, W]."""
    return F.avg_pool2d(alpha, size, 1, size // 2, count_include_pad=False)


def lay_over(canvas: torch.Tensor, cutout: torch.Tensor, visible: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Puts a cut-out on the canvas [B, 3, H, W] with a feathered edge, a soft shadow and colours drawn to the scene's.

    Returns the canvas and the alpha that was used, [B, 1, H, W]; `visible` [B, 1, 1, 1] is 0 or 1.
    """
    batch, device = len(canvas), canvas.device
    alpha = cutout[:, 3:] * visible
    feather = torch.rand(batch, 1, 1, 1, device=device)
    alpha = torch.where(feather < 0.4, alpha, torch.where(feather < 0.8, soften(alpha, 3), soften(alpha, 5)))
    weight = uniform(0, 0.5, batch, 1, 1, 1, device=device) * (torch.rand(batch, 1, 1, 1, device=device) < 0.6)
    mean = (cutout[:, :3] * alpha).sum((2, 3), keepdim=True) / alpha.sum((2, 3), keepdim=True).clamp(min=1)
    colour = cutout[:, :3] + weight * (canvas.mean((2, 3), keepdim=True) - mean)
    shadow = soften(torch.roll(alpha, (3, 4), (2, 3)), 9) * uniform(0, 0.5, batch, 1, 1, 1, device=device)
    canvas = canvas * (1 - shadow)
    return canvas + alpha * (colour.clamp(0, 1) - canvas), alpha


def draw_subject(pictures: Pictures, batch: int, rows: int, columns: int, device) -> torch.Tensor:
    """The subject's cut-out: large, near the centre or lower, often cut by the lower border."""
    index = torch.multinomial(pictures.subject, batch, replacement=True)
    aspect = pictures.cutout_aspects[index][:, None, None]
    height = uniform(0.45, 1.25, batch, 1, 1, device=device)
    height = torch.minimum(height, 1.1 * (columns / rows) / aspect)
    cut = torch.rand(batch, 1, 1, device=device) < 0.6
    bottom = torch.where(cut, uniform(1.0, 1.4, batch, 1, 1, device=device), uniform(0.72, 1.0, batch, 1, 1, device=device))
    centre_x = (0.5 + 0.15 * torch.randn(batch, 1, 1, device=device)).clamp(0.12, 0.88)
    return place_cutouts(pictures, index, centre_x, bottom - height / 2, height, rows, columns)


def draw_extra(pictures: Pictures, batch: int, rows: int, columns: int, device) -> torch.Tensor:
    """A smaller thing anywhere."""
    index = torch.multinomial(pictures.extra, batch, replacement=True)
    height = uniform(0.12, 0.42, batch, 1, 1, device=device)
    centre_x = torch.rand(batch, 1, 1, device=device)
    centre_y = uniform(0.2, 1, batch, 1, 1, device=device)
    return place_cutouts(pictures, index, centre_x, centre_y, height, rows, columns)


def develop(canvas: torch.Tensor) -> torch.Tensor:
    """Exposure, contrast, tint, fading to grey and grain, as cameras differ."""
    batch, device = len(canvas), canvas.device
    gamma = torch.exp(0.25 * torch.randn(batch, 1, 1, 1, device=device))
    canvas = canvas.clamp(1e-4, 1).pow(gamma) * uniform(0.75, 1.2, batch, 3, 1, 1, device=device).pow(0.6)
    mean = canvas.mean((2, 3), keepdim=True)
    canvas = mean + (canvas - mean) * uniform(0.7, 1.2, batch, 1, 1, 1, device=device)
    grey = canvas.mean(1, keepdim=True)
    fading = uniform(0, 1, batch, 1, 1, 1, device=device) * (torch.rand(batch, 1, 1, 1, device=device) < 0.2)
    canvas = canvas + fading * (grey - canvas)
    grain = uniform(0, 0.04, batch, 1, 1, 1, device=device) * torch.randn_like(canvas)
    return (canvas + grain).clamp(0, 1)


def compose(pictures: Pictures, batch: int, rows: int, columns: int) -> tuple[torch.Tensor, torch.Tensor]:
    """
    `batch` random pictures for a latent grid of rows × columns.

    Returns pixels [B, 3, 4·rows, 4·columns] in 0…1 and the subject's matte [B, rows, columns].
    """
    device = pictures.backgrounds.device
    side = PIXELS_PER_CELL * OVERSAMPLING
    height, width = side * rows, side * columns
    kind = torch.multinomial(torch.tensor(SHARES, device=device), batch, replacement=True)
    plain = torch.multinomial(pictures.plain, batch, replacement=True)
    own = torch.multinomial(pictures.photographed, batch, replacement=True)
    bare = torch.multinomial(pictures.empty, batch, replacement=True)
    shown = torch.where(kind == PHOTOGRAPH, own, torch.where(kind == EMPTY, bare, plain))
    stage = crop_backgrounds(pictures, shown, height, width)
    composite = (kind == COMPOSITE).float()[:, None, None, None]
    canvas, matte = stage[:, :3], stage[:, 3:] * (kind == PHOTOGRAPH).float()[:, None, None, None]

    out_of_focus = (torch.rand(batch, 1, 1, 1, device=device) < 0.35) * composite
    blurred = F.avg_pool2d(F.avg_pool2d(canvas, 7, 1, 3, count_include_pad=False), 5, 1, 2, count_include_pad=False)
    canvas = canvas + out_of_focus * (blurred - canvas)

    subject = draw_subject(pictures, batch, height, width, device)
    for extra in range(EXTRAS):
        thing = draw_extra(pictures, batch, height, width, device)
        behind = extra < EXTRAS - 1
        if not behind:
            canvas, alpha = lay_over(canvas, subject, composite)
            matte = torch.maximum(matte, alpha)
        chance = (0.45 if behind else 0.2) * (0.4 + 0.6 * composite)
        visible = (torch.rand(batch, 1, 1, 1, device=device) < chance).float()
        # A photograph's own subject has no layer of its own: what is laid over it hides it.
        visible = visible * (composite if behind else 1.0)
        canvas, alpha = lay_over(canvas, thing, visible)
        matte = matte * (1 - alpha) if not behind else matte
    pixels = F.avg_pool2d(develop(canvas), OVERSAMPLING)
    return pixels, F.avg_pool2d(matte, side).squeeze(1)
