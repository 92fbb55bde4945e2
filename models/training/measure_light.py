"""Light words: whether the light follows what the words name, and whether its kinds differ."""

import numpy as np

from bench import FRAMES, HERE, Bench, correlation, envelope, has_beat
from plan import DRIVERS
from sampler import Latent
from songs import load_songs

PULSES = {
    "beat": ("the light pulses on the beat", "灯光随节拍跳动"),
    "downbeat": ("the light pulses on the downbeat", "灯光在重拍跳动"),
    "bass": ("the light pulses with the bass", "灯光随低音跳动"),
    "high": ("the light pulses with the hi-hats", "灯光随踩镲跳动"),
    "onset": ("the light pulses with every hit", "灯光随鼓点跳动"),
    "energy": ("the light pulses with the energy of the song", "灯光随音乐能量跳动"),
}
RIVALS = ("beat", "bass", "high")
"""Drivers that a pulse could be taken for."""
WARM = ("warm golden light", "the light turns warm", "温暖的光线", "画面变暖")
COOL = ("cool blue light", "the light turns cold", "冷色光线", "画面变冷")


def mean_of(latent: Latent, channel: int) -> np.ndarray:
    """Mean of one field per frame [T]."""
    return latent.fields[:, channel].mean((1, 2))


def drivers(bench: Bench, pictures: int | None = None) -> dict:
    """Correlation with the driver that the prompt names, and how often no rival fits better; by default half of a bench's clips."""
    results, best, total = {}, 0, 0
    for driver, prompts in PULSES.items():
        found, others = [], []
        for language, prompt in enumerate(prompts):
            for picture in range(pictures or max(2, bench.clips // 2)):
                sound = bench.features[(picture + 5 * language) % len(bench.features)]
                gain = mean_of(bench.make(prompt, picture, features=sound), 4)
                asked = correlation(gain, envelope(sound, driver))
                rival = max(correlation(gain, envelope(sound, name)) for name in RIVALS if name != driver)
                found.append(asked)
                others.append(rival)
        if driver in RIVALS:
            best, total = best + sum(a > r for a, r in zip(found, others)), total + len(found)
        results[f"pulse with {driver}: correlation with it / best of other {', '.join(n for n in RIVALS if n != driver)}"] = (
            f"{np.mean(found):.2f} / {np.mean(others):.2f}"
        )
    return results | {"pulse on beat, bass or highs: follows the asked one most": f"{best} of {total}"}


def real_songs(bench: Bench) -> dict:
    """The same on stretches of held-out songs, heard as the product hears them."""
    songs = load_songs(HERE / ".data/songs.f32", "heldout").numpy()
    chosen = [song[: 3 * FRAMES] for song in songs[:: max(1, len(songs) // (2 * bench.clips))] if has_beat(song[: 3 * FRAMES])]
    found = {}
    for driver in RIVALS:
        gains = [mean_of(bench.make(PULSES[driver][0], index, features=song), 4) for index, song in enumerate(chosen)]
        found[driver] = np.mean([correlation(gain, envelope(song, driver)) for gain, song in zip(gains, chosen)])
    values = " / ".join(f"{value:.2f}" for value in found.values())
    return {f"{len(chosen)} held-out songs: pulse with the beat / the bass / the hi-hats, correlation with it": values}


def kinds(bench: Bench) -> dict:
    """Warm, cool, glow, flicker, sunrise, strength words."""
    pictures = range(max(2, bench.clips // 2))
    takes = {}

    def takes_of(prompt: str) -> list[Latent]:
        if prompt not in takes:
            takes[prompt] = [bench.make(prompt, p, features=bench.features[p % len(bench.features)]) for p in pictures]
        return takes[prompt]

    def level(prompts: tuple[str, ...], channel: int) -> np.ndarray:
        return np.array([mean_of(latent, channel)[-20:].mean() for prompt in prompts for latent in takes_of(prompt)])

    def swing(prompt: str, channel: int) -> float:
        return float(np.mean([mean_of(latent, channel).std() for latent in takes_of(prompt)]))

    warm, cool = level(WARM, 6), level(COOL, 6)
    ordered = 0
    strengths = []
    for adverb in ("softly", "", "strongly"):
        strengths.append([mean_of(latent, 4).std() for latent in takes_of(f"the light pulses {adverb} on the beat".replace("  ", " "))])
    ordered = sum(a < b < c for a, b, c in zip(*strengths))
    return {
        "warm words: warmth above 0.05": f"{(warm > 0.05).sum()} of {len(warm)}, mean {warm.mean():.2f}",
        "cool words: warmth below −0.05": f"{(cool < -0.05).sum()} of {len(cool)}, mean {cool.mean():.2f}",
        "\"the highlights glow on the beat\": swing of glow / gain": f"{swing('the highlights glow on the beat', 5):.3f} / {swing('the highlights glow on the beat', 4):.3f}",
        "\"the light pulses on the beat\": swing of glow / gain": f"{swing('the light pulses on the beat', 5):.3f} / {swing('the light pulses on the beat', 4):.3f}",
        "\"the lights flash on the beat\": swing of gain": f"{swing('the lights flash on the beat', 4):.3f}",
        "\"the light flickers\" / \"steady light\": swing of gain": f"{swing('the light flickers', 4):.3f} / {swing('steady light', 4):.4f}",
        "\"sunrise\": gain / warmth at the end": f"{level(('sunrise',), 4).mean():.2f} / {level(('sunrise',), 6).mean():.2f}",
        "light softly < normal < strongly": f"{ordered} of {len(strengths[0])}, swings " + " / ".join(f"{np.mean(s):.3f}" for s in strengths),
        "empty prompt: gain against the beat": f"{np.mean([correlation(mean_of(l, 4), envelope(bench.features[p], DRIVERS[0])) for p, l in enumerate(takes_of(''))]):.2f}",
    }  # fmt: skip
