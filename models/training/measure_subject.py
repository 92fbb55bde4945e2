"""Subject words, the matte, and stillness."""

import numpy as np
import torch

from bench import Bench, correlation, envelope, hear
from network import reach_of

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


def subject_kinds(bench: Bench) -> dict:
    """Which way the subject moves for different words: travel over the clip and share of vertical motion."""
    results = {}
    for prompt in ("she sways on the beat", "he nods on the beat", "the subject drifts to the right", "she floats", "人物随节拍弹跳"):
        across, down = [], []
        for picture in range(max(2, bench.clips // 2)):
            local = bench.make(prompt, picture).fields[:, 2:4]
            subject = bench.mattes[picture % len(bench.pixels)] > 0.6
            across.append(1280 * local[:, 0][:, subject].mean(1).std())
            down.append(1280 * local[:, 1][:, subject].mean(1).std())
        results[f"\"{prompt}\": swing across / up and down, px at 1280"] = f"{np.mean(across):.1f} / {np.mean(down):.1f}"
    return results


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
