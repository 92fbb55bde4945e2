"""
Exports trained weights to the folder that Beatloom loads: ONNX components, configuration, tokenizer, manifest.

`--format` says how weights are stored; int8 ships. The runtime folds weights back to float32 when it loads a file, so
arithmetic is float32 throughout, and `compare_exports.py` says what each format costs.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from torch import nn

from checkpoint import load_weights
from contract import BOUNDARY, CAMERA_SCALES, FEATURE_RATE, FIELD_SCALES, LATENT_RATE, SHIFT, TEXT_TOKENS, TEXT_WIDTH, WIDTH
from encoders import AudioEncoder, ImageEncoder, MatteFinder, TextEncoder
from network import DepthwiseConvolution, Expert
from storing import FORMATS, compress
from tokenizer import PAD, UNKNOWN

HERE = Path(__file__).parent
OPSET = 18
TRACED_GRID, TRACED_FRAMES = (21, 21), 30
AUTO = torch.export.Dim.AUTO
GUIDANCE_HIGH, GUIDANCE_LOW = 1.0, 1.0


class VelocityExpert(nn.Module):
    """An expert with the interface of a diffusers transformer: timestep in, velocity (noise − x0) out."""

    def __init__(self, expert: Expert):
        super().__init__()
        self.expert = expert

    def forward(
        self, hidden_states, camera_states, timestep, encoder_hidden_states, encoder_attention_mask, audio_embeds,
        image_embeds, matte, motion_strength,
    ):  # fmt: skip
        sigma = timestep / 1000
        fields, camera = self.expert(
            hidden_states, camera_states, sigma, encoder_hidden_states, encoder_attention_mask, audio_embeds, image_embeds,
            matte, motion_strength,
        )  # fmt: skip
        sigma = sigma.clamp(min=1e-3)
        return (hidden_states - fields) / sigma[:, None, None, None, None], (camera_states - camera) / sigma[:, None, None]


class MatteEncoder(nn.Module):
    """The picture encoder and the matte finder as one component; the matte as probabilities."""

    def __init__(self, encoder: ImageEncoder, finder: MatteFinder):
        super().__init__()
        self.encoder, self.finder = encoder, finder

    def forward(self, pixel_values):
        return self.encoder(pixel_values), self.finder(pixel_values).sigmoid()


def example_inputs(grid: tuple[int, int], frames: int, vocabulary: int) -> dict[str, dict[str, torch.Tensor]]:
    """Random inputs of every component, by folder and input name."""
    rows, columns = grid
    patches = ((rows + 1) // 2) * ((columns + 1) // 2)
    ids, mask = torch.randint(vocabulary, (1, TEXT_TOKENS)), (torch.arange(TEXT_TOKENS) < 9).long()[None]
    expert = {
        "hidden_states": torch.randn(1, frames, 7, rows, columns), "camera_states": torch.randn(1, frames, 4),
        "timestep": torch.tensor([930.0]), "encoder_hidden_states": torch.randn(1, TEXT_TOKENS, TEXT_WIDTH),
        "encoder_attention_mask": mask, "audio_embeds": torch.randn(1, frames // 2, WIDTH),
        "image_embeds": torch.randn(1, patches, WIDTH), "matte": torch.rand(1, rows, columns),
        "motion_strength": torch.tensor([1.0]),
    }  # fmt: skip
    return {
        "text_encoder": {"input_ids": ids, "attention_mask": mask},
        "audio_encoder": {"input_values": torch.rand(1, 3 * frames, 7)},
        "image_encoder": {"pixel_values": torch.rand(1, 3, 4 * rows, 4 * columns)},
        "transformer": expert,
        "transformer_2": expert,
    }


EXPERT_AXES = {
    "hidden_states": {1: AUTO, 3: AUTO, 4: AUTO}, "camera_states": {1: AUTO}, "timestep": {}, "encoder_hidden_states": {},
    "encoder_attention_mask": {}, "audio_embeds": {1: AUTO}, "image_embeds": {1: AUTO}, "matte": {1: AUTO, 2: AUTO},
    "motion_strength": {},
}  # fmt: skip
DYNAMIC_AXES = {
    "text_encoder": {"input_ids": {}, "attention_mask": {}},
    "audio_encoder": {"input_values": {1: AUTO}},
    "image_encoder": {"pixel_values": {2: AUTO, 3: AUTO}},
    "transformer": EXPERT_AXES,
    "transformer_2": EXPERT_AXES,
}
OUTPUTS = {
    "text_encoder": ["last_hidden_state"],
    "audio_encoder": ["last_hidden_state"],
    "image_encoder": ["image_embeds", "matte"],
    "transformer": ["out_hidden_states", "out_camera_states"],
    "transformer_2": ["out_hidden_states", "out_camera_states"],
}
CONFIGURATIONS = {
    "text_encoder": {"_class_name": "BeatloomPocketTextEncoder", "max_length": TEXT_TOKENS, "hidden_size": TEXT_WIDTH},
    "audio_encoder": {"_class_name": "BeatloomPocketAudioEncoder", "features": 7, "feature_rate": FEATURE_RATE, "hidden_size": WIDTH},
    "image_encoder": {"_class_name": "BeatloomPocketImageEncoder", "pixels_per_cell": 4, "hidden_size": WIDTH},
    "transformer": {"_class_name": "BeatloomPocketTransformer", "channels": 7, "camera_channels": 4, "noise": "high"},
    "transformer_2": {"_class_name": "BeatloomPocketTransformer", "channels": 7, "camera_channels": 4, "noise": "low"},
}  # fmt: skip


def load_components(weights: Path, tokenizer: Path, experts: list[str]) -> dict[str, nn.Module]:
    """The five trained networks, by folder, ready to export; `experts` names the weights for high and low noise."""
    vocabulary = max(json.loads(tokenizer.read_text())["model"]["vocab"].values()) + 1
    text, audio, image, finder = TextEncoder(vocabulary), AudioEncoder(), ImageEncoder(), MatteFinder()
    encoders = {"text_encoder": text, "audio_encoder": audio, "image_encoder": image, "matte_finder": finder}
    for name, encoder in encoders.items():
        load_weights(encoder, weights, "encoders", prefix=f"{name}.")
    high, low = Expert(), Expert()
    load_weights(high, weights, experts[0])
    load_weights(low, weights, experts[1])
    DepthwiseConvolution.as_convolution = True
    components = {
        "text_encoder": text, "audio_encoder": audio, "image_encoder": MatteEncoder(image, finder),
        "transformer": VelocityExpert(high), "transformer_2": VelocityExpert(low),
    }  # fmt: skip
    return {name: module.eval() for name, module in components.items()}


def export_float(module: nn.Module, name: str, inputs: dict[str, torch.Tensor], file: Path) -> None:
    """Writes one component in float32 with dynamic length and grid."""
    torch.onnx.export(
        module, tuple(inputs.values()), file, input_names=list(inputs), output_names=OUTPUTS[name], opset_version=OPSET,
        dynamo=True, external_data=False, verbose=False, dynamic_shapes=DYNAMIC_AXES[name],
    )  # fmt: skip


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n")


def write_configuration(folder: Path) -> None:
    """Everything beside the networks that a diffusers-style loader reads."""
    library = "beatloom"
    index = {
        "_class_name": "BeatloomPocketPipeline",
        "boundary_ratio": BOUNDARY,
        "guidance_high": GUIDANCE_HIGH,
        "guidance_low": GUIDANCE_LOW,
        "tokenizer": ["tokenizers", "Tokenizer"],
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
        "vae_decoder": [library, "BeatloomPocketDecoder"],
    }
    write_json(folder / "model_index.json", index | {name: [library, c["_class_name"]] for name, c in CONFIGURATIONS.items()})
    scheduler = {"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000, "shift": SHIFT}
    write_json(folder / "scheduler/scheduler_config.json", scheduler)
    decoder = {
        "_class_name": "BeatloomPocketDecoder", "latent_rate": LATENT_RATE, "feature_rate": FEATURE_RATE,
        "field_channels": ["residual_dx", "residual_dy", "local_dx", "local_dy", "log_gain", "glow", "warmth"],
        "field_scales": FIELD_SCALES, "camera_channels": ["pan", "tilt", "log_zoom", "roll"], "camera_scales": CAMERA_SCALES,
    }  # fmt: skip
    write_json(folder / "vae_decoder/config.json", decoder)
    # @huggingface/tokenizers takes a WordLevel model's unknown token from here.
    tokenizer = {"unk_token": UNKNOWN, "pad_token": PAD, "model_max_length": TEXT_TOKENS, "padding_side": "right"}
    write_json(folder / "tokenizer/tokenizer_config.json", tokenizer)
    for name, configuration in CONFIGURATIONS.items():
        write_json(folder / name / "config.json", configuration)


def write_manifest(folder: Path) -> None:
    """Size and SHA-256 of every file of the model."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    entries = [
        {"path": str(path.relative_to(folder)), "bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in files
        if path.suffix != ".md" and path.suffix != ".png"
    ]  # fmt: skip
    facts = {"name": "pocket", "title": "Pocket", "licence": "MIT"}
    write_json(folder / "manifest.json", facts | {"bytes": sum(e["bytes"] for e in entries), "files": entries})


def export_components(weights: Path, tokenizer: Path, experts: list[str], folder: Path) -> None:
    """Writes the five components in float32, each as NAME/model.onnx."""
    inputs = example_inputs(TRACED_GRID, TRACED_FRAMES, 700)
    for name, module in load_components(weights, tokenizer, experts).items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        export_float(module, name, inputs[name], folder / name / "model.onnx")
        print(f"{name}: {sum(weights.numel() for weights in module.parameters()) / 1e6:.2f} M parameters")


def write_model(exact: Path, tokenizer: Path, stored_as: str, folder: Path) -> None:
    """The folder that Beatloom loads, from components in float32 and a tokenizer."""
    for name in OUTPUTS:
        source, target = exact / name / "model.onnx", folder / name / "model.onnx"
        target.parent.mkdir(parents=True, exist_ok=True)
        compress(source, target, stored_as)
        print(f"{name}: {source.stat().st_size / 1e6:.1f} MB in float32, {target.stat().st_size / 1e6:.1f} MB stored")
    copy = folder / "tokenizer/tokenizer.json"
    copy.parent.mkdir(parents=True, exist_ok=True)
    if not copy.exists() or not copy.samefile(tokenizer):
        shutil.copyfile(tokenizer, copy)
    write_configuration(folder)
    write_manifest(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=HERE / ".data/weights")
    parser.add_argument("--experts", nargs=2, default=["high", "low"], help="\"base base\" exports the trunk as both")
    parser.add_argument("--float", type=Path, default=HERE / ".data/float", help="folder for the float32 components")
    parser.add_argument("--reuse", action="store_true", help="store the float32 components of an earlier run")
    parser.add_argument("--format", choices=FORMATS, default="int8", help="how weights are stored")
    parser.add_argument("--tokenizer", type=Path, default=HERE / "../pocket/tokenizer/tokenizer.json")
    parser.add_argument("--out", type=Path, default=HERE / "../pocket")
    arguments = parser.parse_args()
    if not arguments.reuse:
        export_components(arguments.weights, arguments.tokenizer, arguments.experts, arguments.float)
    write_model(arguments.float, arguments.tokenizer, arguments.format, arguments.out)


if __name__ == "__main__":
    main()
