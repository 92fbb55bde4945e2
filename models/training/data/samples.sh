#!/bin/bash
# Makes workflows/samples/cover.jpg, song.mp3 and song.beats.json from their Debian packages.
# Needs: lomiri-wallpapers-16.04 and lmms-common unpacked below $1 (pictures.py --sources, apt-get download + dpkg -x),
# lmms, ffmpeg and Pillow installed.
set -euo pipefail
sources=${1:?folder with the unpacked packages}
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../../workflows/samples
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

python3 - "$sources/lomiri-wallpapers-16.04/usr/share/backgrounds/seeding_by_Clements_Engelhardt.jpg" "$out/cover.jpg" <<'PY'
import sys
from PIL import Image
Image.open(sys.argv[1]).convert("RGB").resize((1920, 1080), Image.LANCZOS).save(sys.argv[2], quality=84, optimize=True, progressive=True)
PY

# The recorded one-shots (rim shots) belong to LMMS, under the GPL: their tracks are muted. What stays is synthesised.
python3 - "$sources/lmms-common/usr/share/lmms/projects/demos/Saber-FinalStep.mmpz" "$scratch/project.mmp" <<'PY'
import sys, zlib
from xml.etree import ElementTree
project = ElementTree.fromstring(zlib.decompress(open(sys.argv[1], "rb").read()[4:]))  # four bytes of length, then zlib
muted = [track for track in project.iter("track") if any((a.get("src") or "").endswith(".ogg") for a in track.findall(".//audiofileprocessor")) and track.get("type") == "0"]
for track in muted:
    track.set("muted", "1")
print("muted:", ", ".join(track.get("name") for track in muted))
ElementTree.ElementTree(project).write(sys.argv[2])
PY
QT_QPA_PLATFORM=offscreen lmms --allowroot render "$scratch/project.mmp" -f wav -o "$scratch/whole.wav" > "$scratch/lmms.log" 2>&1 || { cat "$scratch/lmms.log"; exit 1; }

# Twelve bars from bar 59 (counted from 0, as in the project): 59 × 4 beats × 60 s / 140 = 101.142857 s, for 20.571429 s.
start=$(python3 -c 'print(59 * 240 / 140)')
length=$(python3 -c 'print(12 * 240 / 140)')
ffmpeg -nostdin -v error -y -ss "$start" -t "$length" -i "$scratch/whole.wav" \
  -af "bass=g=-4:f=110,equalizer=f=2500:t=q:w=0.8:g=3,treble=g=7:f=5000" -c:a pcm_s16le "$scratch/cut.wav" # the mix is dark: less kick, more hats
# Half a decibel more than -14 LUFS, for what the fade takes away.
gain=$(ffmpeg -nostdin -hide_banner -i "$scratch/cut.wav" -af ebur128 -f null - 2>&1 | awk '/I:/ {last = $2} END {print -13.5 - last}')
# The limiter looks ahead 5 ms and its latency is taken out again, so beats stay where they are.
ffmpeg -nostdin -v error -y -i "$scratch/cut.wav" \
  -af "volume=${gain}dB,alimiter=limit=0.84:attack=5:release=50:level=0:latency=1,afade=in:d=0.004,afade=out:st=18.857:d=1.714" \
  -ar 44100 -ac 2 -c:a libmp3lame -b:a 160k -map_metadata -1 \
  -metadata title="Final Step (excerpt)" -metadata artist="Saber Rastikerdar" -metadata copyright="BSD-2-Clause" "$out/song.mp3"

python3 - "$out/song.beats.json" <<'PY'
import json, sys
tempo, bars = 140, 12
beats = [round(i * 60 / tempo, 6) for i in range(4 * bars)]
source = "exact by construction: the LMMS project's tempo (140, no tempo automation) and meter; the excerpt starts on its bar 59. Kick attacks in the decoded MP3 were measured against it, see README.md"
lists = {"beats": beats, "downbeats": beats[::4]}
head = {"file": "song.mp3", "durationSeconds": round(bars * 240 / tempo, 6), "tempoBpm": tempo, "meter": [4, 4], "source": source}
text = "{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in (head | lists).items()) + "\n}\n"
open(sys.argv[1], "w").write(text)
PY
