"""Fetches source packages with the ordinary clients and unpacks them; installs nothing."""

import shutil
import subprocess
from pathlib import Path

DEBIAN = {
    "gcompris-qt-data": "3.1-2",
    "openclipart-svg": "1:0.18+dfsg-19",
    "lomiri-wallpapers-16.04": "20.04.0-2",
    "python3-skimage": "0.19.3-8",
    "python3-sklearn": "1.2.1+dfsg-1",
    "python3-scipy": "1.10.1-2",
    "python-matplotlib-data": "3.6.3-1",
}
NPM = {"@lobehub/fluent-emoji-3d": "1.1.0"}
PROGRAMS = {"rsvg-convert": "librsvg2-bin", "apt-get": "apt", "dpkg": "dpkg", "npm": "npm"}


def missing_programs() -> list[str]:
    return [f"{program} (Debian package {package})" for program, package in PROGRAMS.items() if not shutil.which(program)]


def fetch_all(folder: Path) -> dict[str, Path]:
    """Unpacks every source package below `folder`, reusing what is already there.

    @returns package name to the folder it was unpacked in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    roots = {}
    for package, version in DEBIAN.items():
        root = folder / package
        if not root.exists():
            print(f"apt-get download {package}={version}")
            subprocess.run(["apt-get", "download", "-qq", f"{package}={version}"], cwd=folder, check=True, stderr=subprocess.DEVNULL)
            archive = next(folder.glob(f"{package}_*.deb"))
            subprocess.run(["dpkg", "-x", archive, f"{root}.part"], check=True)
            Path(f"{root}.part").rename(root)  # a half-unpacked package must not look finished
            archive.unlink()
        roots[package] = root
    for package, version in NPM.items():
        root = folder / package.replace("/", "+")
        if not root.exists():
            print(f"npm pack {package}@{version}")
            name = subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
            part = Path(f"{root}.part")
            part.mkdir(exist_ok=True)
            subprocess.run(["tar", "xzf", folder / name, "-C", part], check=True)
            part.rename(root)
            (folder / name).unlink()
        roots[package] = root
    return roots
