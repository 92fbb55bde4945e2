"""First stage: the text encoder and the plan reader learn what prompts ask for, before any picture is seen."""

import json
import time

import torch
import torch.nn.functional as F

from batches import Prompts
from features import uniform
from network import Pocket
from parallel import Team, cosine_rate
from plan import AMOUNTS, GROUPS, Plan

PEAK_RATE = 1.2e-3
WEIGHTED_SHARE = 0.12
"""Prompts that are weakened or strengthened as a workflow's prompt weight does it."""
WEIGHTS = (0.4, 1.6)
FAINT = 0.06
"""Amounts below it count as absent."""
A = len(AMOUNTS)


def weighted_targets(plans: torch.Tensor, usual: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Amounts [B, A] between the empty prompt's and the asked ones, or beyond; what is asked to be zero stays so."""
    asked = plans[:, :A]
    amounts = usual + weight * (asked - usual)
    return torch.where((asked == 0) & (weight >= 1), asked, amounts)


def reading_losses(model: Pocket, prompts: Prompts, index: torch.Tensor, usual: torch.Tensor) -> dict[str, torch.Tensor]:
    """Losses over the prompts at `index`, and the share that was read without a mistake."""
    ids, mask, plans = prompts.ids[index], prompts.mask[index], prompts.plans[index]
    device = ids.device
    text = model.text_encoder(ids, mask).float()
    empty = model.text_encoder(torch.zeros_like(ids[:1]), torch.zeros_like(mask[:1])).float()
    changed = torch.rand(len(index), 1, device=device) < WEIGHTED_SHARE
    weight = torch.where(changed, uniform(*WEIGHTS, len(index), 1, device=device), 1.0)
    shown = mask.float()[..., None]
    text = (empty + weight[..., None] * (text - empty)) * shown
    amounts = weighted_targets(plans, usual, weight)
    present = amounts.abs() > FAINT
    found, found_amounts, drivers, rate = model.expert.reader.logits(text, shown)
    chosen = plans[:, A : A + len(GROUPS)].long()
    asked_rate = plans[:, -1].long()
    right = ((found > 0) == present).all(1) & (drivers.argmax(2) == chosen).all(1) & (rate.argmax(1) == asked_rate)
    # Unweighted sums over amounts: one wrong word of 38 must weigh as much as it does for the user.
    return {
        "presence": F.binary_cross_entropy_with_logits(found, present.float(), reduction="none").sum(1).mean(),
        "amount": ((found_amounts - amounts) * present).square().sum(1).mean(),
        "driver": F.cross_entropy(drivers.flatten(0, 1), chosen.flatten(), reduction="none").mean() * len(GROUPS),
        "rate": F.cross_entropy(rate, asked_rate),
        "right": right.float().mean(),
    }


def train_reading(model: Pocket, prompts: Prompts, minutes: float, team: Team, batch: int) -> list[dict]:
    """Trains text encoder and reader for a given time and returns the log."""
    device = prompts.ids.device
    model.requires_grad_(False)
    parameters = [*model.text_encoder.requires_grad_(True).parameters(), *model.expert.reader.requires_grad_(True).parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=0.0, betas=(0.9, 0.98), weight_decay=0.02, fused=device.type == "cuda")
    usual = torch.from_numpy(Plan().vector()[:A]).to(device)
    log, sums, step, progress, start = [], {}, 0, 0.0, time.monotonic()
    while progress < 1:
        index = torch.randint(len(prompts.plans), (batch,), device=device)
        with torch.autocast(device.type, torch.bfloat16):
            losses = reading_losses(model, prompts, index, usual)
        total = losses["presence"] + 0.5 * losses["amount"] + losses["driver"] + 0.5 * losses["rate"]
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        team.share_gradients(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * cosine_rate(progress, step, 200)
        optimizer.step()
        step += 1
        sums = {name: sums.get(name, 0) + value.detach() for name, value in losses.items()}
        if step % 20 == 0:
            progress = team.agreed((time.monotonic() - start) / (60 * minutes))
            if step % 400 == 0 or progress >= 1:
                seen = (step - 1) % 400 + 1
                entry = {"stage": "reading", "step": step, "seconds": round(time.monotonic() - start, 1)}
                log.append(entry | {name: round(float(value) / seen, 4) for name, value in sums.items()})
                sums = {}
                team.say(json.dumps(log[-1]))
    return log
