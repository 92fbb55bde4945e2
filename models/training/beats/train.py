"""Teaches the beat network.

    python train.py OUT.pt --stems STEMS --music MUSIC --rows ROWS --minutes 8     # as it was made, or
    python train.py OUT.pt --packed PACKED-0 PACKED-1 … --minutes 8

Writes the mean of the latest weights (exponential, over about a thousand steps) to OUT.pt, and to OUT-1.pt and OUT-2.pt
on the way.
"""

import argparse
import copy
import math
import os
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dataset import Excerpts, all_rows, changed, mixed, targets
from network import CHANNELS, BeatNetwork
from songs import Song, is_kept_aside, read_made, unpack

POSITIVE_WEIGHT = (4.0, 8.0)
DOWNBEAT_WEIGHT = 0.7


def loss_of(logits: torch.Tensor, marks: torch.Tensor, known: torch.Tensor, tolerance: int) -> torch.Tensor:
    """Binary cross-entropy that forgives shifts of `tolerance` rows. All `[N, T, 2]`; `[2]`: of beats, of downbeats."""
    pool = lambda x, reach: F.max_pool1d(x.transpose(1, 2), 2 * reach + 1, 1, reach).transpose(1, 2)  # noqa: E731
    hit = F.softplus(-pool(logits, tolerance)) * marks * torch.tensor(POSITIVE_WEIGHT, device=logits.device)
    miss = F.softplus(logits) * (1 - pool(marks, 2 * tolerance))
    return ((hit + miss) * known).sum(dim=(0, 1)) / known.sum(dim=(0, 1)).clamp(min=1)


@torch.no_grad()
def losses_on(network: BeatNetwork, songs: list[Song], device: str, tolerance: int) -> dict[str, list[float]]:
    """Mean losses of whole songs, all parts together, by kind."""
    network.eval()
    losses = defaultdict(list)
    for song in songs:
        count = song.rows
        parts = torch.from_numpy(np.stack([rows[:count] for rows in song.parts.values()])).to(device).float() / 64
        rows = torch.log10(1 + ((10**parts - 1) ** 2).sum(0).sqrt() / len(parts) ** 0.5)[None]
        marks = np.stack([targets(each, 0, 1, count) for each in (song.beats, song.downbeats)], axis=1)
        known = torch.ones(1, count, 2, device=device)
        losses[song.kind].append(loss_of(network(rows), torch.from_numpy(marks)[None].to(device), known, tolerance).tolist())
        if song.downbeats is None:
            losses[song.kind][-1][1] = float("nan")
    return {kind: np.nanmean(each, axis=0).tolist() for kind, each in losses.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--stems", type=Path)
    parser.add_argument("--music", type=Path)
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--packed", type=Path, nargs="*")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--channels", type=int, default=CHANNELS)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--tolerance", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    arguments = parser.parse_args()
    began = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(arguments.seed)
    generator = torch.Generator(device).manual_seed(arguments.seed)
    torch.set_num_threads(2)
    songs = unpack(arguments.packed) if arguments.packed else read_made(arguments.stems, arguments.music, arguments.rows)
    aside = [song for song in songs if is_kept_aside(song)]
    songs = [song for song in songs if not is_kept_aside(song)]
    network = BeatNetwork(arguments.channels, arguments.dropout).to(device)
    hours = sum(song.rows for song in songs) / 180_000
    kinds = {kind: sum(song.kind == kind for song in songs) for kind in sorted({song.kind for song in songs})}
    count = sum(p.numel() for p in network.parameters())
    print(f"{len(songs)} songs {kinds}, {hours:.1f} hours; {len(aside)} aside; {count} parameters; {time.time() - began:.0f} s", flush=True)
    network.spectrum.to(memory_format=torch.channels_last)
    steady = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=arguments.decay)
    every, offsets = all_rows(songs)
    every = torch.from_numpy(every).to(device)
    batches = torch.utils.data.DataLoader(
        Excerpts(songs, offsets, arguments.batch, arguments.seed), batch_size=None, num_workers=arguments.workers,
        prefetch_factor=6 if arguments.workers else None, pin_memory=device == "cuda",
    )  # fmt: skip
    start, told, step, saved, recent = time.time(), time.time(), 0, 0, []
    for batch in batches:
        part = (time.time() - start) / 60 / arguments.minutes
        if part >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * min(1, (step + 1) / 150) * (0.5 + 0.5 * math.cos(math.pi * part))
        places, first, gains, marks, known = (each.to(device, non_blocking=True) for each in batch)
        rows = changed(mixed(every, places, first, gains), generator)
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
        if time.time() - told > 30:
            told = time.time()
            here = " ".join(f"{value:.4f}" for value in torch.stack(recent[-100:]).mean(0).tolist())
            print(f"{told - start:5.0f} s, step {step}: {here}; aside {said(losses_on(steady, aside, device, arguments.tolerance))}", flush=True)
        if part >= (saved + 1) / 3:
            saved += 1
            store(steady, arguments.out.with_name(f"{arguments.out.stem}-{saved}.pt"))
    store(steady, arguments.out)
    print("aside", said(losses_on(steady, aside, device, arguments.tolerance)), flush=True)
    os._exit(0)  # without waiting for the workers


def said(losses: dict[str, list[float]]) -> str:
    mean = np.nanmean(list(losses.values()), axis=0)
    return f"{mean[0]:.4f} {mean[1]:.4f} (" + ", ".join(f"{kind} {beat:.3f} {bar:.3f}" for kind, (beat, bar) in sorted(losses.items())) + ")"


def store(network: BeatNetwork, out: Path) -> None:
    torch.save({name: value.cpu() for name, value in network.state_dict().items()}, out)


if __name__ == "__main__":
    main()
