#!/usr/bin/env python3
"""
Makes half a minute of music in every style that MMA brings, for `songs.ts` to read.

    apt-get install mma fluidsynth timgm6mb-soundfont sox
    python3 models/training/data/make_songs.py FOLDER

What MMA (GPL) generates belongs to whoever generates it. Tempo, chords and where the piece is cut are drawn from the
style's name, so every run makes the same songs.
"""

import argparse
import random
import re
import subprocess
from pathlib import Path

STYLES = Path("/usr/share/mma/lib/stdlib")
SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
SECONDS = 30
LEFT_OUT = re.compile("68|128|metronome|none")
"""Styles whose written tempo is not the felt beat, and those that make no music."""
SLOW, FAST = re.compile("slow|ballad|hymn|lullaby|spiritual"), re.compile("fast|quick|bluegrass|samba|polka|ska|gallop|viene")
CHORDS = [line.split() for line in (
    "C Am F G", "Dm G7 CM7 Am7", "F G Em Am", "C C7 F Fm", "Am F C G", "G D Em C", "Cm Ab Eb Bb", "C F G C", "A7 D7 E7 A7",
)]  # fmt: skip


def score(style: str, source: str) -> tuple[str, float] | None:
    """MMA's text for a style, and the second at which the piece is cut; None where the file defines no groove."""
    rng = random.Random(style)
    meter = int(found.group(1)) if (found := re.search(r"^\s*Time\s+(\d+)", source, re.M)) else 4
    groove = re.search(r"^\s*DefGroove\s+(\S+)", source, re.M)
    if not groove:
        return None
    tempo = round(rng.uniform(*((62, 100) if SLOW.search(style) else (130, 200) if FAST.search(style) else (80, 165))), 1)
    bars = int(36 * tempo / 60 / meter) + 1
    chords, hold = rng.choice(CHORDS), rng.choice([1, 1, 1, 2])
    lines = [f"Tempo {tempo}", f"Groove {groove.group(1)}", *(f"{i + 1} {chords[(i // hold) % 4]}" for i in range(bars))]
    return "\n".join(lines) + "\n", rng.choice([0, 0, round(rng.uniform(0, 8), 3)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for style in sorted(path.stem for path in STYLES.glob("*.mma") if not LEFT_OUT.search(path.stem)):
        written = score(style, (STYLES / f"{style}.mma").read_text(errors="ignore"))
        if written is None:
            continue
        text, start = written
        piece = folder / style
        piece.with_suffix(".mma").write_text(text)
        subprocess.run(["mma", "-f", f"{piece}.mid", f"{piece}.mma"], capture_output=True)
        # fluidsynth does not always end by itself when it writes a file; sox stops it.
        play = f"timeout 60 fluidsynth -ni -g 0.6 -r 44100 -T raw -O s16 -F - {SOUNDFONT} {piece}.mid 2>/dev/null"
        cut = f"sox -t raw -r 44100 -e signed -b 16 -c 2 - -c 1 {piece}.wav trim {start} {SECONDS} 2>/dev/null"
        subprocess.run(f"{play} | {cut}", shell=True)


if __name__ == "__main__":
    main()
