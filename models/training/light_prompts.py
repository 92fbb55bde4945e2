"""
Every word of the light vocabulary as prompts, for `bench -- pocket` to look for flashes.

    python3 models/training/light_prompts.py > engine/server/src/bench/pocket/light-prompts.json

One prompt for each template, as strong as words make it, driven by each driver phrase in turn; what is then left of
driver phrases and strong words is put to flashing light. The list is checked against the lexicon by a test beside it.
"""

import json
from itertools import cycle

from grammar import fill
from lexicon import DRIVER_PHRASES, STRENGTHS
from lexicon_light import LIGHTS

LEFTOVER = {"en": "the lights flash {adv} {driver}", "zh": "灯光{driver}{adv}爆闪"}


def prompts(language: str) -> list[str]:
    phrases = [phrase for driver in DRIVER_PHRASES[language].values() for phrase in driver]
    phrases = list(dict.fromkeys(phrases))
    strengths = list(STRENGTHS[language]["high"])
    next_phrase, next_strength = cycle(phrases), cycle(strengths)
    said, found = set(), []

    def say(template: str, phrase: str = "", strength: str = "") -> None:
        said.update((phrase, strength))
        found.append(fill(template, language, driver=phrase, adv=strength))

    for _, _, templates in LIGHTS[language].values():
        for template in templates:
            say(template, next(next_phrase) if "{driver}" in template else "", next(next_strength) if "{adv}" in template else "")
    for phrase in phrases:
        if phrase not in said:
            say(LEFTOVER[language], phrase, next(next_strength))
    for strength in strengths:
        if strength not in said:
            say(LEFTOVER[language], phrases[0], strength)
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    print(json.dumps({language: prompts(language) for language in LIGHTS}, ensure_ascii=False, indent=2))
