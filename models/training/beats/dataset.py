"""Excerpts of the training music, changed at random each time they are drawn."""

import json
import lzma
import pickle
import zlib
from pathlib import Path

import numpy as np
import torch

from network import BANDS, ROWS_PER_SECOND

EXCERPT = 1500
"""Rows: 30 s."""
STRETCH = 0.25


class Song:
    def __init__(self, name: str, rows: np.ndarray, truth: dict):
        self.name, self.rows = name, rows
        # Row r stands for (2r + ½) / 100 s.
        self.beats = np.array(truth["beats"]) * ROWS_PER_SECOND - 0.25
        self.downbeats = None if truth["downbeats"] is None else np.array(truth["downbeats"]) * ROWS_PER_SECOND - 0.25
        self.bpm = 60 * ROWS_PER_SECOND / np.median(np.diff(self.beats))
        self.genre = truth.get("genre", "")


def pack(rows: Path, music: Path, out: Path) -> None:
    """All songs in one file of a third of the size, sixteen steps to a factor of ten, to be taken elsewhere."""
    songs = []
    for file in sorted(rows.glob("*.u8")):
        values = np.rint(np.fromfile(file, np.uint8).reshape(-1, BANDS) / 4).astype(np.uint8)
        steps = np.diff(values, axis=0, prepend=np.zeros((1, BANDS), np.uint8))
        truth = json.loads((music / f"{file.stem}.beats.json").read_text())
        songs.append((file.stem, lzma.compress(steps.T.tobytes()), truth))
    out.write_bytes(pickle.dumps(songs))


def unpack(file: Path) -> list["Song"]:
    songs = []
    for name, steps, truth in pickle.loads(file.read_bytes()):
        values = np.frombuffer(lzma.decompress(steps), np.uint8).reshape(BANDS, -1).T
        if len(truth["beats"]) >= 4:
            songs.append(Song(name, 4 * np.cumsum(values, axis=0, dtype=np.uint8), truth))
    return songs


def read_songs(rows: Path, music: Path) -> list[Song]:
    if rows.is_file():
        return unpack(rows)
    songs = []
    for file in sorted(rows.glob("*.u8")):
        truth = json.loads((music / f"{file.stem}.beats.json").read_text())
        if len(truth["beats"]) >= 4:
            songs.append(Song(file.stem, np.fromfile(file, np.uint8).reshape(-1, BANDS), truth))
    return songs


class Excerpts(torch.utils.data.IterableDataset):
    """Batches without end, each worker's drawn by itself."""

    def __init__(self, songs: list[Song], batch: int, seed: int):
        self.songs, self.batch, self.seed = songs, batch, seed

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            drawn = [excerpt(rng, self.songs[i]) for i in rng.integers(0, len(self.songs), self.batch)]
            yield tuple(torch.from_numpy(np.stack(each)) for each in zip(*drawn))


def is_kept_aside(name: str) -> bool:
    """About one song in fourteen is for validation."""
    return zlib.crc32(f"aside {name}".encode()) % 14 == 0


def targets(times: np.ndarray, start: float, factor: float, count: int) -> np.ndarray:
    marks = np.zeros(count, np.float32)
    at = np.rint((times - start) / factor).astype(int)
    marks[at[(at >= 0) & (at < count)]] = 1
    return marks


def excerpt(rng: np.random.Generator, song: Song) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`[EXCERPT, BANDS]` rows, `[EXCERPT, 2]` beats and downbeats, and which rows the song reaches."""
    low, high = max(1 - STRETCH, 46 / song.bpm), min(1 + STRETCH, 222 / song.bpm)
    pace = float(np.exp(rng.uniform(np.log(min(low, 1)), np.log(max(high, 1))))) if rng.random() < 0.7 else 1.0
    wanted = EXCERPT * pace
    start = float(rng.uniform(min(0, len(song.rows) - wanted), max(0, len(song.rows) - wanted)))
    if rng.random() < 0.15:
        start = 0.0
    at = start + pace * np.arange(EXCERPT)
    whole = np.floor(at).astype(int)
    part = (at - whole)[:, None].astype(np.float32)
    inside = (whole >= 0) & (whole < len(song.rows) - 1)
    whole = np.clip(whole, 0, len(song.rows) - 2)
    rows = ((1 - part) * song.rows[whole] + part * song.rows[whole + 1]) / 64
    rows[~inside] = 0
    return changed(rng, rows.astype(np.float32)), np.stack([targets(each, start, pace, EXCERPT) for each in (song.beats, song.downbeats)], axis=1), inside


def changed(rng: np.random.Generator, rows: np.ndarray) -> np.ndarray:
    if rng.random() < 0.5:  # quieter
        gain = 10 ** rng.uniform(-0.9, 0.1)
        rows = np.log10(1 + gain * (10**rows - 1))
    if rng.random() < 0.5:  # up to five semitones higher or lower
        shift = int(rng.integers(-5, 6))
        rows = np.roll(rows, shift, axis=1)
        if shift > 0:
            rows[:, :shift] = rows[:, shift : shift + 1]
        elif shift < 0:
            rows[:, shift:] = rows[:, shift - 1 : shift]
    if rng.random() < 0.3:  # an equaliser
        curve = np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 5), rng.uniform(0.6, 1.15, 5))
        rows = rows * curve
    if rng.random() < 0.25:  # some bands are missing
        width = int(rng.integers(4, 22))
        first = int(rng.integers(0, BANDS - width))
        rows = rows.copy()
        rows[:, first : first + width] = rows[:, first : first + width].mean() * rng.uniform(0, 1)
    if rng.random() < 0.2:
        rows = rows + np.abs(rng.normal(0, rng.uniform(0.01, 0.06), rows.shape))
    return rows.astype(np.float32)
