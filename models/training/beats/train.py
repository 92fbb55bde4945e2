"""Teaches the beat network.

    node nodes/beats/bench/dump-rows.ts MUSIC ROWS
    python train.py MUSIC ROWS OUT.pt --minutes 3.5

Writes the mean of the latest weights (exponential, over about a thousand steps) to OUT.pt, and to OUT-1.pt and OUT-2.pt
on the way. ROWS may be one packed file (`dataset.pack`).
"""

import argparse
import copy
import math
import os
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dataset import Excerpts, is_kept_aside, read_songs, targets
from network import BeatNetwork

POSITIVE_WEIGHT = (4.0, 8.0)
DOWNBEAT_WEIGHT = 0.7


def loss_of(logits: torch.Tensor, marks: torch.Tensor, known: torch.Tensor, tolerance: int) -> torch.Tensor:
    """Binary cross-entropy that forgives shifts of `tolerance` rows. Logits, marks `[N, T, 2]`, `known` `[N, T]`; `[2]`."""
    pool = lambda x, reach: F.max_pool1d(x.transpose(1, 2), 2 * reach + 1, 1, reach).transpose(1, 2)  # noqa: E731
    hit = F.softplus(-pool(logits, tolerance)) * marks * torch.tensor(POSITIVE_WEIGHT, device=logits.device)
    miss = F.softplus(logits) * (1 - pool(marks, 2 * tolerance))
    return ((hit + miss) * known[..., None]).sum(dim=(0, 1)) / known.sum()


@torch.no_grad()
def loss_on(network: BeatNetwork, songs, device: str, tolerance: int) -> list[float]:
    network.eval()
    losses = []
    for song in songs:
        rows = torch.from_numpy(song.rows / np.float32(64))[None].to(device)
        marks = np.stack([targets(each, 0, 1, len(song.rows)) for each in (song.beats, song.downbeats)], axis=1)
        known = torch.ones(1, len(song.rows), device=device)
        losses.append(loss_of(network(rows), torch.from_numpy(marks)[None].to(device), known, tolerance).tolist())
    return np.mean(losses, axis=0).tolist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("music", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=3.5)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--tolerance", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    arguments = parser.parse_args()
    began = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(2)
    songs = read_songs(arguments.rows, arguments.music)
    aside = [song for song in songs if is_kept_aside(song.name)]
    songs = [song for song in songs if not is_kept_aside(song.name)]
    hours = sum(len(song.rows) for song in songs) / 180_000
    network = BeatNetwork(dropout=arguments.dropout).to(device)
    count = sum(p.numel() for p in network.parameters())
    print(f"{len(songs)} songs, {hours:.1f} hours; {len(aside)} aside; {count} parameters; {time.time() - began:.0f} s", flush=True)
    network.spectrum.to(memory_format=torch.channels_last)
    steady = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=0.02)
    batches = torch.utils.data.DataLoader(
        Excerpts(songs, arguments.batch, arguments.seed), batch_size=None, num_workers=arguments.workers,
        prefetch_factor=6, pin_memory=device == "cuda",
    )  # fmt: skip
    start, told, step, saved, recent = time.time(), time.time(), 0, 0, []
    for rows, marks, known in batches:
        part = (time.time() - start) / 60 / arguments.minutes
        if part >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * min(1, (step + 1) / 150) * (0.5 + 0.5 * math.cos(math.pi * part))
        rows, marks, known = (each.to(device, non_blocking=True) for each in (rows, marks, known.float()))
        network.train()
        with torch.autocast(device, dtype=torch.bfloat16):
            logits = network(rows)
        losses = loss_of(logits.float(), marks, known, arguments.tolerance)
        optimizer.zero_grad()
        (losses[0] + DOWNBEAT_WEIGHT * losses[1]).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        keep = min(0.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for mine, theirs in zip(steady.state_dict().values(), network.state_dict().values()):
                mine.lerp_(theirs, 1 - keep) if mine.is_floating_point() else mine.copy_(theirs)
        recent.append(losses.detach())
        if time.time() - told > 20:
            told = time.time()
            here = " ".join(f"{value:.4f}" for value in torch.stack(recent[-100:]).mean(0).tolist())
            there = " ".join(f"{value:.4f}" for value in loss_on(steady, aside, device, arguments.tolerance))
            print(f"{told - start:5.0f} s, step {step}: {here}; aside {there}", flush=True)
        if part >= (saved + 1) / 3:
            saved += 1
            store(steady, arguments.out.with_name(f"{arguments.out.stem}-{saved}.pt"))
    store(steady, arguments.out)
    print("aside", loss_on(steady, aside, device, arguments.tolerance), flush=True)
    os._exit(0)  # without waiting for the workers


def store(network: BeatNetwork, out: Path) -> None:
    torch.save({name: value.cpu() for name, value in network.state_dict().items()}, out)


if __name__ == "__main__":
    main()
