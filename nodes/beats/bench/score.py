"""Scores found beats by mir_eval's measures, in means over pieces; the held-out third only when asked for.

    pip install mir_eval
    python score.py FOLDER [--held-out] [--pieces] [found-NAME.json ...]

F: within ±70 ms. CMLt, AMLt: continuity, at the annotated level and at any. As mir_eval has it, the first 5 s do not
count. Downbeat F alike; pieces without known bars are left out of it. `--pieces` prints each piece, of those to look at.
"""

import json
import sys
import warnings
from collections import defaultdict
from pathlib import Path

import mir_eval
import numpy as np

MANIFEST = Path(__file__).parent / "manifest.json"


def measures(found: dict, truth: dict) -> dict[str, float]:
    beats, wanted = trimmed(found["beats"]), trimmed(truth["beats"])
    _, cmlt, _, amlt = mir_eval.beat.continuity(wanted, beats)
    score = {"F": mir_eval.beat.f_measure(wanted, beats), "CMLt": cmlt, "AMLt": amlt}
    if truth["downbeats"] and "downbeats" in found:
        score["downbeat F"] = mir_eval.beat.f_measure(trimmed(truth["downbeats"]), trimmed(found["downbeats"]))
    return score


def trimmed(times: list[float]) -> np.ndarray:
    return mir_eval.beat.trim_beats(np.array(times, dtype=float))


def row(label: str, scores: list[dict[str, float]]) -> str:
    def cell(name: str) -> str:
        known = [score[name] for score in scores if name in score]
        return f"{np.mean(known):.3f}" if known else "–"

    return f"| {label} | {len(scores)} | " + " | ".join(map(cell, ("F", "CMLt", "AMLt", "downbeat F"))) + " |"


def main() -> None:
    warnings.filterwarnings("ignore")  # mir_eval remarks on every piece without beats
    options = [each for each in sys.argv[1:] if each.startswith("--")]
    folder, *files = [Path(each) for each in sys.argv[1:] if not each.startswith("--")]
    split = "held out" if "--held-out" in options else "look at"
    pieces = [each for each in json.loads(MANIFEST.read_text())["pieces"] if each["split"] == split]
    for file in files or sorted(folder.glob("found-*.json")):
        report = json.loads(file.read_text())
        by_group: dict[str, list] = defaultdict(list)
        print(f"\n{file.stem.removeprefix('found-')} {report['version']}, {split}")
        print("| group | pieces | F | CMLt | AMLt | downbeat F |\n| --- | --- | --- | --- | --- | --- |")
        for piece in pieces:
            truth_file = folder / f"{piece['name']}.beats.json"
            if not truth_file.exists() or piece["name"] not in report["pieces"]:
                print(f"left out: {piece['name']}", file=sys.stderr)
                continue
            score = measures(report["pieces"][piece["name"]], json.loads(truth_file.read_text()))
            by_group[piece["group"]].append(score)
            if "--pieces" in options and split == "look at":
                print(row(piece["name"], [score]))
        for group, scores in by_group.items():
            print(row(group, scores))
        print(row("**all**", [score for scores in by_group.values() for score in scores]))


if __name__ == "__main__":
    main()
