"""Subject words, the matte, and stillness."""

import numpy as np
import torch

import measure_matte
from bench import HERE, Bench, correlation, envelope, hear
from contract import FIELD_SCALES
from fields import targets
from network import reach_of
from plan import Plan

BOBS = ("the subject bobs on the beat, static camera", "人物随节拍上下起伏，固定镜头")
STILL = ("static", "静止画面", "no motion", "完全静止", "a still photograph")
HELD = {
    "camera": ("static camera, the light pulses on the beat, she dances", "固定镜头，灯光随节拍跳动，人物跳舞"),
    "local": ("stable face, zoom in", "人物不动，镜头推近"),
    "light": ("no flicker, pan left", "不要闪烁，镜头向左平移"),
}


def subject_words(bench: Bench) -> dict:
    """Motion of the subject against that of its background, its rhythm, and the predicted matte."""
    ratios, overlaps, bobs, sways, bass = [], [], [], [], []
    for picture in range(2 * bench.clips):
        sound = bench.features[picture % len(bench.features)]
        index = picture % len(bench.pixels)
        subject, away = bench.mattes[index] > 0.6, reach_of(torch.from_numpy(bench.mattes[index])[None])[0].numpy() < 0.05

        def flow_of(prompt: str) -> np.ndarray:
            return bench.make(prompt, picture, features=sound).fields[:, 2:4]

        local = flow_of(BOBS[picture % 2])
        speed = np.sqrt(np.square(local).sum(1)).mean(0)
        ratios.append(speed[subject].mean() / max(speed[away].mean(), 1e-6))
        wave = hear(sound).swings[0, 1].numpy()
        bobs.append(correlation(-local[:, 1][:, subject].mean(1), wave[3]))
        sways.append(correlation(-flow_of("she sways on the beat")[:, 0][:, subject].mean(1), wave[0]))
        bass.append(correlation(flow_of("he bounces with the bass")[:, 1][:, subject].mean(1), envelope(sound, "bass")))
        (_, predicted) = bench.runner.run("image_encoder", pixel_values=bench.pixels[index][None])
        found, true = predicted[0] > 0.5, bench.mattes[index] > 0.5
        overlaps.append((found & true).sum() / max((found | true).sum(), 1))
    return {
        "subject moves over twice its background": f"{sum(r > 2 for r in ratios)} of {len(ratios)}",
        "bob on the beat / sway on the beat / bounce with the bass: correlation": f"{np.mean(bobs):.2f} / {np.mean(np.abs(sways)):.2f} / {np.mean(bass):.2f}",
        "matte, intersection over union": f"{np.mean(overlaps):.2f}",
    }


TAUGHT = {
    "she sways on the beat": ({"sway": 1.0}, "beat"),
    "the subject bobs on the beat": ({"bob": 1.0}, "beat"),
    "he nods on the beat": ({"nod": 1.2}, "beat"),
    "he bounces with the bass": ({"bounce": 1.0}, "bass"),
    "the subject drifts to the right": ({"drift_x": 1.0}, None),
    "人物随节拍弹跳": ({"bounce": 1.0}, "beat"),
    "人物随节拍摇摆": ({"sway": 1.0}, "beat"),
}


def subject_kinds(bench: Bench) -> dict:
    """How far the subject swings for different words, pixels at 1280 wide, and that over what the teacher shows."""
    results = {}
    for prompt, (amounts, driver) in TAUGHT.items():
        plan = Plan()
        plan.add(amounts, driver)
        made, shown = [], []
        for picture in range(max(2, bench.clips // 2)):
            sound, matte = bench.features[picture % len(bench.features)], bench.mattes[picture % len(bench.pixels)]
            subject = matte > 0.6
            inputs = (torch.from_numpy(part)[None] for part in (plan.vector(), sound, matte, np.full_like(matte, 0.5)))
            fields, _ = targets(*inputs, torch.ones(1))
            asked = fields[0, :, 2:4].numpy() * np.float32(FIELD_SCALES[2])
            found = bench.make(prompt, picture, features=sound, matte=matte).fields[:, 2:4]
            made.append(1280 * found[:, :, subject].mean(2).std(0))
            shown.append(1280 * asked[:, :, subject].mean(2).std(0))
        axis = int(np.mean(shown, 0).argmax())
        across, down = np.mean(made, 0)
        share = np.mean(made, 0)[axis] / np.mean(shown, 0)[axis]
        results[f"\"{prompt}\": swing across / up and down, px at 1280; over the taught one"] = f"{across:.1f} / {down:.1f}; {share:.2f}"
    return results


def photographs(bench: Bench) -> dict:
    """The matte on held-out photographs, and whether what a person would call the subject moves there."""
    scores, moves = {}, []
    for index, (title, pixels, true) in enumerate(measure_matte.examples(HERE / ".data/tests")):
        _, found = bench.runner.run("image_encoder", pixel_values=pixels[None])
        scores[title] = measure_matte.overlap(found[0], true)
        sound = bench.features[index % len(bench.features)]
        local = bench.runner.sample(BOBS[0], pixels, sound, seed=index).fields[:, 2:4]
        speed = np.sqrt(np.square(local).sum(1)).mean(0)
        moves.append(speed[true > 0.6].mean() > 2 * speed[true < 0.05].mean())
    results = measure_matte.summary(scores)
    return results | {"photographs whose subject moves over twice its background": f"{sum(moves)} of {len(moves)}"}


def stillness(bench: Bench) -> dict:
    """Largest camera travel, flow (pixels at 1280 wide) and light where stillness is asked for."""
    results = {}

    def largest(prompt: str, strength: float) -> tuple[float, float, float, float]:
        """Camera, flow, light, and the subject's own flow."""
        takes = [bench.make(prompt, picture, strength=strength) for picture in range(max(2, bench.clips // 2))]
        return (
            max(float(np.abs(take.camera).max()) for take in takes),
            max(float(np.abs(take.fields[:, :4]).max()) * 1280 for take in takes),
            max(float(np.abs(take.fields[:, 4:]).max()) for take in takes),
            max(float(np.abs(take.fields[:, 2:4]).max()) * 1280 for take in takes),
        )

    for prompt, strength in [(prompt, 1.0) for prompt in (*STILL, "static camera, stable face, no flicker", "")] + [("zoom in", 0.0)]:
        travel, flow, light, _ = largest(prompt, strength)
        results[f"\"{prompt}\", strength {strength:.0f}: largest camera / flow px / light"] = f"{travel:.1e} / {flow:.1e} / {light:.1e}"
    for index, (group, prompts) in zip((0, 3, 2), HELD.items()):
        results[f"{group} held, in {' and '.join(prompts)}: largest value"] = f"{max(largest(prompt, 1.0)[index] for prompt in prompts):.1e}"
    return results
