"""What sound drives motion and light with, computed from the feature rows: envelopes, swings, flash rates."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from contract import FEATURE_RATE, LATENT_RATE
from plan import RATES

ROWS_PER_FRAME = FEATURE_RATE // LATENT_RATE
BEATLESS_RATE = 0.5
"""Beats per second that stand in for the missing beat, so that a subject still sways in silence."""
FALL = 0.16
"""Seconds in which a pulse falls to 1/e."""
FASTEST = 2.5
"""Hertz; faster swings than the latent rate can carry are halved."""
WAVES = 4
"""Sine and cosine of half a swing, sine and cosine of a whole one."""
ENERGY_ROWS = 31
"""Rows (about a second) over which the loudness is averaged."""
TRACKS = 8 + 8 + len(RATES) * WAVES + 2
"""Channels of `Sound.tracks`."""


@dataclass
class Sound:
    """Sound per latent frame."""

    envelopes: torch.Tensor  # [B, 8, T], order of `plan.DRIVERS`
    flashes: torch.Tensor  # [B, 8]: peaks of each envelope per second
    swings: torch.Tensor  # [B, len(RATES), WAVES, T]
    bar: torch.Tensor  # [B, 2, T]: sine and cosine of the phase of four beats
    position: torch.Tensor  # [B, T]: beats since the start

    def tracks(self) -> torch.Tensor:
        """All but the position as channels, about unit size: [B, TRACKS, T]."""
        flashes = (self.flashes / 3)[..., None].expand_as(self.envelopes)
        return torch.cat((self.envelopes, flashes, self.swings.flatten(1, 2), self.bar), 1)


def wrapped(turns: torch.Tensor) -> torch.Tensor:
    """Turns to the nearest equal phase around 0: −.5 … .5."""
    return turns - torch.floor(turns + 0.5)


def beat_position(features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """
    Unwrapped beats [B, R], beats per second [B, 1] and whether there is a beat [B, 1] from feature rows [B, R, 7].

    Rows without a phase go on at the mean rate; without a beat at all the position runs at `BEATLESS_RATE`.
    """
    sine, cosine = features[..., 4], features[..., 5]
    present = ((sine.square() + cosine.square()) > 0.25).to(sine.dtype)
    has_beat = present.mean(1, keepdim=True) > 0.5
    phase = torch.atan2(sine, torch.where(present > 0, cosine, 1.0)) / (2 * math.pi)
    step = wrapped(phase[:, 1:] - phase[:, :-1])
    both = present[:, 1:] * present[:, :-1]
    mean = (step * both).sum(1, keepdim=True) / both.sum(1, keepdim=True).clamp(min=1)
    step = torch.where(both > 0, step, mean)
    start = phase[:, :1] - torch.floor(phase[:, :1])
    position = torch.cat((start, step), 1).cumsum(1)
    position = (position + present * wrapped(phase - position)).clamp(min=0)
    idle = torch.arange(features.shape[1], device=features.device) * (BEATLESS_RATE / FEATURE_RATE)
    rate = torch.where(has_beat, (mean * FEATURE_RATE).clamp(min=0.3), BEATLESS_RATE)
    return torch.where(has_beat, position, idle), rate, has_beat


def follow(onset: torch.Tensor) -> torch.Tensor:
    """Onset strengths [B, R] with an exponential fall behind each."""
    for reach in (1, 2, 4, 8):
        older = F.pad(onset, (reach, 0))[:, : onset.shape[1]]
        onset = torch.maximum(onset, older * math.exp(-reach / FEATURE_RATE / FALL))
    return onset


def downbeat_weight(position: torch.Tensor, energy: torch.Tensor) -> torch.Tensor:
    """1 in every fourth beat, on whichever of the four has the most energy, else 0: [B, R]."""
    number = position.floor() % 4
    is_number = (number[:, None] == torch.arange(4, device=position.device)[None, :, None]).to(energy.dtype)
    strongest = (is_number * energy[:, None]).sum(2).argmax(1)
    return (number == strongest[:, None]).to(energy.dtype)


def listen(features: torch.Tensor) -> Sound:
    """Feature rows [B, 3T, 7] → what drives the latent frames."""
    onset, bass, mid, high = features[..., :4].unbind(-1)
    position, rate, has_beat = beat_position(features)
    since = (position - position.floor()) / rate
    pulse = torch.exp(-(since - 0.5 / FEATURE_RATE).clamp(min=0) / FALL)
    hits = follow(onset)
    beat = torch.where(has_beat, pulse, hits)
    bar = torch.where(has_beat, pulse * downbeat_weight(position, (bass + onset) * pulse), hits)
    energy = F.avg_pool1d(features[..., 6][:, None], ENERGY_ROWS, 1, ENERGY_ROWS // 2, count_include_pad=False)[:, 0]
    rows = torch.stack((beat, bar, bass, mid, high, hits, 1.2 * energy, torch.zeros_like(beat)), 1)
    envelopes = F.avg_pool1d(F.pad(rows, (1, 0), mode="replicate"), ROWS_PER_FRAME, ROWS_PER_FRAME)
    struck = (onset[:, 1:] - onset[:, :-1] > 0.25).to(onset.dtype).mean(1, keepdim=True) * FEATURE_RATE
    beats = torch.where(has_beat, rate, struck)
    flashes = torch.cat((beats, beats / 4, beats, struck, struck, struck, 0 * beats, 0 * beats), 1)

    position = position[:, ::ROWS_PER_FRAME]
    swings = []
    for factor in RATES:
        speed = torch.where(rate * factor > 2 * FASTEST, factor / 4, torch.where(rate * factor > FASTEST, factor / 2, factor))
        turn = 2 * math.pi * position * speed
        swings.append(torch.stack(((turn / 2).sin(), (turn / 2).cos(), turn.sin(), turn.cos()), 1))
    quarter = position * (math.pi / 2)
    return Sound(envelopes, flashes, torch.stack(swings, 1), torch.stack((quarter.sin(), quarter.cos()), 1), position)
