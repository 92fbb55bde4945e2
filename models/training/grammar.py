"""Prompts in English and Chinese, and the plan each one stands for."""

import random

from lexicon import (
    ADVERBS, CAMERA_MOVES, CAMERA_ON_DRIVER, CONNECTORS, DESCRIPTIONS, DRIVER_PHRASES, HANDHELD, HOLDS, LIGHTS,
    LOCAL_MOVES, NO_MOVE, STRENGTHS, SUBJECTS,
)  # fmt: skip
from plan import Plan

SPEEDS = {"slow": 0.45, "normal": 1.0, "fast": 1.9}
AMPLITUDES = {"low": 0.5, "normal": 1.0, "high": 1.6}
LOCAL_RATES = {"slow": 0.5, "normal": 1.0, "fast": 2.0}


def fill(template: str, language: str, **words: str) -> str:
    """Puts words into a template's {slots} and tidies the spaces that empty ones leave."""
    text = template.format(**words)
    return "".join(text.split()) if language == "zh" else " ".join(text.split()).replace(" ,", ",")


def pick_speed(rng: random.Random, language: str) -> tuple[str, str]:
    """A speed class and its adverb; normal speed is mostly said by saying nothing."""
    speed = rng.choices(("slow", "normal", "fast"), (0.34, 0.36, 0.3))[0]
    if speed == "normal" and rng.random() < 0.75:
        return speed, ""
    return speed, rng.choice(ADVERBS[language][speed])


def pick_amplitude(rng: random.Random, language: str) -> tuple[str, str]:
    """A strength class and its adverb."""
    amplitude = rng.choices(("low", "normal", "high"), (0.22, 0.56, 0.22))[0]
    return amplitude, rng.choice(STRENGTHS[language][amplitude])


def pick_driver(rng: random.Random, language: str) -> tuple[str, str]:
    """A driver and the phrase that names it."""
    driver = rng.choices(("beat", "downbeat", "bass", "mid", "high", "onset"), (0.34, 0.08, 0.22, 0.1, 0.12, 0.14))[0]
    return driver, rng.choice(DRIVER_PHRASES[language][driver])


def camera_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """One to three camera moves on different axes, sometimes one that follows the sound."""
    clauses = []
    axes = rng.sample(("pan", "tilt", "zoom", "roll"), rng.choices((1, 2, 3), (0.72, 0.22, 0.06))[0])
    for axis in axes:
        sign = rng.choice((-1, 1))
        speed, adverb = pick_speed(rng, language)
        template, dolly = rng.choice(CAMERA_MOVES[language][axis, sign])
        clauses.append(fill(template, language, adv=adverb))
        plan.add("camera", {axis: sign * SPEEDS[speed], "dolly": float(dolly)})
    return clauses


def camera_on_driver(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """The camera shakes, punches in or dips with the sound, or is hand-held."""
    if rng.random() < 0.3:
        plan.add("camera", {"handheld": 1.0})
        return [rng.choice(HANDHELD[language])]
    kind = rng.choice(tuple(CAMERA_ON_DRIVER[language]))
    amplitude, adverb = pick_amplitude(rng, language)
    driver, phrase = pick_driver(rng, language)
    plan.add("camera", {kind: AMPLITUDES[amplitude]}, driver)
    return [fill(rng.choice(CAMERA_ON_DRIVER[language][kind]), language, adv=adverb, driver=phrase)]


def local_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """What the subject does."""
    name = rng.choice(tuple(LOCAL_MOVES[language]))
    template, amounts, timing = rng.choice(LOCAL_MOVES[language][name])
    amplitude, adverb = pick_amplitude(rng, language)
    rate = "normal"
    if amplitude == "normal" and not adverb and rng.random() < 0.4:
        rate, adverb = pick_speed(rng, language)
    driver, phrase = ("none", "") if timing == "free" else ("beat", "")
    if timing == "sound" and rng.random() < 0.75:
        driver, phrase = pick_driver(rng, language)
    scaled = {key: value * AMPLITUDES[amplitude] for key, value in amounts.items()}
    plan.add("local", scaled | {"local_rate": LOCAL_RATES[rate]}, driver)
    return [fill(template, language, subject=rng.choice(SUBJECTS[language]), adv=adverb, driver=phrase)]


def light_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """One or two things the light does."""
    clauses = []
    for name in rng.sample(tuple(LIGHTS[language]), rng.choices((1, 2), (0.78, 0.22))[0]):
        template, amounts, timing = rng.choice(LIGHTS[language][name])
        amplitude, adverb = pick_amplitude(rng, language)
        driver, phrase = (None, "")
        if timing == "sound":
            driver, phrase = pick_driver(rng, language) if rng.random() < 0.85 else ("beat", "")
            if (known := plan.drivers.get("light_driver")) is not None:
                driver, phrase = known, rng.choice(DRIVER_PHRASES[language][known])
        plan.add("light", {key: value * AMPLITUDES[amplitude] for key, value in amounts.items()}, driver)
        clauses.append(fill(template, language, adv=adverb, driver=phrase))
    return clauses


def hold_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """Restraint: a still group, a whole still clip, or one camera move ruled out."""
    kind = rng.choices(("all", "camera", "local", "light", "move"), (0.3, 0.25, 0.17, 0.18, 0.1))[0]
    if kind == "move":
        axis = rng.choice(tuple(NO_MOVE[language]))
        if plan.camera is None:
            plan.hold("camera")
        elif axis in plan.camera:
            return []
        return [rng.choice(NO_MOVE[language][axis])]
    if kind == "all" and (plan.camera or plan.local or plan.light):
        kind = "camera"
    groups = ("camera", "local", "light") if kind == "all" else (kind,)
    if any(getattr(plan, group) for group in groups):
        return []
    for group in groups:
        plan.hold(group)
    return [rng.choice(HOLDS[language][kind])]


def describe(rng: random.Random, language: str) -> str:
    """Words about the picture that ask for no motion, now and then with one nobody knows."""
    words = rng.sample(DESCRIPTIONS[language], rng.randint(1, 3))
    if rng.random() < 0.2:
        words.append("".join(rng.choices("bcdfgklmnprstvz", k=5)) if language == "en" else "龘")
    return ("，" if language == "zh" else ", ").join(words)


def write_prompt(rng: random.Random) -> tuple[str, Plan]:
    """A random prompt and its plan; about one in ten is empty."""
    plan = Plan()
    language = rng.choice(("en", "zh"))
    if rng.random() < 0.1:
        return "", plan
    clauses: list[str] = []
    if rng.random() < 0.09:
        clauses += hold_clauses(rng, language, plan)
    else:
        kinds = rng.choices(
            ("camera", "local", "light", "camera local", "camera light", "local light", "camera local light", ""),
            (0.34, 0.1, 0.14, 0.1, 0.12, 0.07, 0.06, 0.07),
        )[0]
        if "camera" in kinds:
            clauses += camera_clauses(rng, language, plan) if rng.random() < 0.8 else []
            if not clauses or rng.random() < 0.1:
                clauses += camera_on_driver(rng, language, plan)
        if "local" in kinds:
            clauses += local_clauses(rng, language, plan)
        if "light" in kinds:
            clauses += light_clauses(rng, language, plan)
        if rng.random() < 0.22:
            clauses += hold_clauses(rng, language, plan)
    rng.shuffle(clauses)
    if not clauses or rng.random() < 0.45:
        clauses.insert(rng.randint(0, len(clauses)), describe(rng, language))
    text = rng.choice(CONNECTORS[language]).join(clauses)
    if language == "en" and rng.random() < 0.5:
        text = text[:1].upper() + text[1:]
    return (text + "." if language == "en" and rng.random() < 0.3 else text), plan
