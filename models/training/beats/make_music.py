"""Makes the music that the beat network is taught on, with its beats, offline.

    apt-get install mma fluidsynth timgm6mb-soundfont fluid-soundfont-gm musescore-general-soundfont-small
    pip install numpy scipy mido
    python make_music.py FOLDER [--pieces 420] [--mma 3] [--seconds 50]

Writes FOLDER/NAME.wav (mono) and NAME.beats.json: {"beats": […], "downbeats": […], "genre": …}, in seconds. Two
sources: `compose.py`, and the styles of MMA that the bench (nodes/beats/bench/manifest.json) does not use, `--mma` songs
of each. Pieces that are there already stay; a name always gives the same piece.
"""

import argparse
import json
import re
import subprocess
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import mido
import numpy as np
from scipy.io import wavfile

import grooves as g
from compose import GENRES, SHARES, compose
from effects import recorded
from synth import RATE, drum_kit, duck, hit, play
from tempo import seconds_at, tempo_curve

BENCH = Path(__file__).parents[3] / "nodes/beats/bench/manifest.json"
STYLES = Path("/usr/share/mma/lib/stdlib")
SOUNDFONTS = ["/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3"]
# 6/8 styles of MMA: their written tempo is not the felt beat.
LEFT_OUT = re.compile("68|metronome|none")
SLOW = re.compile("slow|ballad|spiritual|128|evansish")
FAST = re.compile("fast|quick|western|charleston|dixie|jive|hillcountry")
CHORDS = ["C Am F G", "Dm7 G7 CM7 Am7", "F G Em Am", "C C7 F Fm", "Am F C G", "G D Em C", "Cm Ab Eb Bb", "A7 D7 E7 A7", "C C G G", "Em C G D", "Fm Bbm C7 Fm", "CM7 CM7 FM7 FM7"]


def by_mma(rng: np.random.Generator, style: str, seconds: float, folder: Path):
    """Notes in seconds and the beats, of a song by MMA."""
    source = (STYLES / f"{style}.mma").read_text(errors="replace")
    meter = int(found.group(1)) if (found := re.search(r"^\s*Time\s+(\d+)", source, re.M)) else 4
    names = re.findall(r"(?im)^\s*DefGroove\s+(\S+)", source)
    names = [name for name in names if not re.search("intro|end", name, re.I)] or names
    low, high = (52, 92) if SLOW.search(style) else (128, 212) if FAST.search(style) else (80, 178)
    bpm = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    bars = int(seconds * 1.4 * bpm / 60 / meter) + 4
    lines = [f"RndSeed {rng.integers(10_000)}", "Tempo 120"]
    chords, hold = str(rng.choice(CHORDS)).split(), int(rng.choice([1, 1, 1, 2]))
    for bar in range(bars):
        if bar % 8 == 0:
            lines.append(f"Groove {rng.choice(names[:6])}")
        if bar % 16 == 15:
            chords = str(rng.choice(CHORDS)).split()
        lines.append(chords[bar // hold % 4])
    (folder / "song.mma").write_text("\n".join(lines) + "\n")
    subprocess.run(["mma", "-f", folder / "song.mid", folder / "song.mma"], check=True, capture_output=True, timeout=120)
    midi = mido.MidiFile(folder / "song.mid")
    kind = str(rng.choice(["steady", "steady", "drift", "drift", "ramp", "step", "rubato"]))
    beats = tempo_curve(rng, kind, bpm, bars * meter)
    messages = []
    for track in midi.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if not message.is_meta:
                messages.append((float(seconds_at(beats, np.array([tick / midi.ticks_per_beat]))[0]), message))
    return messages, beats, meter


def by_ourselves(rng: np.random.Generator, name: str, seconds: float):
    """Notes of each part that a soundfont plays, the sound of each that we make, the beats and the piece; "drums" is a part."""
    piece = compose(rng, name, seconds)
    beats = tempo_curve(rng, piece.tempo, piece.bpm, piece.beat_count)
    moment = lambda beat: max(0.0, float(seconds_at(beats, np.array([beat]))[0]) + rng.normal(0, 1) * piece.jitter)  # noqa: E731
    timed = {
        role: [(at := moment(beat), max(0.03, float(seconds_at(beats, np.array([beat + long]))[0]) - at), pitch, velocity) for beat, long, pitch, velocity in notes]
        for role, notes in piece.notes.items()
    }  # fmt: skip
    drums = [(moment(beat), drum, velocity) for beat, drum, velocity in piece.drums]
    messages = {}
    for channel, (role, program) in enumerate(piece.programs.items()):
        messages[role] = [(0.0, mido.Message("program_change", channel=channel, program=program)), *note_messages(channel, timed[role])]
    if piece.kit is not None and drums:
        notes = note_messages(9, [(at, 0.1, drum, velocity) for at, drum, velocity in drums])
        messages["drums"] = [(0.0, mido.Message("program_change", channel=9, program=piece.kit)), *notes]
    length = int((seconds + 4) * RATE)
    beat_seconds = 60 / piece.bpm
    sounds = {}
    for role, voice in piece.voices.items():
        line = play(voice, [note for note in timed[role] if note[0] < seconds + 3], beat_seconds, length)
        sounds[role] = rng.uniform(0.25, 1.0) * line / max(1e-6, np.abs(line).max())
    if piece.ducked and piece.drums:
        gain = duck(length, [at for at, drum, _ in drums if drum == g.KICK], rng.uniform(0.4, 0.95), rng.uniform(0.04, 0.15))
        sounds = {role: line * gain for role, line in sounds.items()}
    if piece.kit is None and drums:
        line = hit(drum_kit(rng), [each for each in drums if each[0] < seconds + 2], length)
        sounds["drums"] = rng.uniform(0.7, 2.0) * line / max(1e-6, np.abs(line).max())
    return messages, sounds, beats, piece, drums


def note_messages(channel: int, notes) -> list[tuple[float, mido.Message]]:
    result = []
    for at, long, pitch, velocity in notes:
        pitch = int(np.clip(pitch, 0, 127))
        result.append((at, mido.Message("note_on", channel=channel, note=pitch, velocity=int(np.clip(velocity, 1, 127)))))
        result.append((at + long, mido.Message("note_off", channel=channel, note=pitch)))
    return result


def sounded(messages, soundfont: str, seconds: float, folder: Path) -> np.ndarray:
    """MIDI through fluidsynth, whose output is cut by us, since it does not always end by itself."""
    midi = mido.MidiFile(ticks_per_beat=500)  # a tick is a millisecond at MIDI's own tempo
    track = mido.MidiTrack()
    midi.tracks.append(track)
    order = {"program_change": 0, "control_change": 0, "note_off": 1}
    last = 0
    for at, message in sorted(messages, key=lambda each: (each[0], order.get(each[1].type, 2))):
        if at > seconds + 2:
            break
        tick = round(1000 * at)
        track.append(message.copy(time=tick - last))
        last = tick
    midi.save(folder / "piece.mid")
    synth = ["fluidsynth", "-ni", "-o", "synth.dynamic-sample-loading=1", "-g", "0.5", "-r", str(RATE), "-O", "s16", "-T", "raw", "-F", "/dev/stdout", soundfont, folder / "piece.mid"]
    player = subprocess.Popen(synth, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    raw = player.stdout.read(int((seconds + 4) * RATE) * 4)
    player.kill()
    player.wait()
    raw = raw[: len(raw) // 4 * 4]
    return np.frombuffer(raw, np.int16).reshape(-1, 2).mean(axis=1).astype(np.float32) / 32768


def make(job: tuple[str, str, float, Path]) -> str:
    name, source, seconds, folder = job
    if (folder / f"{name}.beats.json").exists():
        return f"{name} there"
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    # The third unpacks its samples first, which takes the longest.
    soundfont = str(rng.choice(SOUNDFONTS, p=[0.42, 0.43, 0.15]))
    with tempfile.TemporaryDirectory() as scratch:
        if source.startswith("mma:"):
            messages, beats, meter = by_mma(rng, source[4:], seconds, Path(scratch))
            sound = np.zeros(int((seconds + 4) * RATE), np.float32)
        else:
            parts, sounds, beats, piece, _ = by_ourselves(rng, source, seconds)
            messages = [message for part in parts.values() for message in part]
            sound = sum(sounds.values(), np.zeros(int((seconds + 4) * RATE), np.float32))
            meter = piece.meter
        if messages:
            played = sounded(messages, soundfont, seconds, Path(scratch))
            sound[: len(played)] += rng.uniform(0.8, 1.6) * played[: len(sound)] / max(1e-6, np.abs(played).max())
    downbeats = beats[::meter]
    # Some excerpts begin in the middle of a bar, some with an upbeat.
    cut = 0.0
    if rng.random() < 0.3:
        cut = float(beats[rng.integers(1, meter)] - 0.05) if rng.random() < 0.5 else float(rng.uniform(0, beats[meter]))
    sound = sound[int(cut * RATE) : int((cut + seconds) * RATE)]
    sound = recorded(rng, sound, float(np.median(np.diff(beats))))
    lead = float(rng.choice([0, 0, 0, rng.uniform(0, 2)]))
    sound = np.concatenate([np.zeros(int(lead * RATE), np.float32), sound])
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    first, last = loud[0] / RATE, loud[-1] / RATE
    within = lambda times: [round(float(t), 5) for t in times - cut + lead if first - 0.05 <= t - cut + lead <= last]  # noqa: E731
    wavfile.write(folder / f"{name}.wav", RATE, (32000 * np.clip(sound, -1, 1)).astype(np.int16))
    truth = {"beats": within(beats), "downbeats": within(downbeats), "genre": source}
    (folder / f"{name}.beats.json").write_text(json.dumps(truth))
    return f"{name} {len(truth['beats'])} beats"


def attempt(job) -> str:
    try:
        return make(job)
    except (subprocess.SubprocessError, OSError, ValueError, IndexError) as error:
        return f"{job[0]} FAILED: {error!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pieces", type=int, default=420)
    parser.add_argument("--mma", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=50)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    bench = {piece.get("style") for piece in json.loads(BENCH.read_text())["pieces"]}
    styles = sorted(path.stem for path in STYLES.glob("*.mma") if path.stem not in bench and not LEFT_OUT.search(path.stem))
    jobs = [(f"mma-{style}-{turn}", f"mma:{style}") for turn in range(arguments.mma) for style in styles]
    weights = np.array([SHARES.get(name, 1) for name in GENRES], float)
    # Each genre as often as its share says, spread evenly, so that more pieces only add to fewer.
    order = np.argsort(np.concatenate([(np.arange(int(2000 * w / weights.sum()) + 1) + 0.5) / w for w in weights]), kind="stable")
    names = np.concatenate([[name] * (int(2000 * w / weights.sum()) + 1) for name, w in zip(GENRES, weights)])[order]
    jobs += [(f"own-{i:04d}", str(names[i])) for i in range(arguments.pieces)]
    rng = np.random.default_rng(1)
    jobs = [jobs[i] for i in rng.permutation(len(jobs))]
    with ProcessPoolExecutor(2) as pool:
        for said in pool.map(attempt, [(name, source, arguments.seconds, arguments.folder) for name, source in jobs]):
            print(said, flush=True)


if __name__ == "__main__":
    main()
