"""Pieces drawn at random, genre by genre, with their beats and bars known.

Positions are in felt beats from the start. The felt beat is the one that musicians count in the genre: the quarter of
rock, house, swing and bossa, however fast; the dotted quarter of jigs; a ballad's slow quarter.
"""

from dataclasses import dataclass, field

import numpy as np

import grooves as g
from synth import voice_of

SCALES = {"major": [0, 2, 4, 5, 7, 9, 11], "minor": [0, 2, 3, 5, 7, 8, 10], "dorian": [0, 2, 3, 5, 7, 9, 10]}
# General MIDI programs, from 0.
PIANOS, ORGANS, GUITARS, STRINGS, BRASS, REEDS = [0, 1, 2, 4, 5], [16, 17, 18, 19, 21], [24, 25, 26, 27], [40, 41, 42, 48, 49], [56, 57, 60, 61], [64, 65, 66, 68, 71]
SYNTHS, PADS, BASSES, MALLETS, FLUTES = [80, 81, 84, 87], [88, 89, 90, 91, 94, 95], [33, 34, 35, 36, 37], [11, 12, 9, 8, 13], [72, 73, 74, 75]


@dataclass
class Genre:
    bpm: tuple[float, float]
    grooves: list[str]
    """Of grooves.py; none for music without drums."""
    parts: dict[str, list[str]]
    """Role → the ways it may be played (see the functions below)."""
    programs: dict[str, list[int]] = field(default_factory=dict)
    synthetic: float = 0.0
    """How likely a part is a synthesizer's rather than a soundfont's."""
    tempo: list[str] = field(default_factory=lambda: ["steady", "steady", "drift", "drift", "ramp", "step"])
    meter: int = 4
    swing: tuple[float, float] = (0.5, 0.5)
    """Where the second of two half beats falls."""
    jitter: float = 0.006
    """Of a player, seconds."""


@dataclass
class Piece:
    genre: str
    meter: int
    bpm: float
    tempo: str
    jitter: float
    beat_count: int
    notes: dict[str, list[tuple[float, float, int, int]]]
    """Part → (beat, beats long, pitch, velocity)."""
    programs: dict[str, int]
    voices: dict[str, dict]
    """Parts that a synthesizer plays; the others have a program."""
    drums: list[tuple[float, int, int]]
    kit: int | None
    """Program of the soundfont's drum kit; None for a drum machine."""
    ducked: bool


STEADY = ["steady"]
CLUB = {"bass": ["off", "rolling", "eighths", "long", "syncopated"], "chords": ["stabs", "off", "syncopated", "long"], "pad": ["long"], "lead": ["tune", "hook"], "arp": ["arp16", "arp8"]}
BAND = {"bass": ["eighths", "roots", "syncopated"], "chords": ["long", "eighths", "stabs", "strum"], "lead": ["tune"]}
GENRES: dict[str, Genre] = {
    "house": Genre((112, 150), ["house"], CLUB, synthetic=0.8, tempo=STEADY, jitter=0),
    "techno": Genre((120, 165), ["house"], CLUB, synthetic=0.9, tempo=STEADY, jitter=0),
    "breaks": Genre((95, 150), ["breaks", "electro"], CLUB, synthetic=0.8, tempo=STEADY, jitter=0.001),
    "drum and bass": Genre((155, 185), ["dnb", "dnb", "breaks"], CLUB, synthetic=0.8, tempo=STEADY, jitter=0),
    "half time": Genre((120, 176), ["half time"], CLUB, synthetic=0.8, tempo=STEADY, jitter=0.001),
    "electro": Genre((90, 150), ["electro", "rock", "house"], CLUB, synthetic=0.9, tempo=STEADY, jitter=0),
    "synths alone": Genre((75, 170), [], CLUB, synthetic=0.9, tempo=STEADY, jitter=0),
    "ambient": Genre((60, 125), [], {"pad": ["long"], "arp": ["arp8", "arp16", "dotted"], "bass": ["long", "roots"], "lead": ["tune"]}, synthetic=0.8, tempo=STEADY, jitter=0),
    "dembow": Genre((84, 112), ["dembow"], CLUB, synthetic=0.7, tempo=STEADY, jitter=0.001),
    "rock": Genre((84, 180), ["rock"], BAND | {"guitar": ["eighths", "long", "stabs", "gallop", "syncopated"]}, synthetic=0.3),
    "pop": Genre((76, 140), ["rock", "ballad", "house"], BAND | {"arp": ["arp8", "arp16"]}, synthetic=0.3),
    "punk": Genre((150, 212), ["punk", "rock"], {"bass": ["eighths"], "guitar": ["eighths", "long"], "lead": ["tune"]}, synthetic=0.3),
    "metal": Genre((90, 212), ["metal"], {"bass": ["chug", "eighths"], "guitar": ["chug", "gallop", "offchug", "long", "sixteenths"], "lead": ["tune", "arp16"]}, synthetic=0.5),
    "metal, half time": Genre((110, 180), ["half time", "metal"], {"bass": ["chug"], "guitar": ["chug", "offchug", "long"], "lead": ["tune"]}, synthetic=0.5),
    "funk": Genre((86, 125), ["funk"], {"bass": ["syncopated", "funk"], "chords": ["scratch", "syncopated"], "lead": ["hook", "tune"]}, {"chords": GUITARS + ORGANS + [7]}, 0.2),
    "reggae": Genre((62, 98), ["reggae"], {"bass": ["syncopated", "roots"], "chords": ["off", "back"], "lead": ["tune"]}, {"chords": GUITARS + ORGANS}, 0.1),
    "reggae, fast": Genre((125, 185), ["half time"], {"bass": ["syncopated", "roots"], "chords": ["back"], "lead": ["tune"]}, {"chords": GUITARS + ORGANS}, 0.2),
    "ska": Genre((110, 180), ["ska"], {"bass": ["walking", "eighths"], "chords": ["off"], "lead": ["hook", "tune"]}, {"chords": GUITARS + PIANOS, "lead": BRASS + REEDS}),
    "swing": Genre((88, 214), ["swing"], {"bass": ["walking", "walking", "two feel"], "chords": ["charleston", "off", "four", "long"], "lead": ["tune", "bebop"]}, {"chords": PIANOS[:2] + [26, 11], "lead": BRASS + REEDS + [0, 11], "bass": [32]}, swing=(0.6, 0.68)),
    "swing, no drums": Genre((80, 214), [], {"bass": ["walking", "two feel"], "chords": ["charleston", "four", "back"], "lead": ["bebop", "tune"]}, {"chords": PIANOS[:2] + [24, 26], "lead": REEDS + [0, 11, 40], "bass": [32]}, swing=(0.58, 0.68)),
    "slow swing": Genre((54, 88), ["swing", "twelve"], {"bass": ["walking", "two feel", "roots"], "chords": ["charleston", "long"], "lead": ["tune"]}, {"chords": PIANOS[:2] + [26, 11], "lead": BRASS + REEDS, "bass": [32]}, swing=(0.62, 0.68)),
    "shuffle": Genre((66, 160), ["shuffle"], {"bass": ["walking", "roots"], "chords": ["shuffled", "off", "back"], "lead": ["tune"]}, {"chords": PIANOS + GUITARS + ORGANS}, swing=(0.64, 0.68)),
    "latin": Genre((84, 212), ["latin"], {"bass": ["tumbao", "roots", "syncopated"], "chords": ["montuno", "syncopated", "off"], "lead": ["hook", "tune"]}, {"chords": PIANOS[:2] + [24, 25], "lead": BRASS + FLUTES, "bass": [32, 33]}),
    "ballad": Genre((55, 86), ["ballad"], {"bass": ["long", "roots"], "chords": ["arp8", "arp16", "long", "four"], "lead": ["tune"], "pad": ["long"]}, {"chords": PIANOS + GUITARS}, 0.1),
    "ballad, no drums": Genre((54, 92), [], {"bass": ["long", "roots"], "chords": ["arp8", "arp16", "four"], "lead": ["tune"], "pad": ["long"]}, {"chords": PIANOS + GUITARS}, 0.1, tempo=["drift", "drift", "rubato", "ramp"]),
    "twelve eight": Genre((50, 100), ["twelve"], {"bass": ["roots", "long", "two feel"], "chords": ["triplets", "long"], "lead": ["tune"]}, {"chords": PIANOS + GUITARS + ORGANS}, 0.1),
    "waltz": Genre((84, 200), ["waltz"], {"bass": ["ones"], "chords": ["pah", "pah", "arp8"], "lead": ["tune"], "pad": ["long"]}, {"chords": PIANOS + GUITARS + [21, 48], "lead": STRINGS + FLUTES + [21]}, meter=3),
    "waltz, no drums": Genre((76, 190), [], {"bass": ["ones"], "chords": ["pah", "arp8"], "lead": ["tune"]}, {"chords": PIANOS + GUITARS + [21, 46, 48], "lead": STRINGS + FLUTES + [21]}, tempo=["steady", "drift", "rubato", "ramp"], meter=3),
    "jazz waltz": Genre((96, 205), ["jazz waltz"], {"bass": ["walking", "ones"], "chords": ["charleston", "pah"], "lead": ["tune"]}, {"bass": [32]}, meter=3, swing=(0.6, 0.68)),
    "march": Genre((92, 136), ["march"], {"bass": ["oom"], "chords": ["off", "back"], "lead": ["tune"]}, {"bass": [58, 32], "chords": BRASS, "lead": BRASS + FLUTES + [71]}),
    "oom-pah": Genre((80, 140), ["march", "ska"], {"bass": ["walking", "roots"], "chords": ["off"], "lead": ["tune", "arp16"]}, {"bass": [58, 32], "chords": [21, 22, 24, 61], "lead": [21, 22, 40, 71]}),
    "country": Genre((90, 205), ["rock", "march"], {"bass": ["oom"], "chords": ["back", "strum"], "lead": ["tune", "arp8"]}, {"chords": [24, 25, 0], "lead": [25, 40, 105, 22], "bass": [32, 33]}),
    "stride": Genre((80, 200), [], {"bass": ["oom"], "chords": ["back"], "lead": ["ragged", "tune"]}, {"bass": [0], "chords": [0, 3], "lead": [0, 3]}, tempo=["steady", "drift"]),
    "jig": Genre((84, 138), ["six eight"], {"bass": ["roots"], "chords": ["triplets", "pah3", "long"], "lead": ["jig"]}, {"lead": FLUTES + [40, 21, 105]}, meter=2),
    "orchestra": Genre((56, 160), [], {"bass": ["roots", "long", "four"], "chords": ["eighths", "long", "arp8", "sixteenths", "stabs"], "lead": ["tune"], "pad": ["long"]}, {"bass": [42, 43, 45], "chords": STRINGS + [45, 46], "lead": FLUTES + [40, 60, 68, 71], "pad": [48, 49, 52]}, tempo=["steady", "drift", "rubato", "ramp", "step"], jitter=0.012),
    "orchestra, drums": Genre((70, 165), ["march", "rock", "half time"], {"bass": ["roots", "eighths"], "chords": ["eighths", "sixteenths", "stabs"], "lead": ["tune"], "pad": ["long"]}, {"bass": [42, 43], "chords": STRINGS + [45], "lead": BRASS + FLUTES, "pad": [48, 52]}, jitter=0.01),
    "solo": Genre((56, 132), [], {"chords": ["arp8", "arp16", "broken", "broken"], "bass": ["roots", "ones", "long"], "lead": ["tune", "tune8"]}, {"chords": [0, 1, 24, 25, 46, 6], "bass": [0, 24, 46], "lead": [0, 24, 46]}, tempo=["rubato", "rubato", "rubato", "ramp", "drift"], jitter=0.012),
    "solo strings": Genre((56, 126), [], {"chords": ["arp8", "broken"], "bass": ["long", "roots", "ones"], "lead": ["tune", "tune8"]}, {"chords": [48, 49, 40, 45], "bass": [42, 43], "lead": [40, 41, 73]}, tempo=["rubato", "rubato", "ramp", "drift"], jitter=0.014),
    "five": Genre((90, 190), ["odd"], BAND | {"chords": ["groups", "arp8", "long"]}, meter=5, synthetic=0.3),
    "seven": Genre((96, 200), ["odd"], BAND | {"chords": ["groups", "arp8", "long"]}, meter=7, synthetic=0.3),
    "five, no drums": Genre((80, 160), [], {"bass": ["groups", "eighths"], "chords": ["arp8", "groups"], "lead": ["tune"]}, tempo=["steady", "drift", "rubato"], meter=5),
    "seven, no drums": Genre((90, 180), [], {"bass": ["groups", "eighths"], "chords": ["arp8", "groups"], "lead": ["tune"]}, tempo=["steady", "drift"], meter=7),
    "drums alone": Genre((70, 200), ["rock", "funk", "latin", "house", "breaks", "shuffle", "swing", "metal", "punk", "half time", "ballad", "electro"], {}, synthetic=0.5, tempo=["steady", "steady", "drift"]),
}  # fmt: skip
SHARES = {"house": 2, "techno": 2, "breaks": 1.5, "drum and bass": 2, "half time": 1.5, "electro": 2, "synths alone": 3, "ambient": 2, "rock": 3, "punk": 1.5, "metal": 5, "metal, half time": 1, "swing": 4, "swing, no drums": 2, "slow swing": 1.5, "latin": 2.5, "ballad": 1.5, "ballad, no drums": 2, "solo": 3.5, "solo strings": 2, "orchestra": 2, "drums alone": 4, "reggae, fast": 1, "country": 1.5, "dembow": 0.7}  # fmt: skip
"""How often a genre is drawn; 1 unless it stands here."""
BEAT_LIMITS = {"swing": (70, 214), "slow swing": (54, 88)}
DRUM_BPM = {"rock": (76, 200), "funk": (84, 130), "latin": (84, 200), "house": (110, 165), "breaks": (90, 180), "shuffle": (66, 160), "swing": (90, 214), "metal": (90, 212), "punk": (150, 212), "half time": (120, 176), "ballad": (54, 90), "electro": (90, 150)}  # fmt: skip


def compose(rng: np.random.Generator, name: str, seconds: float) -> Piece:
    genre = GENRES[name]
    groove = str(rng.choice(genre.grooves)) if genre.grooves else None
    low, high = DRUM_BPM.get(groove, genre.bpm) if name == "drums alone" else genre.bpm
    bpm = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    meter, triplets = genre.meter, groove in g.TRIPLETS
    if name in ("solo", "solo strings", "ambient", "orchestra", "ballad, no drums") and rng.random() < 0.3:
        meter = 3
    swing = rng.uniform(*genre.swing) if not triplets else 2 / 3
    if name in ("breaks", "funk", "half time", "house") and rng.random() < 0.2:
        swing = rng.uniform(0.5, 0.56)
    beat_count = int(seconds * 1.4 * bpm / 60) + 2 * meter
    groups = {5: [[3, 2], [2, 3]], 7: [[4, 3], [3, 4], [2, 2, 3]]}.get(meter, [[meter]])
    starts = np.cumsum([0, *groups[rng.integers(len(groups))]])[:-1]

    harmony = Harmony(rng, meter)
    ways = {role: [str(rng.choice(ways)) for _ in range(2)] for role, ways in genre.parts.items()}
    if len(ways) > 3:
        for role in rng.permutation(list(ways))[: rng.integers(0, len(ways) - 2)]:
            del ways[role]
    notes: dict[str, list] = {role: [] for role in ways}
    drums: list[tuple[float, int, int]] = []
    bars = beat_count // meter
    bar = 0
    rows = None
    bar_rows = [rng.integers(100) for _ in range(2)]
    while bar < bars:
        section = int(rng.choice([4, 8, 8, 16]))
        turn = int(rng.random() < 0.35)
        # Layers come and go; at least two play, the drums among them more often than not.
        playing = {role for role in ways if rng.random() < 0.75} or set(ways)
        drumming = groove is not None and (rng.random() < 0.82 or not ways)
        if not drumming and not playing & {"bass", "chords", "arp", "guitar"}:
            playing = set(ways)
        if groove is not None:
            rows = odd_groove(rng, meter, starts) if groove == "odd" else g.GROOVES[groove][bar_rows[turn] % len(g.GROOVES[groove])]
            hats_only = drumming and rng.random() < 0.06 and bool(ways)
        steps = 3 if triplets else 4
        for at in range(bar, min(bars, bar + section)):
            origin = at * meter
            if drumming and rows:
                hits = g.bar_of_drums(rng, rows, steps, 0.25 if genre.synthetic > 0.6 else 0.6)
                if hats_only:
                    hits = [hit for hit in hits if hit[1] >= g.CLOSED]
                width = max(len(row) for row in rows.values()) / steps
                if width < meter:
                    hits += [(b + width, *rest) for b, *rest in hits if b + width < meter]
                last = at == bar + section - 1
                if last and rng.random() < 0.6:
                    long = int(rng.choice([1, 1, 2])) if meter > 2 else 1
                    hits = [hit for hit in hits if hit[0] < meter - long]
                    hits += [(meter - long + b, *rest) for b, *rest in g.fill(rng, long, steps)]
                if at == bar and rng.random() < 0.5:
                    hits.append((0, g.CRASH, 110))
                drums += [(origin + swung(b, swing) if not triplets else origin + b, drum, v) for b, drum, v in hits]
            for role in playing:
                for b, long, pitch, velocity in part(rng, ways[role][turn], role, harmony, at, meter, starts):
                    notes[role].append((origin + swung(b, swing), long, pitch, velocity))
        bar += section

    synthetic = {role: rng.random() < genre.synthetic or role == "guitar" and rng.random() < 0.7 for role in ways}
    standard = {"bass": BASSES, "chords": PIANOS + GUITARS + ORGANS, "pad": PADS + [48, 50], "lead": SYNTHS + REEDS + FLUTES + BRASS + [52, 53, 26, 29], "arp": MALLETS + PIANOS + SYNTHS, "guitar": [29, 30]}
    return Piece(
        genre=name, meter=meter, bpm=bpm, tempo=str(rng.choice(genre.tempo)), jitter=genre.jitter * rng.uniform(0.3, 1.6),
        beat_count=beat_count, notes=notes, drums=drums,
        programs={role: int(rng.choice(genre.programs.get(role, standard[role]))) for role in ways if not synthetic[role]},
        voices={role: voice_of(rng, role) for role in ways if synthetic[role]},
        kit=None if rng.random() < genre.synthetic else int(rng.choice([0, 0, 8, 16, 24, 25, 32, 40] if groove != "swing" else [0, 32, 40])),
        ducked=name in ("house", "techno", "electro", "dembow", "half time") and rng.random() < 0.6,
    )  # fmt: skip


def swung(beat: float, second: float) -> float:
    """The half beat moves to `second`, what lies between along with it."""
    whole = np.floor(beat)
    part = beat - whole
    return whole + (part * 2 * second if part < 0.5 else second + (part - 0.5) * 2 * (1 - second))


def odd_groove(rng: np.random.Generator, meter: int, starts: np.ndarray) -> dict[int, str]:
    kick, snare = ["."] * (4 * meter), ["."] * (4 * meter)
    for i, start in enumerate(starts):
        kick[4 * start] = "X"
        end = starts[i + 1] if i + 1 < len(starts) else meter
        snare[4 * (end - 1) if rng.random() < 0.6 else 4 * (start + 1)] = "X"
    return {g.KICK: "".join(kick), g.SNARE: "".join(snare), int(rng.choice([g.CLOSED, g.RIDE])): str(rng.choice(["x.x.", "x...", "x.xx"])) * meter}


class Harmony:
    """Chords in a key, which change with the bar for the most part; a bar's chord can be asked for again."""

    def __init__(self, rng: np.random.Generator, meter: int):
        self.key = int(rng.integers(12))
        self.scale = SCALES[str(rng.choice(list(SCALES)))]
        self.every = float(rng.choice([0.5, 1, 1, 1, 1, 2, 4] if meter == 4 else [1, 1, 1, 2]))
        self.phrases = [[0, *rng.choice([0, 1, 2, 3, 4, 5], 3)] for _ in range(3)]
        self.order = rng.integers(0, 3, 64)
        self.tune = rng.integers(-2, 5, 32)

    def degree(self, bar: int, part: float = 0.0) -> int:
        index = int((bar + part) / self.every)
        phrase = self.phrases[self.order[(index // 8) % 64]]
        return int(phrase[index % 4])

    def pitch(self, degree: int, octave: int) -> int:
        return 12 * (octave + 1) + self.key % 12 + self.scale[degree % 7] + 12 * (degree // 7)


SYNCOPATED = [[0, 0.75, 1.5, 2, 2.75, 3.5], [0, 1.5, 3], [0, 0.75, 1.5, 2.25, 3, 3.5], [0, 1.5, 2.5, 3], [0, 0.75, 2.5, 3.25], [0.5, 1.5, 2, 3.5], [0, 1.5, 2.75]]
TUNES = [[0, 1, 2, 3], [0, 1.5, 2, 3], [0, 0.5, 1, 2, 3], [0, 1, 1.5, 2, 3.5], [0.5, 1, 2, 2.5, 3], [0, 2, 3], [1, 2, 2.5, 3, 3.5], [0, 2], [0, 0.5, 1.5, 2, 2.5, 3.5]]  # fmt: skip


def rhythm(rng: np.random.Generator, way: str, meter: int, bar: int, starts: np.ndarray) -> list[float]:
    """Beats of a bar at which a way of playing strikes."""
    every = lambda step, offset=0.0: list(np.arange(offset, meter, step))  # noqa: E731
    fixed = np.random.default_rng(hash_of(way, meter, bar // 8))
    within = lambda beats: [b for b in beats if b < meter]  # noqa: E731
    match way:
        case "eighths" | "arp8" | "tune8" | "broken":
            return every(0.5)
        case "sixteenths" | "arp16":
            return every(0.25)
        case "triplets" | "jig":
            return [b for b in every(1 / 3) if way == "triplets" or rng.random() < 0.8]
        case "roots" | "four" | "walking":
            return every(1)
        case "two feel" | "oom":
            return every(2)
        case "long" | "ones":
            return [0]
        case "off":
            return every(1, 0.5)
        case "back":
            return every(2, 1)
        case "pah":
            return every(1)[1:]
        case "pah3":
            return [b + 1 / 3 * k for b in every(1) for k in (1, 2)]
        case "rolling":
            return [b for b in every(0.25) if b % 1 != 0]
        case "dotted":
            return within(every(0.75))
        case "stabs" | "syncopated" | "hook" | "funk":
            chosen = SYNCOPATED[fixed.integers(len(SYNCOPATED))]
            extra = [0.25, 1.75, 2.25, 3.75] if way == "funk" else []
            return within(sorted({*chosen, *[b for b in extra if rng.random() < 0.5]}))
        case "charleston":
            return within([[0, 1.5], [1.5, 3.5], [0.5, 2.5], [0, 2.5], [1.5], [3.5]][rng.integers(6)])
        case "tumbao":
            return within([1.5, 3])
        case "montuno":
            return within([0, 0.5, 1, 1.5, 2.5, 3.5] if bar % 2 else [0, 1, 1.5, 2.5, 3, 3.5])
        case "strum":
            return [b for b in every(0.5) if b % 1 == 0 or rng.random() < 0.7]
        case "scratch":
            return [b for b in every(0.25) if fixed.random() < 0.55]
        case "gallop":
            return sorted([*every(1), *every(1, 0.5), *every(1, 0.75)])
        case "chug":
            return [b for b in every(0.25) if fixed.random() < 0.6 or b == 0]
        case "offchug":
            return [b for b in every(0.5) if b % 1 == 0.5 or fixed.random() < 0.35]
        case "shuffled":
            return every(0.5)
        case "groups":
            return [float(b) for b in starts]
        case "ragged":
            return [b for b in every(0.5) if rng.random() < 0.75 or b % 2 == 0.5]
        case "bebop":
            return [b for b in every(0.5) if rng.random() < 0.8] if rng.random() < 0.8 else []
        case _:  # a tune
            return [b for b in within(TUNES[fixed.integers(len(TUNES))]) if rng.random() < 0.85]


def hash_of(*parts) -> int:
    return abs(hash(tuple(ord(c) if isinstance(c, str) else int(c) for part in parts for c in (part if isinstance(part, str) else [part])))) % (1 << 32)


def part(rng, way: str, role: str, harmony: Harmony, bar: int, meter: int, starts: np.ndarray) -> list[tuple[float, float, int, int]]:
    """(beat in the bar, beats long, pitch, velocity) of one bar of a part."""
    strikes = rhythm(rng, way, meter, bar, starts)
    result = []
    for i, beat in enumerate(strikes):
        gap = (strikes[i + 1] if i + 1 < len(strikes) else meter) - beat
        degree = harmony.degree(bar, beat / meter)
        accent = 96 if beat == 0 else 86 if beat % 1 == 0 else 78
        velocity = int(np.clip(accent + rng.normal(0, 7), 30, 125))
        if role == "guitar":
            open_chord = way in ("long", "stabs", "syncopated") or beat % 1 == 0 and rng.random() < 0.3
            velocity = int(rng.integers(84, 120) if open_chord else rng.integers(55, 79))
            root = harmony.pitch(degree, 2 if harmony.key < 5 else 1)
            result += [(beat, gap * 0.9, root + step, velocity) for step in (0, 7, 12)]
        elif role == "bass":
            step = {"walking": [0, 2, 4, 5, 1, -1][rng.integers(6)] if beat else 0, "oom": 4 if beat % 4 == 2 else 0, "tumbao": 4 if beat < 2 else 0}.get(way, 0)
            if way == "tumbao" and beat == 3:
                degree = harmony.degree(bar + 1)
            if way in ("eighths", "syncopated", "funk", "rolling") and rng.random() < 0.12:
                step = 7
            long = gap * (0.95 if way in ("long", "walking", "roots", "ones") else 0.7)
            result.append((beat, long, harmony.pitch(degree + step, 2), velocity))
        elif way in ("arp8", "arp16", "dotted", "broken", "triplets") and role != "pad":
            shape = [0, 2, 4, 7, 4, 2] if way == "broken" else [0, 2, 4, 7, 9, 7, 4, 2]
            count = round(beat * {"arp16": 4, "triplets": 3, "dotted": 4 / 3}.get(way, 2))
            result.append((beat, gap * rng.choice([0.8, 1.5]), harmony.pitch(degree + shape[count % len(shape)], 4), velocity - 6))
            if beat == 0 and way == "broken":
                result.append((0, meter * 0.9, harmony.pitch(degree, 2), velocity))
        elif role in ("lead", "arp"):
            step = int(harmony.tune[(bar * 5 + i) % 32]) + rng.integers(-1, 2)
            result.append((beat, min(gap, rng.choice([0.5, 1, 2])) * 0.95, harmony.pitch(degree + 2 * (step // 2) + step % 2, 5), velocity))
        else:  # chords and pads
            long = {"off": 0.25, "stabs": 0.3, "back": 0.4, "scratch": 0.12, "pah": 0.4, "pah3": 0.2}.get(way, gap * 0.95)
            voicing = (0, 2, 4, 6) if rng.random() < 0.3 else (0, 2, 4)
            octave = 3 if role == "pad" else 4
            strum = 0.02 if way == "strum" else 0
            result += [(beat + k * strum, long, harmony.pitch(degree + step, octave), velocity - 10) for k, step in enumerate(voicing)]
            if way == "montuno":
                result += [(beat, long, harmony.pitch(degree, 5), velocity)]
    return result
