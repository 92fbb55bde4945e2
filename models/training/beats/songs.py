"""The songs that training draws from: their parts, beats and bars, packed for a journey or read as they were made.

    python songs.py OUT --stems STEMS [--music MUSIC --rows ROWS] [--most own=620,mma=240] [--megabytes 20]

Packs them into OUT-0, OUT-1, …, of each kind at most so many.
"""

import argparse
import json
import lzma
import pickle
import re
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from network import BANDS, ROWS_PER_SECOND


@dataclass
class Song:
    name: str
    kind: str
    """Where it comes from: own, mma, mix, groove, module, midi, recording."""
    parts: dict[str, np.ndarray]
    """Rows of each part, `[rows, 69]` bytes: log magnitudes times 64."""
    beats: np.ndarray
    """In rows: row r stands for (2r + ½) / 100 s."""
    downbeats: np.ndarray | None
    meter: int
    triplets: bool

    @property
    def bpm(self) -> float:
        return 60 * ROWS_PER_SECOND / float(np.median(np.diff(self.beats)))

    @property
    def rows(self) -> int:
        return min(len(rows) for rows in self.parts.values())

    @property
    def first_bar(self) -> int | None:
        """Index of the first beat that begins a bar."""
        if self.downbeats is None or len(self.downbeats) == 0:
            return None
        return int(np.argmin(np.abs(self.beats - self.downbeats[0])))


def song_of(name: str, parts: dict[str, np.ndarray], truth: dict) -> Song:
    at = lambda seconds: None if seconds is None else np.array(seconds) * ROWS_PER_SECOND - 0.25  # noqa: E731
    genre = truth.get("genre", "")
    kind = name.split("-")[0] if re.match("groove|module|midi|recording", name) else "mix" if "mix" in parts else "mma" if genre.startswith("mma") else "own"
    beats, downbeats = at(truth["beats"]), at(truth["downbeats"])
    meter = truth.get("meter") or (round(float(np.median(np.diff(np.searchsorted(beats, downbeats - 1))))) if downbeats is not None and len(downbeats) > 2 else 4)
    return Song(name, kind, parts, beats, downbeats, meter, bool(truth.get("triplets")))


def read_made(stems: Path, music: Path | None, mixes: Path | None) -> list[Song]:
    """Songs in parts (make_stems.py), and whole ones (make_music.py, dump-rows.ts)."""
    songs = []
    for file in sorted(stems.glob("*.npz")):
        if file.name.endswith(".part.npz"):
            continue
        with np.load(file) as held:
            songs.append(song_of(file.stem, {part: held[part] for part in held if part != "truth"}, json.loads(str(held["truth"]))))
    for file in sorted(mixes.glob("*.u8")) if mixes and music else []:
        truth = json.loads((music / f"{file.stem}.beats.json").read_text())
        songs.append(song_of(file.stem, {"mix": np.fromfile(file, np.uint8).reshape(-1, BANDS)}, truth))
    return [song for song in songs if len(song.beats) >= 8]


def pack(songs: list[Song], out: Path, bytes_in_each: int) -> list[Path]:
    """Files OUT-0, OUT-1, … of about so many bytes, rows sixteen steps to a factor of ten."""
    files: list[Path] = []
    waiting, size = [], 0

    def flush() -> None:
        files.append(out.with_name(f"{out.name}-{len(files)}"))
        files[-1].write_bytes(pickle.dumps(waiting))

    with ProcessPoolExecutor() as pool:
        compressed = list(pool.map(compress, songs, chunksize=8))
    for song, parts in zip(songs, compressed):
        held = sum(map(len, parts.values()))
        if waiting and size + held > bytes_in_each:
            flush()
            waiting, size = [], 0
        size += held
        waiting.append((song.name, song.kind, parts, song.beats, song.downbeats, song.meter, song.triplets))
    flush()
    return files


def compress(song: Song) -> dict[str, bytes]:
    parts = {}
    for part, rows in song.parts.items():
        values = np.rint(rows / 4).astype(np.uint8)
        steps = np.diff(values, axis=0, prepend=np.zeros((1, BANDS), np.uint8))
        parts[part] = lzma.compress(steps.T.tobytes(), preset=4)
    return parts


def unpack(files: list[Path]) -> list[Song]:
    songs = []
    for file in files:
        for name, kind, parts, *rest in pickle.loads(file.read_bytes()):
            rows = {}
            for part, steps in parts.items():
                values = np.frombuffer(lzma.decompress(steps), np.uint8).reshape(BANDS, -1).T
                rows[part] = 4 * np.cumsum(values, axis=0, dtype=np.uint8)
            songs.append(Song(name, kind, rows, *rest))
    return songs


def is_kept_aside(song: Song) -> bool:
    """About one song in fourteen is for validation; versions of one piece stay together."""
    piece = re.sub(r"-\d$", "", song.name)
    return zlib.crc32(f"aside {piece}".encode()) % 14 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--stems", type=Path, required=True)
    parser.add_argument("--music", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--most", default="")
    parser.add_argument("--megabytes", type=float, default=20)
    arguments = parser.parse_args()
    left = {kind: int(count) for kind, count in (each.split("=") for each in arguments.most.split(",") if each)}
    songs = []
    # In an order that has nothing to do with how they were made.
    for song in sorted(read_made(arguments.stems, arguments.music, arguments.rows), key=lambda song: zlib.crc32(song.name.encode())):
        if song.kind in left:
            left[song.kind] -= 1
            if left[song.kind] < 0:
                continue
        songs.append(song)
    for file in pack(songs, arguments.out, int(1e6 * arguments.megabytes)):
        print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
