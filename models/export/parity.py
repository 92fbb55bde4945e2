"""What every exporter checks before it calls a component done: the ONNX graph against the torch module it came from."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch

LEAST_COSINE = 0.9999


class ParityError(Exception):
    """A graph that does not compute what its module computes."""


def compare(name: str, graph: Path, module: torch.nn.Module, inputs: dict[str, torch.Tensor]) -> None:
    """Prints cosine and largest error of every output. Raises ParityError below 0.9999."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    wanted = {item.name: item for item in session.get_inputs()}
    feeds = {key: value.numpy() for key, value in inputs.items() if key in wanted}
    found = session.run(None, feeds)
    with torch.no_grad():
        expected = module(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    for item, ours, theirs in zip(session.get_outputs(), found, expected, strict=True):
        a, b = ours.astype(np.float64).ravel(), theirs.float().numpy().astype(np.float64).ravel()
        cosine = float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-30))
        error = float(np.abs(a - b).max())
        print(f"{name}.{item.name}: cosine {cosine:.6f}, largest error {error:.2e} of {np.abs(b).max():.2e}")
        if not cosine >= LEAST_COSINE:
            raise ParityError(f"{name}.{item.name} has a cosine of {cosine:.6f}; at least {LEAST_COSINE} is asked")
