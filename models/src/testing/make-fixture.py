"""Makes the tiny graphs that tests run: `tiny-pocket/`, shaped like the pocket model, and `graphs/`, one oddity each.

    pip install onnx numpy && python models/src/testing/make-fixture.py

The weights are small formulas, not trained; every input moves every output it should move, and nothing else.
"""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save_model

HERE = Path(__file__).parent
F, F16, BF16, I64, I32 = TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.BFLOAT16, TensorProto.INT64, TensorProto.INT32


def value(name, kind, dims):
    return helper.make_tensor_value_info(name, kind, dims)


def constant(name, array, dtype=np.float32):
    return numpy_helper.from_array(np.asarray(array, dtype), name)


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs.split(), [output], **attributes)


def write(folder, nodes, inputs, outputs, constants=(), external=False):
    graph = helper.make_graph(nodes, "fixture", inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9, producer_name="fixture")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    if external:
        save_model(model, path, save_as_external_data=True, location="model.onnx_data", size_threshold=0)
    else:
        checker.check_model(model)
        save_model(model, path)


def text_encoder(folder):
    """Each token becomes a row of sines; a masked mean is added, so words colour each other."""
    frequencies = np.linspace(0.1, 2.0, 192)
    positions = 0.05 * np.sin(np.arange(40)[:, None] * 0.7 + np.arange(192)[None, :] * 0.11)
    write(
        folder,
        [
            node("Cast", "input_ids", "ids", to=F),
            node("Unsqueeze", "ids last", "column"),
            node("Mul", "column frequencies", "angle"),
            node("Sin", "angle", "word"),
            node("Add", "word positions", "placed"),
            node("Cast", "attention_mask", "mask", to=F),
            node("Unsqueeze", "mask last", "mask_column"),
            node("Mul", "placed mask_column", "real"),
            node("ReduceMean", "real", "context", axes=[1], keepdims=1),
            node("Add", "placed context", "last_hidden_state"),
        ],
        [value("input_ids", I64, [1, 40]), value("attention_mask", I64, [1, 40])],
        [value("last_hidden_state", F, [1, 40, 192])],
        [constant("last", [-1], np.int64), constant("frequencies", frequencies), constant("positions", positions[None])],
    )


def audio_encoder(folder):
    """Six rows of seven features become one vector: 42 → 8 → tiled to 256."""
    weights = np.random.default_rng(1).normal(0, 0.3, (42, 8))
    write(
        folder,
        [
            node("Reshape", "input_values six_rows", "rows"),
            node("MatMul", "rows weights", "mixed"),
            node("Tanh", "mixed", "bounded"),
            node("Tile", "bounded repeats", "last_hidden_state"),
        ],
        [value("input_values", F, [1, "rows", 7])],
        [value("last_hidden_state", F, [1, "pairs", 256])],
        [constant("six_rows", [1, -1, 42], np.int64), constant("weights", weights), constant("repeats", [1, 1, 32], np.int64)],
    )


def image_encoder(folder):
    """A token per 8 × 8 pixels from its mean colour; the matte is the mean brightness of 4 × 4 pixels."""
    weights = np.random.default_rng(2).normal(0, 0.5, (3, 256))
    write(
        folder,
        [
            node("AveragePool", "pixel_values", "patches", kernel_shape=[8, 8], strides=[8, 8], ceil_mode=1),
            node("Reshape", "patches flat", "channels"),
            node("Transpose", "channels", "colours", perm=[0, 2, 1]),
            node("MatMul", "colours weights", "image_embeds"),
            node("AveragePool", "pixel_values", "cells", kernel_shape=[4, 4], strides=[4, 4]),
            node("ReduceMean", "cells", "matte", axes=[1], keepdims=0),
        ],
        [value("pixel_values", F, [1, 3, "height", "width"])],
        [value("image_embeds", F, [1, "places", 256]), value("matte", F, [1, "rows", "columns"])],
        [constant("flat", [1, 3, -1], np.int64), constant("weights", weights)],
    )


def transformer(folder, lean):
    """Velocity = half the sample + a little of every condition; `lean` tells the experts apart."""

    def mean_of(source, output):
        return node("ReduceMean", source, output, keepdims=0)

    write(
        folder,
        [
            node("Cast", "encoder_attention_mask", "mask", to=F),
            node("Unsqueeze", "mask last", "mask_column"),
            node("Mul", "encoder_hidden_states mask_column", "text"),
            mean_of("text", "text_mean"),
            mean_of("image_embeds", "image_mean"),
            node("Mul", "timestep thousandth", "level"),
            node("Add", "level text_mean", "a"),
            node("Add", "a image_mean", "b"),
            node("Mul", "b motion_strength", "c"),
            node("Add", "c lean", "offset"),
            node("ReduceMean", "audio_embeds", "beat", axes=[2], keepdims=1),
            node("Tile", "beat twice", "beat_pairs"),
            node("Reshape", "beat_pairs per_frame", "beat_frames"),
            node("Add", "beat_frames offset", "camera_push"),
            node("Mul", "camera_states half", "camera_half"),
            node("Add", "camera_half camera_push", "out_camera_states"),
            node("Unsqueeze", "camera_push cell_axes", "field_push"),
            node("Unsqueeze", "matte matte_axes", "place"),
            node("Add", "field_push place", "push"),
            node("Mul", "hidden_states half", "fields_half"),
            node("Add", "fields_half push", "out_hidden_states"),
        ],
        [
            value("hidden_states", F, [1, "frames", 7, "rows", "columns"]),
            value("camera_states", F, [1, "frames", 4]),
            value("timestep", F, [1]),
            value("encoder_hidden_states", F, [1, 40, 192]),
            value("encoder_attention_mask", I64, [1, 40]),
            value("audio_embeds", F, [1, "pairs", 256]),
            value("image_embeds", F, [1, "places", 256]),
            value("matte", F, [1, "rows", "columns"]),
            value("motion_strength", F, [1]),
        ],
        [
            value("out_hidden_states", F, [1, "frames", 7, "rows", "columns"]),
            value("out_camera_states", F, [1, "frames", 4]),
        ],
        [
            constant("last", [-1], np.int64),
            constant("thousandth", 0.001),
            constant("lean", lean),
            constant("half", 0.5),
            constant("twice", [1, 1, 2], np.int64),
            constant("per_frame", [1, -1, 1], np.int64),
            constant("cell_axes", [3, 4], np.int64),
            constant("matte_axes", [1, 2], np.int64),
        ],
    )


def tokenizer(folder):
    words = "slow fast pan left right zoom in out subtle glow pulse still camera up down , . 慢 快 左 右 平 移 光".split()
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", *words])}
    folder.mkdir(parents=True, exist_ok=True)
    description = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behaviour, "invert": False}
                for pattern, behaviour in (
                    (r"\s+", "Removed"),
                    (r"[\u4e00-\u9fff]", "Isolated"),
                    (r"[a-z0-9]+", "Isolated"),
                    (r"[^a-z0-9\u4e00-\u9fff]", "Isolated"),
                )
            ],
        },
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n")


def tiny_pocket(folder):
    text_encoder(folder / "text_encoder")
    audio_encoder(folder / "audio_encoder")
    image_encoder(folder / "image_encoder")
    transformer(folder / "transformer", 0.05)
    transformer(folder / "transformer_2", -0.05)
    tokenizer(folder / "tokenizer")
    index = {
        "_class_name": "BeatloomPocketPipeline",
        "boundary_ratio": 0.875,
        "guidance_high": 1.5,
        "guidance_low": 1.0,
        **{name: ["onnxruntime", "OnnxModel"] for name in ("text_encoder", "audio_encoder", "image_encoder", "transformer", "transformer_2")},
    }
    (folder / "model_index.json").write_text(json.dumps(index, indent=1) + "\n")
    scheduler = folder / "scheduler"
    scheduler.mkdir(exist_ok=True)
    (scheduler / "scheduler_config.json").write_text(
        json.dumps({"_class_name": "FlowMatchEulerDiscreteScheduler", "num_train_timesteps": 1000, "shift": 8.0}, indent=1) + "\n"
    )
    decoder = folder / "vae_decoder"
    decoder.mkdir(exist_ok=True)
    config = {
        "latent_rate": 10,
        "field_scales": [0.004, 0.004, 0.003, 0.003, 0.05, 0.05, 0.12],
        "camera_scales": [0.02, 0.015, 0.05, 0.025],
    }
    (decoder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    files = {
        path.relative_to(folder).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "sizeBytes": path.stat().st_size,
        }
        # The graphs alone: the formatter may rewrite the JSON files.
        for path in sorted(folder.rglob("*.onnx"))
    }
    manifest = {"title": "Tiny pocket (a test fixture)", "licence": "MIT", "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def oddities(folder):
    """One component folder per case of the host's input and output conversions."""

    def add_timestep(name, kind, dims):
        write(
            folder / name,
            [node("Cast", "timestep", "t", to=F), node("Add", "sample t", "out_sample")],
            [value("sample", F, ["batch", "n"]), value("timestep", kind, dims)],
            [value("out_sample", F, ["batch", "n"])],
        )

    add_timestep("scalar-int64", I64, [])
    add_timestep("batch-int64", I64, ["batch"])
    add_timestep("scalar-float", F, [])
    write(
        folder / "ids-int32",
        [node("Add", "input_ids input_ids", "output")],
        [value("input_ids", I32, [1, "n"])],
        [value("output", I32, [1, "n"])],
    )
    write(
        folder / "half",
        [node("Add", "sample sample", "sample_out")],
        [value("sample", F16, ["n"])],
        [value("sample_out", F16, ["n"])],
    )
    write(
        folder / "bfloat",
        [node("Identity", "sample", "sample_out")],
        [value("sample", BF16, ["n"])],
        [value("sample_out", BF16, ["n"])],
    )
    write(
        folder / "external",
        [node("Add", "sample offset", "sample_out")],
        [value("sample", F, [3])],
        [value("sample_out", F, [3])],
        [constant("offset", [1, 2, 3])],
        external=True,
    )
    write(
        folder / "slow",
        [
            node("MatMul", "sample sample", "m0"),
            *(node("MatMul", f"m{i} sample", f"m{i + 1}") for i in range(8)),
            node("ReduceSum", "m8", "total", keepdims=0),
        ],
        [value("sample", F, ["n", "n"])],
        [value("total", F, [])],
    )
    write(
        folder / "lora",
        [
            node("MatMul", "sample lora.net.a", "low"),
            node("MatMul", "low lora.net.b", "change"),
            node("Add", "sample change", "out_sample"),
        ],
        [value("sample", F, ["n", 3]), value("lora.net.a", F, [3, "rank"]), value("lora.net.b", F, ["rank", 3])],
        [value("out_sample", F, ["n", 3])],
    )
    # VAEs that are linear and look at no neighbours, so that tiles must give what the whole gives.
    weights = np.sin(np.arange(16 * 3)).reshape(3, 16, 1, 1, 1) * 0.05
    write(
        folder / "linear-decoder",
        [node("Conv", "latent_sample weights", "colours"), node("Resize", "colours none scales", "sample", mode="nearest")],
        [value("latent_sample", F, [1, 16, "frames", "rows", "columns"])],
        [value("sample", F, [1, 3, "frames", "height", "width"])],
        [constant("weights", weights), constant("none", []), constant("scales", [1, 1, 1, 8, 8])],
    )
    weights = np.cos(np.arange(32 * 3)).reshape(32, 3, 1, 1, 1)
    write(
        folder / "linear-encoder",
        [
            node("AveragePool", "sample", "means", kernel_shape=[1, 8, 8], strides=[1, 8, 8]),
            node("Conv", "means weights", "latent_parameters"),
        ],
        [value("sample", F, [1, 3, "frames", "height", "width"])],
        [value("latent_parameters", F, [1, 32, "frames", "rows", "columns"])],
        [constant("weights", weights)],
    )
    layers = {"net": {"a": "lora.net.a", "b": "lora.net.b", "in": 3, "out": 3}}
    (folder / "lora" / "lora_map.json").write_text(json.dumps(layers, indent=1) + "\n")
    broken = folder / "broken"
    broken.mkdir(parents=True, exist_ok=True)
    (broken / "model.onnx").write_bytes(b"this is no graph")
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "TestGraphs"}) + "\n")


for name, make in (("tiny-pocket", tiny_pocket), ("graphs", oddities)):
    target = HERE / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    make(target)
