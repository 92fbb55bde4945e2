"""Wan's VAE graphs against diffusers' own walk: the whole clip in one chunk and cut into several, with caches handed on."""

from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKLWan
from parity import judge, session_of
from wan_references import decoded, encoded
from wan_vae_halves import spatial

SIZES = ((3, 4), (4, 2))


def compare_encoder(name: str, graph: Path, vae: AutoencoderKLWan, caches: list[dict]) -> None:
    session, (side, _) = session_of(graph), spatial(vae)
    for rows, columns in SIZES:
        clip = torch.rand(1, 3, 13, rows * side, columns * side) * 2 - 1
        for chunks in ([13], [5, 4, 4]):
            found = walk(session, "sample", clip.numpy(), chunks, caches, (rows, columns))
            judge(f"{name}, {rows}×{columns}, frames {chunks}", found["latent_parameters"], encoded(vae, clip).numpy())


def compare_decoder(name: str, graph: Path, vae: AutoencoderKLWan, caches: list[dict]) -> None:
    session = session_of(graph)
    for rows, columns in SIZES:
        latent = torch.randn(1, vae.config.z_dim, 5, rows, columns)
        for chunks in ([5], [4, 1], [2, 1, 2]):
            found = walk(session, "latent_sample", latent.numpy(), chunks, caches, (rows, columns))
            expected = decoded(vae, latent).numpy()
            label = f"{name}, {rows}×{columns}, latent frames {chunks}"
            judge(label, found["sample"], expected)
            shades = np.rint((expected[0].transpose(1, 2, 3, 0) + 1) * 127.5)
            judge(f"{label}, uint8", found["frames"], shades)


def walk(session, name: str, clip: np.ndarray, chunks: list[int], caches: list[dict], grid: tuple[int, int]) -> dict:
    """Feeds a clip `[1, C, F, H, W]` chunk by chunk. Returns the outputs, joined along time."""
    held = [
        np.zeros((1, cache["channels"], cache["frames"], grid[0] * cache["scale"], grid[1] * cache["scale"]), np.float32)
        for cache in caches
    ]
    names = [item.name for item in session.get_outputs()]
    done, at = [], 0
    for size in chunks:
        feeds = {f"cache.{place}": cache for place, cache in enumerate(held)}
        skip = np.array([int(at == 0)], np.int64)
        result = dict(zip(names, session.run(None, {name: clip[:, :, at : at + size], "skip": skip, **feeds}), strict=True))
        held = [result.pop(f"new_cache.{place}") for place in range(len(held))]
        done.append(result)
        at += size
    return {key: np.concatenate([part[key] for part in done], 0 if key == "frames" else 2) for key in done[0]}
