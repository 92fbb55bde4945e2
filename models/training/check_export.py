"""
Checks exported components: float32 ONNX against PyTorch on every grid and length, the stored int8 files against
float32, the time of one step, and the tokenizer.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from contract import BOUNDARY, GRIDS
from export import HERE, OUTPUTS, example_inputs, load_components
from tokenizer import encode
from tokenizers import Tokenizer

LENGTHS = (30, 80, 150)
TOLERANCE = 1e-3
"""Largest difference allowed between PyTorch and ONNX in float32."""


def open_session(file: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def relative_error(approximate: np.ndarray, exact: np.ndarray) -> float:
    return float(np.linalg.norm(approximate - exact) / np.linalg.norm(exact))


def check_parity(components, folder: Path, names: list[str]) -> None:
    """float32 ONNX against PyTorch."""
    for name in names:
        session, worst = open_session(folder / name / "model.onnx"), 0.0
        for grid in GRIDS:
            for frames in LENGTHS:
                inputs = example_inputs(grid, frames, 700)[name]
                with torch.no_grad():
                    expected = components[name](*inputs.values())
                expected = expected if isinstance(expected, tuple) else (expected,)
                found = session.run(OUTPUTS[name], {key: value.numpy() for key, value in inputs.items()})
                worst = max(worst, *(float(np.abs(f - e.numpy()).max()) for f, e in zip(found, expected)))
        print(f"| {name}: largest difference between ONNX and PyTorch, 3 grids × 3 lengths | {worst:.1e} |", flush=True)
        assert worst < TOLERANCE, f"{name} differs by {worst}"


def clean(outputs: list[np.ndarray], inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """x0 of fields and camera from an expert's velocities."""
    sigma = inputs["timestep"][0] / 1000
    return inputs["hidden_states"] - sigma * outputs[0], inputs["camera_states"] - sigma * outputs[1]


def check_quantised(exact_folder: Path, small_folder: Path) -> None:
    """int8 against float32 on x0 of an encoded picture, prompt and noise, and the time of one step of 8 s at 16×28."""
    tokenizer = Tokenizer.from_file(str(small_folder / "tokenizer/tokenizer.json"))
    ids, mask = (part[None] for part in encode(tokenizer, "the camera pans right, the light pulses on the beat"))
    encoded = {name: {k: v.numpy() for k, v in inputs.items()} for name, inputs in example_inputs(GRIDS[0], 80, 700).items()}
    encoded["text_encoder"] = {"input_ids": ids, "attention_mask": mask}
    outputs = {}
    for name in ("text_encoder", "audio_encoder", "image_encoder"):
        exact, small = (open_session(f / name / "model.onnx").run(None, encoded[name]) for f in (exact_folder, small_folder))
        outputs[name] = exact
        print(f"| {name}: int8 against float32, relative error | {100 * relative_error(small[0], exact[0]):.1f} % |", flush=True)
    for name, level in (("transformer", (1 + BOUNDARY) / 2), ("transformer_2", 0.7)):
        inputs = encoded[name] | {
            "encoder_hidden_states": outputs["text_encoder"][0], "encoder_attention_mask": mask,
            "audio_embeds": outputs["audio_encoder"][0], "image_embeds": outputs["image_encoder"][0],
            "matte": outputs["image_encoder"][1], "timestep": np.array([1000 * level], np.float32),
        }  # fmt: skip
        found, seconds = [], []
        for folder in (exact_folder, small_folder):
            session = open_session(folder / name / "model.onnx")
            times = []
            for _ in range(4):
                start = time.perf_counter()
                result = session.run(None, inputs)
                times.append(time.perf_counter() - start)
            found.append(clean(result, inputs))
            seconds.append(min(times))
        errors = [100 * relative_error(small, exact) for exact, small in zip(*found)]
        print(f"| {name}: int8 against float32, x0 error of fields / camera | {errors[0]:.1f} % / {errors[1]:.1f} % |")
        print(f"| {name}: one step, 8 s at 16×28, 2 threads, float32 / int8 | {seconds[0]:.2f} s / {seconds[1]:.2f} s |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=HERE / ".data/weights")
    parser.add_argument("--experts", nargs=2, default=["high", "low"], help="as for export.py")
    parser.add_argument("--float", type=Path, default=HERE / ".data/float")
    parser.add_argument("--model", type=Path, default=HERE / "../pocket")
    parser.add_argument("--parity", nargs="*", choices=OUTPUTS, default=list(OUTPUTS))
    arguments = parser.parse_args()
    check_quantised(arguments.float, arguments.model)
    tokenizer = arguments.model / "tokenizer/tokenizer.json"
    components = load_components(arguments.weights, tokenizer, arguments.experts)
    check_parity(components, arguments.float, arguments.parity)


if __name__ == "__main__":
    main()
