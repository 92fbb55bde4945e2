"""LoRA files for the tiny experts, one each, in two key styles that mean the same change."""

from pathlib import Path

import torch
from diffusers import WanTransformer3DModel
from safetensors.torch import save_file

ORIGINAL = {
    "attn1.to_q": "self_attn.q", "attn1.to_k": "self_attn.k", "attn1.to_v": "self_attn.v", "attn1.to_out.0": "self_attn.o",
    "attn2.to_q": "cross_attn.q", "attn2.to_k": "cross_attn.k", "attn2.to_v": "cross_attn.v",
    "attn2.to_out.0": "cross_attn.o", "ffn.net.0.proj": "ffn.0", "ffn.net.2": "ffn.2",
}  # fmt: skip
# Module and rank; diffusers' files have no alpha, so theirs is the rank.
HIGH = {"blocks.0.attn1.to_q": 2, "blocks.0.attn1.to_out.0": 3, "blocks.1.attn2.to_v": 2, "blocks.1.ffn.net.0.proj": 3}
LOW = {"blocks.0.attn2.to_k": 2, "blocks.0.ffn.net.2": 2, "blocks.1.attn1.to_v": 3, "blocks.1.attn2.to_out.0": 3}
ALPHA_OF_RANK = {"high": 2.0, "low": 0.5}


def write_lora(folder: Path, experts: dict[str, WanTransformer3DModel]) -> dict[str, dict[str, torch.Tensor]]:
    """Writes STYLE-EXPERT.safetensors. Returns for each expert what a strength of 1 adds to its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    added = {}
    generator = torch.Generator().manual_seed(50)
    for expert, modules in (("high", HIGH), ("low", LOW)):
        diffusers_style, original_style, added[expert] = {}, {}, {}
        for path, rank in modules.items():
            out, width = experts[expert].get_submodule(path).weight.shape
            a = torch.randn(rank, width, generator=generator) / width**0.5
            b = torch.randn(out, rank, generator=generator) / rank**0.5
            factor = ALPHA_OF_RANK[expert]
            diffusers_style[f"transformer.{path}.lora_A.weight"] = a
            diffusers_style[f"transformer.{path}.lora_B.weight"] = b
            block, module = path.split(".", 2)[1:]
            key = f"diffusion_model.blocks.{block}.{ORIGINAL[module]}"
            original_style[f"{key}.lora_down.weight"] = a
            original_style[f"{key}.lora_up.weight"] = b / factor
            original_style[f"{key}.alpha"] = torch.tensor(factor * rank)
            added[expert][path] = b @ a
        for style, tensors in (("diffusers", diffusers_style), ("original", original_style)):
            save_file(tensors, folder / f"{style}-{expert}.safetensors")
    return added


def merge(model: WanTransformer3DModel, added: dict[str, torch.Tensor], strength: float) -> None:
    for path, change in added.items():
        model.get_submodule(path).weight.data += strength * change
