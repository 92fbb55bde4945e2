"""
Measures an exported Pocket folder on pictures it was not trained on, and prints the results as a table.

Everything runs on the stored int8 networks with onnxruntime on the CPU. Amounts are relative to the speeds that
`fields.py` calls normal.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

import fields
from contract import GRIDS, LATENT_RATE
from drivers import envelopes
from features import music
from network import reach_of
from pictures import load_pictures
from render import render_frame
from sampler import Latent, PocketRunner
from scene import compose

HERE = Path(__file__).parent
FRAMES = 50
"""Latent frames of a measured clip: 5 s, which two cores sample in reasonable time."""
NORMAL = 8 * np.array([fields.PAN, fields.TILT, fields.ZOOM, fields.ROLL])
"""What a normal move amounts to in eight seconds."""
CAMERA_PROMPTS = {
    (0, 1): ("camera pans to the right", "镜头向右平移"),
    (0, -1): ("camera pans to the left", "镜头向左平移"),
    (1, 1): ("the camera tilts down", "镜头向下摇"),
    (1, -1): ("the camera tilts up", "镜头向上摇"),
    (2, 1): ("zoom in", "镜头推近"),
    (2, -1): ("zoom out", "镜头拉远"),
    (3, 1): ("the camera rolls clockwise", "镜头顺时针旋转"),
    (3, -1): ("the camera rolls counterclockwise", "镜头逆时针旋转"),
}
UNSEEN_PHRASINGS = {
    (0, 1): "a smooth camera movement going right, trees",
    (0, -1): "let the shot travel left",
    (1, 1): "look down with the camera",
    (1, -1): "the lens goes up over the castle",
    (2, 1): "move closer to her face",
    (2, -1): "pull the camera far back",
    (3, 1): "spin the view clockwise",
    (3, -1): "turn the frame anticlockwise",
}
SPEEDS = ("slowly", "", "quickly")
PLANES = (("pan {} right", 0), ("zoom in {}", 2), ("the camera tilts {} up", 1), ("the camera rolls {} clockwise", 3))


class Bench:
    """The model, its held-out pictures and some music."""

    def __init__(self, folder: Path, clips: int, guidance: float | None):
        torch.manual_seed(5)
        self.runner, self.clips, self.guidance = PocketRunner(folder), clips, guidance
        self.pictures = load_pictures(HERE / ".data/pictures.tar", HERE / "data/mattes", "heldout")
        self.features = music(64, 3 * FRAMES, "cpu").numpy()
        tracked = np.square(self.features[..., 4:6]).sum(-1).mean(1) > 0.5
        self.features = self.features[tracked]
        pixels, mattes = compose(self.pictures, 96, *GRIDS[0])
        has_subject = mattes.mean((1, 2)) > 0.06
        self.pixels, self.mattes = pixels[has_subject].numpy(), mattes[has_subject].numpy()
        self.drawn = 0

    def make(self, prompt: str, picture: int, *, features: np.ndarray | None = None, **options) -> Latent:
        """A latent of one held-out picture; music and seed change with every call unless given."""
        self.drawn += 1
        options = {"seed": self.drawn, "guidance": self.guidance} | options
        sound = self.features[self.drawn % len(self.features)] if features is None else features
        return self.runner.sample(prompt, self.pixels[picture % len(self.pixels)], sound, **options)


def speed_of(latent: Latent) -> np.ndarray:
    """Camera speed in normal moves [4], by a straight line through its track."""
    time_axis = np.arange(len(latent.camera))
    slope = (time_axis[:, None] * latent.camera).sum(0) / (time_axis**2).sum()
    return slope * 8 * LATENT_RATE / NORMAL


def camera_words(bench: Bench) -> dict:
    """Right sign and dominant component over 8 directions, two languages and several pictures; unseen phrasings."""
    right = total = unseen = 0
    for (axis, sign), prompts in CAMERA_PROMPTS.items():
        for prompt in prompts:
            for picture in range(bench.clips):
                end = speed_of(bench.make(prompt, picture + 3 * axis))
                right += bool(end[axis] * sign > 0 and np.abs(end).argmax() == axis)
                total += 1
    for (axis, sign), prompt in UNSEEN_PHRASINGS.items():
        end = speed_of(bench.make(prompt, axis))
        unseen += bool(end[axis] * sign > 0 and np.abs(end).argmax() == axis)
    return {"camera words right": f"{right} of {total}", "unseen phrasings right": f"{unseen} of {len(UNSEEN_PHRASINGS)}"}


def speeds(bench: Bench) -> dict:
    """Slow < normal < fast, and the three magnitudes."""
    ordered, magnitudes = 0, []
    for template, axis in PLANES:
        for picture in range(bench.clips):
            amounts = [abs(speed_of(bench.make(" ".join(template.format(word).split()), picture))[axis]) for word in SPEEDS]
            ordered += amounts[0] < amounts[1] < amounts[2]
            magnitudes.append(amounts)
    mean = " / ".join(f"{value:.2f}" for value in np.mean(magnitudes, 0))
    return {"slow < normal < fast": f"{ordered} of {len(magnitudes)}", "slow / normal / fast (ideal 0.45 / 1 / 1.9)": mean}


def mean_gain(latent: Latent) -> np.ndarray:
    """Mean log-gain per frame [T]."""
    return latent.fields[:, 4].mean((1, 2))


def envelope(features: np.ndarray, driver: int) -> np.ndarray:
    """One driver's envelope [T] (order of `plan.DRIVERS`)."""
    return envelopes(torch.from_numpy(features)[None])[0][0, driver].numpy()


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 1e-7 and b.std() > 1e-7 else 0.0


def light_words(bench: Bench) -> dict:
    """Correlation of light with the driver that the prompt names, and how far it swings."""
    results = {}
    for name, prompt, driver in (
        ("beat", "the light pulses on the beat", 0), ("onsets", "the light pulses with every hit", 5),
        ("bass", "the light pulses with the bass", 2), ("highs", "the light pulses with the hi-hats", 4),
        ("beat, empty prompt", "", 0), ("beat, Chinese", "灯光随节拍跳动", 0),
    ):  # fmt: skip
        found = []
        for picture in range(2 * bench.clips):
            sound = bench.features[(picture + 7 * driver) % len(bench.features)]
            found.append(correlation(mean_gain(bench.make(prompt, picture, features=sound)), envelope(sound, driver)))
        results[f"light against {name}, correlation"] = f"{np.mean(found):.2f}"
    return results


def subject_words(bench: Bench) -> dict:
    """Motion of the subject against that of its background, and the predicted matte against the true one."""
    ratios, overlaps, phase_locked = [], [], []
    for picture in range(3 * bench.clips):
        sound = bench.features[picture % len(bench.features)]
        latent = bench.make("the subject bobs on the beat, static camera", picture, features=sound)
        index = picture % len(bench.pixels)
        subject, away = bench.mattes[index] > 0.6, reach_of(torch.from_numpy(bench.mattes[index])[None])[0].numpy() < 0.05
        speed = np.sqrt(np.square(latent.fields[:, 2:4]).sum(1)).mean(0)
        ratios.append(speed[subject].mean() / max(speed[away].mean(), 1e-6))
        bob = -latent.fields[:, 3, subject].mean(1)
        beats = envelopes(torch.from_numpy(sound)[None])[2][0].numpy()
        phase_locked.append(correlation(bob, np.cos(2 * np.pi * beats)))
        (_, predicted) = bench.runner.run("image_encoder", pixel_values=bench.pixels[index][None])
        found, true = predicted[0] > 0.5, bench.mattes[index] > 0.5
        overlaps.append((found & true).sum() / max((found | true).sum(), 1))
    return {
        "subject moves over twice its background": f"{sum(r > 2 for r in ratios)} of {len(ratios)}",
        "bob against the beat, correlation": f"{np.mean(phase_locked):.2f}",
        "matte, intersection over union": f"{np.mean(overlaps):.2f}",
    }


def stillness(bench: Bench) -> dict:
    """Largest camera travel, flow (pixels at 1280 wide) and gain where stillness is asked for; strength 0 must be 0."""
    results = {}
    for name, prompt, strength in (
        ("\"static\"", "static", 1.0), ("\"静止画面\"", "静止画面", 1.0), ("\"static camera, stable face, no flicker\"",
        "static camera, stable face, no flicker", 1.0), ("strength 0", "zoom in", 0.0),
    ):  # fmt: skip
        travel = flow = gain = 0.0
        for picture in range(bench.clips):
            latent = bench.make(prompt, picture, strength=strength)
            travel = max(travel, float(np.abs(latent.camera).max()))
            flow = max(flow, float(np.abs(latent.fields[:, :4]).max()) * 1280)
            gain = max(gain, float(np.abs(latent.fields[:, 4:]).max()))
        results[f"still, {name}: camera / flow px / light"] = f"{travel:.4f} / {flow:.2f} / {gain:.4f}"
    default = bench.make("", 0)
    travel, flow = np.abs(default.camera).max(), np.abs(default.fields[:, :4]).max() * 1280
    results["for comparison, empty prompt"] = f"{travel:.4f} / {flow:.2f} / {np.abs(default.fields[:, 4:]).max():.4f}"
    return results


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
        for picture in range(2 * bench.clips):
            sound = bench.features[picture]
            latent = bench.make("the light pulses on the beat, zoom in", picture, features=sound, seed=picture, experts=experts)
            swing.append(correlation(mean_gain(latent), envelope(sound, 0)))
            rough.append(jitter(latent))
            end.append(speed_of(latent)[2])
            uses = latent.expert_uses if experts == both else uses
        results[f"{name}: light correlation / flow jitter / zoom"] = f"{np.mean(swing):.2f} / {np.mean(rough):.2f} / {np.mean(end):.2f}"
    swapped = []
    for picture in range(2 * bench.clips):
        latent = bench.make("the light pulses on the beat", picture, features=bench.features[picture])
        swapped.append(correlation(mean_gain(latent), envelope(bench.features[picture + 9], 0)))
    results["sound swapped: light correlation"] = f"{np.mean(swapped):.2f}"
    dropped = [speed_of(bench.make("", picture))[0] for picture in range(2 * bench.clips)]
    asked = [speed_of(bench.make("pan right", picture))[0] for picture in range(2 * bench.clips)]
    results["\"pan right\" / prompt dropped: pan"] = f"{np.mean(asked):.2f} / {np.mean(dropped):.2f}"
    results["steps of the high / low expert"] = f"{uses[0]} / {uses[1]}"
    return results


def aspects_and_lengths(bench: Bench) -> dict:
    """"zoom in" on every grid and three lengths; speed must not depend on either."""
    results = {}
    for grid in GRIDS:
        pixels = compose(bench.pictures, 1, *grid)[0][0].numpy()
        found = []
        for frames in (30, 80, 150):
            sound = music(1, 3 * frames, "cpu").numpy()[0]
            latent = bench.runner.sample("zoom in", pixels, sound, seed=frames, guidance=bench.guidance)
            found.append(f"{speed_of(latent)[2]:.2f}")
        results[f"zoom speed on {grid[0]}×{grid[1]}, 3 / 8 / 15 s"] = " / ".join(found)
    return results


def diversity_and_time(bench: Bench) -> dict:
    """Spread of local flow over seeds, and seconds of one clip."""
    sound, start = bench.features[0], time.perf_counter()
    takes = [bench.make("she dances to the music", 1, features=sound, seed=seed).fields[:, 2:4] for seed in range(4)]
    seconds = (time.perf_counter() - start) / 4
    spread = np.std(takes, axis=0).mean() / np.std(takes)
    return {"spread of flow over seeds": f"{spread:.2f}", f"seconds to sample {FRAMES // LATENT_RATE} s of film (2 threads)": f"{seconds:.1f}"}


def contact_sheet(bench: Bench, path: Path) -> None:
    """Four held-out pictures, six frames each, as one PNG."""
    prompts = ("", "the camera pans quickly to the right, the light turns warm", "zoom in quickly, she dances to the beat",
               "the camera rolls clockwise, the lights flash on the beat")  # fmt: skip
    rows, columns = GRIDS[0]
    strips = []
    for index, prompt in enumerate(prompts):
        torch.manual_seed(40 + index)
        large, _ = compose(bench.pictures, 1, 4 * rows, 4 * columns)
        small = F.avg_pool2d(large, 4)[0].numpy()
        latent = bench.runner.sample(prompt, small, bench.features[index], seed=index, strength=1.6, guidance=bench.guidance)
        frames = [render_frame(large[0], latent, frame) for frame in np.linspace(0, FRAMES - 1, 6).astype(int)]
        strips.append(torch.cat(frames, 2))
    sheet = torch.cat(strips, 1).permute(1, 2, 0).numpy()
    Image.fromarray((sheet * 255).astype(np.uint8)).resize((1680, 640), Image.LANCZOS).save(path)


SECTIONS = {
    "camera": camera_words, "speeds": speeds, "light": light_words, "subject": subject_words, "still": stillness,
    "ablations": ablations, "aspects": aspects_and_lengths, "time": diversity_and_time,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=HERE / "../pocket")
    parser.add_argument("--clips", type=int, default=3, help="pictures per prompt")
    parser.add_argument("--guidance", type=float, help="of the high-noise expert; the model's own by default")
    parser.add_argument("--sections", nargs="*", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--sheet", type=Path, help="where to write a contact sheet")
    parser.add_argument("--results", type=Path, help="where to write the numbers as JSON")
    arguments = parser.parse_args()
    bench = Bench(arguments.model, arguments.clips, arguments.guidance)
    results: dict[str, str] = {}
    for name in arguments.sections:
        found = SECTIONS[name](bench)
        results |= found
        for key, value in found.items():
            print(f"| {key} | {value} |", flush=True)
    if arguments.results:
        arguments.results.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    if arguments.sheet:
        contact_sheet(bench, arguments.sheet)


if __name__ == "__main__":
    main()
