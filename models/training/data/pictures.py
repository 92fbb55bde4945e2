#!/usr/bin/env python3
"""Makes models/training/.data/pictures.tar: backgrounds, cut-outs and a manifest, all freely licensed.

    python3 models/training/data/pictures.py [--sources FOLDER]

Needs Python 3.11 with numpy and Pillow, rsvg-convert, apt-get, dpkg and npm; fetches packages into a temporary
folder (or FOLDER, kept for the next time) and installs nothing.
"""

import argparse
import hashlib
import io
import json
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from fetching import DEBIAN, NPM, fetch_all, missing_programs
from imaging import contact_sheet, jpeg, perceptual_hash, shrink, trim, webp
from sources import Picture, classic_pictures, emoji_pictures, gcompris_pictures, matted_pictures, openclipart_pictures

OUT = Path(__file__).resolve().parent.parent / ".data"
LONGEST_BACKGROUND, LONGEST_CUTOUT = 640, 288
HELD_OUT_SHARE = 0.1
LIMIT_BYTES = 36 * 2**20
NEAR_BITS = {"background": 8, "cutout": 6}  # of 64; measured: recoloured copies differ in 0 to 6, other things in 10 up
EXCLUDED = [
    {"source": "lomiri-wallpapers-16.04", "title": "seeding_by_Clements_Engelhardt", "author": "Clemens Engelhardt", "licence": "CC0-1.0", "split": "excluded", "reason": "workflows/samples/cover.jpg: what the product is shown with must be new to the model"},
]


def usable(cutout: Picture) -> bool:
    alpha = np.asarray(cutout.image.getchannel("A"))
    return min(alpha.shape) >= 40 and (alpha < 8).mean() > 0.02 and (alpha > 200).mean() > 0.12


def split(pictures: list[Picture]) -> list[str]:
    """Puts a tenth of the groups aside, in an order fixed by hashing their names; near copies share a group."""
    parent = {p.group: p.group for p in pictures}

    def root(group: str) -> str:
        while parent[group] != group:
            group = parent[group]
        return group

    hashes = np.array([perceptual_hash(p.image) for p in pictures])
    cut = np.array([bool(p.kind) for p in pictures])
    for i, picture in enumerate(pictures):
        distance = (hashes[i + 1 :] != hashes[i]).sum(axis=1)
        limit = NEAR_BITS["cutout" if picture.kind else "background"]
        for j in np.nonzero((distance <= limit) & (cut[i + 1 :] == cut[i]))[0]:
            parent[root(pictures[i + 1 + j].group)] = root(picture.group)
    roots = [root(p.group) for p in pictures]
    held = set()
    for wanted in ("background", "cutout"):
        mine = [r for r, p in zip(roots, pictures) if bool(p.kind) == (wanted == "cutout")]
        sizes, aside = Counter(mine), sum(r in held for r in mine)
        for group in sorted(sizes, key=lambda g: hashlib.sha256(g.encode()).digest()):
            if aside >= HELD_OUT_SHARE * len(mine):
                break
            if group not in held and sizes[group] <= 12:  # a big cluster of look-alikes is no tenth, it is a kind
                held.add(group)
                aside += sizes[group]
    return ["heldout" if r in held else "train" for r in roots]


def write_tar(path: Path, files: dict[str, bytes]) -> str:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(content), 0, 0o644
            tar.addfile(info, io.BytesIO(content))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def summary(manifest: dict) -> str:
    lines = []
    for part in ("backgrounds", "cutouts"):
        entries = manifest[part]
        splits = Counter(e["split"] for e in entries)
        lines.append(f"{part}: {len(entries)} ({splits['train']} train, {splits['heldout']} held out)")
        for (source, licence), count in sorted(Counter((e["source"], e["licence"]) for e in entries).items()):
            lines.append(f"  {source}: {licence} {count}")
    lines.append("kinds: " + ", ".join(f"{k} {n}" for k, n in Counter(e["kind"] for e in manifest["cutouts"]).most_common()))
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sources", type=Path, help="folder to fetch packages into and keep them in")
    options = arguments.parse_args()
    if missing := missing_programs():
        sys.exit("Please install: " + ", ".join(missing))
    print("Packages:", ", ".join(f"{n} {v}" for n, v in {**DEBIAN, **NPM}.items()))
    with tempfile.TemporaryDirectory() as temporary:
        roots = fetch_all(options.sources or Path(temporary))
        photographs = list(gcompris_pictures(roots["gcompris-qt-data"])) + list(classic_pictures(roots))
        drawings = list(openclipart_pictures(roots["openclipart-svg"])) + list(emoji_pictures(roots["@lobehub/fluent-emoji-3d"]))
        backgrounds = [p for p in photographs if not p.kind]
        cutouts = [p for p in photographs if p.kind] + drawings + list(matted_pictures({f"{p.source}:{p.title}": p for p in backgrounds}))
    for picture in cutouts:
        picture.image = shrink(trim(picture.image), LONGEST_CUTOUT)
    for picture in backgrounds:
        picture.image = shrink(picture.image, LONGEST_BACKGROUND)
    cutouts = [p for p in cutouts if usable(p)]
    pictures = sorted(backgrounds, key=lambda p: (p.source, p.title)) + sorted(cutouts, key=lambda p: (p.source, p.kind, p.title))
    manifest = {"backgrounds": [], "cutouts": [], "excluded": EXCLUDED}
    files = {}
    for picture, side in zip(pictures, split(pictures)):
        part, encode, suffix = ("cutouts", webp, "webp") if picture.kind else ("backgrounds", jpeg, "jpg")
        name = f"{part}/{len(manifest[part]):04d}.{suffix}"
        files[name] = encode(picture.image)
        entry = {"file": name, "split": side, "source": picture.source, "title": picture.title, "author": picture.author, "licence": picture.licence, "tags": picture.tags}
        if picture.kind:
            entry["kind"] = picture.kind
        if picture.url:
            entry["url"] = picture.url
        manifest[part].append(entry)
    text = summary(manifest)
    files["manifest.json"] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    files["LICENCES.txt"] = (text + "\n").encode()
    OUT.mkdir(parents=True, exist_ok=True)
    tar = OUT / "pictures.tar"
    digest = write_tar(tar, files)
    for part in ("backgrounds", "cutouts"):
        shown = [(p.image, f"{e['file'][-9:-5] if part == 'cutouts' else e['file'][-8:-4]}{'*' if e['split'] == 'heldout' else ''}") for p, e in zip([p for p in pictures if bool(p.kind) == (part == "cutouts")], manifest[part])]
        contact_sheet(shown).save(OUT / f"{part}.png")
    print(text)
    print(f"{tar}: {tar.stat().st_size / 2**20:.1f} MiB, sha256 {digest}")
    if tar.stat().st_size > LIMIT_BYTES:
        sys.exit("pictures.tar is larger than 36 MiB")


if __name__ == "__main__":
    main()
