"""Weights on disk: half precision, in files of at most 15 MiB."""

from pathlib import Path

import torch
from torch import nn

SHARD_BYTES = 15 * 2**20


def save_weights(state: dict[str, torch.Tensor], folder: Path, name: str) -> None:
    """Writes `name.0.pt`, `name.1.pt`, … with every tensor in float16."""
    shards: list[dict[str, torch.Tensor]] = [{}]
    size = 0
    for key, value in state.items():
        half = value.detach().half().cpu().contiguous()
        if size + half.nbytes > SHARD_BYTES:
            shards.append({})
            size = 0
        shards[-1][key] = half.clone()
        size += half.nbytes
    folder.mkdir(parents=True, exist_ok=True)
    for index, shard in enumerate(shards):
        torch.save(shard, folder / f"{name}.{index}.pt")


def load_weights(module: nn.Module, folder: Path, name: str, prefix: str = "") -> None:
    """Loads what `save_weights` wrote, or the part of it under a prefix."""
    state: dict[str, torch.Tensor] = {}
    for file in sorted(folder.glob(f"{name}.*.pt")):
        state |= torch.load(file, map_location="cpu", weights_only=True)
    part = {key[len(prefix) :]: value.float() for key, value in state.items() if key.startswith(prefix)}
    module.load_state_dict(part)
