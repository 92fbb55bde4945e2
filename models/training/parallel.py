"""Processes that train one thing together, and the learning rate's course."""

import math

import torch
import torch.distributed as dist

FLOOR = 0.03
"""Last learning rate over the peak."""


def cosine_rate(progress: float, step: int, warm_up_steps: int) -> float:
    """Share of the peak learning rate."""
    cosine = FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))
    return cosine * min(1.0, (step + 1) / warm_up_steps)


class Team:
    """The processes `ranks` (or this one alone), which share gradients."""

    def __init__(self, device: torch.device, ranks: list[int]):
        self.device, self.ranks, self.group = device, ranks, None
        self.rank = dist.get_rank() if dist.is_initialized() else 0

    @staticmethod
    def split(device: torch.device, parts: list[list[int]]) -> list["Team"]:
        """Teams of several processes each; every process must call this with the same parts."""
        teams = [Team(device, ranks) for ranks in parts]
        for team in teams:
            team.group = dist.new_group(team.ranks) if len(team.ranks) > 1 else None
        return teams

    @property
    def leads(self) -> bool:
        return self.rank == self.ranks[0]

    def say(self, text: str) -> None:
        """Prints once for the team."""
        if self.leads:
            print(text, flush=True)

    def share_gradients(self, parameters: list[torch.nn.Parameter]) -> None:
        """Averages gradients over the team."""
        if self.group is None:
            return
        gradients = [parameter.grad for parameter in parameters]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        dist.all_reduce(flat, group=self.group)
        flat /= len(self.ranks)
        parts = flat.split([gradient.numel() for gradient in gradients])
        torch._foreach_copy_(gradients, [part.view_as(gradient) for part, gradient in zip(parts, gradients)])

    def agreed(self, progress: float) -> float:
        """The leader's progress, for all; also lets the host wait for the device."""
        value = torch.tensor(progress, device=self.device)
        if self.group is not None:
            dist.broadcast(value, self.ranks[0], group=self.group)
        return value.item()
