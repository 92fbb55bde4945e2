"""Writes the network as models/beats: ONNX of any length, weights as float16, computed in float32.

    python export.py WEIGHTS.pt ../../beats

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

from network import BANDS, BeatNetwork


def main() -> None:
    weights, folder = Path(sys.argv[1]), Path(sys.argv[2])
    network = BeatNetwork()
    network.load_state_dict(torch.load(weights, map_location="cpu"))
    network.eval()
    file = folder / "tracker" / "model.onnx"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = 3 * torch.rand(1, 700, BANDS, generator=torch.Generator().manual_seed(0))
    torch.onnx.export(
        network, (rows,), file, input_names=["rows"], output_names=["logits"], opset_version=18, dynamo=False,
        dynamic_axes={"rows": {1: "count"}, "logits": {1: "count"}}, do_constant_folding=True,
    )  # fmt: skip
    model = onnx.load(file)
    halve(model)
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
        assert difference < 0.1
    index = folder / "model_index.json"
    index.write_text(json.dumps({"_class_name": "BeatTracker", "tracker": ["beatloom", "BeatNetwork"]}, indent=2) + "\n")
    listed = {
        path.relative_to(folder).as_posix(): {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "sizeBytes": path.stat().st_size}
        for path in (index, file)
    }
    manifest = {"name": "beats", "title": "Beat tracker", "licence": "MIT", "files": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{file.stat().st_size} bytes")


def halve(model: onnx.ModelProto) -> None:
    """Stores every weight of some size as float16, with a Cast in front of its use."""
    graph, casts, kept = model.graph, [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64:
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}_half"))
        casts.append(helper.make_node("Cast", [f"{tensor.name}_half"], [tensor.name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)


if __name__ == "__main__":
    main()
