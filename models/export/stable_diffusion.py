"""Brings a checkpoint of the Stable Diffusion family (1.5, Turbo, LCM) from diffusers into Beatloom's folder.

    pip install torch diffusers transformers onnx onnxscript onnxruntime
    python models/export/stable_diffusion.py CHECKPOINT_FOLDER OUT_FOLDER [--half]

CHECKPOINT_FOLDER is one as diffusers saves it (model_index.json, unet/, vae/, text_encoder/, tokenizer/, scheduler/).
Every component becomes COMPONENT/model.onnx with float32 inputs and outputs; with --half, the weights of text encoder
and UNet and the arithmetic inside are float16 (the VAE stays float32, as its activations overflow). Component by
component the graph is compared with its torch module, and one below a cosine of 0.9999 ends the export.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import onnx
import torch
from diffusers import AutoencoderKL, DiffusionPipeline, UNet2DConditionModel
from parity import ParityError, compare
from torch import nn

OPSET = 18
DIM = torch.export.Dim.DYNAMIC


class TextEncoder(nn.Module):
    """Tokens [batch, 77] → last_hidden_state [batch, 77, width], as Stable Diffusion's pipelines read it."""

    def __init__(self, encoder: nn.Module, dtype: torch.dtype) -> None:
        super().__init__()
        self.encoder = encoder.to(dtype)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids, return_dict=False)[0].float()


class Unet(nn.Module):
    """sample [batch, 4, h, w], timestep [1], encoder_hidden_states [batch, 77, width] → out_sample, float32 outside."""

    def __init__(self, unet: UNet2DConditionModel, dtype: torch.dtype) -> None:
        super().__init__()
        self.unet = unet.to(dtype)
        self.dtype = dtype

    def forward(self, sample, timestep, encoder_hidden_states, timestep_cond=None):
        cond = None if timestep_cond is None else timestep_cond.to(self.dtype)
        out = self.unet(
            sample.to(self.dtype), timestep, encoder_hidden_states.to(self.dtype), timestep_cond=cond,
            return_dict=False,
        )  # fmt: skip
        return out[0].float()


class VaeEncoder(nn.Module):
    """sample [batch, 3, H, W] in −1 … 1 → latent_parameters [batch, 8, H/8, W/8]: mean, then log variance."""

    def __init__(self, vae: AutoencoderKL) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, sample: torch.Tensor) -> torch.Tensor:
        return self.vae._encode(sample)


class VaeDecoder(nn.Module):
    """latent_sample [batch, 4, h, w], already divided by the scaling factor → sample [batch, 3, 8h, 8w]."""

    def __init__(self, vae: AutoencoderKL) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample: torch.Tensor) -> torch.Tensor:
        return self.vae._decode(latent_sample, return_dict=False)[0]


def export(name: str, module: nn.Module, inputs: dict, axes: dict, outputs: list[str], out: Path, config: dict) -> None:
    folder = out / name
    folder.mkdir(parents=True)
    graph = folder / "model.onnx"
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module, tuple(inputs.values()), graph, input_names=list(inputs), output_names=outputs, opset_version=OPSET,
            dynamo=True, external_data=True, verbose=False, dynamic_shapes=axes,
        )  # fmt: skip
    slim(graph)
    # Where the checkpoint lay is nobody's business.
    facts = {key: value for key, value in config.items() if key != "_name_or_path"}
    (folder / "config.json").write_text(json.dumps(facts, indent=2, default=str) + "\n")
    compare(name, graph, module, inputs)


def slim(graph: Path) -> None:
    """Leaves out what the exporter notes of its own doings, and writes weights over 1 GB beside the graph."""
    model = onnx.load(graph)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    for item in [model, model.graph, *model.graph.initializer, *model.graph.value_info, *model.graph.input, *model.graph.output]:
        del item.metadata_props[:]
    del model.graph.value_info[:]
    for written in graph.parent.glob("model.onnx*"):
        written.unlink()
    if model.ByteSize() < 1_000_000_000:
        onnx.save(model, graph)
        return
    onnx.save(model, graph, save_as_external_data=True, all_tensors_to_one_file=True, location="model.onnx_data")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", action="store_true", help="float16 weights and arithmetic in text encoder and UNet")
    arguments = parser.parse_args()
    if arguments.out.exists():
        sys.exit(f"{arguments.out} is there already; name a folder that is not.")
    torch.manual_seed(0)
    pipe = DiffusionPipeline.from_pretrained(arguments.checkpoint, local_files_only=True, safety_checker=None)
    dtype = torch.float16 if arguments.half else torch.float32
    out, unet, vae = arguments.out, pipe.unet, pipe.vae
    side = 8
    tokens = pipe.tokenizer.model_max_length
    ids = torch.randint(0, len(pipe.tokenizer), (2, tokens))
    export(
        "text_encoder", TextEncoder(pipe.text_encoder, dtype), {"input_ids": ids}, ({0: DIM},),
        ["last_hidden_state"], out, pipe.text_encoder.config.to_dict(),
    )  # fmt: skip
    inputs = {
        "sample": torch.randn(2, unet.config.in_channels, side, side + 2),
        "timestep": torch.tensor([601.0]),
        "encoder_hidden_states": torch.randn(2, tokens, unet.config.cross_attention_dim),
    }
    axes = [{0: DIM, 2: DIM, 3: DIM}, None, {0: DIM}]
    if unet.config.time_cond_proj_dim:
        inputs["timestep_cond"] = torch.randn(2, unet.config.time_cond_proj_dim)
        axes.append({0: DIM})
    export("unet", Unet(unet, dtype), inputs, tuple(axes), ["out_sample"], out, dict(unet.config))
    picture, latent = torch.randn(2, 3, side * 8, side * 8 + 16), torch.randn(2, vae.config.latent_channels, side, side + 2)
    free = ({0: DIM, 2: DIM, 3: DIM},)
    config = dict(vae.config)
    export("vae_encoder", VaeEncoder(vae), {"sample": picture}, free, ["latent_parameters"], out, config)
    export("vae_decoder", VaeDecoder(vae), {"latent_sample": latent}, free, ["sample"], out, config)
    for name in ("tokenizer", "scheduler"):
        shutil.copytree(arguments.checkpoint / name, out / name)
    named = json.loads((arguments.checkpoint / "model_index.json").read_text())
    index = {
        **{name: named[name] for name in ("_class_name", "tokenizer", "scheduler")},
        **{name: ["onnxruntime", "OnnxRuntimeModel"] for name in ("text_encoder", "unet", "vae_encoder", "vae_decoder")},
    }
    (out / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except ParityError as error:
        sys.exit(f"The export failed: {error}.")
