"""Camera words: directions, speeds, combinations with light and subject."""

import numpy as np

from bench import Bench, correlation, envelope, speed_of
from sampler import Latent

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
COMBINED = (
    ("zoom in slowly, the light pulses on the beat, the subject sways", 2, 1, "beat"),
    ("the light pulses with the bass while the camera pans left", 0, -1, "bass"),
    ("pan right and the lights pulse with the hi-hats", 0, 1, "high"),
    ("she dances to the beat, the camera tilts up", 1, -1, None),
    ("warm light, zoom out", 2, -1, None),
    ("镜头推近，灯光随节拍跳动，人物摇摆", 2, 1, "beat"),
    ("灯光随低音跳动，镜头向左平移", 0, -1, "bass"),
    ("镜头向右平移，灯光随踩镲跳动", 0, 1, "high"),
    ("人物随节拍点头，镜头向上摇", 1, -1, None),
    ("冷色光线，镜头拉远", 2, -1, None),
)
"""Prompt, camera axis, its sign, and what the light must follow, if anything."""
SPEEDS = ("slowly", "", "quickly")
COMBINED_SPEEDS = (
    ("slow zoom in, light pulses on the beat", 2, 0.45),
    ("the camera pans slowly to the left, she dances to the music", 0, 0.45),
    ("quick tilt up, warm light, the subject sways", 1, 1.9),
    ("zoom out, the lights flash on the beat", 2, 1.0),
    ("镜头缓慢推近，灯光随节拍跳动", 2, 0.45),
    ("镜头快速向右平移，人物随节拍摇摆", 0, 1.9),
)
"""Prompt, camera axis, speed that is asked for."""
PLANES = (("pan {} right", 0), ("zoom in {}", 2), ("the camera tilts {} up", 1), ("the camera rolls {} clockwise", 3))



def is_right(latent: Latent, axis: int, sign: int) -> bool:
    """Whether the asked component has the right sign and is the largest."""
    speed = speed_of(latent)
    return bool(speed[axis] * sign > 0 and np.abs(speed).argmax() == axis)


def directions(bench: Bench, language: int) -> str:
    """Eight directions over several pictures."""
    found = [
        is_right(bench.make(prompts[language], picture + 3 * axis), axis, sign)
        for (axis, sign), prompts in CAMERA_PROMPTS.items()
        for picture in range(2 * bench.clips)
    ]
    return f"{sum(found)} of {len(found)}"


def english_directions(bench: Bench) -> dict:
    return {"camera words right, English": directions(bench, 0)}


def chinese_directions(bench: Bench) -> dict:
    return {"camera words right, Chinese": directions(bench, 1)}


def unseen_phrasings(bench: Bench) -> dict:
    """Phrasings that the grammar does not contain, two pictures each."""
    wrong = []
    for (axis, sign), prompt in UNSEEN_PHRASINGS.items():
        wrong += [prompt for picture in range(2) if not is_right(bench.make(prompt, axis + picture), axis, sign)]
    total = 2 * len(UNSEEN_PHRASINGS)
    return {"unseen camera phrasings right": f"{total - len(wrong)} of {total}" + (f" (wrong: {sorted(set(wrong))})" if wrong else "")}


def combinations(bench: Bench) -> dict:
    """Camera part of combined prompts, and their light against the driver they name."""
    right, total, followed = 0, 0, []
    for prompt, axis, sign, driver in COMBINED:
        for picture in range(max(2, bench.clips // 2)):
            sound = bench.features[(picture + axis) % len(bench.features)]
            latent = bench.make(prompt, picture, features=sound)
            right, total = right + is_right(latent, axis, sign), total + 1
            if driver:
                followed.append(correlation(latent.fields[:, 4].mean((1, 2)), envelope(sound, driver)))
    return {"combined prompts, camera right": f"{right} of {total}", "combined prompts, light against its driver": f"{np.mean(followed):.2f}"}


def speeds(bench: Bench) -> dict:
    """Slow < normal < fast, and the three magnitudes."""
    ordered, magnitudes = 0, []
    for template, axis in PLANES:
        for picture in range(max(2, bench.clips // 2)):
            amounts = [abs(speed_of(bench.make(" ".join(template.format(word).split()), picture))[axis]) for word in SPEEDS]
            ordered += amounts[0] < amounts[1] < amounts[2]
            magnitudes.append(amounts)
    mean = " / ".join(f"{value:.2f}" for value in np.mean(magnitudes, 0))
    shares = {}
    for prompt, axis, ideal in COMBINED_SPEEDS:
        found = [abs(speed_of(bench.make(prompt, picture))[axis]) for picture in range(max(2, bench.clips // 2))]
        shares[f"speed in \"{prompt}\" (ideal {ideal})"] = f"{np.mean(found):.2f}"
    return {
        "slow < normal < fast": f"{ordered} of {len(magnitudes)}",
        "slow / normal / fast (ideal 0.45 / 1 / 1.9)": mean,
    } | shares
