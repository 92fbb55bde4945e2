"""Accompaniments as MIDI with exact beats: by MMA in its many styles, and plain bands of our own in odd meters."""

import math
import random
import re
import subprocess
from pathlib import Path

import mido

STYLES = Path("/usr/share/mma/lib/stdlib")
PROGRESSIONS = [
    "C Am F G", "C F G C", "Am F C G", "Dm7 G7 CM7 Am7", "C C F G", "Am Dm E7 Am", "C G Am F", "Em Am D7 G",
    "C7 C7 F7 C7", "Cm Ab Eb Bb", "F Dm Gm C7", "G Em C D",
]  # fmt: skip


def grooves_of(style: str) -> list[str]:
    """The grooves a style file defines, in their order; those for its start and end left out."""
    text = (STYLES / f"{style}.mma").read_text(errors="replace")
    names = re.findall(r"(?im)^\s*DefGroove\s+(\S+)", text)
    return [name for name in names if not re.search(r"intro|end$|endsus|fill", name, re.I)] or names


def mma_midi(piece: dict, folder: Path) -> mido.MidiFile:
    """Chords in a style: eight bars of each of two of its grooves, turn by turn, for as long as the piece lasts."""
    rng = random.Random(piece["seed"])
    grooves = grooves_of(piece["style"])
    pair = [grooves[0], grooves[min(len(grooves) - 1, 1 + rng.randrange(3))]]
    bars = math.ceil(piece["seconds"] * 1.3 * piece["bpm"] / 60 / piece["meter"]) + 4
    lines = [f"RndSeed {piece['seed']}", f"Tempo {piece['bpm']}"]
    chords = rng.choice(PROGRESSIONS).split()
    for bar in range(bars):
        if bar % 8 == 0:
            lines.append(f"Groove {pair[bar // 8 % 2]}")
        if bar % 16 == 0 and bar > 0:
            chords = rng.choice(PROGRESSIONS).split()
        lines.append(chords[bar % len(chords)])
    song = folder / f"{piece['name']}.mma"
    song.write_text("\n".join(lines) + "\n")
    midi = folder / f"{piece['name']}.mid"
    subprocess.run(["mma", "-f", str(midi), str(song)], check=True, stdout=subprocess.DEVNULL, timeout=120)
    return mido.MidiFile(midi)


def band_midi(piece: dict) -> mido.MidiFile:
    """Drums, bass and chords in any meter, accents where the meter's groups begin (7 = 4 + 3, say)."""
    rng = random.Random(piece["seed"])
    midi = mido.MidiFile(ticks_per_beat=480)
    notes: list[tuple[int, int, int, int, int]] = []  # tick, length, channel, pitch, velocity
    roots = [0, rng.choice([5, 9, -3]), rng.choice([7, 2, -5]), rng.choice([5, 7, 8])]
    bars = math.ceil(piece["seconds"] * 1.3 * piece["bpm"] / 60 / piece["meter"]) + 4
    starts = [sum(piece["groups"][:i]) for i in range(len(piece["groups"]))]
    drums = piece.get("drums", True)
    for bar in range(bars):
        root = roots[bar % 4]
        third = 3 if root in (9, 2, -3) else 4
        for beat in range(piece["meter"]):
            tick = (bar * piece["meter"] + beat) * 480
            loud = 100 if beat == 0 else 86 if beat in starts else 72
            jitter = lambda: max(0, tick + rng.randint(-6, 6))  # noqa: E731  a player's 6 ms at 120 beats a minute
            if drums:
                drum = 36 if beat in starts else 38 if beat + 1 in [*starts, piece["meter"]] else 42
                notes.append((jitter(), 100, 9, drum, loud))
                notes += [(tick + half, 60, 9, 42, 60) for half in (0, 240) if rng.random() < 0.9]
            if beat in starts:
                notes.append((jitter(), 440, 1, 36 + root, loud))
            elif rng.random() < 0.5:
                notes.append((jitter(), 220, 1, 43 + root, loud - 10))
            if piece["texture"] == "chords" and beat in starts:
                notes += [(jitter(), 460, 0, 60 + root + step, loud - 15) for step in (0, third, 7)]
            if piece["texture"] == "broken":
                steps = [0, third, 7, 12]
                notes += [
                    (jitter() + half, 400, 0, 60 + root + steps[(2 * beat + half // 240) % 4], loud - 8 - half // 20)
                    for half in (0, 240)
                ]
            if beat == 0 or rng.random() < 0.55:
                tune = 72 + root + rng.choice([0, 2, third, 7, 9])
                notes.append((jitter() + rng.choice([0, 0, 0, 240]), rng.choice([220, 460]), 2, tune, loud))
    programs = piece["programs"]
    messages = [(0, mido.Message("program_change", channel=c, program=p)) for c, p in enumerate(programs)]
    for tick, length, channel, pitch, velocity in notes:
        velocity = max(20, min(120, velocity + rng.randint(-6, 6)))
        messages.append((tick, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)))
        messages.append((tick + length, mido.Message("note_off", channel=channel, note=pitch)))
    midi.tracks.append(in_track(messages))
    return midi


def with_tempo(midi: mido.MidiFile, piece: dict) -> tuple[mido.MidiFile, list[float], list[float]]:
    """The music at the piece's tempo, which may change from beat to beat; its beats and downbeats in seconds.

    A tick of the result is a millisecond. fluidsynth rounds at each change of tempo, which adds up to 0.15 s in a
    minute, so the file has a single tempo and the notes are put where the changing one has them.
    """
    messages: list[tuple[int, mido.Message]] = []
    for track in midi.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if not message.is_meta:
                messages.append((tick, message))
    # A beat is a quarter for MMA, in whatever meter.
    count = max(tick for tick, _ in messages) // midi.ticks_per_beat + 1
    beats = [0.0]
    while len(beats) <= count + 1:
        beats.append(beats[-1] + 60 / tempo_at(piece, beats[-1]))

    def seconds(tick: int) -> float:
        beat, part = divmod(tick, midi.ticks_per_beat)
        return beats[beat] + (beats[beat + 1] - beats[beat]) * part / midi.ticks_per_beat

    result = mido.MidiFile(ticks_per_beat=500)  # at 120 beats a minute, MIDI's tempo where none is given
    result.tracks.append(in_track([(round(1000 * seconds(tick)), message) for tick, message in messages]))
    return result, beats[:count], beats[: count : piece["meter"]]


def tempo_at(piece: dict, seconds: float) -> float:
    """Beats per minute at a moment. `tempo`: ramp (to a share of the start), step, rubato (phrases of some seconds)."""
    change = piece.get("tempo") or {}
    bpm = piece["bpm"]
    match change.get("kind"):
        case "ramp":
            return bpm * (1 + (change["to"] - 1) * min(1, seconds / piece["seconds"]))
        case "step":
            return bpm * (change["to"] if seconds > piece["seconds"] / 2 else 1)
        case "rubato":
            return bpm * (1 + change["depth"] * math.sin(2 * math.pi * seconds / change["period"]))
        case _:
            return bpm


def in_track(messages: list[tuple[int, mido.Message]]) -> mido.MidiTrack:
    track = mido.MidiTrack()
    last = 0
    order = {"program_change": 0, "control_change": 0, "note_off": 1}
    for tick, message in sorted(messages, key=lambda each: (each[0], order.get(each[1].type, 2))):
        track.append(message.copy(time=tick - last))
        last = tick
    return track
