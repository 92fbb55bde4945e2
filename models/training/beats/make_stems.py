"""Makes songs in parts that training mixes anew each time: drums, bass and the rest, or groups of a module's channels.

    apt-get install mma fluidsynth libopenmpt0 ffmpeg timgm6mb-soundfont fluid-soundfont-gm musescore-general-soundfont-small
    pip install numpy scipy mido soundfile onnxruntime
    python make_stems.py FOLDER --packages ROOT --groove GROOVE [--only own,mma,…] [--count 330]

ROOT holds unpacked Debian packages (README.md names them), GROOVE the Groove MIDI Dataset. Writes FOLDER/NAME.npz: a
part's rows (`[rows, 69]` bytes, as rows.py has them) under its name, and `truth`, a JSON text: {"beats": […],
"downbeats": […] or null, "genre": …, "meter": …, "triplets": …}. What is there already stays; a name always gives the
same song.
"""

import argparse
import json
import subprocess
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import mido
import numpy as np
import onnxruntime

import make_music as music
from compose import GENRES, SHARES
from effects import recorded
from kits import hit_kit, kit_of, kits_in
from modules import Module, grids
from performances import hits_of, performances
from rows import rows_of
from synth import RATE, drum_kit, hit

SECONDS = 44
LONG_SECONDS = 75
"""Of music that others wrote: it repeats itself less."""
TRIPLETS = ("swing", "shuffle", "twelve", "jig", "jazz")
NETWORK = Path(__file__).parents[2] / "beats/tracker/model.onnx"
LEAST_SURE = 0.35
"""A grid whose beats the last network hears less surely than this is left out (mean likelihood)."""


def quiet(length: float) -> np.ndarray:
    return np.zeros(int(length * RATE), np.float32)


def drummed(rng: np.random.Generator, hits, length: float, root: Path) -> np.ndarray:
    """Drum hits on a machine of ours or on a sampled kit."""
    count = int(length * RATE)
    if rng.random() < 0.3:
        return hit(drum_kit(rng), hits, count)
    kits = kits_in(root / "hydrogen-drumkits/usr/share/hydrogen/data/drumkits")
    return hit_kit(kit_of(rng, kits[rng.integers(len(kits))]), hits, count)


def stored(rng: np.random.Generator, folder: Path, name: str, sounds: dict[str, np.ndarray], truth: dict) -> str:
    """Every part through its own room, equaliser and so on, and all of them from the same moment."""
    sounds = {part: sound for part, sound in sounds.items() if np.abs(sound).max() > 1e-4}
    if not sounds or len(truth["beats"]) < 8:
        return f"{name} is left out"
    count = min(len(sound) for sound in sounds.values())
    beat = float(np.median(np.diff(truth["beats"])))
    rows = {part: rows_of(recorded(rng, sound[:count], beat)) for part, sound in sounds.items()}
    rounded = lambda times: None if times is None else [round(float(t), 4) for t in times if 0 <= t <= count / RATE]  # noqa: E731
    truth = truth | {"beats": rounded(truth["beats"]), "downbeats": rounded(truth["downbeats"])}
    np.savez_compressed(folder / f"{name}.part.npz", truth=json.dumps(truth), **rows)
    (folder / f"{name}.part.npz").rename(folder / f"{name}.npz")
    return f"{name}: {len(truth['beats'])} beats, {', '.join(rows)}"


def own(rng, folder: Path, name: str, genre: str, root: Path, scratch: Path) -> str:
    messages, sounds, beats, piece, hits = music.by_ourselves(rng, genre, SECONDS)
    if hits and rng.random() < 0.4:
        messages.pop("drums", None)
        sounds["drums"] = drummed(rng, [each for each in hits if each[0] < SECONDS + 2], SECONDS + 4, root)
    soundfont = str(rng.choice(music.SOUNDFONTS, p=[0.45, 0.47, 0.08]))
    parts: dict[str, list] = {}
    for role, part in messages.items():
        parts.setdefault(role if role in ("drums", "bass") else "rest", []).extend(part)
    stems = {part: music.sounded(notes, soundfont, SECONDS, scratch) for part, notes in parts.items()}
    for role, line in sounds.items():
        part = role if role in ("drums", "bass") else "rest"
        before = stems.get(part, quiet(SECONDS + 4))
        before = before / max(1e-6, np.abs(before).max())
        longer = max(len(before), len(line))
        stems[part] = np.pad(before, (0, longer - len(before))) + np.pad(line, (0, longer - len(line)))
    stems = {part: sound[: SECONDS * RATE] for part, sound in stems.items()}
    # Some songs begin in the middle of a bar.
    cut = float(rng.uniform(0, beats[piece.meter])) if rng.random() < 0.3 else 0.0
    stems = {part: sound[int(cut * RATE) :] for part, sound in stems.items()}
    truth = {"beats": beats - cut, "downbeats": beats[:: piece.meter] - cut, "genre": genre, "meter": piece.meter}
    return stored(rng, folder, name, stems, truth | {"triplets": any(word in genre for word in TRIPLETS)})


def mma(rng, folder: Path, name: str, style: str, root: Path, scratch: Path) -> str:
    messages, beats, meter = music.by_mma(rng, style, SECONDS, scratch)
    parts = by_part(messages)
    soundfont = str(rng.choice(music.SOUNDFONTS, p=[0.45, 0.47, 0.08]))
    stems = {part: music.sounded(notes, soundfont, SECONDS, scratch)[: SECONDS * RATE] for part, notes in parts.items()}
    truth = {"beats": beats, "downbeats": beats[::meter], "genre": f"mma:{style}", "meter": meter}
    return stored(rng, folder, name, stems, truth | {"triplets": any(word in style for word in TRIPLETS)})


def by_part(messages) -> dict[str, list]:
    """MIDI events of the drums, of the basses and of the rest."""
    programs = {message.channel: message.program for _, message in messages if message.type == "program_change"}
    part_of = lambda channel: "drums" if channel == 9 else "bass" if 32 <= programs.get(channel, 0) <= 39 else "rest"  # noqa: E731
    parts: dict[str, list] = {}
    for at, message in messages:
        if hasattr(message, "channel"):
            parts.setdefault(part_of(message.channel), []).append((at, message))
    return {part: events for part, events in parts.items() if any(event.type == "note_on" for _, event in events)}


def groove(rng, folder: Path, name: str, row: dict, root: Path, scratch: Path) -> str:
    hits, beats, meter = hits_of(Path(row["folder"]), row)
    start = float(row["start"])
    hits = [(at - start, drum, velocity) for at, drum, velocity in hits if start <= at < start + LONG_SECONDS]
    length = hits[-1][0] + 1.0
    if rng.random() < 0.35:
        notes = music.note_messages(9, [(at, 0.1, drum, velocity) for at, drum, velocity in hits])
        kit = mido.Message("program_change", channel=9, program=int(rng.choice([0, 8, 16, 24, 25, 32, 40])))
        soundfont = str(rng.choice(music.SOUNDFONTS, p=[0.45, 0.47, 0.08]))
        sound = music.sounded([(0.0, kit), *notes], soundfont, length, scratch)
    else:
        sound = drummed(rng, hits, length, root)
    truth = {"beats": beats - start, "downbeats": beats[::meter] - start, "genre": f"groove:{row['style']}", "meter": meter}
    triplets = any(word in row["style"] for word in ("swing", "shuffle", "bembe", "6/8", "purdie"))
    sound = sound[: int(length * RATE)]
    return stored(rng, folder, name, {"drums": sound}, truth | {"triplets": triplets})


def module(rng, folder: Path, name: str, path: str, root: Path, scratch: Path) -> str:
    tune = Module(Path(path))
    try:
        seconds = min(LONG_SECONDS, tune.seconds)
        start = 0.0 if tune.seconds < 1.5 * LONG_SECONDS or rng.random() < 0.5 else float(rng.uniform(0, tune.seconds - LONG_SECONDS))
        if seconds < 15:
            return f"{name} is too short"
        sound, rows = tune.play(start, seconds)
        found = surest(rows_of(sound), list(grids(rows)))
        if found is None:
            return f"{name}: no grid is heard"
        groups = np.array_split(rng.permutation(tune.channels), 2)
        sounds = {}
        for letter, group in zip("ab", groups):
            tune.listen(set(group.tolist()))
            sounds[f"rest-{letter}"] = tune.play(start, seconds)[0]
    finally:
        tune.close()
    step, beats, bars = found
    truth = {"beats": beats, "downbeats": bars, "genre": f"module:{Path(path).name}", "meter": 4, "triplets": step in (3, 6, 12)}
    return stored(rng, folder, name, sounds, truth)


def midi(rng, folder: Path, name: str, path: str, root: Path, scratch: Path) -> str:
    file = mido.MidiFile(path, clip=True)
    events, now, tick, tempo, ticks = [], 0.0, 0, 500_000, []
    changes = [(0, 0.0, tempo)]
    bars = []
    for message in mido.merge_tracks(file.tracks):
        now += mido.tick2second(message.time, file.ticks_per_beat, tempo)
        tick += message.time
        if message.type == "set_tempo":
            tempo = message.tempo
            changes.append((tick, now, tempo))
        elif message.type == "time_signature":
            bars.append((tick, message.numerator, message.denominator))
        elif not message.is_meta and message.type != "sysex":
            events.append((now, message))
            ticks.append(tick)
    signature = bars[0] if bars else (0, 4, 4)
    if len({bar[1:] for bar in bars}) > 1 or signature[2] not in (2, 4, 8):
        return f"{name}: its bars change"
    quarter = file.ticks_per_beat
    compound = signature[2] == 8 and signature[1] % 3 == 0
    bar = quarter * 4 * signature[1] // signature[2]
    at = lambda ticks: np.array([changes[i][1] + mido.tick2second(t - changes[i][0], quarter, changes[i][2]) for t in ticks for i in [max(k for k, c in enumerate(changes) if c[0] <= t)]])  # noqa: E731
    first = min((time for time, message in events if message.type == "note_on" and message.velocity > 0), default=0.0)
    start = max(0.0, first - 0.3)
    seconds = min(LONG_SECONDS, now - start + 1)
    if seconds < 15:
        return f"{name} is too short"
    choices = []
    for step in {quarter // 2, quarter, 2 * quarter, quarter * 3 // 2}:
        if compound != (step == quarter * 3 // 2):
            continue
        beats = at(np.arange(0, tick, step)) - start
        bpm = 60 / max(0.01, np.median(np.diff(beats))) if len(beats) > 2 else 0
        if 52 <= bpm <= 215:
            choices.append((round(bar / step), beats[beats > -0.05], (at(np.arange(0, tick, bar)) - start) if bar % step == 0 else None))
    setup = [(0.0, message) for time, message in events if time < start and message.type != "note_on"]
    parts = by_part(setup + [(time - start, message) for time, message in events if start <= time < start + seconds])
    soundfont = str(rng.choice(music.SOUNDFONTS, p=[0.45, 0.47, 0.08]))
    stems = {part: music.sounded(notes, soundfont, seconds, scratch)[: int(seconds * RATE)] for part, notes in parts.items()}
    longest = max(len(sound) for sound in stems.values())
    found = surest(rows_of(sum(np.pad(sound, (0, longest - len(sound))) for sound in stems.values())), choices)
    if found is None:
        return f"{name}: no grid is heard"
    meter, beats, bars = found
    truth = {"beats": beats, "downbeats": bars, "genre": f"midi:{Path(path).name}", "meter": meter, "triplets": compound}
    return stored(rng, folder, name, stems, truth)


def recording(rng, folder: Path, name: str, path: str, root: Path, scratch: Path) -> str:
    """A song of fretsonfire-songs-muldjord, the beats moved by what the network hears all along (within 80 ms)."""
    file = mido.MidiFile(Path(path) / "notes.mid", clip=True)
    delay = next((float(line.split("=")[1]) / 1000 for line in (Path(path) / "song.ini").read_text().splitlines() if line.strip().startswith("delay")), 0.0)
    times, now, tempo, tick, beat = [], 0.0, 500_000, 0, 0
    for message in mido.merge_tracks(file.tracks):
        while beat * file.ticks_per_beat <= tick + message.time:
            times.append(now + mido.tick2second(beat * file.ticks_per_beat - tick, file.ticks_per_beat, tempo))
            beat += 1
        now += mido.tick2second(message.time, file.ticks_per_beat, tempo)
        tick += message.time
        if message.type == "set_tempo":
            tempo = message.tempo
    decode = ["ffmpeg", "-v", "error", "-i", Path(path) / "song.ogg", "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"]
    sound = np.frombuffer(subprocess.run(decode, check=True, capture_output=True).stdout, np.float32)
    beats = np.array(times) + delay
    beats = beats[(beats > 0) & (beats < len(sound) / RATE)]
    heard = likelihood(rows_of(sound))
    near = [np.mean(heard[np.clip(np.rint((beats + shift) * 50 - 0.25).astype(int), 0, len(heard) - 1)]) for shift in np.arange(-0.08, 0.081, 0.005)]
    shift = float(np.arange(-0.08, 0.081, 0.005)[int(np.argmax(near))])
    if max(near) < LEAST_SURE:
        return f"{name}: its beats are not heard ({max(near):.2f})"
    truth = {"beats": beats + shift, "downbeats": None, "genre": "recording", "meter": 4, "triplets": False}
    return stored(rng, folder, name, {"rest": sound}, truth) + f", moved by {1000 * shift:.0f} ms, heard {max(near):.2f}"


def likelihood(rows: np.ndarray) -> np.ndarray:
    """`[rows]`: how likely the shipped network holds a beat in each row."""
    network = onnxruntime.InferenceSession(str(NETWORK), providers=["CPUExecutionProvider"])
    logits = network.run(None, {"rows": (rows / np.float32(64))[None].astype(np.float32)})[0][0, :, 0]
    return 1 / (1 + np.exp(-logits))


def surest(rows: np.ndarray, choices: list):
    """Of the ways to count a piece, the one that the network's own beats fit best; None where it hears none of them."""
    heard = np.clip(likelihood(rows), 0.02, 0.98)
    best, least = None, np.inf
    for choice in choices:
        at = np.rint(choice[1] * 50 - 0.25).astype(int)
        at = at[(at >= 1) & (at < len(heard) - 1)]
        if len(at) < 8:
            continue
        near = np.max([heard[at - 1], heard[at], heard[at + 1]], axis=0)
        other = np.ones(len(heard), bool)
        for shift in (-2, -1, 0, 1, 2):
            other[np.clip(at + shift, 0, len(heard) - 1)] = False
        loss = -np.log(near).sum() - np.log(1 - heard[other]).sum()
        if loss < least and near.mean() >= LEAST_SURE:
            best, least = choice, loss
    return best


MAKERS = {"own": own, "mma": mma, "groove": groove, "module": module, "midi": midi, "recording": recording}


def attempt(job) -> str:
    kind, name, source, folder, root = job
    if (folder / f"{name}.npz").exists():
        return f"{name} is there"
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return MAKERS[kind](rng, folder, name, source, root, Path(scratch))
    except Exception as error:  # of files by others anything may be wrong; the next one is tried
        return f"{name} FAILED: {error!r}"


def jobs_of(root: Path, groove_folder: Path) -> dict[str, list[tuple[str, object]]]:
    """Kind → (name, source) of everything that can be made."""
    weights = np.array([SHARES.get(name, 1) for name in GENRES], float)
    rng = np.random.default_rng(2)
    genres = rng.choice(list(GENRES), 3000, p=weights / weights.sum())
    bench = {piece.get("style") for piece in json.loads(music.BENCH.read_text())["pieces"]}
    styles = sorted(path.stem for path in music.STYLES.glob("*.mma") if path.stem not in bench and not music.LEFT_OUT.search(path.stem))
    suffixes = {".xm", ".it", ".s3m", ".mod", ".stm"}
    tunes = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix.lower() in suffixes and path.stat().st_size > 4000)
    scores = sorted(path for path in root.rglob("*") if path.suffix.lower() in (".mid", ".midi") and "fretsonfire" not in str(path))
    songs = sorted(path.parent for path in root.rglob("notes.mid") if "muldjord" in str(path))
    played = []
    for i, row in enumerate(performances(groove_folder)):
        for turn, start in enumerate(np.arange(0, max(1, float(row["duration"]) - SECONDS / 2), LONG_SECONDS)):
            bar = 60 / float(row["bpm"]) * int(row["time_signature"][0])
            played.append((f"groove-{i:03d}-{turn}", row | {"folder": str(groove_folder), "start": round(start / bar) * bar}))
    return {
        "own": [(f"parts-{i:04d}", str(genre)) for i, genre in enumerate(genres)],
        "mma": [(f"mma-parts-{style}-{turn}", style) for turn in range(8) for style in rng.permutation(styles)],
        "groove": [played[i] for i in rng.permutation(len(played))],
        "module": [(f"module-{i:03d}-{tunes[i].stem.lower()}", str(tunes[i])) for i in rng.permutation(len(tunes))],
        "midi": [(f"midi-{i:03d}-{turn}", str(scores[i])) for turn in range(2) for i in rng.permutation(len(scores))],
        "recording": [(f"recording-{song.name}", str(song)) for song in songs],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--groove", type=Path, required=True)
    parser.add_argument("--only", default=",".join(MAKERS))
    parser.add_argument("--count", type=int, default=10_000, help="of each kind, at most")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    every = jobs_of(arguments.packages, arguments.groove)
    chosen = {kind: every[kind][: arguments.count] for kind in arguments.only.split(",")}
    # Kinds take turns by their share, so that it can be stopped at any time.
    order = sorted((i / len(jobs), kind, *job) for kind, jobs in chosen.items() for i, job in enumerate(jobs))
    with ProcessPoolExecutor(arguments.workers) as pool:
        for said in pool.map(attempt, [(kind, name, source, arguments.folder, arguments.packages) for _, kind, name, source in order]):
            print(said, flush=True)


if __name__ == "__main__":
    main()
