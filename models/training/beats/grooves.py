"""Drum patterns as text: a bar of sixteenths (or of triplets), one row a drum; capital hits are loud."""

import numpy as np

KICK, RIM, SNARE, CLAP, CLOSED, PEDAL, OPEN, CRASH, RIDE, LOW_TOM, MID_TOM, HIGH_TOM = 36, 37, 38, 39, 42, 44, 46, 49, 51, 45, 47, 50
TAMBOURINE, COWBELL, BONGO, CONGA, TIMBALE, SHAKER, CLAVES, WOODBLOCK = 54, 56, 60, 63, 65, 70, 75, 76

# Four beats of four sixteenths unless the genre's `steps` says otherwise. A genre has several bars to choose from.
GROOVES: dict[str, list[dict[int, str]]] = {
    "house": [
        {KICK: "X...X...X...X...", CLAP: "....X.......X...", OPEN: "..X...X...X...X."},
        {KICK: "X...X...X...X...", CLAP: "....X.......X...", CLOSED: "x.xxx.xxx.xxx.xx", OPEN: "..X...X...X...X."},
        {KICK: "X...X...X...X...", CLOSED: "..X...X...X...X."},
        {KICK: "X...X...X...X..x", SNARE: "....X.......X..x", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X...X...X...X...", RIM: "...x..x...x..x..", OPEN: "..X...X...X...X."},
        {KICK: "X...X...X.x.X...", CLAP: "....X.......X...", SHAKER: "xxXxxxXxxxXxxxXx"},
    ],
    "breaks": [
        {KICK: "X.X.......XX....", SNARE: "....X..x.x..X..x", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.....X...X.....", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X..X......X..X..", SNARE: "....X.......X.x.", CLOSED: "xxx.xxx.xxx.xxx."},
        {KICK: "X......X..X.....", SNARE: "....X..x.x..X...", RIDE: "x.x.x.x.x.x.x.x."},
        {KICK: "X.x...x..xX...x.", SNARE: "....X.......X...", OPEN: "..x...x...x...x."},
    ],
    "dnb": [
        {KICK: "X.........X.....", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.........X.....", SNARE: "....X..x.x..X..x", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X..X......X.....", SNARE: "....X.......X..x", RIDE: "x.x.x.x.x.x.x.x."},
        {KICK: "X.....X...X.....", SNARE: "....X.......X...", OPEN: "x...x...x...x..."},
    ],
    "half time": [
        {KICK: "X.........x.....", SNARE: "........X.......", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.....x.......x.", SNARE: "........X.......", CLOSED: "x.x.x.xxx.x.xxxx"},
        {KICK: "X...........X...", CLAP: "........X.......", CLOSED: "x...x...x...x..."},
        {KICK: "X..x..x.........", SNARE: "........X......x", CLOSED: "x.x.xxx.x.x.x.xx"},
        {KICK: "X.......x.x.....", SNARE: "........X.......", RIDE: "x...x...x...x..."},
    ],
    "electro": [
        {KICK: "X.....X.....X...", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x.", COWBELL: "..x..x..x..x..x."},
        {KICK: "X..X..X.X.......", SNARE: "....X.......X...", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X.....x...x.....", CLAP: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
    ],
    "dembow": [
        {KICK: "X...X...X...X...", SNARE: "...x..X....x..X."},
        {KICK: "X...X...X...X...", SNARE: "...X..X....X..X.", CLOSED: "x.x.x.x.x.x.x.x."},
    ],
    "rock": [
        {KICK: "X.......X.......", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.....x.X.......", SNARE: "....X.......X...", CLOSED: "X.x.X.x.X.x.X.x."},
        {KICK: "X..x....X.x.....", SNARE: "....X.......X...", OPEN: "X...X...X...X..."},
        {KICK: "X.x...x...x.....", SNARE: "....X.......X..x", RIDE: "x.x.x.x.x.x.x.x."},
        {KICK: "X.......X.x...x.", SNARE: "....X.......X...", CRASH: "X...X...X...X..."},
        {KICK: "X.......x.X.....", SNARE: "....X..x.x..X...", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X...X...X...X...", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
    ],
    "punk": [
        {KICK: "X...x.x.X...x.x.", SNARE: "....X.......X...", CLOSED: "X...X...X...X..."},
        {KICK: "X..x..x.X..x..x.", SNARE: "....X.......X...", CRASH: "X...X...X...X..."},
        {KICK: "X.......X.x.....", SNARE: "....X.......X...", OPEN: "X.x.X.x.X.x.X.x."},
    ],
    "metal": [
        {KICK: "XxXxXxXxXxXxXxXx", SNARE: "....X.......X...", RIDE: "X...X...X...X..."},
        {KICK: "X.xxX.xxX.xxX.xx", SNARE: "....X.......X...", CRASH: "X...X...X...X..."},
        {KICK: "X...X...X...X...", SNARE: "..X...X...X...X.", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.X.X.X.X.X.X.X.", SNARE: "X.X.X.X.X.X.X.X.", RIDE: "X.X.X.X.X.X.X.X."},
        {KICK: "X.X.X.X.X.X.X.X.", SNARE: ".X.X.X.X.X.X.X.X", CRASH: "X...X...X...X..."},
        {KICK: "XxXxXxXxXxXxXxXx", SNARE: "........X.......", CRASH: "X...X...X...X..."},
        {KICK: "X..X..X.X..X..X.", SNARE: "....X.......X...", OPEN: "X...X...X...X..."},
        {KICK: "X.....X.XX....X.", SNARE: "........X.......", OPEN: "X...X...X...X..."},
        {KICK: "X.xxX.xxX.xxX.xx", SNARE: "..X...X...X...X.", CLOSED: "X...X...X...X..."},
    ],
    "funk": [
        {KICK: "X..x......x..x..", SNARE: "....X..x.x..X..x", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X.x....x..x.....", SNARE: "....X..x....X.x.", CLOSED: "x.xxx.xxx.xxx.xx"},
        {KICK: "X.....x..xx..x..", SNARE: "...x..X..x..X...", CLOSED: "x.x.x.x.x.x.x.x."},
    ],
    "reggae": [
        {KICK: "........X.......", RIM: "........X.......", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X...X...X...X...", RIM: "........X.......", CLOSED: "..x...x...x...x."},
        {KICK: "X.......X.......", SNARE: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
    ],
    "ska": [
        {KICK: "X.......X.......", SNARE: "....X.......X...", CLOSED: "..X...X...X...X."},
        {KICK: "X...X...X...X...", RIM: "....X.......X...", OPEN: "..X...X...X...X."},
    ],
    "latin": [
        {KICK: "X.....x.X.....x.", RIM: "x..x..x...x..x..", SHAKER: "xxXxxxXxxxXxxxXx"},
        {KICK: "X..xX..xX..xX..x", SNARE: "x.xx.x.xx.xx.x.x", SHAKER: "XxxXXxxXXxxXXxxX"},
        {CONGA: "..x...XX..x...XX", COWBELL: "X...X.x.X...X.x.", CLAVES: "X..X..X...X.X..."},
        {CONGA: "x.x.X.x.x.x.X.xx", TIMBALE: "X.xxX.x.X.xxX.x.", CLAVES: "..X.X...X..X..X."},
        {KICK: "...x..X....x..X.", CLAVES: "X.....X.....X...", CONGA: "....X.xx....X.xx", COWBELL: "X...X...X...X..."},
        {BONGO: "X.xxX.xxX.xxX.xx", COWBELL: "X...x.x.X...x.x.", KICK: "......X.......X."},
        {KICK: "X...X...X...X...", SNARE: "xxXxxxXxxxXxxxXX", TAMBOURINE: "X.xxX.xxX.xxX.xx"},
    ],
    "ballad": [
        {KICK: "X.......X.......", RIM: "....X.......X...", CLOSED: "x.x.x.x.x.x.x.x."},
        {KICK: "X.........x.....", SNARE: "....X.......X...", CLOSED: "x...x...x...x..."},
        {KICK: "X......xX.......", SNARE: "....X.......X...", CLOSED: "xxxxxxxxxxxxxxxx"},
        {KICK: "X.......x.......", RIDE: "x.x.x.x.x.x.x.x."},
    ],
    "march": [
        {KICK: "X.......X.......", SNARE: "X...x.xxX...x.x."},
        {KICK: "X...X...X...X...", SNARE: "..x...x...x...x."},
        {KICK: "X.......X.......", SNARE: "....X.......X...", CRASH: "....x.......x..."},
    ],
    # Four beats of three.
    "shuffle": [
        {KICK: "X.....X.....", SNARE: "...X.....X..", CLOSED: "x.xx.xx.xx.x"},
        {KICK: "X....xX.....", SNARE: "...X.....X..", RIDE: "x.xx.xx.xx.x"},
        {KICK: "X.....X..x..", SNARE: "...X.x...X.x", CLOSED: "x..x..x..x.."},
    ],
    "twelve": [
        {KICK: "X.....x.....", SNARE: "...X.....X..", CLOSED: "xxxxxxxxxxxx"},
        {KICK: "X....xx.....", RIM: "...X.....X..", RIDE: "xxxxxxxxxxxx"},
        {KICK: "X.....X.....", SNARE: "...X.....X..", TAMBOURINE: "x.xx.xx.xx.x"},
    ],
    "swing": [
        {RIDE: "X..X.xX..X.x", PEDAL: "...X.....X.."},
        {RIDE: "X..X.xX..X.x", PEDAL: "...X.....X..", KICK: "x..x..x..x.."},
        {RIDE: "X..x..X..x.x", PEDAL: "...X.....X..", SNARE: ".....x......"},
        {SNARE: "x..X..x..X..", CLOSED: "...x.....x.."},
        {RIDE: "X..X.xX..X.x", PEDAL: "...X.....X..", SNARE: "..x.....x...", KICK: "........x..."},
    ],
    # Two felt beats of three: jigs, marches in 6/8.
    "six eight": [
        {KICK: "X.....", SNARE: "...X..", CLOSED: "xxxxxx"},
        {KICK: "X..x..", SNARE: "X.xX.x"},
        {KICK: "X....x", SNARE: "...X..", RIDE: "x.xx.x"},
    ],
    # Three beats of four.
    "waltz": [
        {KICK: "X...........", SNARE: "....x...x...", CLOSED: "x...x...x..."},
        {KICK: "X...........", RIM: "....x...x...", RIDE: "x.x.x.x.x.x."},
        {KICK: "X.......x...", SNARE: "....X.......", CLOSED: "x.x.x.x.x.x."},
    ],
    # Three beats of three.
    "jazz waltz": [
        {RIDE: "X..X.xX..", PEDAL: "...X....."},
        {RIDE: "X..X..X.x", PEDAL: "...X.....", SNARE: ".....x..x", KICK: "X........"},
    ],
}  # fmt: skip
TRIPLETS = {"shuffle", "twelve", "swing", "six eight", "jazz waltz"}


def bar_of_drums(rng: np.random.Generator, rows: dict[int, str], steps: int, loose: float) -> list[tuple[float, int, int]]:
    """(beat in the bar, drum, velocity) of one bar; `loose` is the share of hits that a player leaves out or adds."""
    hits = []
    for drum, row in rows.items():
        for step, mark in enumerate(row):
            anchor = drum in (KICK, SNARE, CLAP) and mark == "X"
            if mark == ".":
                if drum in (KICK, SNARE) and rng.random() < 0.12 * loose:
                    hits.append((step / steps, drum, int(rng.integers(40, 75))))
                continue
            if rng.random() < loose * (0.05 if anchor else 0.25):
                continue
            low, high = (92, 124) if mark == "X" else (48, 88)
            hits.append((step / steps, drum, int(rng.integers(low, high))))
    return hits


def fill(rng: np.random.Generator, beats: int, steps: int) -> list[tuple[float, int, int]]:
    """Toms and snare over the last beats of a bar, counted from where they begin."""
    drums = rng.choice([SNARE, LOW_TOM, MID_TOM, HIGH_TOM], size=beats * steps)
    if rng.random() < 0.5:
        drums = np.sort(drums)[::-1]
    dense = rng.uniform(0.5, 1)
    return [(i / steps, int(drum), int(rng.integers(70, 120))) for i, drum in enumerate(drums) if rng.random() < dense]
