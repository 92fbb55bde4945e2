"""Compares text encoder and VAE, as wan_s2v.py converts them, with Wan's own classes on random weights.

    pip install einops    (besides what wan_s2v.py needs)
    python models/export/wan_s2v_check_parts.py WAN_CHECKOUT

WAN_CHECKOUT is a checkout of github.com/Wan-Video/Wan2.2. The text encoder is a small one of the same kind, the VAE has its
published size.
"""

import importlib
import sys
import types
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from diffusers import AutoencoderKLWan
from parity import judge
from torch import Tensor
from transformers import UMT5EncoderModel
from wan_s2v_official import package
from wan_s2v_parts import TEXT_FILE, VAE_FILE, text_encoder_of, vae_of


def official_modules(checkout: Path) -> tuple[types.ModuleType, types.ModuleType]:
    for name in ("wan", "wan.modules"):
        package(checkout / name.replace(".", "/"), name)
    tokenizers = types.ModuleType("wan.modules.tokenizers")
    tokenizers.HuggingfaceTokenizer = None
    sys.modules[tokenizers.__name__] = tokenizers
    # Asked for as a default value while the module is read, and never used here.
    torch.cuda.current_device = lambda: 0
    return importlib.import_module("wan.modules.t5"), importlib.import_module("wan.modules.vae2_1")


def check_text(official: types.ModuleType, folder: Path) -> None:
    theirs = official.T5Encoder(vocab=64, dim=32, dim_attn=24, dim_ffn=40, num_heads=3, num_layers=3, num_buckets=32,
                                shared_pos=False, dropout=0.0).eval()  # fmt: skip
    for weight in theirs.parameters():
        weight.normal_(std=0.3) if weight.dim() > 1 else weight.uniform_(0.5, 1.5)
    torch.save(theirs.state_dict(), folder / TEXT_FILE)
    ids, mask = torch.randint(2, 64, (1, 300)), (torch.arange(300) < 250).long()[None]
    with text_encoder_of(folder) as converted:
        ours = UMT5EncoderModel.from_pretrained(converted).eval()
        told("text encoder", ours(ids, mask).last_hidden_state[:, :250], theirs(ids, mask)[:, :250])


def check_vae(official: types.ModuleType, folder: Path) -> None:
    theirs = official.WanVAE_(dim=96, z_dim=16, dim_mult=[1, 2, 4, 4], num_res_blocks=2, attn_scales=[],
                              temperal_downsample=[False, True, True], dropout=0.0).eval()  # fmt: skip
    torch.save(theirs.state_dict(), folder / VAE_FILE)
    clip, plain = torch.rand(1, 3, 5, 16, 24) * 2 - 1, [torch.zeros(16), torch.ones(16)]
    with vae_of(folder) as converted:
        ours = AutoencoderKLWan.from_pretrained(converted).eval()
        latent = theirs.encode(clip, plain)
        told("VAE encoder", ours.encode(clip).latent_dist.mode(), latent)
        told("VAE decoder", ours.decode(latent).sample, theirs.decode(latent, plain).clamp(-1, 1))


def told(name: str, ours: Tensor, theirs: Tensor) -> None:
    judge(name, ours.numpy(), theirs.numpy())


if __name__ == "__main__":
    torch.manual_seed(0)
    modules = official_modules(Path(sys.argv[1]))
    with TemporaryDirectory() as made, torch.no_grad():
        check_text(modules[0], Path(made))
        check_vae(modules[1], Path(made))
