"""What a recording goes through: equaliser, room, echo, compressor, overdrive, noise."""

import numpy as np
from scipy.signal import fftconvolve

from synth import RATE, filtered


def recorded(rng: np.random.Generator, sound: np.ndarray, beat_seconds: float) -> np.ndarray:
    """Mono sound through effects drawn at random; peak between 0.05 and 1."""
    sound = sound / max(1e-6, np.abs(sound).max())
    if rng.random() < 0.4:
        low, high = rng.uniform(-0.7, 1.2, 2)
        sound = sound + low * filtered(sound, "lowpass", 200) + high * filtered(sound, "highpass", 4000)
    if rng.random() < 0.15:
        sound = filtered(sound, "lowpass", rng.uniform(2500, 9000))
    elif rng.random() < 0.15:
        sound = filtered(sound, "highpass", rng.uniform(80, 400))
    if rng.random() < 0.35:
        seconds = rng.uniform(0.15, 0.9)
        t = np.arange(int(2 * seconds * RATE)) / RATE
        room = rng.normal(0, 1, len(t)) * np.exp(-3 * t / seconds)
        wet = fftconvolve(sound, room)[: len(sound)]
        sound = sound + rng.uniform(0.1, 0.5) * wet / max(1e-6, np.abs(wet).max())
    if rng.random() < 0.2:
        delay = int(RATE * (beat_seconds * rng.choice([0.5, 0.75, 1.0]) if rng.random() < 0.5 else rng.uniform(0.05, 0.4)))
        amount = rng.uniform(0.15, 0.5)
        for _ in range(3):
            sound = sound + amount * np.concatenate([np.zeros(delay), sound])[: len(sound)]
            amount, delay = amount * 0.5, 2 * delay
    sound = sound / max(1e-6, np.abs(sound).max())
    if rng.random() < 0.4:
        hop = RATE // 200
        blocks = np.abs(sound[: len(sound) // hop * hop]).reshape(-1, hop).max(axis=1)
        level = np.empty_like(blocks)
        held = 0.0
        release = np.exp(-0.005 / rng.uniform(0.05, 0.4))
        for i, value in enumerate(blocks):
            held = max(value, held * release)
            level[i] = held
        gain = (0.05 + level) ** -rng.uniform(0.2, 0.7)
        sound = sound * np.interp(np.arange(len(sound)), np.arange(len(gain)) * hop, gain)
        sound = sound / max(1e-6, np.abs(sound).max())
    if rng.random() < 0.25:
        sound = np.tanh(rng.uniform(1, 5) * sound)
    if rng.random() < 0.15:
        sound = sound + 10 ** rng.uniform(-3.5, -1.7) * rng.normal(0, 1, len(sound))
    return (sound / max(1e-6, np.abs(sound).max()) * 10 ** rng.uniform(-1.3, 0)).astype(np.float32)
