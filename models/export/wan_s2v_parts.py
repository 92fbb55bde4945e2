"""What stands beside the speech transformer in its checkpoint: sound encoder, text encoder, VAE, tokenizer.

The latter three are those of Wan2.1, in Wan's own layout; they are brought into that of transformers and diffusers.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from diffusers import AutoencoderKLWan
from diffusers.loaders.single_file_utils import convert_wan_vae_to_diffusers
from parity import compare
from stable_diffusion import DIM, export
from torch import Tensor, nn
from transformers import UMT5Config, UMT5EncoderModel, Wav2Vec2Model
from wan_s2v_weights import CheckpointError

AUDIO_FOLDER = "wav2vec2-large-xlsr-53-english"
TEXT_FILE = "models_t5_umt5-xxl-enc-bf16.pth"
VAE_FILE = "Wan2.1_VAE.pth"
TOKENIZER_FOLDER = "google/umt5-xxl"
TEXT_NAMES = (
    (r"^token_embedding\.", "shared."),
    (r"^norm\.", "encoder.final_layer_norm."),
    (r"^blocks\.(\d+)\.norm1\.", r"encoder.block.\1.layer.0.layer_norm."),
    (r"^blocks\.(\d+)\.norm2\.", r"encoder.block.\1.layer.1.layer_norm."),
    (r"^blocks\.(\d+)\.attn\.", r"encoder.block.\1.layer.0.SelfAttention."),
    (r"^blocks\.(\d+)\.pos_embedding\.embedding\.", r"encoder.block.\1.layer.0.SelfAttention.relative_attention_bias."),
    (r"^blocks\.(\d+)\.ffn\.gate\.0\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_0."),
    (r"^blocks\.(\d+)\.ffn\.fc1\.", r"encoder.block.\1.layer.1.DenseReluDense.wi_1."),
    (r"^blocks\.(\d+)\.ffn\.fc2\.", r"encoder.block.\1.layer.1.DenseReluDense.wo."),
)


class AllHiddenStates(nn.Module):
    """input_values `[1, samples]`, standardised → the embedding and every layer's output, `[layers + 1, 1, rows, width]`."""

    def __init__(self, model: Wav2Vec2Model) -> None:
        super().__init__()
        nn.utils.parametrize.remove_parametrizations(model.encoder.pos_conv_embed.conv, "weight")
        self.model = model

    def forward(self, input_values: Tensor) -> Tensor:
        return torch.stack(self.model(input_values, output_hidden_states=True).hidden_states)


def export_audio(checkpoint: Path, out: Path) -> None:
    folder = next((checkpoint / name for name in ("audio_encoder", AUDIO_FOLDER) if (checkpoint / name).exists()), None)
    if folder is None:
        raise CheckpointError(f"{checkpoint} holds no {AUDIO_FOLDER}")
    model = Wav2Vec2Model.from_pretrained(folder, attn_implementation="eager").float().eval()
    config = model.config.to_dict()
    # 0.2 s: the graph takes any length from 400 samples.
    sound = {"input_values": torch.randn(1, 3280)}
    module = AllHiddenStates(model)
    export("audio_encoder", module, sound, ({1: DIM},), ["hidden_states"], out, config)
    longer = {"input_values": torch.randn(1, 20_011)}
    compare("audio_encoder", out / "audio_encoder" / "model.onnx", module, longer)


@contextmanager
def text_encoder_of(checkpoint: Path) -> Iterator[Path]:
    """A folder that transformers reads; made from Wan's file where there is none, for as long as it is needed."""
    if (checkpoint / "text_encoder").exists():
        yield checkpoint / "text_encoder"
        return
    state = text_state(torch.load(checkpoint / TEXT_FILE, map_location="cpu", weights_only=True, mmap=True))
    with torch.device("meta"):
        model = UMT5EncoderModel(text_config(state))
    model.load_state_dict(state | {"encoder.embed_tokens.weight": state["shared.weight"]}, assign=True)
    with saved(model) as folder:
        yield folder


def text_state(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Wan's names to those of transformers' UMT5EncoderModel."""
    found = {}
    for name, tensor in state.items():
        for pattern, replacement in TEXT_NAMES:
            name = re.sub(pattern, replacement, name)
        found[name] = tensor
    return found


def text_config(state: dict[str, Tensor]) -> UMT5Config:
    """UMT5's configuration, read off the shapes."""
    path = "encoder.block.0.layer"
    buckets, heads = state[f"{path}.0.SelfAttention.relative_attention_bias.weight"].shape
    vocabulary, width = state["shared.weight"].shape
    return UMT5Config(
        vocab_size=vocabulary, d_model=width, num_heads=heads, relative_attention_num_buckets=buckets,
        d_kv=state[f"{path}.0.SelfAttention.q.weight"].shape[0] // heads,
        d_ff=state[f"{path}.1.DenseReluDense.wo.weight"].shape[1],
        num_layers=1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.block.")),
        feed_forward_proj="gated-gelu", dropout_rate=0.0,
    )  # fmt: skip


@contextmanager
def vae_of(checkpoint: Path) -> Iterator[Path]:
    """A folder that diffusers reads; made from Wan's file where there is none."""
    if (checkpoint / "vae").exists():
        yield checkpoint / "vae"
        return
    vae = AutoencoderKLWan()
    state = torch.load(checkpoint / VAE_FILE, map_location="cpu", weights_only=True, mmap=True)
    vae.load_state_dict(convert_wan_vae_to_diffusers(state))
    with saved(vae) as folder:
        yield folder


@contextmanager
def saved(model: nn.Module) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        yield Path(folder)


def tokenizer_of(checkpoint: Path, out: Path) -> None:
    for name in ("tokenizer", TOKENIZER_FOLDER):
        if (checkpoint / name / "tokenizer.json").exists():
            out.mkdir(parents=True)
            for file in ("tokenizer.json", "tokenizer_config.json"):
                shutil.copy(checkpoint / name / file, out / file)
            return
    raise CheckpointError(f"{checkpoint / TOKENIZER_FOLDER} holds no tokenizer.json, the one form Beatloom reads UMT5's in")
