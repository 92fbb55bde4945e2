"""The beat network: a small temporal convolutional network.

After Davies & Böck, "Temporal convolutional networks for musical audio beat tracking", EUSIPCO 2019: two dimensional
convolutions take in the spectrum, dilated ones look ever farther in time, to both sides.
"""

import torch
from torch import nn

BANDS = 69
ROWS_PER_SECOND = 50
CHANNELS = 56
DILATIONS = [1, 2, 4, 8, 16, 32, 64, 128, 256]
KERNEL = 5
REACH = 2 + sum(DILATIONS) * (KERNEL // 2)
"""Rows to either side that an output depends on: 20.5 s."""


class Block(nn.Module):
    def __init__(self, channels: int, dilation: int, dropout: float):
        super().__init__()
        self.wide = nn.Conv1d(channels, channels, KERNEL, padding=dilation * (KERNEL // 2), dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(channels)
        self.drop = nn.Dropout1d(dropout)
        self.mix = nn.Conv1d(channels, channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.mix(self.drop(torch.relu(self.norm(self.wide(x)))))


class BeatNetwork(nn.Module):
    """`[N, T, 69]` log magnitudes, 50 rows a second, to `[N, T, 2]`: logits of a beat and of a downbeat in each row."""

    def __init__(self, channels: int = CHANNELS, dropout: float = 0.1):
        super().__init__()
        self.spectrum = nn.Sequential(
            nn.Conv2d(1, 12, (3, 3), padding=(1, 1), bias=False), nn.BatchNorm2d(12), nn.ReLU(), nn.MaxPool2d((1, 3)),
            nn.Conv2d(12, 20, (3, 5), padding=(1, 2), bias=False), nn.BatchNorm2d(20), nn.ReLU(), nn.MaxPool2d((1, 3)),
            nn.Conv2d(20, channels, (1, 7), bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
        )  # fmt: skip
        self.time = nn.Sequential(*[Block(channels, dilation, dropout) for dilation in DILATIONS])
        self.head = nn.Sequential(nn.ReLU(), nn.Conv1d(channels, 2, 1))
        nn.init.constant_(self.head[1].bias, -3.0)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        x = self.spectrum(rows[:, None]).squeeze(3)
        return self.head(self.time(x)).transpose(1, 2)


class Ensemble(nn.Module):
    """Several networks as one: the mean of their logits."""

    def __init__(self, networks: list[BeatNetwork]):
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return torch.stack([network(rows) for network in self.networks]).mean(0)


def loaded(files: list) -> nn.Module:
    """Networks as train.py stores them, as wide as they are, in one."""
    networks = []
    for file in files:
        weights = torch.load(file, map_location="cpu")
        networks.append(BeatNetwork(len(weights["head.1.weight"][0])))
        networks[-1].load_state_dict(weights)
    return (networks[0] if len(networks) == 1 else Ensemble(networks)).eval()
