"""Writes the network as models/beats: ONNX of any length, weights as int8, computed in float32.

    python export.py WEIGHTS.pt [WEIGHTS.pt …] ../../beats    # several: the mean of their logits

Checks the file against PyTorch by onnxruntime.
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper

from network import BANDS, loaded


def main() -> None:
    *weights, folder = [Path(each) for each in sys.argv[1:]]
    network = loaded(weights)
    file = folder / "tracker" / "model.onnx"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = 3 * torch.rand(1, 700, BANDS, generator=torch.Generator().manual_seed(0))
    torch.onnx.export(
        network, (rows,), file, input_names=["rows"], output_names=["logits"], opset_version=18, dynamo=False,
        dynamic_axes={"rows": {1: "count"}, "logits": {1: "count"}}, do_constant_folding=True,
    )  # fmt: skip
    model = onnx.load(file)
    shrink(model)
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model)
    onnx.save(model, file)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    for count in (700, 60, 3001):
        rows = 3 * torch.rand(1, count, BANDS)
        with torch.no_grad():
            wanted = network(rows).numpy()
        difference = np.abs(session.run(None, {"rows": rows.numpy()})[0] - wanted).max()
        print(f"{count} rows: largest difference of a logit {difference:.4f}")
        assert difference < 0.3
    index = folder / "model_index.json"
    index.write_text(json.dumps({"_class_name": "BeatTracker", "tracker": ["beatloom", "BeatNetwork"]}, indent=2) + "\n")
    listed = {
        path.relative_to(folder).as_posix(): {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "sizeBytes": path.stat().st_size}
        for path in (index, file)
    }
    manifest = {"name": "beats", "title": "Beat tracker", "licence": "MIT", "files": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{file.stat().st_size} bytes")


def shrink(model: onnx.ModelProto) -> None:
    """Stores the weights of the convolutions over time as int8 with a scale for each output, other larger ones as float16."""
    graph, unpacked, kept = model.graph, [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64:
            kept.append(tensor)
        elif values.ndim != 3:
            kept.append(numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}_half"))
            unpacked.append(helper.make_node("Cast", [f"{tensor.name}_half"], [tensor.name], to=onnx.TensorProto.FLOAT))
        else:
            scale = np.maximum(np.abs(values).reshape(len(values), -1).max(axis=1) / 127, 1e-12).astype(np.float32)
            steps = np.rint(values / scale.reshape(-1, *[1] * (values.ndim - 1))).astype(np.int8)
            kept.append(numpy_helper.from_array(steps, f"{tensor.name}_int8"))
            kept.append(numpy_helper.from_array(scale, f"{tensor.name}_scale"))
            zeros = numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{tensor.name}_zero")
            kept.append(zeros)
            unpacked.append(helper.make_node("DequantizeLinear", [f"{tensor.name}_int8", f"{tensor.name}_scale", f"{tensor.name}_zero"], [tensor.name], axis=0))
    nodes = [*unpacked, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)


if __name__ == "__main__":
    main()
