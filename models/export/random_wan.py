"""Writes a model folder of Wan2.2 in its published size with random weights, and times torch on the same weights.

    python models/export/random_wan.py ti2v-5b|t2v-a14b OUT_FOLDER [--parts transformer vae text_encoder] [--layers N]
        [--size 1280x704x121 …] [--compiled 1280x704x121 …] [--report torch.json] [--device cuda]

Every --size (width, height, frames) is computed by torch (eager, scaled dot product attention, float16) and written with
its result to OUT_FOLDER/cases, which models/src/bench/denoiser.ts computes again. Nothing is compared here.
"""

import argparse
import json
import shutil
import statistics
import time
from pathlib import Path

import torch
from random_wan_models import KINDS, random_text_encoder, random_transformer, random_vae
from tiny_wan_tokenizer import tiny_tokenizer
from wan import write_config
from wan_text import TextGraph
from wan_transformer import TransformerGraph, write_lora_map
from wan_vae_halves import decoder_graph, encoder_graph

REPEATS = 3


def inputs_of(kind: str, size: str, model, device: str) -> dict[str, torch.Tensor]:
    width, height, frames = map(int, size.split("x"))
    facts = KINDS[kind]
    grid = (1 + (frames - 1) // 4, height // facts["scale"], width // facts["scale"])
    tokens = grid[0] * grid[1] * grid[2] // 4
    torch.manual_seed(1)
    return {
        "hidden_states": torch.randn(1, model.config.in_channels, *grid, device=device),
        "timestep": torch.full((1, tokens) if facts["per_token"] else (1,), 601.0, device=device),
        "encoder_hidden_states": torch.randn(1, 512, model.config.text_dim, device=device),
    }


def timed(model, inputs: dict[str, torch.Tensor]) -> tuple[torch.Tensor, dict]:
    """Result, and median seconds of a call with the peak of the device's memory, after one call to warm up."""
    half = {name: value if name == "timestep" else value.half() for name, value in inputs.items()}
    cuda = half["hidden_states"].is_cuda
    if cuda:
        torch.cuda.reset_peak_memory_stats()
    seconds = []
    with torch.no_grad():
        for _ in range(REPEATS + 1):
            start = time.perf_counter()
            out = model(**half, return_dict=False)[0]
            if cuda:
                torch.cuda.synchronize()
            seconds.append(time.perf_counter() - start)
    peak = torch.cuda.max_memory_allocated() / 1e9 if cuda else None
    return out, {"first": seconds[0], "median": statistics.median(seconds[1:]), "all": seconds[1:], "peakGB": peak}


def write_case(folder: Path, size: str, tensors: dict[str, torch.Tensor]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shapes = {}
    for name, value in tensors.items():
        value.float().cpu().numpy().astype("<f4").tofile(folder / f"{size}.{name}.f32")
        shapes[name] = list(value.shape)
    (folder / f"{size}.json").write_text(json.dumps(shapes))


def transformer(kind: str, out: Path, layers: int | None, sizes: list[str], compiled: list[str], device: str) -> dict:
    model = random_transformer(kind, device, layers)
    told: dict = {"eager": {}, "eagerOneTimestep": {}, "compiled": {}}
    for size in sizes:
        inputs = inputs_of(kind, size, model, device)
        result, told["eager"][size] = timed(model, inputs)
        write_case(out / "cases", size, {**inputs, "out_hidden_states": result})
        if KINDS[kind]["per_token"]:
            one = {**inputs, "timestep": inputs["timestep"][:, 0]}
            told["eagerOneTimestep"][size] = timed(model, one)[1]
        print(size, told["eager"][size], told["eagerOneTimestep"].get(size), flush=True)
    started = time.perf_counter()
    built = TransformerGraph(model, half=True)
    built.build(KINDS[kind]["per_token"]).save(out / "transformer")
    write_config(out / "transformer", dict(model.config))
    write_lora_map(out / "transformer", built.lora)
    told["writtenSeconds"] = time.perf_counter() - started
    print("written", told["writtenSeconds"], flush=True)
    if compiled:
        model.compile_repeated_blocks(fullgraph=True)
    for size in compiled:
        inputs = inputs_of(kind, size, model, device)
        told["compiled"][size] = timed(model, inputs)[1]
        print("compiled", size, told["compiled"][size], flush=True)
    return told


def vae(kind: str, out: Path, sizes: list[str], device: str) -> dict:
    model = random_vae(kind, device)
    told = {}
    for size in sizes:
        width, height, frames = map(int, size.split("x"))
        scale = KINDS[kind]["scale"]
        grid = (1 + (frames - 1) // 4, height // scale, width // scale)
        latent = torch.randn(1, model.config.z_dim, *grid, device=device)
        torch.cuda.reset_peak_memory_stats()
        # Twice: the first one also finds the convolutions' algorithms.
        for _ in range(2):
            start = time.perf_counter()
            with torch.no_grad():
                model.decode(latent)
            torch.cuda.synchronize()
            seconds = time.perf_counter() - start
        told[size] = {"seconds": seconds, "framesPerSecond": frames / seconds, "peakGB": torch.cuda.max_memory_allocated() / 1e9}
        print("vae", size, told[size], flush=True)
    for name, build in (("vae_encoder", encoder_graph), ("vae_decoder", decoder_graph)):
        built = build(model)
        built.g.save(out / name)
        write_config(out / name, dict(model.config), cache=built.caches, **built.facts)
    return told


def text_encoder(out: Path, device: str) -> None:
    model = random_text_encoder(device)
    TextGraph(model, half=True).build().save(out / "text_encoder")
    write_config(out / "text_encoder", model.config.to_dict())


def write_index(kind: str, out: Path) -> None:
    """What tells Beatloom the kind of model: components, scheduler, and a tokenizer of a few letters."""
    facts = KINDS[kind]
    if facts["boundary"]:
        shutil.copytree(out / "transformer", out / "transformer_2", copy_function=lambda a, b: Path(b).hardlink_to(a))
    tokenizer = tiny_tokenizer()
    tokenizer.save_pretrained(out / "tokenizer")
    (out / "scheduler").mkdir(exist_ok=True)
    scheduler = {"_class_name": "UniPCMultistepScheduler", "prediction_type": "flow_prediction", "use_flow_sigmas": True,
                 "num_train_timesteps": 1000, "flow_shift": 5.0, "solver_order": 2}  # fmt: skip
    (out / "scheduler" / "scheduler_config.json").write_text(json.dumps(scheduler))
    parts = [part.name for part in out.iterdir() if (part / "model.onnx").exists()]
    index = {"_class_name": "WanPipeline", "boundary_ratio": facts["boundary"], "expand_timesteps": facts["per_token"],
             "tokenizer": ["transformers", "T5TokenizerFast"], "scheduler": ["diffusers", "UniPCMultistepScheduler"],
             **{name: ["onnxruntime", "OnnxRuntimeModel"] for name in parts}}  # fmt: skip
    (out / "model_index.json").write_text(json.dumps(index, indent=2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("out", type=Path)
    parser.add_argument("--parts", nargs="+", default=["transformer", "vae", "text_encoder"])
    parser.add_argument("--layers", type=int)
    parser.add_argument("--size", nargs="+", default=[])
    parser.add_argument("--compiled", nargs="+", default=[])
    parser.add_argument("--report", type=Path)
    parser.add_argument("--device", default="cuda")
    told = parser.parse_args()
    report = {"torch": torch.__version__, "kind": told.kind}
    told.out.mkdir(parents=True, exist_ok=True)
    if "transformer" in told.parts:
        report["transformer"] = transformer(told.kind, told.out, told.layers, told.size, told.compiled, told.device)
    if "vae" in told.parts:
        report["vae"] = vae(told.kind, told.out, told.size, told.device)
    if "text_encoder" in told.parts:
        text_encoder(told.out, told.device)
    write_index(told.kind, told.out)
    if told.report:
        told.report.write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
