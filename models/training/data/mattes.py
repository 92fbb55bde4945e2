#!/usr/bin/env python3
"""Cuts the subjects out of photographs with GrabCut, writing mattes/*.png and mattes/mattes.json.

    pip install opencv-python-headless && python3 models/training/data/mattes.py --sources FOLDER

Not part of pictures.py: the masks were looked at, the good ones are kept in git, and pictures.py reads those.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from fetching import fetch_all
from imaging import contact_sheet
from sources import HERE, classic_pictures, gcompris_pictures

LONGEST = 288
GC, MU = "gcompris-qt-data", "python3-skimage"
# photograph, kind, box around the subject, ellipses surely inside (cx, cy, rx, ry), boxes surely outside; all in fractions
SUBJECTS = [
    (f"{MU}:astronaut", "person", (0.0, 0.0, 0.8, 1), [(0.44, 0.2, 0.11, 0.15), (0.36, 0.78, 0.25, 0.2), (0.43, 0.45, 0.14, 0.06)], [(0, 0, 0.13, 0.62), (0, 0, 0.24, 0.45), (0.64, 0, 1, 0.6)]),
    ("python-matplotlib-data:grace_hopper", "person", (0.08, 0.02, 1, 1), [(0.49, 0.35, 0.17, 0.22), (0.5, 0.13, 0.14, 0.06), (0.55, 0.88, 0.4, 0.1)], [(0, 0, 0.3, 0.5), (0.22, 0, 0.34, 0.14), (0.76, 0, 1, 0.55)]),
    (f"{MU}:camera", "person", (0, 0.1, 0.62, 1), [(0.32, 0.28, 0.06, 0.1), (0.2, 0.65, 0.15, 0.28)], [(0.5, 0.5, 0.62, 1), (0, 0.1, 0.12, 0.3)]),
    (f"{GC}:explore_world_animals/panda", "animal", (0.2, 0.06, 0.86, 0.88), [(0.36, 0.3, 0.08, 0.12), (0.6, 0.45, 0.18, 0.2), (0.55, 0.68, 0.1, 0.08)], []),
    (f"{GC}:explore_farm_animals/dog", "animal", (0.04, 0.05, 0.92, 0.98), [(0.6, 0.4, 0.16, 0.12)], []),
    (f"{GC}:explore_farm_animals/sheep", "animal", (0.2, 0.08, 0.76, 0.94), [(0.42, 0.5, 0.16, 0.18), (0.57, 0.25, 0.06, 0.08)], []),
    (f"{GC}:explore_world_animals/scarlet_macaw", "animal", (0.2, 0.1, 0.9, 0.9), [(0.55, 0.45, 0.12, 0.2), (0.36, 0.22, 0.06, 0.06)], []),
    (f"{GC}:explore_world_animals/koala", "animal", (0.2, 0.18, 0.76, 0.86), [(0.47, 0.36, 0.14, 0.08), (0.5, 0.6, 0.14, 0.1)], []),
    (f"{GC}:explore_world_animals/kangaroo", "animal", (0.28, 0.05, 0.6, 0.8), [(0.45, 0.4, 0.05, 0.15)], []),
    (f"{GC}:explore_world_animals/hedgehog", "animal", (0.14, 0.13, 0.9, 0.87), [(0.45, 0.5, 0.25, 0.22)], []),
    (f"{GC}:explore_world_animals/bison", "animal", (0.14, 0.18, 0.86, 0.88), [(0.42, 0.45, 0.2, 0.16)], []),
    (f"{GC}:erase/crab", "animal", (0.07, 0.18, 0.99, 0.92), [(0.53, 0.42, 0.14, 0.14)], []),
    (f"{GC}:erase/kingfisher", "animal", (0.25, 0.04, 0.66, 0.78), [(0.46, 0.42, 0.07, 0.2)], [(0.5, 0.68, 0.66, 0.78)]),
    (f"{GC}:erase/kitten", "animal", (0.32, 0.08, 0.72, 0.7), [(0.5, 0.4, 0.12, 0.2)], [(0.32, 0.66, 0.72, 0.7)]),
    (f"{GC}:erase/red_panda", "animal", (0.3, 0.02, 1, 1), [(0.6, 0.4, 0.2, 0.25), (0.8, 0.7, 0.15, 0.2)], []),
    (f"{GC}:explore_farm_animals/cat", "animal", (0.2, 0.1, 0.99, 0.8), [(0.55, 0.48, 0.2, 0.1), (0.34, 0.3, 0.06, 0.08)], []),
    (f"{MU}:coffee", "object", (0.08, 0.0, 0.86, 1), [(0.48, 0.3, 0.2, 0.22), (0.45, 0.8, 0.2, 0.1)], []),
    ("python3-sklearn:flower", "plant", (0.24, 0.1, 0.73, 0.88), [(0.48, 0.5, 0.18, 0.28)], [(0.24, 0.86, 0.73, 0.88)]),
    (f"{GC}:explore_farm_animals/owl", "animal", (0.51, 0.17, 0.77, 0.98), [(0.65, 0.4, 0.08, 0.14)], []),
    (f"{GC}:erase/pika", "animal", (0.5, 0.08, 0.73, 0.72), [(0.6, 0.35, 0.05, 0.15)], []),
    (f"{GC}:categorization/monuments/statueOfLiberty", "object", (0.2, 0.04, 0.76, 0.88), [(0.5, 0.55, 0.12, 0.2)], []),
    (f"{GC}:categorization/fishes/fish28", "animal", (0.1, 0.2, 0.77, 0.83), [(0.5, 0.53, 0.16, 0.12)], []),
    (f"{GC}:categorization/fishes/fish9", "animal", (0.17, 0.13, 0.7, 0.5), [(0.45, 0.3, 0.18, 0.1)], []),
    (f"{GC}:explore_world_animals/moose", "animal", (0.03, 0.05, 0.84, 0.9), [(0.58, 0.6, 0.1, 0.12), (0.3, 0.78, 0.2, 0.07)], []),
    (f"{GC}:explore_world_animals/polar_bear", "animal", (0.2, 0.26, 0.86, 0.9), [(0.52, 0.5, 0.2, 0.12)], []),
    (f"{GC}:explore_world_music/australia", "person", (0.16, 0.05, 0.84, 0.98), [(0.43, 0.16, 0.07, 0.06), (0.45, 0.38, 0.14, 0.12)], []),
    (f"{GC}:explore_world_music/africa", "object", (0.04, 0.02, 0.98, 0.98), [(0.5, 0.4, 0.1, 0.3), (0.25, 0.55, 0.1, 0.15), (0.8, 0.6, 0.1, 0.15)], []),
]


def matte(image: Image.Image, box: tuple, inside: list, outside: list) -> np.ndarray:
    """@returns alpha over the box's crop, uint8, subject alone, edge softened over about two pixels."""
    scale = 520 / max(image.size)
    small = cv2.cvtColor(np.asarray(image.resize((round(image.width * scale), round(image.height * scale)), Image.LANCZOS)), cv2.COLOR_RGB2BGR)
    h, w = small.shape[:2]
    labels = np.full((h, w), cv2.GC_BGD, np.uint8)
    left, top, right, bottom = (round(v * s) for v, s in zip(box, (w, h, w, h)))
    labels[top:bottom, left:right] = cv2.GC_PR_FGD
    for cx, cy, rx, ry in inside:
        cv2.ellipse(labels, (round(cx * w), round(cy * h)), (round(rx * w), round(ry * h)), 0, 0, 360, cv2.GC_FGD, -1)
    for l, t, r, b in outside:
        labels[round(t * h) : round(b * h), round(l * w) : round(r * w)] = cv2.GC_BGD
    if box[0] <= 0 and box[2] >= 1 and box[1] <= 0.05:  # GrabCut needs some ground to learn from
        labels[: round(0.03 * h)] = cv2.GC_BGD
    cv2.setRNGSeed(1)
    cv2.grabCut(small, labels, None, np.zeros((1, 65)), np.zeros((1, 65)), 8, cv2.GC_INIT_WITH_MASK)
    subject = ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).astype(np.uint8)
    subject = cv2.morphologyEx(subject, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, parts, stats, _ = cv2.connectedComponentsWithStats(subject)
    big = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] > 0.08 * stats[1:, cv2.CC_STAT_AREA].max()]
    subject = np.isin(parts, big).astype(np.uint8)
    holes, parts, stats, _ = cv2.connectedComponentsWithStats(1 - subject)
    for i in range(1, holes):
        if stats[i, cv2.CC_STAT_AREA] < 60:
            subject[parts == i] = 1
    subject = cv2.morphologyEx(subject, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    soft = cv2.GaussianBlur(cv2.erode(subject, np.ones((3, 3), np.uint8)).astype(np.float32), (0, 0), 1.2)
    return (soft[top:bottom, left:right] * 255).round().astype(np.uint8)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sources", type=Path, required=True)
    roots = fetch_all(arguments.parse_args().sources)
    photographs = {f"{p.source}:{p.title}": p for p in [*gcompris_pictures(roots[GC]), *classic_pictures(roots)] if not p.kind}
    listing, shown = [], []
    for name, kind, box, inside, outside in SUBJECTS:
        mask_name = name.split(":")[1].split("/")[-1] + ".png"
        image = photographs[name].image
        mask = Image.fromarray(matte(image, box, inside, outside))
        scale = min(1, LONGEST / max(mask.size))
        mask = mask.resize((round(mask.width * scale), round(mask.height * scale)), Image.LANCZOS)
        mask.save(HERE / "mattes" / mask_name, optimize=True)
        listing.append({"photograph": name, "kind": kind, "box": box, "mask": mask_name})
        w, h = image.size
        shot = image.crop((round(box[0] * w), round(box[1] * h), round(box[2] * w), round(box[3] * h))).resize(mask.size, Image.LANCZOS)
        shot.putalpha(mask)
        shown.append((shot, mask_name))
    (HERE / "mattes/mattes.json").write_text(json.dumps(listing, indent=1) + "\n")
    contact_sheet(shown, 220, 8).save(HERE.parent / ".data/mattes.png")


if __name__ == "__main__":
    main()
