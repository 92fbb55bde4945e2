"""The random networks of the Wan fixtures: the real channel counts, everything else as small as the architecture allows."""

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel
from tiny_wan_tokenizer import tiny_tokenizer
from torch import nn
from transformers import UMT5Config, UMT5EncoderModel

TEXT_WIDTH = 32


def unsettled(module: nn.Module, seed: int) -> nn.Module:
    """Moves every vector that starts as ones or zeros away from there, so that a graph that forgets one is seen."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in module.parameters():
        flat = parameter.data.flatten()
        if parameter.numel() == max(parameter.shape) and bool((flat == flat[0]).all()):
            parameter.data += 0.2 * torch.randn(parameter.shape, generator=generator)
    return module.eval()


def tiny_text_encoder() -> UMT5EncoderModel:
    torch.manual_seed(10)
    config = UMT5Config(
        vocab_size=len(tiny_tokenizer()), d_model=TEXT_WIDTH, d_kv=8, d_ff=24, num_layers=2, num_heads=2,
        feed_forward_proj="gated-gelu", pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    model = UMT5EncoderModel(config)
    for block in model.encoder.block:
        # Else places hardly count, and an encoder without them would pass.
        block.layer[0].SelfAttention.relative_attention_bias.weight.data *= 8
    return unsettled(model, 11)


def tiny_transformer(seed: int, inputs: int, outputs: int, layers: int) -> WanTransformer3DModel:
    torch.manual_seed(seed)
    model = WanTransformer3DModel(
        num_attention_heads=2, attention_head_dim=12, in_channels=inputs, out_channels=outputs, text_dim=TEXT_WIDTH,
        freq_dim=16, ffn_dim=28, num_layers=layers,
    )  # fmt: skip
    for block in model.blocks:
        # Louder and more decided than torch starts them, so that words and places change what comes out.
        for linear in (block.attn1.to_v, block.attn2.to_v, block.attn1.to_out[0], block.attn2.to_out[0]):
            linear.weight.data *= 4
        block.attn1.norm_k.weight.data += 1
        block.attn2.norm_k.weight.data += 4 * torch.rand(model.config.attention_head_dim * 2)
    return unsettled(model, seed + 1)


def tiny_vae() -> AutoencoderKLWan:
    """Wan2.1's, with its own latent means and deviations."""
    torch.manual_seed(30)
    return loud(AutoencoderKLWan(base_dim=4, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1), 31)


def tiny_patched_vae() -> AutoencoderKLWan:
    """Wan2.2's: residual, patches of 2 × 2 pixels, 48 channels; means and deviations made up."""
    torch.manual_seed(40)
    mean, deviation = torch.randn(48) * 0.2, torch.rand(48) + 0.4
    vae = AutoencoderKLWan(
        base_dim=2, decoder_base_dim=4, z_dim=48, dim_mult=[1, 1, 1, 1], num_res_blocks=1, is_residual=True, patch_size=2,
        in_channels=12, out_channels=12, scale_factor_spatial=16, scale_factor_temporal=4,
        latents_mean=[round(value, 4) for value in mean.tolist()],
        latents_std=[round(value, 4) for value in deviation.tolist()],
    )  # fmt: skip
    return loud(vae, 41)


def loud(vae: AutoencoderKLWan, seed: int) -> AutoencoderKLWan:
    """Random weights answer with grey: lifts latent and picture to about the size that real ones have."""
    unsettled(vae, seed)
    half = vae.config.scale_factor_spatial * 3
    with torch.no_grad():
        latent = vae._encode(torch.rand(1, 3, 5, half, half) * 2 - 1)
        spread = torch.tensor(vae.config.latents_std).mean()
        vae.quant_conv.weight.data *= spread / latent[:, : vae.config.z_dim].std()
        normal = torch.randn(1, vae.config.z_dim, 3, 6, 6)
        column = [torch.tensor(part).reshape(1, -1, 1, 1, 1) for part in (vae.config.latents_std, vae.config.latents_mean)]
        picture = vae._decode(normal * column[0] + column[1], return_dict=False)[0]
        vae.decoder.conv_out.weight.data *= 0.4 / picture.std()
    return vae
