#!/usr/bin/env python3
"""Makes workflows/samples/fixtures/: small pictures and sounds that are odd, broken, or exactly known.

    python3 models/training/data/fixtures.py

Needs numpy, Pillow and ffmpeg. Everything is drawn or computed here, apart from a crop of the CC0 cover.jpg.
"""

import json
import struct
import subprocess
import wave
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SAMPLES = Path(__file__).resolve().parents[3] / "workflows/samples"
OUT = SAMPLES / "fixtures"
TEMPO, SECONDS, FIRST_BEAT = 120, 6.0, 0.25  # the first beat is off zero, so a wrong offset shows
BEATS = [FIRST_BEAT + i * 60 / TEMPO for i in range(12)]


def marked(size: tuple[int, int]) -> Image.Image:
    """A piece of the cover with a red arrow pointing up and a blue bar along the bottom: which way is up shows."""
    cover = Image.open(SAMPLES / "cover.jpg").convert("RGB")
    w, h = size
    scale = 640 / 1080
    left = round(560 * scale) - w // 2
    picture = cover.resize((round(cover.width * scale), 640), Image.LANCZOS).crop((max(0, left), 0, max(0, left) + w, h))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(w // 2, 10), (w // 2 - 24, 50), (w // 2 + 24, 50)], fill=(230, 30, 30))
    draw.rectangle([0, h - 20, w, h], fill=(30, 60, 230))
    return picture


def pictures() -> None:
    upright = marked((360, 480))
    exif = Image.Exif()
    exif[0x0112] = 6  # stored rows are the right side of the scene: turn 90° clockwise to show it
    upright.transpose(Image.ROTATE_90).save(OUT / "portrait-orientation-6.jpg", quality=78, exif=exif)
    y, x = np.mgrid[0:240, 0:320].astype(float)
    disc = np.clip((90 - np.hypot(x - 160, y - 120)) / 30, 0, 1)
    rgba = np.dstack([x / 319 * 255, y / 239 * 255, np.full_like(x, 160), disc * 255]).astype(np.uint8)
    Image.fromarray(rgba).save(OUT / "transparent.png", optimize=True)
    marked((480, 360)).save(OUT / "picture.webp", quality=75)
    marked((480, 360)).convert("L").save(OUT / "grey.jpg", quality=78)
    marked((360, 270)).convert("CMYK").save(OUT / "cmyk.jpg", quality=72)
    marked((120, 90)).save(OUT / "whole.tmp.png")
    whole = (OUT / "whole.tmp.png").read_bytes()
    (OUT / "whole.tmp.png").unlink()
    (OUT / "truncated.png").write_bytes(whole[: len(whole) // 2])
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)  # 2.7 GB of RGB once decoded, were there rows
    (OUT / "claims-30000x30000.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b""))
    (OUT / "not-a-picture.jpg").write_text("This is a text file. Its name says JPEG, its bytes do not.\n")


def click_track(rate: int, with_music: bool) -> np.ndarray:
    """@returns mono float in [-1, 1]; clicks start exactly on BEATS, downbeats (every fourth) higher and louder."""
    out = np.zeros(round(SECONDS * rate))

    def add(at: float, sound: np.ndarray) -> None:
        start = round(at * rate)
        end = min(len(out), start + len(sound))
        out[start:end] += sound[: end - start]

    for i, beat in enumerate(BEATS):
        t = np.arange(round(0.03 * rate)) / rate
        down = i % 4 == 0
        add(beat, (0.7 if down else 0.45) * np.sin(2 * np.pi * (1760 if down else 1320) * t) * np.exp(-t / 0.006))
        if with_music:
            t = np.arange(round(0.16 * rate)) / rate
            add(beat, 0.3 * np.sin(2 * np.pi * (55 * t + 4 * (1 - np.exp(-t / 0.02)) / 2)) * np.exp(-t / 0.05))
            t = np.arange(round(0.5 * rate)) / rate
            root = (110, 130.81, 98)[i // 4]
            add(beat, sum(0.05 * np.sin(2 * np.pi * root * k * t) for k in (1, 1.5, 2)) * np.minimum(1, t / 0.02) * np.exp(-t / 0.2))
    return np.clip(out, -1, 1)


def write_wav(path: Path, sound: np.ndarray, rate: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((sound * 32767).round().astype("<i2").tobytes())


def sounds() -> None:
    clicks = OUT / "clicks.tmp.wav"
    write_wav(clicks, click_track(16000, False), 16000)
    write_wav(OUT / "two-seconds-mono.wav", click_track(11025, False)[: 2 * 11025], 11025)
    write_wav(OUT / "zero-seconds.wav", np.zeros(0), 44100)
    music = OUT / "music.tmp.wav"
    write_wav(music, click_track(22050, True), 22050)
    art = OUT / "art.tmp.jpg"
    marked((480, 360)).resize((96, 72)).save(art, quality=70)
    encode = lambda *arguments: subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    encode("-i", clicks, *exact, "-c:a", "flac", "-compression_level", 12, OUT / "click-120.flac")
    encode("-i", music, *exact, "-c:a", "flac", "-compression_level", 12, OUT / "music-120.flac")
    encode("-i", music, *exact, "-c:a", "libvorbis", "-q:a", 3, OUT / "music-120.ogg")
    encode("-i", music, *exact, "-c:a", "aac", "-b:a", "48k", OUT / "music-120.m4a")
    encode("-i", music, "-i", art, "-map", 0, "-map", 1, *exact, "-c:a", "libmp3lame", "-b:a", "48k", "-c:v", "copy", "-id3v2_version", 3, "-metadata:s:v", "title=Cover", "-disposition:v", "attached_pic", OUT / "music-120-with-cover.mp3")
    clicks.unlink()
    music.unlink()
    art.unlink()
    truth = {"tempoBpm": TEMPO, "meter": [4, 4], "durationSeconds": SECONDS, "beats": BEATS, "downbeats": BEATS[::4]}
    (OUT / "click-120.beats.json").write_text(json.dumps(truth) + "\n")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    pictures()
    sounds()
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size:7d} {path.name}")
