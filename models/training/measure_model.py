"""The model as a whole: ablations, aspects and lengths, diversity and time."""

import time

import numpy as np
import torch

from bench import FRAMES, Bench, correlation, envelope, hear, speed_of
from contract import GRIDS, LATENT_RATE
from features import music
from sampler import Latent
from scene import compose


def mean_gain(latent: Latent) -> np.ndarray:
    """Mean log-gain per frame [T]."""
    return latent.fields[:, 4].mean((1, 2))


def jitter(latent: Latent) -> float:
    """Second difference of local flow in time over its deviation."""
    local = latent.fields[:, 2:4]
    return float(np.abs(np.diff(local, 2, axis=0)).mean() / max(local.std(), 1e-6))


def ablations(bench: Bench) -> dict:
    """One expert for every step, the prompt dropped, the sound swapped."""
    both = ("transformer", "transformer_2")
    variants = {"both experts": both, "high-noise expert only": both[:1] * 2, "low-noise expert only": both[1:] * 2}
    results, uses = {}, (0, 0)
    for name, experts in variants.items():
        swing, rough, end = [], [], []
        for picture in range(max(2, bench.clips // 2)):
            sound = bench.features[picture % len(bench.features)]
            latent = bench.make("the light pulses on the beat, zoom in", picture, features=sound, seed=picture, experts=experts)
            swing.append(correlation(mean_gain(latent), envelope(sound, "beat")))
            rough.append(jitter(latent))
            end.append(speed_of(latent)[2])
            uses = latent.expert_uses if experts == both else uses
        results[f"{name}: light correlation / flow jitter / zoom"] = f"{np.mean(swing):.2f} / {np.mean(rough):.2f} / {np.mean(end):.2f}"
    swapped = []
    for picture in range(max(2, bench.clips // 2)):
        latent = bench.make("the light pulses on the beat", picture, features=bench.features[picture % len(bench.features)])
        swapped.append(correlation(mean_gain(latent), envelope(bench.features[(picture + 9) % len(bench.features)], "beat")))
    results["sound swapped: light correlation"] = f"{np.mean(swapped):.2f}"
    dropped = [speed_of(bench.make("", picture))[0] for picture in range(max(2, bench.clips // 2))]
    asked = [speed_of(bench.make("pan right", picture))[0] for picture in range(max(2, bench.clips // 2))]
    results["\"pan right\" / prompt dropped: pan"] = f"{np.mean(asked):.2f} / {np.mean(dropped):.2f}"
    results["steps of the high / low expert"] = f"{uses[0]} / {uses[1]}"
    return results


def aspects_and_lengths(bench: Bench) -> dict:
    """Every grid at three lengths: speed of "zoom in", light against the beat, the subject's bob."""
    results = {}
    for grid in GRIDS:
        torch.manual_seed(3)
        pixels, mattes = (part[0].numpy() for part in compose(bench.pictures, 1, *grid))
        for frames in (30, 80, 150):
            sound = music(1, 3 * frames, "cpu").numpy()[0]
            prompt = "zoom in, the light pulses on the beat, the subject bobs on the beat"
            latent = bench.runner.sample(prompt, pixels, sound, seed=frames, guidance=bench.guidance, matte=mattes)
            light = correlation(mean_gain(latent), envelope(sound, "beat"))
            bob = correlation(-latent.fields[:, 3][:, mattes > 0.6].mean(1), hear(sound).swings[0, 1, 3].numpy())
            results[f"{grid[0]}×{grid[1]}, {frames // 10} s: zoom / light with the beat / bob with the beat"] = (
                f"{speed_of(latent)[2]:.2f} / {light:.2f} / {bob:.2f}"
            )
    return results


def diversity_and_time(bench: Bench) -> dict:
    """Spread of local flow over seeds, and seconds of one clip."""
    sound, start = bench.features[0], time.perf_counter()
    takes = [bench.make("she dances to the music", 1, features=sound, seed=seed).fields[:, 2:4] for seed in range(4)]
    seconds = (time.perf_counter() - start) / 4
    spread = np.std(takes, axis=0).mean() / np.std(takes)
    return {"spread of flow over seeds": f"{spread:.2f}", f"seconds to sample {FRAMES // LATENT_RATE} s of film (2 threads)": f"{seconds:.1f}"}
