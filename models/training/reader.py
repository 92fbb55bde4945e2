"""Reads the plan out of the encoded prompt: which amounts it asks for, how much, and what drives each group."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

from contract import TEXT_WIDTH
from plan import AMOUNTS, DRIVERS, GROUPS, RATES

QUERIES = 6
HIDDEN = 384
READING_FEATURES = 2 * len(AMOUNTS) + len(GROUPS) * len(DRIVERS) + len(RATES)
PARTS = (len(AMOUNTS), len(AMOUNTS), len(GROUPS) * len(DRIVERS), len(RATES))

GATES = (
    ("dolly", "orbit", "ripple", "leaves", "smoke"),
    GROUPS["local"],
    ("pulse", "flash", "breathing", "flicker", "sweep", "sunrise", "vignette", "level"),
    ("glow",),
    ("warmth", "cycle", "sunrise"),
    ("pan", "orbit", "whip", "shake", "handheld"),
    ("tilt", "shake", "dip", "handheld"),
    ("zoom", "punch"),
    ("roll", "handheld"),
)
"""Amounts that move residual flow, local flow, log-gain, glow, warmth, pan, tilt, zoom and roll."""
CHANNELS_PER_GATE = (2, 2, 1, 1, 1, 1, 1, 1, 1)


def gate_matrix() -> torch.Tensor:
    """[len(AMOUNTS), 11]: 1 where an amount acts on a channel (seven of the fields, four of the camera)."""
    columns = [[float(name in gate) for name in AMOUNTS] for gate, n in zip(GATES, CHANNELS_PER_GATE) for _ in range(n)]
    return torch.tensor(columns).t().contiguous()


@dataclass
class Reading:
    """A plan as the network understands it."""

    present: torch.Tensor  # [B, A], 0 or 1
    amounts: torch.Tensor  # [B, A], 0 where not present
    drivers: torch.Tensor  # [B, len(GROUPS), len(DRIVERS)], shares
    rate: torch.Tensor  # [B, len(RATES)], shares

    def features(self) -> torch.Tensor:
        """[B, READING_FEATURES]."""
        return torch.cat((self.present, self.amounts, self.drivers.flatten(1), self.rate), 1)


class PlanReader(nn.Module):
    """Encoded prompt [B, 40, 192] (zero where masked) and mask [B, 40, 1] → logits of the plan."""

    def __init__(self):
        super().__init__()
        self.queries = nn.Linear(TEXT_WIDTH, QUERIES)
        self.enter = nn.Linear(QUERIES * TEXT_WIDTH, HIDDEN)
        self.middle = nn.Linear(HIDDEN, HIDDEN)
        self.leave = nn.Linear(HIDDEN, sum(PARTS))

    def logits(self, text: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Presence logits [B, A], amounts [B, A], driver logits [B, groups, drivers], rate logits [B, rates]."""
        share = (self.queries(text) + (mask - 1) * 10000).float().softmax(1)
        pooled = (share[..., None] * text[:, :, None]).sum(1).flatten(1)
        h = F.gelu(self.enter(pooled), approximate="tanh")
        h = F.gelu(self.middle(h), approximate="tanh")
        present, amounts, drivers, rate = self.leave(h).float().split(PARTS, 1)
        return present, amounts, drivers.unflatten(1, (len(GROUPS), len(DRIVERS))), rate

    def forward(self, text: torch.Tensor, mask: torch.Tensor) -> Reading:
        present, amounts, drivers, rate = self.logits(text, mask)
        present = (present > 0).float()
        return Reading(present, present * amounts, drivers.softmax(2), rate.softmax(1))
