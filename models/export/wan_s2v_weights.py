"""From the published checkpoint of Wan2.2-S2V to our module: names, and what of the configuration is taken for granted."""

import json
import re
from pathlib import Path

import torch
from safetensors import safe_open
from torch import Tensor
from wan_s2v_model import SpeechTransformer

#: What the published configuration says; another network would need another module.
EXPECTED = {
    "model_type": "s2v", "enable_adain": True, "adain_mode": "attn_norm", "enable_framepack": True, "enable_motioner": False,
    "framepack_drop_mode": "padd", "zero_timestep": True, "add_last_motion": True,
}  # fmt: skip
NAMES = (
    (r"\.modulation$", ".scale_shift_table"),
    (r"\.self_attn\.", ".attn1."),
    (r"\.cross_attn\.", ".attn2."),
    (r"^audio_injector\.injector\.(\d+)\.", r"injections.\1.attention."),
    (r"^audio_injector\.injector_adain_layers\.", "injections."),
    (r"\.([qkv])\.(weight|bias)$", r".to_\1.\2"),
    (r"\.o\.(weight|bias)$", r".to_out.0.\1"),
    (r"\.norm3\.", ".norm2."),
    (r"\.ffn\.0\.", ".ffn.net.0.proj."),
    (r"\.ffn\.2\.", ".ffn.net.2."),
    (r"^head\.scale_shift_table$", "scale_shift_table"),
    (r"^head\.head\.", "proj_out."),
    (r"^cond_encoder\.", "pose_embedding."),
    (r"^frame_packer\.", "motion_embedding."),
    (r"^trainable_cond_mask\.weight$", "kinds"),
    (r"^casual_audio_encoder\.", "audio_tokens."),
    (r"^text_embedding\.0\.", "text_embedder.0."),
    (r"^text_embedding\.2\.", "text_embedder.1."),
    (r"^time_embedding\.0\.", "time_embedder.0."),
    (r"^time_embedding\.2\.", "time_embedder.1."),
    (r"^time_projection\.1\.", "time_proj."),
)


class CheckpointError(Exception):
    """A checkpoint that is not the published network's."""


def our_name(name: str) -> str:
    for pattern, replacement in NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def check_config(config: dict) -> None:
    for key, value in EXPECTED.items():
        if config.get(key, value) != value:
            raise CheckpointError(f"config.json says {key} = {config[key]}; of Wan2.2-S2V only {value} is known")


def transformer_of(config: dict, state: dict[str, Tensor]) -> SpeechTransformer:
    """state: by the checkpoint's names. Blocks and injections keep its precision, the rest becomes float32."""
    check_config(config)
    with torch.device("meta"):
        model = SpeechTransformer(config, *sizes_of(state))
    ours = {our_name(name): tensor for name, tensor in state.items()}
    ours = {name: tensor if name.startswith(("blocks.", "injections.")) else tensor.float() for name, tensor in ours.items()}
    try:
        model.load_state_dict(ours, strict=True, assign=True)
    except RuntimeError as error:
        raise CheckpointError(str(error)) from error
    return model.eval().requires_grad_(False)


def sizes_of(state: dict[str, Tensor]) -> tuple[int, int]:
    """What the configuration leaves out: width of the encoded text, and hidden states of the audio encoder."""
    return state["text_embedding.0.weight"].shape[1], state["casual_audio_encoder.weights"].shape[1]


def read_checkpoint(folder: Path) -> tuple[dict, dict[str, Tensor]]:
    """config.json and all weights of FOLDER/*.safetensors."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise CheckpointError(f"{folder} has no safetensors file; S2V's weights are diffusion_pytorch_model-*.safetensors")
    state = {}
    for file in files:
        with safe_open(file, framework="pt") as opened:
            state |= {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
    return json.loads((folder / "config.json").read_text()), state
