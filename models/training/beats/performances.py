"""Drummers: the Groove MIDI Dataset (Gillick, Roberts, Engel, Eck, Bamman, ICML 2019; Google LLC, CC BY 4.0)."""

import csv
from pathlib import Path

import mido
import numpy as np

import grooves as g

# The drum set that was played, a Roland TD-11, numbers its zones so.
ZONES = {36: g.KICK, 38: g.SNARE, 40: g.SNARE, 37: g.RIM, 48: g.HIGH_TOM, 50: g.HIGH_TOM, 45: g.MID_TOM, 47: g.MID_TOM, 43: g.LOW_TOM, 58: g.LOW_TOM, 46: g.OPEN, 26: g.OPEN, 42: g.CLOSED, 22: g.CLOSED, 44: g.PEDAL, 49: g.CRASH, 55: g.CRASH, 57: g.CRASH, 52: g.CRASH, 51: g.RIDE, 59: g.RIDE, 53: g.RIDE}  # fmt: skip
SHORTEST = 14
"""Seconds; shorter ones are fills for the most part."""


def performances(folder: Path) -> list[dict]:
    """Rows of info.csv that are long enough, in 4/4, 3/4 or 5/4."""
    rows = list(csv.DictReader((folder / "info.csv").open()))
    return [row for row in rows if row["beat_type"] == "beat" and float(row["duration"]) >= SHORTEST and row["time_signature"] in ("4-4", "3-4", "5-4")]


def hits_of(folder: Path, row: dict) -> tuple[list[tuple[float, int, int]], np.ndarray, int]:
    """Hits (seconds, drum, velocity), beats in seconds, beats in a bar."""
    hits, now = [], 0.0
    for message in mido.MidiFile(folder / row["midi_filename"]):
        now += message.time
        if message.type == "note_on" and message.velocity > 0 and message.note in ZONES:
            hits.append((now, ZONES[message.note], message.velocity))
    beats = np.arange(0, now + 2, 60 / float(row["bpm"]))
    return hits, beats, int(row["time_signature"][0])
