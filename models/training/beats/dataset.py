"""Excerpts of the training music, mixed and changed anew each time they are drawn.

The processor draws which parts are heard, how loud and where in them each row lies; the graphics card mixes them.
"""

import numpy as np
import torch

from network import BANDS
from songs import Song

EXCERPT = 1500
"""Rows: 30 s."""
STRETCH = 0.25
SLOTS = 5
"""Parts in an excerpt, at most."""
SHARES = {"own": 0.30, "mma": 0.14, "mix": 0.16, "groove": 0.10, "module": 0.16, "midi": 0.09, "recording": 0.05}
SLOWEST, FASTEST = 46, 222


class Excerpts(torch.utils.data.IterableDataset):
    """Batches without end, each worker drawing its own; see `excerpt`."""

    def __init__(self, songs: list[Song], offsets: dict[tuple[str, str], int], batch: int, seed: int):
        self.songs, self.offsets, self.batch, self.seed = songs, offsets, batch, seed
        self.by_kind = {kind: [song for song in songs if song.kind == kind] for kind in SHARES}
        present = {kind: share for kind, share in SHARES.items() if self.by_kind[kind]}
        self.kinds, self.shares = list(present), np.array(list(present.values())) / sum(present.values())
        self.drummed = [song for song in songs if "drums" in song.parts and song.first_bar is not None]
        self.tuned = [song for song in songs if "rest" in song.parts and song.kind != "recording" and song.first_bar is not None]

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            drawn = [self.excerpt(rng) for _ in range(self.batch)]
            yield tuple(torch.from_numpy(np.stack(each)) for each in zip(*drawn))

    def excerpt(self, rng: np.random.Generator):
        """`[SLOTS, EXCERPT]` rows of each part (−1: silence), `[SLOTS]` where its rows begin among all, `[SLOTS]` gains, `[EXCERPT, 2]` beats and downbeats,
        `[EXCERPT, 2]` which of them are known."""
        pool = self.by_kind[self.kinds[rng.choice(len(self.kinds), p=self.shares)]]
        song = pool[rng.integers(len(pool))]
        low, high = max(1 - STRETCH, SLOWEST / song.bpm), min(1 + STRETCH, FASTEST / song.bpm)
        pace = float(np.exp(rng.uniform(np.log(min(low, 1)), np.log(max(high, 1))))) if rng.random() < 0.7 else 1.0
        wanted = EXCERPT * pace
        start = 0.0 if rng.random() < 0.15 else float(rng.uniform(min(0, song.rows - wanted), max(0, song.rows - wanted)))
        at = start + pace * np.arange(EXCERPT)
        heard = [(song, part, at) for part in self.kept(rng, song)] + self.borrowed(rng, song, at)
        if len(heard) > 1 and "drums" in song.parts and any(other is not song and part == "drums" for other, part, _ in heard) and rng.random() < 0.8:
            heard = [each for each in heard if each[0] is not song or each[1] != "drums"]
        places = np.full((SLOTS, EXCERPT), -1, np.float32)
        gains = np.zeros(SLOTS, np.float32)
        for slot, (source, part, rows) in enumerate(heard[:SLOTS]):
            inside = (rows >= 0) & (rows < len(source.parts[part]) - 1)
            # Places are counted from the part's own beginning: float32 cannot tell rows apart among millions.
            places[slot] = np.where(inside, rows, -1)
            gains[slot] = np.exp(rng.normal(0, 0.5)) if len(heard) > 1 else 1
        first = np.array([self.offsets[source.name, part] for source, part, _ in heard[:SLOTS]] + [0] * (SLOTS - len(heard)), np.int64)[:SLOTS]
        marks = np.stack([targets(song.beats, start, pace, EXCERPT), targets(song.downbeats, start, pace, EXCERPT)], axis=1)
        inside = (at >= 0) & (at < song.rows - 1)
        known = np.stack([inside, inside & (song.downbeats is not None)], axis=1).astype(np.float32)
        return places, first, gains, marks, known

    def kept(self, rng: np.random.Generator, song: Song) -> list[str]:
        parts = list(song.parts)
        if len(parts) == 1:
            return parts
        kept = [part for part in parts if rng.random() > 0.13]
        return kept if kept and kept != ["bass"] else parts

    def borrowed(self, rng: np.random.Generator, song: Song, at: np.ndarray) -> list[tuple[Song, str, np.ndarray]]:
        """Another song's drums, or for drums alone another song's harmony, on this song's beats and bars."""
        alone = list(song.parts) == ["drums"]
        if song.first_bar is None or rng.random() > (0.75 if alone else 0.35 if "drums" in song.parts else 0.15):
            return []
        pool = self.tuned if alone else self.drummed
        for _ in range(8):
            other = pool[rng.integers(len(pool))]
            if other is not song and other.meter == song.meter and other.triplets == song.triplets and 0.72 < other.bpm / song.bpm < 1.38:
                return [(other, part, warped(rng, song, other, at)) for part in other.parts if (part != "drums") == alone]
        return []


def warped(rng: np.random.Generator, song: Song, other: Song, at: np.ndarray) -> np.ndarray:
    """Where in `other` lies what falls on the rows `at` of `song`, beat on beat and bar on bar."""
    count = np.interp(at, song.beats, np.arange(len(song.beats)))
    early, late = at < song.beats[0], at > song.beats[-1]
    count[early] = (at[early] - song.beats[0]) / (song.beats[1] - song.beats[0])
    count[late] = len(song.beats) - 1 + (at[late] - song.beats[-1]) / (song.beats[-1] - song.beats[-2])
    shift = other.first_bar - song.first_bar
    # By whole bars, so that as much of it as there is may be heard.
    low = -(count[0] + shift) / song.meter
    high = (len(other.beats) - 1 - count[-1] - shift) / song.meter
    bars = rng.integers(int(np.ceil(low)), int(np.floor(high)) + 1) if np.floor(high) >= np.ceil(low) else int(np.ceil(low))
    count = count + shift + bars * song.meter
    rows = np.interp(count, np.arange(len(other.beats)), other.beats)
    rows[(count < -1) | (count > len(other.beats))] = -1
    return rows


def targets(times: np.ndarray | None, start: float, pace: float, count: int) -> np.ndarray:
    marks = np.zeros(count, np.float32)
    if times is not None:
        at = np.rint((times - start) / pace).astype(int)
        marks[at[(at >= 0) & (at < count)]] = 1
    return marks


def all_rows(songs: list[Song]) -> tuple[np.ndarray, dict[tuple[str, str], int]]:
    """Rows of every part in one array, and where each part begins."""
    offsets, held, at = {}, [], 0
    for song in songs:
        for part, rows in song.parts.items():
            offsets[song.name, part] = at
            held.append(rows)
            at += len(rows)
    return np.concatenate(held), offsets


def mixed(rows: torch.Tensor, places: torch.Tensor, first: torch.Tensor, gains: torch.Tensor) -> torch.Tensor:
    """Parts together, as if they had been recorded so: their magnitudes' squares add up. `[N, EXCERPT, 69]` log magnitudes.

    `rows` `[all, 69]` bytes; `places`, `first`, `gains` as `Excerpts.excerpt` draws them, `[N, SLOTS, …]`.
    """
    whole = places.clamp(min=0).floor()
    part = (places - whole).clamp(min=0)[..., None]
    index = first[..., None] + whole.long()
    index[gains == 0] = 0
    log = ((1 - part) * rows[index].float() + part * rows[(index + 1).clamp(max=len(rows) - 1)].float()) / 64
    magnitude = (10**log - 1) * ((places >= 0) * gains[..., None])[..., None]
    loud = (gains**2).sum(1).clamp(min=1e-6).sqrt()
    return torch.log10(1 + (magnitude**2).sum(1).sqrt() / loud[:, None, None])


def changed(rows: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Log magnitudes `[N, T, 69]`, each excerpt louder or quieter, higher or lower, through an equaliser, noisier."""
    n, device = len(rows), rows.device
    draw = lambda low, high, *shape: low + (high - low) * torch.rand(n, *shape, device=device, generator=generator)  # noqa: E731
    chance = lambda share: (torch.rand(n, 1, 1, device=device, generator=generator) < share)  # noqa: E731
    gain = torch.where(chance(0.6), 10 ** draw(-0.9, 0.25, 1, 1), torch.ones(n, 1, 1, device=device))
    rows = torch.log10(1 + gain * (10**rows - 1))
    # Up to five semitones.
    shift = torch.where(chance(0.5)[:, 0, 0], torch.randint(-5, 6, (n,), device=device, generator=generator), 0)
    bands = (torch.arange(BANDS, device=device) - shift[:, None]).clamp(0, BANDS - 1)
    rows = rows.gather(2, bands[:, None].expand_as(rows))
    # An equaliser of five knobs.
    knobs = torch.nn.functional.interpolate(draw(0.55, 1.2, 1, 5), BANDS, mode="linear", align_corners=True)
    rows = torch.where(chance(0.35), rows * knobs, rows)
    # Bands that are missing, or everything above some band.
    at = torch.arange(BANDS, device=device)[None, None]
    low = draw(0, BANDS - 12, 1, 1)
    rows = torch.where(chance(0.2) & (at >= low) & (at < low + draw(4, 22, 1, 1)), rows * draw(0, 0.5, 1, 1), rows)
    rows = torch.where(chance(0.1) & (at > draw(45, BANDS, 1, 1)), torch.zeros_like(rows), rows)
    noise = torch.randn(rows.shape, device=device, generator=generator).abs() * draw(0.01, 0.07, 1, 1)
    return torch.where(chance(0.25), rows + noise, rows)
