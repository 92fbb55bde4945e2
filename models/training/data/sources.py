"""Where each picture comes from, and under which licence. Whatever is not clearly free is left out."""

import bz2
import io
import json
import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from gcompris import credits, resource_files
from imaging import without_plain_ground

HERE = Path(__file__).parent


@dataclass
class Picture:
    image: Image.Image
    source: str
    title: str
    author: str
    licence: str
    tags: list[str]
    kind: str = ""  # empty for backgrounds
    url: str = ""
    group: str = ""  # pictures of one group stay on one side of the split

    def __post_init__(self) -> None:
        self.group = self.group or f"{self.source}/{self.title}".lower()


def free_licence(text: str) -> str | None:
    """One spelling for licences we train on; None for every other, share-alike and non-commercial included."""
    text = text.strip()
    if re.fullmatch(r"public domain", text, re.I):
        return "PD"
    if re.fullmatch(r"CC0(-1\.0)?", text):
        return "CC0-1.0"
    by = re.fullmatch(r"CC-BY[- ](\d\.\d)", text)
    return f"CC-BY-{by.group(1)}" if by else None


def words(name: str) -> list[str]:
    return re.sub(r"([a-z])([A-Z0-9])", r"\1 \2", name).replace("_", " ").replace("-", " ").lower().split()


# activity folder, tags, whether its pictures are photographs to stand behind things or things on plain ground
GCOMPRIS = [
    ("explore_monuments", ["landmark"]),
    ("explore_world_music", ["people", "music"]),
    ("explore_world_animals", ["animal"]),
    ("explore_farm_animals", ["animal"]),
    ("erase", ["animal"]),
    ("clickgame", ["underwater"]),
    ("details", ["painting"]),
    ("categorization", []),
    ("solar_system", []),
]
CATEGORY_TAGS = {"fishes": ["animal", "underwater"], "monuments": ["landmark"], "renewable": ["landscape"], "others": ["object"], "tools": ["object", "tool"]}
# Things photographed on plain ground: cut out by flood fill from the border.
PLAIN_GROUND = set(
    "cuttingTool hammer2 hammer5 hammer7 hammer8 hammer9 measuringTape1 measuringTape2 plier1 plier2 plier3 scissors1 scissors4 "
    "spray wrench screwDriver3 pencil tweezer1 fish18 fish25".split()
)
ALSO_BACKGROUND = {"fish18", "fish25"}
# Close-ups of single things make poor places; logos and boards poor pictures.
NO_BACKGROUND = set("blackslate volleyball chair cup buffetset erasers knife spoons bulb bucket pillow middleeast baseball plate weighingMachine pan alphabets numbers".split())


def gcompris_pictures(root: Path) -> Iterator[Picture]:
    for activity, tags in GCOMPRIS:
        files = dict(resource_files(root / f"usr/share/gcompris-qt/rcc/{activity}.rcc"))
        readmes = {Path(name).parent: credits(text.decode()) for name, text in files.items() if Path(name).name == "README"}
        for name, content in sorted(files.items()):
            path = Path(name)
            if path.suffix != ".webp":
                continue
            folder = next((parent for parent in path.parents if parent in readmes), None)
            credit = readmes[folder].get(str(path.relative_to(folder))) if folder else None
            licence = free_licence(credit.licence) if credit else None
            if not licence:
                continue
            image = Image.open(io.BytesIO(content))
            stem = path.stem.removesuffix("_background")
            more = CATEGORY_TAGS.get(path.parent.name, []) if activity == "categorization" else tags
            common = dict(source="gcompris-qt-data", author=credit.author, licence=licence, url=credit.url, group=f"gcompris/{re.sub('[0-9]+$', '', stem).lower()}" if activity != "categorization" or path.parent.name == "monuments" else f"gcompris/{stem}")
            label = f"{activity}/{path.parent.name}/{stem}" if activity == "categorization" else f"{activity}/{stem}"
            if activity == "solar_system":
                yield Picture(image.convert("RGBA"), title=label, tags=["planet", stem], kind="other", **common)
                continue
            if activity == "details" and not path.stem.endswith("_background"):
                continue
            if activity == "clickgame" and not stem.startswith("sea"):
                continue  # sprite strips of 60 pixels
            if stem in PLAIN_GROUND:
                kind = "animal" if stem in ALSO_BACKGROUND else "object"
                yield Picture(without_plain_ground(image), title=label, tags=words(stem) + more, kind=kind, **common)
            if stem not in NO_BACKGROUND and "tools" not in path.parts and (stem not in PLAIN_GROUND or stem in ALSO_BACKGROUND):
                yield Picture(image.convert("RGB"), title=label, tags=words(stem) + (["castle"] if stem.startswith("Eilan") else more), **common)


def classic_pictures(roots: dict[str, Path]) -> Iterator[Picture]:
    """Photographs with a licence of their own inside scientific Python packages and wallpapers; see README.md."""
    lomiri = roots["lomiri-wallpapers-16.04"] / "usr/share/backgrounds"
    skimage = roots["python3-skimage"] / "usr/lib/python3/dist-packages/skimage/data"
    sklearn = roots["python3-sklearn"] / "usr/lib/python3/dist-packages/sklearn/datasets/images"
    mpl = roots["python-matplotlib-data"] / "usr/share/matplotlib/mpl-data/sample_data"
    for file, author, licence, tags, root, package in [
        ("aitzgorri_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "mountain meadow autumn", lomiri, "lomiri-wallpapers-16.04"),
        ("friends_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "dogs door", lomiri, "lomiri-wallpapers-16.04"),
        ("life_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "forest stream water", lomiri, "lomiri-wallpapers-16.04"),
        ("picosdeeuropa_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "mountain path clouds", lomiri, "lomiri-wallpapers-16.04"),
        ("sunset_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi", "CC-BY-4.0", "sunset mountain sun", lomiri, "lomiri-wallpapers-16.04"),
        ("Picture_0B_by_freespace.jpg", 'Trevor "Freespace"', "CC-BY-4.0", "food bowl fig", lomiri, "lomiri-wallpapers-16.04"),
        ("Picture_1A_by_freespace.jpg", 'Trevor "Freespace"', "CC-BY-4.0", "brushes colours", lomiri, "lomiri-wallpapers-16.04"),
        ("Wine_by_Jakkub_Mede.jpg", "Jakub Mede", "CC-BY-4.0", "room interior drum", lomiri, "lomiri-wallpapers-16.04"),
        ("astronaut.png", "NASA", "PD", "person portrait astronaut", skimage, "python3-skimage"),
        ("camera.png", "Lav Varshney", "CC0-1.0", "person photographer grey", skimage, "python3-skimage"),
        ("chelsea.png", "Stefan van der Walt", "CC0-1.0", "animal cat", skimage, "python3-skimage"),
        ("coffee.png", "Rachel Michetti", "CC0-1.0", "cup food", skimage, "python3-skimage"),
        ("rocket.jpg", "SpaceX", "PD", "rocket night", skimage, "python3-skimage"),
        ("hubble_deep_field.jpg", "NASA, ESA", "PD", "stars space", skimage, "python3-skimage"),
        ("china.jpg", "danielbuechele (Flickr)", "CC-BY-2.0", "landmark temple", sklearn, "python3-sklearn"),
        ("flower.jpg", "vultilion (Flickr)", "CC-BY-2.0", "flower plant", sklearn, "python3-sklearn"),
        ("grace_hopper.jpg", "James S. Davis, US Navy", "PD", "person portrait uniform", mpl, "python-matplotlib-data"),
    ]:
        yield Picture(Image.open(root / file).convert("RGB"), package, Path(file).stem, author, licence, tags.split())
    face = bz2.decompress((roots["python3-scipy"] / "usr/lib/python3/dist-packages/scipy/misc/face.dat").read_bytes())
    raccoon = Image.fromarray(np.frombuffer(face, np.uint8).reshape(768, 1024, 3))
    yield Picture(raccoon, "python3-scipy", "face", "public-domain-image.com", "PD", ["animal", "raccoon"])


def openclipart_pictures(root: Path) -> Iterator[Picture]:
    """The drawings listed, by kind, in openclipart.txt: looked through by eye, then thinned of near copies."""
    base = root / "usr/share/openclipart/svg"
    tag = lambda name: f"{{http://purl.org/dc/elements/1.1/}}{name}"
    for line in (HERE / "openclipart.txt").read_text().splitlines():
        kind, name = line.split(" ", 1)
        svg = (base / name).read_bytes()
        if not re.search(rb'license[^>]*"(http://web.resource.org/cc/PublicDomain|http://creativecommons.org/licenses/publicdomain/)"', svg):
            print(f"left out, not marked public domain: {name}")
            continue
        metadata = re.search(rb"<dc:title[^>]*>([^<]*)", svg), re.search(rb"<dc:creator.*?<dc:title[^>]*>([^<]*)", svg, re.S)
        title, author = (m.group(1).decode("utf-8", "replace").strip() if m else "" for m in metadata)
        keywords = [k.decode("utf-8", "replace").strip().lower() for k in re.findall(rb"<rdf:li[^>]*>([^<]*)", svg)]
        png = subprocess.run(["rsvg-convert", "-w", "320", "-h", "320", "-a", base / name], capture_output=True, check=True).stdout
        yield Picture(
            Image.open(io.BytesIO(png)).convert("RGBA"), "openclipart-svg", name, author or "Open Clip Art Library", "PD",
            [k for k in dict.fromkeys(words(title) + keywords) if k][:8], kind, group=f"openclipart/{re.sub(r'(_[0-9]+|_[a-z])*$', '', Path(name).stem)[:24]}",
        )


def ranges(text: str) -> set[int]:
    points = set()
    for part in text.split():
        first, _, last = part.partition("-")
        points |= set(range(int(first, 16), int(last or first, 16) + 1))
    return points


EMOJI_KINDS = {
    "person": ranges("1f466-1f469 1f46e 1f470-1f478 1f47c 1f481-1f483 1f486-1f487 1f575 1f57a 1f645-1f647 1f64b 1f64d-1f64e 1f926 1f930-1f931 1f934-1f937 1f93e 1f9b8-1f9b9 1f9cd 1f9cf 1f9d1-1f9dd 1fac5 1f3c3-1f3c4 1f3c2 1f46b-1f46d 1f385 1f977"),
    "animal": ranges("1f400-1f43c 1f43f 1f54a 1f577 1f980-1f98f 1f992-1f9a9 1f9ab-1f9ae 1fab0-1fab3 1fabc 1fabf 1face-1facf"),
    "toy": ranges("1f9f8 1fa80-1fa81 1fa85-1fa86 1f3b2 1f3a0 1f9e9 1f916 2603 26c4 1f388 1f47b 1f47e 1f383 1f9e8 1f38e 1f3af"),
    "plant": ranges("1f331-1f335 1f337-1f344 1f490 1f940 1fab4 1fab7 1fabb 1f384 1f38d"),
    "food": ranges("1f32d-1f32f 1f336 1f345-1f371 1f375-1f37b 1f37e-1f37f 1f382 1f950 1f951 1f955-1f95a 1f95d-1f96b 1f96d-1f96f 1f9c0-1f9c1 1f9c3 1f9c6-1f9c9 1f9cb 1fad0-1fad6 2615"),
    "vehicle": ranges("1f680-1f686 1f68a-1f68e 1f690-1f69e 1f6a1-1f6a2 1f6a4 1f6b2 1f6e5 1f6e9 1f6f3-1f6f6 1f6f8-1f6fc 1f3cd-1f3ce 26f4-26f5"),
    "object": ranges("1f302 1f380-1f381 1f393 1f399 1f39e 1f3a4-1f3a5 1f3a7-1f3a9 1f3ac 1f3b7-1f3bb 1f3be 1f3c0 1f3c6 1f3c8 1f3ee 1f3f0 1f3fa 1f451-1f452 1f455 1f457-1f458 1f45c 1f45f-1f460 1f484 1f48e 1f4a1 1f4bb-1f4bc 1f4bf 1f4da 1f4f1 1f4f7 1f4fa-1f4fb 1f514 1f525-1f526 1f528 1f52c-1f52e 1f56f 1f5fd 1f6f0 1f941 1f94a 1f9ed 1f9f6 1fa70 1fa90-1fa91 1fa94-1fa95 1fa97-1fa98 1faa9 1faa3 231b 23f0 2602 1f3e0-1f3e1 1f3ef 1f5ff 1f31e 1f319 2b50 1f30e 2764 1f308 2601"),
}
TONES = ["1f3fb", "1f3fc", "1f3fd", "1f3fe", "1f3ff"]


def emoji_pictures(root: Path) -> Iterator[Picture]:
    """Rendered 3D emoji. A person shows in two of the five skin tones, which two varies, so no tone is rare."""
    files = {path.stem: path for path in (root / "package/assets").glob("*.webp")}
    untoned = sorted({"-".join(c for c in name.split("-") if c not in TONES) for name in files})
    people = 0
    for name in untoned:
        first, *rest = name.split("-")
        kind = next((kind for kind, points in EMOJI_KINDS.items() if int(first, 16) in points), None)
        if not kind or name.removesuffix("-fe0f") != name and name.removesuffix("-fe0f") in files:
            continue
        others = [part for part in rest if part not in ("200d", "fe0f", "2640", "2642")]
        if kind != "person" and others:
            continue
        if {"1f91d", "2764"} & set(others) or len([p for p in others if p in ("1f466", "1f467", "1f468", "1f469", "1f9d1")]) > 0:
            continue  # couples and families: small flat figures
        chosen = [name] if name in files else []
        if kind == "person":
            toned = [n for tone in TONES if (n := "-".join([first, tone, *rest])) in files or (n := "-".join([first, tone, *[r for r in rest if r != "fe0f"]])) in files]
            if toned:
                chosen = sorted({toned[people % len(toned)], toned[(people + 2) % len(toned)]})
            people += 1
        title = unicodedata.name(chr(int(first, 16)), f"emoji {first}").lower()
        extra = [unicodedata.name(chr(int(part, 16)), "").lower() for part in others]
        concept = "-".join(["person" if first in ("1f468", "1f469", "1f9d1") else first, *others])
        for file in chosen:
            image = Image.open(files[file]).convert("RGBA")
            yield Picture(image, "@lobehub/fluent-emoji-3d", file, "Microsoft (Fluent Emoji)", "MIT", [t for t in [title, *extra] if t], kind, group=f"emoji/{concept}")


def matted_pictures(photographs: dict[str, Picture]) -> Iterator[Picture]:
    """Subjects of photographs, cut out with the masks in mattes/ (made and looked at once, with mattes.py)."""
    listing = HERE / "mattes/mattes.json"
    if not listing.exists():
        return
    for entry in json.loads(listing.read_text()):
        photograph = photographs[entry["photograph"]]
        left, top, right, bottom = entry["box"]  # in fractions of the photograph
        w, h = photograph.image.size
        image = photograph.image.crop((round(left * w), round(top * h), round(right * w), round(bottom * h))).convert("RGB")
        mask = Image.open(HERE / "mattes" / entry["mask"]).convert("L")
        image = image.resize(mask.size, Image.LANCZOS)
        image.putalpha(mask)
        yield Picture(image, photograph.source, f"{photograph.title} (subject)", photograph.author, photograph.licence, photograph.tags + ["photograph"], entry["kind"], photograph.url, photograph.group)
