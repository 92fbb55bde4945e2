"""Loads Wan-Video/Wan2.2's own classes from a checkout, to run on the CPU in float32 as the reference.

Its attention needs a GPU library, its package imports readers of video files: both are replaced while it is imported.
"""

import importlib
import sys
import types
from pathlib import Path

import diffusers  # noqa: F401 (looks for libraries when it is imported, so before the stand-ins below)
import torch
from torch.nn import functional
from transformers import Wav2Vec2ForCTC, Wav2Vec2Processor  # noqa: F401 (likewise)


def plain_attention(q, k, v, k_lens=None, **_):
    """[batch, tokens, heads, width], nothing masked: every length is the full one in these models."""
    return functional.scaled_dot_product_attention(*(part.transpose(1, 2) for part in (q, k, v))).transpose(1, 2)


def load_official(checkout: Path) -> types.SimpleNamespace:
    """WanModel_S2V, Wan's audio bucketing and its UniPC scheduler of a checkout's `wan` package."""
    before = dict(sys.modules)
    package(checkout / "wan", "wan")
    for name in ("distributed", "modules", "modules.s2v", "utils"):
        package(checkout / "wan" / name.replace(".", "/"), f"wan.{name}")
    parallel = types.ModuleType("wan.distributed.sequence_parallel")
    for name in ("distributed_attention", "gather_forward", "get_rank", "get_world_size"):
        setattr(parallel, name, None)
    sys.modules[parallel.__name__] = parallel
    sys.modules.setdefault("librosa", types.ModuleType("librosa"))
    model = importlib.import_module("wan.modules.model")
    motion = importlib.import_module("wan.modules.s2v.motioner")
    speech = importlib.import_module("wan.modules.s2v.model_s2v")
    for module in (model, motion, speech):
        module.flash_attention = plain_attention
    audio = importlib.import_module("wan.modules.s2v.audio_encoder")
    solver = importlib.import_module("wan.utils.fm_solvers_unipc")
    for name in {name for name in sys.modules if name.split(".")[0] in ("wan", "librosa")}:
        # Our own exporter is called `wan` too.
        del sys.modules[name]
    sys.modules |= {name: module for name, module in before.items() if name.split(".")[0] in ("wan", "librosa")}
    return types.SimpleNamespace(
        Model=speech.WanModel_S2V, AudioEncoder=audio.AudioEncoder, interpolate=audio.linear_interpolation,
        Scheduler=solver.FlowUniPCMultistepScheduler,
    )  # fmt: skip


def package(folder: Path, name: str) -> None:
    """A package whose own __init__ is not run."""
    module = types.ModuleType(name)
    module.__path__ = [str(folder)]
    sys.modules[name] = module


def random_model(official: types.SimpleNamespace, config: dict, audio_layers: int, seed: int) -> torch.nn.Module:
    """Wan's own class with every weight drawn anew, as what it starts with has zeros where training would have values."""
    torch.manual_seed(seed)
    model = official.Model(**config).eval().requires_grad_(False)
    model.casual_audio_encoder.weights = torch.nn.Parameter(torch.empty(1, audio_layers, 1, 1), requires_grad=False)
    for name, weight in model.named_parameters():
        fan = weight[0].numel() if weight.dim() > 1 else 1
        spread = 1.0 if fan == 1 else fan**-0.5
        weight.copy_(torch.randn(weight.shape) * (0.1 if weight.dim() == 1 or "modulation" in name else spread))
        if "norm" in name and name.endswith("weight"):
            weight.add_(1)
    model.trainable_cond_mask.weight.normal_(std=0.5)
    model.casual_audio_encoder.weights.uniform_(0.1, 1)
    return model
