"""Makes the pieces of manifest.json with exact beats beside them, offline, from Debian packages alone.

    apt-get install mma fluidsynth timgm6mb-soundfont fluid-soundfont-gm musescore-general-soundfont-small \
        lmms hydrogen hydrogen-data fretsonfire-songs-sectoid sox ffmpeg
    pip install mido numpy
    python make_music.py FOLDER [NAME ...]

Writes FOLDER/NAME.wav and FOLDER/NAME.beats.json: {"beats": […], "downbeats": […] or null}, in seconds. Pieces that
are there already stay.
"""

import json
import os
import subprocess
import sys
import tempfile
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mido
import numpy as np

from midi_music import band_midi, mma_midi, with_tempo

HERE = Path(__file__).parent
SOUNDFONTS = {
    "timgm": "/usr/share/sounds/sf2/TimGM6mb.sf2",
    "fluid": "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "musescore": "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3",
}
LMMS = Path("/usr/share/lmms/projects/demos")
HYDROGEN = Path("/usr/share/hydrogen/data/demo_songs")
ROCK = Path("/usr/share/games/fretsonfire/data/songs/sectoid")


def make(piece: dict, folder: Path) -> str:
    if (folder / f"{piece['name']}.beats.json").exists():
        return "there"
    with tempfile.TemporaryDirectory() as scratch:
        sound, beats, downbeats = KINDS[piece["kind"]](piece, Path(scratch))
        finish(piece, sound, folder / f"{piece['name']}.wav")
    shift = piece.get("lead", 0) - piece.get("start", 0)
    first, last = sounding(folder / f"{piece['name']}.wav")
    within = lambda times: [round(t + shift, 5) for t in times if first - 0.05 <= t + shift <= last]  # noqa: E731
    truth = {"beats": within(beats), "downbeats": within(downbeats) if downbeats else None}
    (folder / f"{piece['name']}.beats.json").write_text(json.dumps(truth))
    return f"{len(truth['beats'])} beats"


def sounding(path: Path) -> tuple[float, float]:
    """From when to when a sound is heard, seconds: beats that a project counts in silence are none."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, file.getnchannels())
        loud = np.flatnonzero(np.abs(samples).max(axis=1) > 0.01 * np.abs(samples).max())
        return loud[0] / file.getframerate(), loud[-1] / file.getframerate()


def from_midi(piece: dict, scratch: Path):
    midi = mma_midi(piece, scratch) if piece["kind"] == "mma" else band_midi(piece)
    midi, beats, downbeats = with_tempo(midi, piece)
    path = scratch / "piece.mid"
    midi.save(path)
    sound = scratch / "raw.wav"
    # fluidsynth does not always end by itself, so what it writes is cut to length behind it.
    synth = ["fluidsynth", "-ni", "-g", "0.5", "-r", "44100", "-O", "s16", "-T", "raw", "-F", "/dev/stdout"]
    player = subprocess.Popen(
        [*synth, SOUNDFONTS[piece["soundfont"]], str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    raw = ["-t", "raw", "-r", "44100", "-e", "signed", "-b", "16", "-c", "2", "-"]
    run("sox", *raw, str(sound), "trim", "0", str(piece["seconds"]), stdin=player.stdout)
    player.kill()
    player.wait()
    return sound, beats, downbeats


def from_lmms(piece: dict, scratch: Path):
    """LMMS counts from the project's first tick; `felt` beats are the project's, or half or twice as many."""
    project = next(LMMS.rglob(piece["file"]))
    sound = scratch / "raw.wav"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(scratch)}
    run("lmms", "--allowroot", "render", str(project), "-f", "wav", "-o", str(sound), env=env)
    return sound, *steady(piece)


def from_hydrogen(piece: dict, scratch: Path):
    sound = scratch / "raw.wav"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(scratch)}
    song = str(HYDROGEN / piece["file"])
    # The exporter may crash on its way out, when all is written.
    subprocess.run(["h2cli", "-s", song, "-o", str(sound)], env=env, capture_output=True, timeout=300)
    return sound, *steady(piece)


def from_rock(piece: dict, scratch: Path):
    """Real recordings; the game's note file holds their tempo map, but no bars."""
    midi = mido.MidiFile(ROCK / piece["file"] / "notes.mid", clip=True)
    changes = sorted(
        (tick, message.tempo) for track in midi.tracks for tick, message in absolute(track) if message.type == "set_tempo"
    )
    beats, now, tempo, at = [], 0.0, 500_000, 0
    for beat in range(2000):
        tick = beat * midi.ticks_per_beat
        while changes and changes[0][0] <= tick:
            then, next_tempo = changes.pop(0)
            now += (then - at) * tempo / midi.ticks_per_beat / 1e6
            tempo, at = next_tempo, then
        now += (tick - at) * tempo / midi.ticks_per_beat / 1e6
        at = tick
        beats.append(now)
    sound = scratch / "raw.wav"
    tracks = [str(ROCK / piece["file"] / name) for name in ("song.ogg", "guitar.ogg")]
    mix = "[0:a][1:a]amix=inputs=2:normalize=0,volume=0.6"
    run("ffmpeg", "-v", "error", "-i", tracks[0], "-i", tracks[1], "-filter_complex", mix, str(sound))
    return sound, beats, None


KINDS = {"mma": from_midi, "band": from_midi, "lmms": from_lmms, "hydrogen": from_hydrogen, "rock": from_rock}


def absolute(track):
    tick = 0
    for message in track:
        tick += message.time
        yield tick, message


def steady(piece: dict):
    beats = [60 / piece["bpm"] * beat for beat in range(int(700 * piece["bpm"] / 60))]
    return beats, beats[:: piece["meter"]] if piece.get("meter") else None


def finish(piece: dict, sound: Path, out: Path) -> None:
    """Cuts the stretch, lets silence lead where the manifest says so, and sounds it through the piece's effects."""
    cut = ["trim", str(piece.get("start", 0)), str(piece["seconds"]), "pad", str(piece.get("lead", 0)), "0"]
    # Half as loud first, so that what the effects add does not clip.
    run("sox", str(sound), "-b", "16", "-r", "44100", str(out), *cut, "vol", "0.5", *piece.get("effects", []))


def run(*command: str, **options) -> None:
    subprocess.run(command, check=True, timeout=600, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **options)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    pieces = json.loads((HERE / "manifest.json").read_text())["pieces"]
    wanted = [piece for piece in pieces if not sys.argv[2:] or piece["name"] in sys.argv[2:]]
    with ThreadPoolExecutor(2) as pool:
        for piece, said in zip(wanted, pool.map(lambda piece: attempt(piece, folder), wanted)):
            print(f"{piece['name']:<28} {said}", flush=True)


def attempt(piece: dict, folder: Path) -> str:
    try:
        return make(piece, folder)
    except (subprocess.SubprocessError, OSError, StopIteration) as error:
        return f"FAILED: {error}"


if __name__ == "__main__":
    main()
