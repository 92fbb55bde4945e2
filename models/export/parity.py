"""What every exporter checks before it calls a component done: the ONNX graph against the torch module it came from."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch

LEAST_COSINE = 0.9999


class ParityError(Exception):
    """A graph that does not compute what its module computes."""


def compare(name: str, graph: Path, module: torch.nn.Module, *cases: dict[str, torch.Tensor]) -> None:
    """Prints cosine and largest error of every output, for each set of inputs. Raises ParityError below 0.9999."""
    session = session_of(graph)
    wanted = {item.name for item in session.get_inputs()}
    for inputs in cases:
        found = session.run(None, {key: value.numpy() for key, value in inputs.items() if key in wanted})
        with torch.no_grad():
            expected = module(*inputs.values())
        expected = expected if isinstance(expected, tuple) else (expected,)
        for item, ours, theirs in zip(session.get_outputs(), found, expected, strict=True):
            judge(f"{name}.{item.name}", ours, theirs.float().numpy())


def session_of(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    if (graph.parent / "model.onnx_data").exists():
        # The processor knows no float16 products; optimised, the graph would keep a float32 copy of all its weights.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def judge(name: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    """Compares one output. Raises ParityError below a cosine of 0.9999."""
    a, b = ours.astype(np.float64).ravel(), theirs.astype(np.float64).ravel()
    cosine = float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-30))
    print(f"{name}: cosine {cosine:.6f}, largest error {np.abs(a - b).max():.2e} of {np.abs(b).max():.2e}")
    if not cosine >= LEAST_COSINE:
        raise ParityError(f"{name} has a cosine of {cosine:.6f}; at least {LEAST_COSINE} is asked")
