"""
Exports trained weights to the folder that Beatloom loads: ONNX components, configuration, tokenizer, manifest.

Weights of matrix products and convolutions are stored in int8 with one scale per output channel, other large ones in float16;
the runtime folds them back to float32 when it loads a file, so arithmetic is float32 throughout.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from checkpoint import load_weights
from contract import BOUNDARY, CAMERA_SCALES, FEATURE_RATE, FIELD_SCALES, LATENT_RATE, SHIFT, TEXT_TOKENS, TEXT_WIDTH, WIDTH
from encoders import AudioEncoder, ImageEncoder, MatteFinder, TextEncoder
from network import DepthwiseConvolution, Expert
from tokenizer import PAD, UNKNOWN

HERE = Path(__file__).parent
OPSET = 18
TRACED_GRID, TRACED_FRAMES = (21, 21), 30
LARGE = 2048
"""Elements from which a float weight is stored in fewer bits."""
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


def fold_transposes(model: onnx.ModelProto) -> None:
    """Replaces transposes of stored weights by stored transposes, which the quantiser needs to see as constants."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type == "Transpose" and node.input[0] in stored]:
        order = helper.get_node_attr_value(node, "perm")
        turned = np.ascontiguousarray(numpy_helper.to_array(stored[node.input[0]]).transpose(order))
        model.graph.initializer.append(numpy_helper.from_array(turned, node.output[0]))
        model.graph.node.remove(node)
    drop_unused(model)


def drop_unused(model: onnx.ModelProto) -> None:
    """Removes stored tensors that no node reads."""
    used = {name for node in model.graph.node for name in node.input}
    for tensor in [tensor for tensor in model.graph.initializer if tensor.name not in used]:
        model.graph.initializer.remove(tensor)


def store_half(model: onnx.ModelProto) -> None:
    """Stores large float32 weights as float16 followed by a Cast."""
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < LARGE:
            continue
        half = f"{tensor.name}_half"
        model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half))
        model.graph.node.insert(0, helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
        model.graph.initializer.remove(tensor)


def store_bytes(model: onnx.ModelProto) -> None:
    """
    Stores the large weights of matrix products and convolutions as int8 with one float32 scale per output channel.

    Products themselves stay in float32: quantising activations too (as `quantize_dynamic` does) lost most of the
    light's dynamics in the sampler.
    """
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type in ("MatMul", "Gemm", "Conv")]:
        tensor = stored.pop(node.input[1], None)
        if tensor is None or len(tensor.dims) < 2 or np.prod(tensor.dims) < LARGE:
            continue
        first = node.op_type == "Conv" or any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
        values = numpy_helper.to_array(tensor)
        across = tuple(range(1, values.ndim)) if first else 0
        scale = np.maximum(np.abs(values).max(across, keepdims=True), 1e-8) / 127
        whole, scales, wide = f"{tensor.name}_int8", f"{tensor.name}_scale", f"{tensor.name}_wide"
        model.graph.initializer.append(numpy_helper.from_array(np.rint(values / scale).astype(np.int8), whole))
        model.graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), scales))
        model.graph.node.insert(0, helper.make_node("Mul", [wide, scales], [tensor.name]))
        model.graph.node.insert(0, helper.make_node("Cast", [whole], [wide], to=TensorProto.FLOAT))
        model.graph.initializer.remove(tensor)


def drop_traces(model: onnx.ModelProto) -> None:
    """Takes out what tracing wrote beside nodes and values: source lines, a tenth of the file."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""


def compress(source: Path, target: Path) -> None:
    """float32 file → int8 weights of matrix products, float16 for the other large weights."""
    model = onnx.load(source)
    model.graph.ClearField("value_info")
    drop_traces(model)
    fold_transposes(model)
    store_bytes(model)
    store_half(model)
    onnx.checker.check_model(model)
    onnx.save(model, target)


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=HERE / ".data/weights")
    parser.add_argument("--experts", nargs=2, default=["high", "low"], help="\"base base\" exports the trunk as both")
    parser.add_argument("--float", type=Path, default=HERE / ".data/float", help="folder for the float32 components")
    parser.add_argument("--reuse", action="store_true", help="compress the float32 components of an earlier run")
    parser.add_argument("--out", type=Path, default=HERE / "../pocket")
    arguments = parser.parse_args()
    components = load_components(arguments.weights, arguments.out / "tokenizer/tokenizer.json", arguments.experts)
    inputs = example_inputs(TRACED_GRID, TRACED_FRAMES, 700)
    for name, module in components.items():
        exact, small = arguments.float / name / "model.onnx", arguments.out / name / "model.onnx"
        for file in (exact, small):
            file.parent.mkdir(parents=True, exist_ok=True)
        if not arguments.reuse:
            export_float(module, name, inputs[name], exact)
        compress(exact, small)
        print(f"{name}: {exact.stat().st_size / 1e6:.1f} MB in float32, {small.stat().st_size / 1e6:.1f} MB stored")
    write_configuration(arguments.out)
    write_manifest(arguments.out)


if __name__ == "__main__":
    main()
