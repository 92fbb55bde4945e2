"""From beats to seconds: steady, drifting, ramping, stepping or played freely."""

import numpy as np


def tempo_curve(rng: np.random.Generator, kind: str, bpm: float, beat_count: int) -> np.ndarray:
    """Seconds of each beat, `[beat_count]`, from 0; never slower than 48 nor faster than 222 beats a minute."""
    at = np.arange(beat_count)
    if kind == "steady":
        factor = np.ones(beat_count)
    elif kind == "drift":  # a band without a click: a slow random walk within ±4 %
        steps = rng.normal(0, rng.uniform(0.001, 0.004), beat_count)
        factor = np.clip(1 + np.cumsum(steps) - np.cumsum(steps).mean(), 0.96, 1.04)
    elif kind == "ramp":
        factor = np.linspace(1, rng.choice([rng.uniform(0.7, 0.9), rng.uniform(1.12, 1.4)]), beat_count)
    elif kind == "step":
        factor = np.where(at > beat_count * rng.uniform(0.3, 0.7), rng.choice([0.75, 0.8, 1.2, 1.3]), 1.0)
    else:  # rubato: phrases that press on and hold back, of uneven length, and single beats that linger
        factor = np.ones(beat_count)
        start = 0
        while start < beat_count:
            length = int(rng.integers(4, 24))
            phase = np.linspace(0, 1, length)
            swell = rng.uniform(0.03, 0.14) * np.sin(2 * np.pi * phase + rng.uniform(-0.6, 0.6))
            factor[start : start + length] += swell[: beat_count - start]
            if start + length - 1 < beat_count and rng.random() < 0.4:
                factor[start + length - 1] *= rng.uniform(0.85, 0.97)
            start += length
        factor *= 1 + rng.normal(0, 0.012, beat_count)
    pace = np.clip(bpm * factor, 48, 222)
    return np.concatenate([[0.0], np.cumsum(60 / pace)])[:beat_count]


def seconds_at(beats: np.ndarray, position: np.ndarray) -> np.ndarray:
    """Seconds of positions counted in beats; beyond the last beat its pace goes on."""
    known = np.concatenate([beats, beats[-1] + (beats[-1] - beats[-2]) * np.arange(1, 9)])
    return np.interp(position, np.arange(len(known)), known)
