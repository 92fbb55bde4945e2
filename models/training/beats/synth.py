"""Instruments from arithmetic: drum machines, synthesizers, distorted guitars."""

import numpy as np
from scipy.signal import butter, sosfilt

import grooves as g

RATE = 44_100


def filtered(sound: np.ndarray, kind: str, hz: float | list[float], order: int = 2) -> np.ndarray:
    return sosfilt(butter(order, hz, kind, fs=RATE, output="sos"), sound).astype(np.float32)


def drum_kit(rng: np.random.Generator) -> dict[int, np.ndarray]:
    """One sound for each drum, drawn anew for each piece."""
    noise = lambda seconds: rng.uniform(-1, 1, int(seconds * RATE)).astype(np.float32)  # noqa: E731
    clock = lambda seconds: np.arange(int(seconds * RATE), dtype=np.float32) / RATE  # noqa: E731
    fade = lambda t, seconds: np.exp(-t / seconds)  # noqa: E731

    def drop(seconds, hz, rise, sweep, decay):
        t = clock(seconds)
        return np.sin(2 * np.pi * (hz * t + rise * hz * sweep * (1 - np.exp(-t / sweep)))) * fade(t, decay)

    def hiss(seconds, decay, hz, kind="highpass"):
        sound = noise(seconds)
        return filtered(sound, kind, hz) * fade(clock(seconds), decay)

    kick = drop(0.5, rng.uniform(42, 68), rng.uniform(1.5, 6), rng.uniform(0.01, 0.04), rng.uniform(0.06, 0.25))
    kick[:400] += rng.uniform(0, 0.5) * noise(400 / RATE) * np.linspace(1, 0, 400)
    kick = np.tanh(rng.uniform(1, 3) * kick)
    tone = drop(0.3, rng.uniform(160, 240), 0.6, 0.02, rng.uniform(0.04, 0.12))
    snare = 0.6 * tone + rng.uniform(0.5, 1) * hiss(0.3, rng.uniform(0.05, 0.16), rng.uniform(700, 2500))
    clap = np.zeros(int(0.3 * RATE), np.float32)
    for delay in (0, 0.011, 0.023):
        burst = hiss(0.25, rng.uniform(0.02, 0.1), [900, 4000], "bandpass")
        at = int(delay * RATE)
        clap[at : at + len(burst)] += burst
    metal = sum(np.sign(np.sin(2 * np.pi * hz * clock(1.2))) for hz in rng.uniform(3000, 9000, 5)) / 5
    ring = filtered(0.5 * metal + noise(1.2)[: len(metal)], "highpass", rng.uniform(5000, 8000))
    cymbal = lambda decay: ring * fade(clock(1.2)[: len(ring)], decay)  # noqa: E731
    wood = drop(0.1, rng.uniform(700, 1600), 0, 0.02, rng.uniform(0.01, 0.03))
    tom = lambda hz: drop(0.5, hz, 0.8, 0.05, rng.uniform(0.1, 0.25))  # noqa: E731
    return {
        g.KICK: kick, g.SNARE: snare, g.CLAP: 1.5 * clap, g.RIM: wood, g.CLOSED: 0.5 * cymbal(rng.uniform(0.015, 0.05))[:8000],
        g.PEDAL: 0.4 * cymbal(0.03)[:8000], g.OPEN: 0.5 * cymbal(rng.uniform(0.1, 0.3)), g.CRASH: 0.7 * cymbal(0.45),
        g.RIDE: 0.35 * cymbal(0.25), g.LOW_TOM: tom(90), g.MID_TOM: tom(130), g.HIGH_TOM: tom(180),
        g.TAMBOURINE: 0.4 * hiss(0.15, 0.04, 6000), g.COWBELL: 0.5 * wood, g.BONGO: tom(330)[:9000], g.CONGA: tom(220)[:12000],
        g.TIMBALE: tom(420)[:9000], g.SHAKER: 0.3 * hiss(0.1, 0.03, 5000), g.CLAVES: wood, g.WOODBLOCK: wood,
    }  # fmt: skip


def voice_of(rng: np.random.Generator, role: str) -> dict:
    """How a synthesizer sounds in a role: bass, chords (stabs), pad, lead, arp, guitar."""
    return {
        "role": role,
        "wave": str(rng.choice(["saw", "square", "pulse", "triangle", "super"])) if role != "guitar" else "super",
        "detune": rng.uniform(0.002, 0.012),
        "attack": rng.uniform(0.05, 0.6) if role == "pad" else rng.uniform(0.001, 0.015),
        "decay": {"pad": 4.0, "bass": rng.uniform(0.15, 0.8), "lead": 1.0, "guitar": 2.0}.get(role, rng.uniform(0.08, 0.5)),
        "bright": rng.uniform(500, 6000) if role != "bass" else rng.uniform(300, 2500),
        "wobble": rng.choice([0, 0, 0, 1, 2, 3, 4]) if role == "bass" else 0,
        "drive": rng.uniform(8, 30) if role == "guitar" else rng.choice([0, 0, 2.0]),
    }


def wave(kind: str, phase: np.ndarray) -> np.ndarray:
    turn = phase % 1
    if kind == "square":
        return np.sign(0.5 - turn)
    if kind == "pulse":
        return np.where(turn < 0.22, 1.0, -0.28)
    if kind == "triangle":
        return 4 * np.abs(turn - 0.5) - 1
    return 2 * turn - 1


def play(voice: dict, notes: list[tuple[float, float, int, int]], beat_seconds: float, length: int) -> np.ndarray:
    """Notes (seconds, seconds long, pitch, velocity) into `length` samples of mono sound."""
    out = np.zeros(length + RATE, np.float32)
    for start, long, pitch, velocity in notes:
        muted = voice["role"] == "guitar" and velocity < 80
        decay = 0.06 if muted else voice["decay"]
        count = min(int((long + 0.03) * RATE), int(6 * decay * RATE) + 2000, len(out) - int(start * RATE) - 1)
        if count < 200 or start < 0:
            continue
        t = np.arange(count, dtype=np.float32) / RATE
        hz = 440 * 2 ** ((pitch - 69) / 12)
        if voice["wave"] == "super":
            body = sum(wave("saw", hz * (1 + d) * t + d * 1000) for d in (-voice["detune"], 0, voice["detune"])) / 2
        else:
            body = wave(voice["wave"], hz * t)
        dark = np.sin(2 * np.pi * hz * t)
        shine = np.exp(-t / (0.4 * decay + 0.01))
        body = shine * body + (1 - shine) * dark
        if voice["wobble"]:
            body *= 0.5 - 0.5 * np.cos(2 * np.pi * t * voice["wobble"] / beat_seconds)
        edge = np.minimum(1, t / voice["attack"]) * np.minimum(1, (count / RATE - t) / 0.02)
        at = int(start * RATE)
        out[at : at + count] += (velocity / 127) * edge * np.exp(-t / decay) * body
    out = out[:length]
    if voice["drive"]:
        out = np.tanh(voice["drive"] * out)
    out = filtered(out, "lowpass", min(9000, voice["bright"] + (2500 if voice["role"] == "guitar" else 300)))
    return filtered(out, "highpass", 90) if voice["role"] == "guitar" else out


def hit(kit: dict[int, np.ndarray], hits: list[tuple[float, int, int]], length: int) -> np.ndarray:
    """Drum hits (seconds, drum, velocity) into mono sound."""
    out = np.zeros(length + 2 * RATE, np.float32)
    for start, drum, velocity in hits:
        sound = kit.get(drum)
        at = int(start * RATE)
        if sound is None or at < 0 or at + len(sound) >= len(out):
            continue
        out[at : at + len(sound)] += (velocity / 127) ** 1.5 * sound
    return out[:length]


def duck(length: int, kicks: list[float], depth: float, seconds: float) -> np.ndarray:
    """The gain of what gives way to the kick."""
    gain = np.ones(length, np.float32)
    shape = 1 - depth * np.exp(-np.arange(int(4 * seconds * RATE), dtype=np.float32) / RATE / seconds)
    for start in kicks:
        at = int(start * RATE)
        if 0 <= at < length:
            end = min(length, at + len(shape))
            gain[at:end] = np.minimum(gain[at:end], shape[: end - at])
    return gain
