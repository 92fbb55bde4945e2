"""What the network reads, in numpy: the same numbers as nodes/beats (spectral-frames.ts, sound-features.ts, band-rows.ts).

    python rows.py SOUND.wav ROWS.u8    # compares with what nodes/beats/bench/dump-rows.ts wrote
"""

import sys

import numpy as np
from scipy.fft import rfft
from scipy.io import wavfile
from scipy.signal import lfilter

RATE, WINDOW, HOP = 44_100, 2048, 441
LOOKAHEAD_FRAMES = 3000


def quarter_tones() -> np.ndarray:
    """`[1025, bands]`: triangles of area 1 from 30 Hz to 16 kHz, as in filterbank.ts."""
    edges: list[int] = []
    step = 0
    while 30 * 2 ** (step / 24) <= 16_000:
        bin = int(np.floor(30 * 2 ** (step / 24) / (RATE / WINDOW) + 0.5))
        if bin > (edges[-1] if edges else 0):
            edges.append(bin)
        step += 1
    bank = np.zeros((WINDOW // 2 + 1, len(edges) - 2), np.float32)
    for i in range(len(edges) - 2):
        low, centre, high = edges[i : i + 3]
        bins = np.arange(low + 1, high)
        weights = np.where(bins <= centre, (bins - low) / (centre - low), (high - bins) / (high - centre))
        bank[bins, i] = weights / weights.sum()
    return bank


BANK = quarter_tones()


def rows_of(sound: np.ndarray) -> np.ndarray:
    """Mono sound at 44.1 kHz to `[rows, 69]` bytes: log magnitudes times 64, 50 rows a second."""
    keep = np.exp(-2 * np.pi * 10 / RATE)
    start = keep * sound[0] if len(sound) else 0  # the first sample is taken for the offset
    clean = lfilter([keep, -keep], [1, -keep], sound, zi=[-start])[0].astype(np.float32)
    count = -(-len(clean) // HOP)
    peaks = np.abs(np.pad(clean, (0, count * HOP - len(clean)))).reshape(count, HOP).max(axis=1)
    padded = np.pad(clean, (WINDOW // 2, WINDOW))
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP]
    bands = np.concatenate([np.abs(rfft(part * window)) @ BANK for part in np.array_split(frames, max(1, count // 500))])
    peak = np.maximum.accumulate(np.maximum(peaks, peaks[:LOOKAHEAD_FRAMES].max()))
    log = np.log10(1 + bands / np.maximum(peak, 1e-3)[:, None])
    if log.shape[1] % 2:
        log = np.concatenate([log, log[:, -1:]], axis=1)
    if len(log) % 2:
        log = np.concatenate([log, log[-1:]])
    pooled = log.reshape(len(log) // 2, 2, -1, 2).mean(axis=(1, 3))
    return np.minimum(255, np.floor(64 * pooled + 0.5)).astype(np.uint8)


def main() -> None:
    rate, sound = wavfile.read(sys.argv[1])
    if rate != RATE or sound.ndim != 1:
        raise SystemExit("Mono at 44.1 kHz is wanted.")
    ours = rows_of(sound.astype(np.float32) / 32768)
    theirs = np.fromfile(sys.argv[2], np.uint8).reshape(-1, ours.shape[1])
    off = np.abs(ours[: len(theirs)].astype(int) - theirs)
    print(f"{ours.shape} and {theirs.shape} rows; {100 * (off > 0).mean():.3f} % differ, by {off.max()} at most")
    if ours.shape != theirs.shape or off.max() > 1:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
