"""Stage "matte": the matte finder learns which thing of a picture is its subject."""

import json
import random
import time

import torch

from batches import GRID_SHARES
from contract import GRIDS
from losses import matte_loss
from network import Pocket
from parallel import Team, cosine_rate
from pictures import Pictures
from scene import compose

PEAK_RATE = 1.5e-3
EMA = 0.998
WARM_UP_STEPS = 200
REPORT_STEPS = 250


def train_mattes(model: Pocket, pictures: Pictures, minutes: float, team: Team, batch: int, seed: int) -> list[dict]:
    """Trains the matte finder for a given time, leaves its averaged weights in the model and returns the log."""
    device = pictures.backgrounds.device
    model.requires_grad_(False)
    finder = model.matte_finder.requires_grad_(True).train()
    parameters = list(finder.parameters())
    average = [parameter.detach().clone() for parameter in parameters]
    optimizer = torch.optim.AdamW(parameters, lr=0.0, betas=(0.9, 0.98), weight_decay=0.05, fused=device.type == "cuda")
    shapes = random.Random(f"{seed} matte")
    log, total, overlap, step, progress, start = [], 0.0, 0.0, 0, 0.0, time.monotonic()
    while progress < 1:
        pixels, true = compose(pictures, batch, *shapes.choices(GRIDS, GRID_SHARES)[0])
        with torch.autocast(device.type, torch.bfloat16):
            logits = finder(pixels)
        loss = matte_loss(logits, true)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        team.share_gradients(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * cosine_rate(progress, step, WARM_UP_STEPS)
        optimizer.step()
        newest = [parameter.detach() for parameter in parameters]
        torch._foreach_lerp_(average, newest, 1 - EMA if step > WARM_UP_STEPS else 1.0)
        step += 1
        total, overlap = total + loss.detach(), overlap + mean_overlap(logits.detach(), true)
        if step % 10 == 0:
            progress = team.agreed((time.monotonic() - start) / (60 * minutes))
            if step % REPORT_STEPS == 0 or progress >= 1:
                seen = (step - 1) % REPORT_STEPS + 1
                entry = {"stage": "matte", "step": step, "seconds": round(time.monotonic() - start, 1), "pictures": step * batch}
                log.append(entry | {"loss": round(float(total) / seen, 4), "overlap": round(float(overlap) / seen, 4)})
                total, overlap = 0.0, 0.0
                team.say(json.dumps(log[-1]))
    with torch.no_grad():
        for parameter, mean in zip(parameters, average):
            parameter.copy_(mean)
    finder.eval()
    return log


def mean_overlap(logits: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """Mean intersection over union of pictures that have a subject."""
    found, asked = logits > 0, true > 0.5
    shown = asked.flatten(1).any(1)
    both, either = (found & asked).sum((1, 2)), (found | asked).sum((1, 2))
    return (both / either.clamp(min=1))[shown].mean()
