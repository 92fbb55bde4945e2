"""Envelopes that drive motion and light, computed from the feature rows the network itself reads."""

import math

import torch
import torch.nn.functional as F

from contract import FEATURE_RATE, LATENT_RATE

ROWS_PER_FRAME = FEATURE_RATE // LATENT_RATE
BEATLESS_RATE = 0.5
"""Beats per second that stand in for the missing beat, so that a subject still sways in silence."""
FALL = 0.16
"""Seconds in which a pulse falls to 1/e."""


def beat_position(features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """
    Unwrapped beats [B, R], beats per second [B, 1] and whether there is a beat [B, 1] from feature rows [B, R, 7].

    Without a beat, the position runs at `BEATLESS_RATE`.
    """
    sine, cosine = features[..., 4], features[..., 5]
    has_beat = (sine.square() + cosine.square()).mean(1, keepdim=True) > 0.5
    phase = torch.atan2(sine, cosine) / (2 * math.pi)
    step = (phase[:, 1:] - phase[:, :-1]) % 1
    position = torch.cat((phase[:, :1] % 1, step), 1).cumsum(1)
    rate = step.mean(1, keepdim=True) * FEATURE_RATE
    idle = torch.arange(features.shape[1], device=features.device) * (BEATLESS_RATE / FEATURE_RATE)
    return torch.where(has_beat, position, idle), torch.where(has_beat, rate, BEATLESS_RATE), has_beat


def follow(onset: torch.Tensor) -> torch.Tensor:
    """Onset strengths [B, R] with an exponential fall behind each."""
    reach = 18
    padded = F.pad(onset, (reach - 1, 0)).unfold(1, reach, 1)
    age = torch.arange(reach - 1, -1, -1, device=onset.device) / FEATURE_RATE
    return (padded * torch.exp(-age / FALL)).amax(-1)


def envelopes(features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """
    From feature rows [B, 3T, 7]: envelopes [B, 7, T] in the order of `plan.DRIVERS`, flashes per second [B, 7],
    beat position [B, T] and beats per second [B, 1].

    The downbeat is every fourth beat, on whichever of the four the bass is strongest; without a beat the beat
    drivers follow onsets.
    """
    onset, bass, mid, high = features[..., :4].unbind(-1)
    position, rate, has_beat = beat_position(features)
    phase = position % 1
    since = phase / rate.clamp(min=0.3)
    pulse = torch.exp(-(since - 0.5 / FEATURE_RATE).clamp(min=0) / FALL)
    number = position.floor().long() % 4
    energy = torch.zeros(len(features), 4, device=features.device).scatter_add_(1, number, (bass + onset) * pulse)
    downbeat = pulse * (number == energy.argmax(1, keepdim=True))
    hits = follow(onset)
    struck = (onset[:, 1:] - onset[:, :-1] > 0.25).float().sum(1, keepdim=True)
    per_second = struck * FEATURE_RATE / features.shape[1]
    beat = torch.where(has_beat, pulse, hits)
    bar = torch.where(has_beat, downbeat, hits)
    rows = torch.stack((beat, bar, bass, mid, high, hits, torch.zeros_like(beat)), 1)
    frames = F.avg_pool1d(F.pad(rows, (1, 0), mode="replicate"), ROWS_PER_FRAME, ROWS_PER_FRAME)
    beats = torch.where(has_beat, rate, per_second)
    flashes = torch.cat((beats, beats / 4, beats, per_second, per_second, per_second, 0 * beats), 1)
    return frames, flashes, position[:, ::ROWS_PER_FRAME], rate
