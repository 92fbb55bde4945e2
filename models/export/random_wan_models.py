"""Wan2.2's networks in their published sizes with random weights, for measuring speed and memory without a checkpoint.

Sizes: the transformer/, vae/ and text_encoder/ config.json of Wan-AI/Wan2.2-TI2V-5B-Diffusers and Wan2.2-T2V-A14B-Diffusers.
"""

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel
from diffusers.models.transformers.transformer_wan import WanRotaryPosEmbed
from transformers import UMT5Config, UMT5EncoderModel

COMMON = {"attention_head_dim": 128, "text_dim": 4096, "freq_dim": 256, "cross_attn_norm": True, "qk_norm": "rms_norm_across_heads"}
TRANSFORMERS = {
    "ti2v-5b": {"num_attention_heads": 24, "in_channels": 48, "out_channels": 48, "ffn_dim": 14336, "num_layers": 30},
    "t2v-a14b": {"num_attention_heads": 40, "in_channels": 16, "out_channels": 16, "ffn_dim": 13824, "num_layers": 40},
}
PATCHED_VAE = {
    "base_dim": 160, "decoder_base_dim": 256, "z_dim": 48, "is_residual": True, "patch_size": 2, "in_channels": 12,
    "out_channels": 12, "scale_factor_spatial": 16, "latents_mean": [0.0] * 48, "latents_std": [1.0] * 48,
}  # fmt: skip
TEXT = {
    "vocab_size": 256384, "d_model": 4096, "d_kv": 64, "d_ff": 10240, "num_layers": 24, "num_heads": 64,
    "feed_forward_proj": "gated-gelu", "pad_token_id": 0, "eos_token_id": 1,
}  # fmt: skip
KINDS = {
    "ti2v-5b": {"scale": 16, "per_token": True, "boundary": None},
    "t2v-a14b": {"scale": 8, "per_token": False, "boundary": 0.875},
}


def random_transformer(kind: str, device: str, layers: int | None = None, dtype=torch.float16) -> WanTransformer3DModel:
    """@param layers fewer than published, for trying one thing."""
    sizes = {**COMMON, **TRANSFORMERS[kind]}
    sizes["num_layers"] = layers or sizes["num_layers"]
    model = _random(lambda: WanTransformer3DModel(**sizes), device, dtype)
    # What diffusers keeps in float32 when it reads a checkpoint in half precision.
    for name, module in model.named_modules():
        if name.split(".")[-1] in model._keep_in_fp32_modules:
            module.float()
        if (table := getattr(module, "scale_shift_table", None)) is not None:
            table.data = table.data.float()
    with torch.device(device):
        model.rope = WanRotaryPosEmbed(sizes["attention_head_dim"], model.config.patch_size, model.config.rope_max_seq_len)
    return model


def random_vae(kind: str, device: str) -> AutoencoderKLWan:
    sizes = PATCHED_VAE if kind == "ti2v-5b" else {}
    return _random(lambda: AutoencoderKLWan(**sizes), device, torch.float32)


def random_text_encoder(device: str) -> UMT5EncoderModel:
    return _random(lambda: UMT5EncoderModel(UMT5Config(**TEXT)), device, torch.float16)


def _random(make, device: str, dtype: torch.dtype):
    """Built where it is to run and as it is stored, so that 14 billion weights never take more than 28 GB."""
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            model = make()
    finally:
        torch.set_default_dtype(before)
    return model.to(dtype).eval().requires_grad_(False)
