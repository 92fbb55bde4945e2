"""The score: what a plan asks for at every moment, as products of its amounts with sound and time."""

import torch

from drivers import WAVES
from plan import DRIVERS, GROUPS, RATES
from reader import Reading

CLOCKS = {"camera": 3, "local": WAVES + 3, "scenery": 2, "light": 3, "tint": 6}
"""Time courses that each amount of a group is multiplied with."""
SCORE_FEATURES = sum(len(names) * CLOCKS[group] for group, names in GROUPS.items())
STRUCK = {"nod": 0.75, "tremble": 1.0}
"""What the subject does with the push of its driver even where others swing with the beat, and with how much of it."""
GROUPS_INDEX = {group: index for index, group in enumerate(GROUPS)}
BEAT, NONE = DRIVERS.index("beat"), DRIVERS.index("none")


def write_score(reading: Reading, tracks: torch.Tensor, seconds: torch.Tensor) -> torch.Tensor:
    """tracks [B, T, TRACKS] (`drivers.Sound.tracks`), seconds [T] → [B, T, SCORE_FEATURES]."""
    envelopes, flashes, swings, bar = tracks.split((len(DRIVERS), len(DRIVERS), len(RATES) * WAVES, 2), 2)
    push = (reading.drivers[:, None] * envelopes[:, :, None]).sum(3)
    camera, local, scenery, light, tint = push.unbind(2)
    often = (reading.drivers[:, None, GROUPS_INDEX["light"]] * flashes).sum(2)
    swing = (reading.rate[:, None, :, None] * swings.unflatten(2, (len(RATES), WAVES))).sum(2)
    chosen = reading.drivers[:, GROUPS_INDEX["local"]]
    on_beat = (chosen[:, BEAT] + chosen[:, NONE])[:, None]
    free = reading.drivers[:, GROUPS_INDEX["tint"], NONE][:, None]
    time = (seconds / 8)[None].expand_as(light)
    settle, whip = (seconds / 1.5).clamp(max=1)[None], ((seconds - 0.3) / 0.5).clamp(0, 1)[None].expand_as(light)
    clocks = {
        "camera": (time, camera, whip),
        "local": (time, local * (1 - on_beat), *(swing * on_beat[..., None]).unbind(2), swing[..., 0].abs() * on_beat),
        "scenery": (torch.ones_like(light), scenery),
        "light": (light, light.square(), light * often),
        "tint": (time, settle * free, tint * (1 - free), bar[..., 0] * (1 - free), bar[..., 1] * (1 - free), settle.expand_as(light)),
    }  # fmt: skip
    parts = reading.amounts.split([len(names) for names in GROUPS.values()], 1)
    scores = []
    for (group, names), part in zip(GROUPS.items(), parts):
        courses = torch.stack(clocks[group], 2)[:, :, None]
        if group == "local":
            struck = local.new_tensor([STRUCK.get(name, 0.0) for name in names])[:, None]
            on_every = torch.stack((torch.zeros_like(local), local * on_beat, *(torch.zeros_like(local),) * WAVES, torch.zeros_like(local)), 2)
            courses = courses + struck * on_every[:, :, None]
        scores.append((part[:, None, :, None] * courses).flatten(2))
    return torch.cat(scores, 2)

