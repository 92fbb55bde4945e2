"""Prompts in English and Chinese, and the plan each one stands for."""

import random

from lexicon import ADVERBS, CONNECTORS, DESCRIPTIONS, DRIVER_PHRASES, STRENGTHS
from lexicon_camera import CAMERA_MOVES, CAMERA_ON_DRIVER, HANDHELD
from lexicon_light import LIGHTS
from lexicon_restraint import FORBIDDEN, HOLDS, OVERALL
from lexicon_subject import LOCAL_MOVES, SCENERY, SUBJECTS
from plan import GROUP_OF, GROUPS, Plan

SPEEDS = {"slow": 0.45, "normal": 1.0, "fast": 1.9}
AMPLITUDES = {"low": 0.45, "normal": 1.0, "high": 1.7}
LOCAL_RATES = {"slow": 0.5, "normal": 1.0, "fast": 2.0}
DRIVER_SHARES = {"beat": 0.3, "downbeat": 0.1, "bass": 0.2, "mid": 0.1, "high": 0.14, "onset": 0.1, "energy": 0.06}
COMBINATIONS = {
    "camera": 0.18, "local": 0.11, "light": 0.18, "camera local": 0.1, "camera light": 0.14, "local light": 0.11,
    "camera local light": 0.14, "": 0.04,
}  # fmt: skip


def fill(template: str, language: str, **words: str) -> str:
    """Puts words into a template's {slots} and tidies the spaces that empty ones leave."""
    text = template.format(**words)
    return "".join(text.split()) if language == "zh" else " ".join(text.split()).replace(" ,", ",")


def fill_driven(rng: random.Random, template: str, language: str, phrase: str, **words: str) -> str:
    """`fill` with a driver phrase, which now and then stands in front."""
    if phrase and template.endswith("{driver}") and rng.random() < 0.2:
        front = phrase + (" " if language == "zh" else rng.choice((" ", ", ")))
        return front + fill(template, language, driver="", **words)
    return fill(template, language, driver=phrase, **words)


def pick(rng: random.Random, shares: dict) -> object:
    """A key, as often as its share says."""
    return rng.choices(tuple(shares), tuple(shares.values()))[0]


def pick_speed(rng: random.Random, language: str) -> tuple[str, str]:
    """A speed class and its adverb; normal speed is mostly said by saying nothing."""
    speed = rng.choices(("slow", "normal", "fast"), (0.3, 0.4, 0.3))[0]
    if speed == "normal" and rng.random() < 0.8:
        return speed, ""
    return speed, rng.choice(ADVERBS[language][speed])


def pick_amplitude(rng: random.Random, language: str) -> tuple[str, str]:
    """A strength class and its adverb."""
    amplitude = rng.choices(("low", "normal", "high"), (0.2, 0.58, 0.22))[0]
    return amplitude, rng.choice(STRENGTHS[language][amplitude])


def pick_driver(rng: random.Random, language: str) -> tuple[str, str]:
    """A driver and the phrase that names it."""
    driver = pick(rng, DRIVER_SHARES)
    return driver, rng.choice(DRIVER_PHRASES[language][driver])


def driver_for(rng: random.Random, language: str, plan: Plan, groups: set[str], timing: str) -> tuple[str | None, str]:
    """A driver and its phrase (or none) for a clause; groups keep the driver that an earlier clause gave them."""
    known = next((plan.drivers[group] for group in groups if group in plan.drivers), None)
    if timing == "free":
        return None, ""
    if timing == "beat":
        return "beat", rng.choice(DRIVER_PHRASES[language]["beat"])
    if known in DRIVER_PHRASES[language]:
        return known, rng.choice(DRIVER_PHRASES[language][known])
    if timing == "driven" or rng.random() < 0.82:
        return pick_driver(rng, language)
    return "beat", ""


def scaled(amounts: dict[str, float], factor: float) -> dict[str, float]:
    return {name: value * factor for name, value in amounts.items()}


def camera_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """One to three camera moves on different axes."""
    clauses = []
    axes = rng.sample(("pan", "tilt", "zoom", "roll"), rng.choices((1, 2, 3), (0.76, 0.2, 0.04))[0])
    if rng.random() < 0.1:
        axes[0] = rng.choice(("orbit", "whip"))
    for axis in axes:
        sign = rng.choice((-1, 1))
        speed, adverb = ("normal", "") if axis == "whip" else pick_speed(rng, language)
        template, dolly = rng.choice(CAMERA_MOVES[language][axis, sign])
        clauses.append(fill(template, language, adv=adverb))
        plan.add({axis: sign * SPEEDS[speed]})
        if dolly and axis != "orbit":
            plan.groups["camera"]["dolly"] = 1.0
    return clauses


def camera_on_driver(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """The camera shakes, punches in or dips with the sound, or is hand-held."""
    if rng.random() < 0.3:
        plan.add({"handheld": 1.0})
        return [rng.choice(HANDHELD[language])]
    kind = rng.choice(tuple(CAMERA_ON_DRIVER[language]))
    amplitude, adverb = pick_amplitude(rng, language)
    driver, phrase = driver_for(rng, language, plan, {"camera"}, "sound")
    plan.add({kind: AMPLITUDES[amplitude]}, driver)
    return [fill_driven(rng, rng.choice(CAMERA_ON_DRIVER[language][kind]), language, phrase, adv=adverb)]


def local_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """What the subject does."""
    amounts, timing, templates = LOCAL_MOVES[language][rng.choice(tuple(LOCAL_MOVES[language]))]
    amplitude, adverb = pick_amplitude(rng, language)
    if amplitude == "normal" and not adverb and rng.random() < 0.35:
        speed, adverb = pick_speed(rng, language)
        plan.rate = LOCAL_RATES[speed]
    driver, phrase = driver_for(rng, language, plan, {"local"}, timing)
    plan.add(scaled(amounts, AMPLITUDES[amplitude]), driver)
    return [fill_driven(rng, rng.choice(templates), language, phrase, subject=rng.choice(SUBJECTS[language]), adv=adverb)]


def scenery_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """What moves around the subject."""
    amounts, templates = SCENERY[language][rng.choice(tuple(SCENERY[language]))]
    amplitude, adverb = pick_amplitude(rng, language)
    template = rng.choice(templates)
    driver, phrase = pick_driver(rng, language) if "{driver}" in template and rng.random() < 0.35 else ("none", "")
    plan.add(scaled(amounts, AMPLITUDES[amplitude]), driver)
    return [fill_driven(rng, template, language, phrase, adv=adverb)]


def light_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """One or two things the light does."""
    clauses = []
    for name in rng.sample(tuple(LIGHTS[language]), rng.choices((1, 2), (0.76, 0.24))[0]):
        amounts, timing, templates = LIGHTS[language][name]
        groups = {GROUP_OF[amount] for amount in amounts}
        if "tint" in plan.groups and "tint" in groups:
            continue
        amplitude, adverb = pick_amplitude(rng, language)
        driver, phrase = driver_for(rng, language, plan, groups, timing)
        plan.add(scaled(amounts, AMPLITUDES[amplitude]))
        if driver is not None:
            # Neon cycles its colours by the beat or by itself.
            plan.drivers |= {group: driver for group in groups if group == "light" or timing in ("driven", "beat")}
        clauses.append(fill_driven(rng, rng.choice(templates), language, phrase, adv=adverb))
    return clauses


def hold_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """Restraint: groups kept still, or one amount ruled out; nothing that the prompt asks for elsewhere."""
    kind = rng.choices(("all", "camera", "local", "light", "one"), (0.24, 0.26, 0.18, 0.18, 0.14))[0]
    if kind == "one":
        name = rng.choice(tuple(FORBIDDEN[language]))
        if name in plan.groups.get(GROUP_OF[name], {}):
            return []
        plan.forbid(name)
        return [rng.choice(FORBIDDEN[language][name])]
    if kind == "all" and plan.groups:
        kind = "camera"
    groups = {"all": tuple(GROUPS), "light": ("light", "tint")}.get(kind, (kind,))
    if any(plan.groups.get(group) for group in groups):
        return []
    for group in groups:
        plan.hold(group)
    return [rng.choice(HOLDS[language][kind])]


def restraint_only(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """One to three restraint clauses and nothing else."""
    clauses = [text for _ in range(rng.choices((1, 2, 3), (0.6, 0.25, 0.15))[0]) for text in hold_clauses(rng, language, plan)]
    return clauses


def describe(rng: random.Random, language: str) -> str:
    """Words about the picture that ask for no motion, now and then with one nobody knows."""
    words = rng.sample(DESCRIPTIONS[language], rng.randint(1, 3))
    if rng.random() < 0.25:
        words.append("".join(rng.choices("bcdfgklmnprstvz", k=5)) if language == "en" else "龘")
    return ("，" if language == "zh" else ", ").join(words)


def write_clauses(rng: random.Random, language: str, plan: Plan) -> list[str]:
    """What the prompt asks for, in random order."""
    clauses: list[str] = []
    if rng.random() < 0.11:
        return restraint_only(rng, language, plan)
    kinds = pick(rng, COMBINATIONS)
    if "camera" in kinds:
        clauses += camera_clauses(rng, language, plan) if rng.random() < 0.8 else []
        if not clauses or rng.random() < 0.08:
            clauses += camera_on_driver(rng, language, plan)
    if "local" in kinds:
        clauses += local_clauses(rng, language, plan)
    if "light" in kinds:
        clauses += light_clauses(rng, language, plan)
    if rng.random() < 0.07:
        clauses += scenery_clauses(rng, language, plan)
    holds = [text for _ in range(rng.choices((0, 1, 2), (0.7, 0.24, 0.06))[0]) for text in hold_clauses(rng, language, plan)]
    if rng.random() < 0.03:
        plan.overall, words = rng.choice(tuple(OVERALL[language].items()))
        clauses.append(rng.choice(words))
    rng.shuffle(clauses)
    for text in holds:
        # Restraint often comes first: "camera still, she dances, the lights flash".
        clauses.insert(0 if rng.random() < 0.4 else rng.randint(0, len(clauses)), text)
    return clauses


def write_prompt(rng: random.Random) -> tuple[str, Plan]:
    """A random prompt and its plan; about one in twenty is empty."""
    plan = Plan()
    language = rng.choice(("en", "zh"))
    if rng.random() < 0.05:
        return "", plan
    clauses = write_clauses(rng, language, plan)
    if not clauses or rng.random() < 0.4:
        clauses.insert(rng.randint(0, len(clauses)), describe(rng, language))
    text = rng.choice(CONNECTORS[language]).join(clauses)
    if language == "en" and rng.random() < 0.5:
        text = text[:1].upper() + text[1:]
    return (text + "." if language == "en" and rng.random() < 0.3 else text), plan
