"""Brings a Wan2.2 checkpoint (T2V-A14B, I2V-A14B, TI2V-5B) from diffusers into Beatloom's folder.

    pip install torch diffusers transformers accelerate safetensors onnx-ir onnxruntime
    python models/export/wan.py CHECKPOINT_FOLDER OUT_FOLDER [--half]

CHECKPOINT_FOLDER is one as diffusers saves it (model_index.json, transformer/, transformer_2/, vae/, text_encoder/,
tokenizer/, scheduler/). Every component becomes COMPONENT/model.onnx with float32 inputs and outputs; with --half, the
weights and products of text encoder and transformers are float16, except where that loses too much (see their files).
The VAE stays float32. Each graph is compared with its torch module, computed in float32, and one below a cosine of
0.9999 ends the export. Components are read one after the other, so memory holds one at a time.
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel
from parity import ParityError, compare
from safetensors import safe_open
from transformers import UMT5EncoderModel
from wan_references import TextReference, TransformerReference
from wan_text import TextGraph
from wan_transformer import TransformerGraph, write_lora_map
from wan_vae_halves import decoder_graph, encoder_graph
from wan_vae_parity import compare_decoder, compare_encoder

PRIVATE = ("_name_or_path", "_use_default_values")
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def write_config(folder: Path, config: dict, **more) -> None:
    # Where the checkpoint lay is nobody's business.
    facts = {key: value for key, value in config.items() if key not in PRIVATE} | more
    (folder / "config.json").write_text(json.dumps(facts, indent=2, default=str) + "\n")


def stored_type(folder: Path) -> torch.dtype:
    """The type that most of the first weights file is stored in, so that nothing grows while it is read."""
    first = min(folder.glob("*.safetensors"), default=None)
    if first is None:
        raise FileNotFoundError(f"{folder} holds no *.safetensors file")
    counts: dict[str, int] = {}
    with safe_open(first, "pt") as weights:
        for name in weights.keys():  # noqa: SIM118
            part = weights.get_slice(name)
            size = torch.Size(part.get_shape()).numel()
            counts[part.get_dtype()] = counts.get(part.get_dtype(), 0) + size
    return TYPES[max(counts, key=counts.get)]


def export_text(checkpoint: Path, out: Path, half: bool) -> None:
    model = UMT5EncoderModel.from_pretrained(checkpoint, dtype=stored_type(checkpoint)).eval()
    folder = out / "text_encoder"
    graph = TextGraph(model, half).build().save(folder)
    write_config(folder, model.config.to_dict())
    cases = []
    for length in (64, 41):
        ids = torch.randint(3, model.config.vocab_size, (2, length))
        mask = torch.ones_like(ids)
        mask[0, 9:] = 0
        cases.append({"input_ids": ids * mask, "attention_mask": mask})
    compare("text_encoder", graph, TextReference(model), *cases)


def export_transformer(name: str, checkpoint: Path, out: Path, half: bool, per_token: bool) -> None:
    model = WanTransformer3DModel.from_pretrained(checkpoint, torch_dtype=stored_type(checkpoint)).eval()
    folder = out / name
    built = TransformerGraph(model, half)
    graph = built.build(per_token).save(folder)
    write_config(folder, dict(model.config))
    write_lora_map(folder, built.lora)
    cases = []
    for with_lora, (frames, height, width) in enumerate([(3, 6, 8), (2, 10, 4)]):
        place = height * width // 4
        time = torch.full((1, frames * place), 601.0) if per_token else torch.tensor([601.0])
        if per_token and with_lora:
            time[:, :place] = 0
        case = {
            "hidden_states": torch.randn(1, model.config.in_channels, frames, height, width),
            "timestep": time,
            "encoder_hidden_states": torch.randn(1, 24, model.config.text_dim),
        }
        for at, pair in enumerate(built.lora.values()):
            rank = at % 4 * with_lora
            case[pair["a"]] = torch.randn(pair["in"], rank) / pair["in"] ** 0.5
            case[pair["b"]] = torch.randn(rank, pair["out"]) / 4
        cases.append(case)
    compare(name, graph, TransformerReference(model, list(built.lora)), *cases)


def export_vae(checkpoint: Path, out: Path) -> None:
    vae = AutoencoderKLWan.from_pretrained(checkpoint, torch_dtype=torch.float32).eval()
    halves = (("vae_encoder", encoder_graph, compare_encoder), ("vae_decoder", decoder_graph, compare_decoder))
    for name, build, check in halves:
        built = build(vae)
        graph = built.g.save(out / name)
        write_config(out / name, dict(vae.config), cache=built.caches, **built.facts)
        check(name, graph, vae, built.caches)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", action="store_true", help="float16 in text encoder and transformers")
    arguments = parser.parse_args()
    checkpoint, out = arguments.checkpoint, arguments.out
    if out.exists():
        sys.exit(f"{out} is there already; name a folder that is not.")
    if not (checkpoint / "tokenizer" / "tokenizer.json").exists():
        sys.exit(f"{checkpoint / 'tokenizer'} holds no tokenizer.json, the one form that Beatloom reads UMT5's tokenizer in.")
    torch.manual_seed(0)
    named = json.loads((checkpoint / "model_index.json").read_text())
    experts = [name for name in ("transformer", "transformer_2") if named.get(name, [None])[0]]
    per_token = bool(named.get("expand_timesteps"))
    export_text(checkpoint / "text_encoder", out, arguments.half)
    for name in experts:
        export_transformer(name, checkpoint / name, out, arguments.half, per_token)
    export_vae(checkpoint / "vae", out)
    for name in ("tokenizer", "scheduler"):
        shutil.copytree(checkpoint / name, out / name)
    components = ("text_encoder", *experts, "vae_encoder", "vae_decoder")
    index = {
        **{key: named.get(key) for key in ("_class_name", "boundary_ratio", "expand_timesteps", "tokenizer", "scheduler")},
        **{name: ["onnxruntime", "OnnxRuntimeModel"] for name in components},
    }
    (out / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (ParityError, ValueError, FileNotFoundError) as error:
        sys.exit(f"The export failed: {error}.")
