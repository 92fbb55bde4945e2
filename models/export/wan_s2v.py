"""Brings Wan2.2-S2V-14B (a video of somebody speaking, from a picture, words and a sound) into Beatloom's folder.

    pip install torch diffusers transformers onnx-ir onnxscript onnxruntime sentencepiece
    python models/export/wan_s2v.py CHECKPOINT_FOLDER OUT_FOLDER [--half]

CHECKPOINT_FOLDER is the download of Wan-AI/Wan2.2-S2V-14B: config.json and diffusion_pytorch_model-*.safetensors, the
folders wav2vec2-large-xlsr-53-english and google/umt5-xxl, models_t5_umt5-xxl-enc-bf16.pth and Wan2.1_VAE.pth. Where it
holds text_encoder/, vae/ or tokenizer/ as diffusers saves them, those are taken instead.

Every component becomes COMPONENT/model.onnx with float32 inputs and outputs; with --half, the weights and products of
text encoder and transformer are float16, except where that loses too much. VAE and audio encoder stay float32. Each
graph is compared with its torch module, computed in float32, and one below a cosine of 0.9999 ends the export.
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from parity import ParityError, compare
from torch import Tensor, nn
from wan import export_text, export_vae, write_config
from wan_references import float32_while_running
from wan_s2v_graph import SpeechGraph
from wan_s2v_model import SpeechTransformer
from wan_s2v_parts import export_audio, text_encoder_of, tokenizer_of, vae_of
from wan_s2v_weights import CheckpointError, read_checkpoint, sizes_of, transformer_of
from wan_transformer import write_lora_map

#: Wan2.2's sampler (wan/speech2video.py, wan/configs/wan_s2v_14B.py).
SCHEDULER = {
    "_class_name": "UniPCMultistepScheduler", "num_train_timesteps": 1000, "prediction_type": "flow_prediction",
    "use_flow_sigmas": True, "flow_shift": 3.0, "solver_order": 2, "solver_type": "bh2", "predict_x0": True,
    "lower_order_final": True, "final_sigmas_type": "zero",
}  # fmt: skip


class SpeechReference(nn.Module):
    """The module with LoRA added at its linear layers: (inputs of the graph, a, b, a, b, …) → velocity."""

    def __init__(self, model: SpeechTransformer, paths: list[str]) -> None:
        super().__init__()
        self.model, self.paths = model, paths
        for layer in (*model.blocks, *model.injections):
            float32_while_running(layer)

    def forward(self, *inputs: Tensor) -> Tensor:
        own = len(inputs) - 2 * len(self.paths)
        pairs, hooks = inputs[own:], []
        for path, a, b in zip(self.paths, pairs[::2], pairs[1::2], strict=True):
            add = lambda _layer, given, y, a=a, b=b: y + (given[0] @ a) @ b  # noqa: E731
            hooks.append(self.model.get_submodule(path).register_forward_hook(add))
        try:
            return self.model(*inputs[:own])
        finally:
            for hook in hooks:
                hook.remove()


def cases_of(model: SpeechTransformer, text: int, layers: int, audio: int, lora: dict[str, dict]) -> list[dict[str, Tensor]]:
    """A first clip (no motion), a later one with a pose, the smallest size, and one with LoRA of several ranks."""
    cases = []
    for frames, height, width, dropped, posed, ranks in (
        (3, 16, 24, True, False, 0), (2, 24, 8, False, True, 0), (2, 8, 8, False, False, 0), (2, 8, 16, False, False, 3),
    ):  # fmt: skip
        case = {
            "hidden_states": torch.randn(1, model.patch_embedding.in_channels, frames, height, width),
            "timestep": torch.tensor([601.0]),
            "encoder_hidden_states": torch.randn(1, 24, text),
            "image_latents": torch.randn(1, 16, 1, height, width),
            "motion_latents": torch.randn(1, 16, 19, height, width),
            "pose_latents": torch.randn(1, 16, frames, height, width) * posed,
            "audio_embeds": torch.randn(1, layers, audio, 4 * frames),
            "drop_motion_frames": torch.tensor(dropped),
        }
        for at, pair in enumerate(lora.values()):
            rank = at % 4 if ranks else 0
            case[pair["a"]] = torch.randn(pair["in"], rank) / pair["in"] ** 0.5
            case[pair["b"]] = torch.randn(rank, pair["out"]) / 4
        cases.append(case)
    return cases


def export_transformer(checkpoint: Path, out: Path, half: bool) -> None:
    config, state = read_checkpoint(checkpoint)
    model = transformer_of(config, state)
    sizes = (*sizes_of(state), config["audio_dim"])
    folder = out / "transformer"
    built = SpeechGraph(model, half)
    graph = built.build(*sizes).save(folder)
    write_config(folder, config)
    write_lora_map(folder, built.lora)
    compare("transformer", graph, SpeechReference(model, list(built.lora)), *cases_of(model, *sizes, built.lora))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", action="store_true", help="float16 in text encoder and transformer")
    arguments = parser.parse_args()
    checkpoint, out = arguments.checkpoint, arguments.out
    if out.exists():
        sys.exit(f"{out} is there already; name a folder that is not.")
    torch.manual_seed(0)
    out.mkdir(parents=True)
    tokenizer_of(checkpoint, out / "tokenizer")
    export_transformer(checkpoint, out, arguments.half)
    export_audio(checkpoint, out)
    with text_encoder_of(checkpoint) as folder:
        export_text(folder, out, arguments.half)
    with vae_of(checkpoint) as folder:
        export_vae(folder, out)
    (out / "scheduler").mkdir()
    (out / "scheduler" / "scheduler_config.json").write_text(json.dumps(SCHEDULER, indent=2) + "\n")
    components = ("transformer", "audio_encoder", "text_encoder", "vae_encoder", "vae_decoder")
    index = {
        "_class_name": "WanSpeechToVideoPipeline",
        "tokenizer": ["transformers", "T5TokenizerFast"],
        "scheduler": ["diffusers", "UniPCMultistepScheduler"],
        **{name: ["onnxruntime", "OnnxRuntimeModel"] for name in components},
    }
    (out / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (ParityError, CheckpointError, ValueError, FileNotFoundError) as error:
        sys.exit(f"The export failed: {error}.")
