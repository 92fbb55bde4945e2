"""Flow-matching loss on clean-latent predictions, and the sampling of noise levels."""

import torch
import torch.nn.functional as F

from batches import Batch
from contract import BOUNDARY, shifted, unshifted
from network import Expert, Pocket, reach_of

RANGES = {"base": (0.0, 1.0), "high": (unshifted(BOUNDARY), 1.0), "low": (0.0, unshifted(BOUNDARY))}
"""Each stage's part of the unshifted noise schedule."""
UNSHIFTED_SHARE = 0.15
UNDER_MATTE = 5.0
CHANNELS = (1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 1.5)
"""Weights of the seven fields: light is faint beside flow where it matters, under the matte."""
TEMPORAL, SPATIAL, CAMERA_TEMPORAL = 1.0, 0.5, 4.0


def draw_noise_level(stage: str, batch: int, device) -> torch.Tensor:
    """σ [B], mostly as the sampler's shifted schedule spends its steps, some uniform over the stage's range."""
    low, high = RANGES[stage]
    position = low + (high - low) * torch.rand(batch, device=device)
    even = shifted(low) + (shifted(high) - shifted(low)) * torch.rand(batch, device=device)
    return torch.where(torch.rand(batch, device=device) < UNSHIFTED_SHARE, even, shifted(position)).clamp(1e-3, 1)


def field_error(difference: torch.Tensor, matte: torch.Tensor) -> torch.Tensor:
    """Weighted squared error per clip [B] of fields [B, T, 7, gh, gw], with its temporal and spatial differences."""
    flow = 1 + (UNDER_MATTE - 1) * reach_of(matte)[:, None, None]
    difference = torch.cat((difference[:, :, :4] * flow.sqrt(), difference[:, :, 4:]), 2)
    difference = difference * difference.new_tensor(CHANNELS).sqrt()[:, None, None]
    error = difference.square().mean((1, 2, 3, 4))
    error = error + TEMPORAL * difference.diff(dim=1).square().mean((1, 2, 3, 4))
    across, down = difference.diff(dim=4), difference.diff(dim=3)
    return error + 0.5 * SPATIAL * (across.square().mean((1, 2, 3, 4)) + down.square().mean((1, 2, 3, 4)))


def camera_error(difference: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Squared error per clip [B] of the camera [B, T, 4]; relative where the move is large."""
    error = difference.square().mean((1, 2)) + CAMERA_TEMPORAL * difference.diff(dim=1).square().mean((1, 2))
    return error / target.square().mean((1, 2)).clamp(min=1)


def denoise_loss(expert: Expert, stage: str, batch: Batch, text, audio, image, matte) -> dict[str, torch.Tensor]:
    """Per-clip losses and noise levels [B]; `matte` is the condition, which may differ from the true one."""
    size, device = len(batch.strength), batch.strength.device
    sigma = draw_noise_level(stage, size, device)
    s = sigma[:, None, None]
    noisy_fields = torch.lerp(batch.fields, torch.randn_like(batch.fields), s[..., None, None])
    noisy_camera = torch.lerp(batch.camera, torch.randn_like(batch.camera), s)
    fields, camera = expert(noisy_fields, noisy_camera, sigma, text, batch.mask, audio, image, matte, batch.strength)
    weight = 1 / sigma.clamp(min=0.1)
    return {
        "sigma": sigma,
        "fields": weight * field_error(fields - batch.fields, batch.matte),
        "camera": weight * camera_error(camera - batch.camera, batch.camera),
    }


def mixed_matte(found: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """The found matte for half of the clips; the true one for the others, some hard-edged as people paint masks."""
    kind = torch.rand(len(true), 1, 1, device=true.device)
    return torch.where(kind < 0.5, found, torch.where(kind < 0.75, true, (true > 0.4).float()))


def matte_loss(logits: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """Cross-entropy and soft Dice."""
    logits = logits.float()
    found = logits.sigmoid()
    overlap = (2 * (found * true).sum((1, 2)) + 4) / (found.sum((1, 2)) + true.sum((1, 2)) + 4)
    return F.binary_cross_entropy_with_logits(logits, true) + 0.3 * (1 - overlap).mean()


def clip_loss(model: Pocket, stage: str, batch: Batch) -> dict[str, torch.Tensor]:
    """Sound and picture encoders and the expert over frozen words and mattes; in the stages of experts all but these are frozen."""
    with torch.no_grad():
        text = model.text_encoder(batch.ids, batch.mask)
        matte = mixed_matte(model.matte_finder(batch.pixels).float().sigmoid(), batch.matte)
    with torch.set_grad_enabled(stage == "base"):
        tokens = model.image_encoder(batch.pixels)
        audio = model.audio_encoder(batch.features)
    return denoise_loss(model.expert, stage, batch, text, audio, tokens, matte)
