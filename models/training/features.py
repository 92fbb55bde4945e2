"""Synthetic audio features, 30 rows per second, with the statistics that the runtime's analysis gives for music."""

import math

import torch
import torch.nn.functional as F

from contract import FEATURE_RATE

MAX_BEATS = 64
KINDS = {"music": 0.74, "ambient": 0.08, "speech": 0.06, "silence": 0.12}


def uniform(low: float, high: float, *shape: int, device) -> torch.Tensor:
    """Uniform random numbers of the given shape."""
    return low + (high - low) * torch.rand(*shape, device=device)


def smooth_noise(batch: int, rows: int, knots_per_second: float, device) -> torch.Tensor:
    """Slow random curves [B, rows], about unit normal."""
    knots = max(4, int(rows / FEATURE_RATE * knots_per_second) + 2)
    return F.interpolate(torch.randn(batch, 1, knots, device=device), rows, mode="linear", align_corners=True)[:, 0]


def event_tables(batch: int, device) -> torch.Tensor:
    """Strengths of kick, snare and hat at the four sixteenths of every beat: [B, 3, 4, MAX_BEATS]."""
    meter = torch.tensor((4, 4, 4, 3, 2, 6), device=device)[torch.randint(6, (batch,), device=device)][:, None]
    beat = (torch.arange(MAX_BEATS, device=device)[None] + torch.randint(6, (batch, 1), device=device)) % meter
    four_on_floor = torch.rand(batch, 1, device=device) < 0.45
    on = torch.zeros(batch, 3, 4, MAX_BEATS, device=device)
    on[:, 0, 0] = torch.where(four_on_floor, 1.0, ((beat == 0) | ((beat == 2) & (meter == 4))).float())
    on[:, 1, 0] = (beat % 2 == 1).float() * (torch.rand(batch, 1, device=device) < 0.8)
    on[:, 2, 0] = 0.7
    on[:, 2, 2] = 0.8 * (torch.rand(batch, 1, device=device) < 0.75)
    on[:, 2, 1::2] = 0.5 * (torch.rand(batch, 1, 1, device=device) < 0.35)
    extra = (torch.rand_like(on) < 0.12) * uniform(0.2, 0.7, *on.shape, device=device)
    on = torch.maximum(on, extra * (torch.rand(batch, 1, 1, 1, device=device) < 0.7))
    missing = torch.rand_like(on) < uniform(0, 0.18, batch, 1, 1, 1, device=device)
    level = uniform(0.35, 1, batch, 3, 1, 1, device=device) * uniform(0.7, 1.15, *on.shape, device=device)
    absent = torch.rand(batch, 3, 1, 1, device=device) < 0.12
    return on * level * ~missing * ~absent


def percentile_scale(x: torch.Tensor) -> torch.Tensor:
    """Scales [B, R] so that the 5th percentile is 0 and the 95th is 1, clipped."""
    low, high = torch.quantile(x, torch.tensor((0.05, 0.95), device=x.device), dim=1, keepdim=True)
    return ((x - low) / (high - low).clamp(min=0.05)).clamp(0, 1)


def music(batch: int, rows: int, device) -> torch.Tensor:
    """Rhythmic music at 60–200 beats per minute with swing, drift, breaks, missing beats and tracker errors."""
    tempo = torch.exp(uniform(math.log(60), math.log(200), batch, 1, device=device)) / 60
    drift = 1 + uniform(0, 0.03, batch, 1, device=device) * smooth_noise(batch, rows, 0.3, device)
    beats_per_row = tempo * drift / FEATURE_RATE
    position = uniform(0, 1, batch, 1, device=device) + beats_per_row.cumsum(1)
    swing = uniform(0, 0.17, batch, 1, device=device) * (torch.rand(batch, 1, device=device) < 0.3)
    tables = event_tables(batch, device)
    break_at = uniform(0, 2, batch, 1, device=device) * rows
    row = torch.arange(rows, device=device)[None]
    playing = 1 - ((row > break_at) & (row < break_at + 0.35 * rows)).float()

    decay = uniform(0.02, 0.08, batch, 1, 1, device=device)
    onset = torch.zeros(batch, 3, rows, device=device)
    level = torch.zeros(batch, 3, rows, device=device)
    release = torch.stack([uniform(*r, batch, 1, device=device) for r in ((0.15, 0.5), (0.12, 0.35), (0.06, 0.2))], 1)
    for quarter, offset in enumerate((0.0, 0.25, 0.5, 0.75)):
        late = position - (offset + (swing if quarter == 2 else 0.5 * swing if quarter == 3 else 0))
        index = late.floor().clamp(0, MAX_BEATS - 1).long()
        strength = tables[:, :, quarter].gather(2, index[:, None].expand(-1, 3, -1)) * playing[:, None]
        since = ((late - late.floor()) / (tempo * drift))[:, None]
        onset = torch.maximum(onset, strength * torch.exp(-(since - 1 / FEATURE_RATE).clamp(min=0) / decay))
        level = torch.maximum(level, strength * (1 - since / release).clamp(min=0))
    flux = (onset * uniform(0.4, 1, batch, 3, 1, device=device)).amax(1)
    flux = flux + uniform(0, 0.12, batch, 1, device=device) * torch.rand(batch, rows, device=device)
    flux = flux / torch.quantile(flux, 0.97, dim=1, keepdim=True).clamp(min=0.1)

    sustained = torch.stack([smooth_noise(batch, rows, speed, device) for speed in (1.2, 2.5, 1.5)], 1)
    sustained = uniform(0, 0.3, batch, 3, 1, device=device) * sustained
    mix = torch.tensor(((1, 0.1, 0), (0.35, 0.9, 0.1), (0.05, 0.6, 0.9)), device=device)
    bands = torch.einsum("ij,bjr->bir", mix, level) + sustained
    bands = percentile_scale(bands.flatten(0, 1)).view(batch, 3, rows)
    loudness = 0.55 * bands.mean(1) + uniform(0.1, 0.45, batch, 1, device=device)

    octave = torch.tensor((1.0,) * 18 + (0.5, 2.0), device=device)[torch.randint(20, (batch, 1), device=device)]
    tracked = position * octave + 0.025 * torch.randn(batch, 1, device=device)
    tracked = tracked + 0.5 * (torch.rand(batch, 1, device=device) < 0.04)
    shaky = uniform(0, 0.02, batch, 1, device=device) * (torch.rand(batch, 1, device=device) < 0.4)
    tracked = tracked + shaky * smooth_noise(batch, rows, 3, device)
    lost_at = uniform(0, 1, batch, 1, device=device) * rows
    lost = (row > lost_at) & (row < lost_at + 0.3 * rows) & (torch.rand(batch, 1, device=device) < 0.1)
    known = (torch.rand(batch, 1, device=device) > 0.08).float() * ~lost
    angle = 2 * math.pi * tracked
    return torch.stack((flux, *bands.unbind(1), known * angle.sin(), known * angle.cos(), loudness), -1)


def beatless(batch: int, rows: int, onsets_per_second: float, knots_per_second: float, device) -> torch.Tensor:
    """Ambient music or speech: wandering bands, irregular onsets, no beat phase."""
    struck = (torch.rand(batch, rows, device=device) < onsets_per_second / FEATURE_RATE).float()
    struck = struck * uniform(0.2, 1, batch, rows, device=device)
    onset = torch.maximum(struck, 0.45 * F.pad(struck, (1, 0))[:, :-1])
    bands = smooth_noise(3 * batch, rows, knots_per_second, device) + F.avg_pool1d(
        struck.repeat_interleave(3, 0)[:, None], 5, 1, 2
    ).squeeze(1)
    bands = percentile_scale(bands).view(batch, 3, rows)
    nothing = torch.zeros(batch, rows, device=device)
    loudness = 0.4 * bands.mean(1) + uniform(0.05, 0.4, batch, 1, device=device)
    return torch.stack((onset, *bands.unbind(1), nothing, nothing, loudness), -1)


def synthesise(batch: int, rows: int, device) -> torch.Tensor:
    """Features of `batch` random clips, [B, rows, 7]; some all zero (no sound drives the picture)."""
    shares = torch.tensor(tuple(KINDS.values()), device=device)
    kind = torch.multinomial(shares, batch, replacement=True)[:, None, None]
    features = music(batch, rows, device)
    features = torch.where(kind == 1, beatless(batch, rows, 0.8, 0.6, device), features)
    features = torch.where(kind == 2, beatless(batch, rows, 3.5, 4, device), features)
    quiet = torch.rand(batch, 1, 1, device=device) < 0.15
    scale = torch.where(quiet, uniform(0.35, 1, batch, 1, 1, device=device), 1.0)
    scaled = (features[..., :4] * scale).clamp(0, 1)
    features = torch.cat((scaled, features[..., 4:6], features[..., 6:].clamp(0, 1)), -1)
    noisy = uniform(0, 0.05, batch, 1, 1, device=device) * (torch.rand(batch, 1, 1, device=device) < 0.3)
    bands = (features[..., 1:4] + noisy * torch.randn_like(features[..., 1:4])).clamp(0, 1)
    features = torch.cat((features[..., :1], bands, features[..., 4:]), -1)
    return features * (kind != 3)
