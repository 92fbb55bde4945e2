#!/usr/bin/env python3
"""
Writes the photographs that `measure_matte.py` measures on to models/training/.data/tests, one JPEG per test outline.

    python3 models/training/data/test_pictures.py --sources FOLDER

Some are share-alike or GPL: they are fetched for measuring and go into no training and no repository. FOLDER keeps the
unpacked packages, as for pictures.py, which must have run before.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

from PIL import Image

from gcompris import resource_files

HERE = Path(__file__).parent
DATA = HERE.parent / ".data"
PACKAGES = ("gcompris-qt-data", "mate-backgrounds", "lomiri-wallpapers-16.04")
LONGEST = 640


def unpack(package: str, folder: Path) -> Path:
    """The package's files, fetched if they are not there yet."""
    root = folder / package
    if not root.exists():
        subprocess.run(["apt-get", "download", "-qq", package], cwd=folder, check=True)
        subprocess.run(["dpkg", "-x", next(folder.glob(f"{package}_*.deb")), root], check=True)
    return root


def picture(title: str, roots: dict[str, Path], pack: tarfile.TarFile, packed: dict[str, str]) -> Image.Image:
    """One photograph by its title: from the pack, the product's samples, or a package."""
    if title in packed:
        return Image.open(io.BytesIO(pack.extractfile(packed[title]).read()))
    place, name = title.split("/", 1)
    if place == "sample":
        return Image.open(HERE / f"../../../workflows/samples/{name}.jpg")
    if place == "mate":
        return Image.open(roots["mate-backgrounds"] / f"usr/share/backgrounds/mate/nature/{name}.jpg")
    if place == "lomiri":
        return Image.open(roots["lomiri-wallpapers-16.04"] / f"usr/share/backgrounds/{name}.jpg")
    resources = roots["gcompris-qt-data"] / f"usr/share/gcompris-qt/rcc/{place}.rcc"
    content = next(data for path, data in resource_files(resources) if Path(path).name == f"{name}.webp")
    return Image.open(io.BytesIO(content))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    folder = parser.parse_args().sources
    folder.mkdir(parents=True, exist_ok=True)
    roots = {package: unpack(package, folder) for package in PACKAGES}
    out = DATA / "tests"
    out.mkdir(parents=True, exist_ok=True)
    with tarfile.open(DATA / "pictures.tar") as pack:
        packed = {entry["title"]: entry["file"] for entry in json.load(pack.extractfile("manifest.json"))["backgrounds"]}
        for title in json.loads((HERE / "outlines.json").read_text())["test"]:
            image = picture(title, roots, pack, packed).convert("RGB")
            image.thumbnail((LONGEST, LONGEST))
            image.save(out / f"{title.replace('/', '__')}.jpg", quality=88)
    print(f"{len(list(out.iterdir()))} photographs in {out}", file=sys.stderr)


if __name__ == "__main__":
    main()
