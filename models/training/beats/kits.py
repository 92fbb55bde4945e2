"""Sampled drum kits of the Debian package hydrogen-drumkits (CC0, CC BY, CC BY-SA, GPL: see its copyright file)."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import resample_poly

import grooves as g
from synth import RATE

# Looked for in this order in an instrument's name.
NAMES = [
    (g.PEDAL, r"pedal|hat 1 pd"), (g.OPEN, r"open|hat op|opened|1 op\b|ohh|hat swish"), (g.CLOSED, r"closed|hat .* cl\b|side hh|hat (low|ring)|maraca"),
    (g.RIM, r"stick|rim ?click|clave|snaps|^click"), (g.CLAP, r"clap"), (g.SNARE, r"snare|slap"), (g.KICK, r"kick|bass ?drum|thump|djembe. bass"),
    (g.CRASH, r"crash|china|splash|cymbal"), (g.RIDE, r"ride|bell"), (g.LOW_TOM, r"tom.*(low|floor)|floor|low tom|dununba.*hit|bongo lo"),
    (g.MID_TOM, r"tom.*(mid|2)|middle tom|^tom$|sangban.*hit|drum 1"), (g.HIGH_TOM, r"tom.*(hi|1)|high tom|kenkeni.*hit|bongo hi|drum 2"),
    (g.COWBELL, r"cowbell|agogo"), (g.TAMBOURINE, r"tambourine"), (g.CONGA, r"conga|djembe. tone"), (g.WOODBLOCK, r"woodblock"),
]  # fmt: skip
LONGEST = 2.5
"""Seconds of a sample that are kept."""


def kits_in(folder: Path) -> list[Path]:
    """Folders of kits with at least a kick and a snare, sorted."""
    return [kit for kit in sorted(folder.iterdir()) if {g.KICK, g.SNARE} <= set(instruments(kit))]


def instruments(kit: Path) -> dict[int, list[list[tuple[float, Path]]]]:
    """Drum → (loudest velocity, sample), quietest first, for each instrument of that name."""
    found: dict[int, list[list[tuple[float, Path]]]] = {}
    for node in ET.parse(kit / "drumkit.xml").getroot().iter():
        if node.tag.split("}")[-1] != "instrument":
            continue
        name, layers = "", []
        for each in node.iter():
            tag = each.tag.split("}")[-1]
            if tag == "name" and not name:
                name = (each.text or "").lower()
            if tag == "layer":
                of = {part.tag.split("}")[-1]: part.text for part in each}
                layers.append((float(of.get("max") or 1), kit / str(of.get("filename"))))
        drum = next((drum for drum, pattern in NAMES if re.search(pattern, name)), None)
        layers = [(top, path) for top, path in layers if path.is_file()]
        if drum is not None and layers:
            found.setdefault(drum, []).append(sorted(layers))
    return found


def kit_of(rng: np.random.Generator, kit: Path) -> dict[int, list[tuple[float, np.ndarray]]]:
    """Drum → (loudest velocity 0 … 1, sound) of one kit; where it has several kicks, one of them."""
    sounds = {}
    pitch = float(rng.choice([1, 1, 1, rng.uniform(0.85, 1.2)]))
    for drum, choices in instruments(kit).items():
        layers = choices[rng.integers(len(choices))]
        sounds[drum] = [(top, read(path, pitch)) for top, path in layers[:: max(1, len(layers) // 4)]]
    # What the kit lacks its nearest relative plays.
    for drum, relative in [(g.CLOSED, g.OPEN), (g.OPEN, g.CLOSED), (g.PEDAL, g.CLOSED), (g.RIDE, g.CLOSED), (g.CRASH, g.OPEN), (g.RIM, g.SNARE), (g.CLAP, g.SNARE), (g.HIGH_TOM, g.MID_TOM), (g.LOW_TOM, g.MID_TOM), (g.MID_TOM, g.KICK)]:
        if drum not in sounds and relative in sounds:
            sounds[drum] = sounds[relative]
    return sounds


def read(path: Path, pitch: float) -> np.ndarray:
    sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    sound = sound.mean(axis=1)[: int(LONGEST * rate)]
    down = round(100 * pitch * rate / RATE)
    if down != 100:
        sound = resample_poly(sound, 100, down).astype(np.float32)
    return sound * np.minimum(1, np.arange(len(sound), 0, -1, dtype=np.float32) / 400)


def hit_kit(kit: dict[int, list[tuple[float, np.ndarray]]], hits: list[tuple[float, int, int]], length: int) -> np.ndarray:
    """Drum hits (seconds, drum, velocity) into mono sound; a hat that is closed ends the open one."""
    out = np.zeros(length + 3 * RATE, np.float32)
    hats = sorted(at for at, drum, _ in hits if drum in (g.CLOSED, g.PEDAL))
    for start, drum, velocity in hits:
        at = int(start * RATE)
        if drum not in kit or at < 0 or at >= length:
            continue
        loud = velocity / 127
        sound = next((sound for top, sound in kit[drum] if loud <= top + 1e-3), kit[drum][-1][1])
        if drum == g.OPEN and (after := next((hat for hat in hats if hat > start + 0.02), None)) is not None:
            sound = sound[: max(400, int((after - start) * RATE))]
            sound = sound * np.minimum(1, np.arange(len(sound), 0, -1, dtype=np.float32) / 400)
        out[at : at + len(sound)] += loud**1.5 * sound[: len(out) - at]
    return out[:length]
