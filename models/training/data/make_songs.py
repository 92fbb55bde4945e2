#!/usr/bin/env python3
"""
Makes half a minute of music in every style that MMA brings, for `songs.ts` to read.

    apt-get install mma fluidsynth timgm6mb-soundfont sox
    python3 models/training/data/make_songs.py FOLDER                             # every style, 105 songs
    python3 models/training/data/make_songs.py FOLDER --styles slowblues samba    # or some

What MMA (GPL) generates belongs to whoever generates it. Tempo, chords, MMA's own variations and where the piece is cut
are drawn from the style's name, so every run makes the same songs.
"""

import argparse
import random
import re
import shutil
import subprocess
from pathlib import Path

STYLES = Path("/usr/share/mma/lib/stdlib")
SOUNDFONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
SECONDS = 30
PROGRAMS = ("mma", "fluidsynth", "sox", "timeout")
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
    start = rng.choice([0, 0, round(rng.uniform(0, 8), 3)])
    # MMA varies volumes and times at random.
    lines = [f"RndSeed {rng.randrange(10_000)}", f"Tempo {tempo}", f"Groove {groove.group(1)}", *(f"{i + 1} {chords[(i // hold) % 4]}" for i in range(bars))]
    return "\n".join(lines) + "\n", start


def perform(text: str, start: float, piece: Path) -> str:
    """Writes PIECE.mma, .mid and .wav; returns what MMA or the synthesizer says where that fails, else nothing."""
    score_file, notes, sound = (piece.with_name(piece.name + end) for end in (".mma", ".mid", ".wav"))
    score_file.write_text(text)
    composed = subprocess.run(["mma", "-f", notes, score_file], capture_output=True, text=True)
    if composed.returncode or not notes.exists():
        return f"mma: {composed.stdout.strip()[-300:]}"
    # fluidsynth does not always end by itself when it writes a file; sox stops it.
    synthesizer = ["timeout", "60", "fluidsynth", "-ni", "-g", "0.6", "-r", "44100", "-T", "raw", "-O", "s16", "-F", "-", SOUNDFONT, notes]
    recorder = ["sox", "-D", "-t", "raw", "-r", "44100", "-e", "signed", "-b", "16", "-c", "2", "-", "-c", "1", sound, "trim", str(start), str(SECONDS)]
    with subprocess.Popen(synthesizer, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as playing:
        recorded = subprocess.run(recorder, stdin=playing.stdout, capture_output=True, text=True)
    # A header alone is 44 bytes: the synthesizer made no sound.
    return "" if sound.exists() and sound.stat().st_size > 44 else f"fluidsynth, sox: {recorded.stderr.strip()[-300:]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    known = sorted(path.stem for path in STYLES.glob("*.mma") if not LEFT_OUT.search(path.stem))
    parser.add_argument("--styles", nargs="+", choices=known, default=known, metavar="STYLE", help="all by default")
    arguments = parser.parse_args()
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if missing or not known or not Path(SOUNDFONT).exists():
        raise SystemExit(f"Missing: {', '.join(missing) or 'styles of MMA or the soundfont'}. See --help for what to install.")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    made = 0
    for style in arguments.styles:
        written = score(style, (STYLES / f"{style}.mma").read_text(errors="ignore"))
        problem = perform(*written, arguments.folder / style) if written else "its file defines no groove"
        made += not problem
        if problem:
            print(f"{style}: left out, {problem}")
    print(f"{made} songs in {arguments.folder}")


if __name__ == "__main__":
    main()
