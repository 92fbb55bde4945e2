"""
Compares models/selfie-segmentation with the network it was made from, run by LiteRT, on pictures.

LiteRT lacks MediaPipe's own last operator, so it runs the graph up to there; the transposed convolution (windows that
do not overlap: every input pixel makes a square of its own) and the logistic function follow in NumPy.

    pip install ai-edge-litert==2.3.0 onnxruntime numpy pillow tflite
    python check_selfie_segmentation.py package/selfie_segmentation.tflite PICTURE…
"""

import argparse
from pathlib import Path

import flatbuffers
import numpy as np
import onnxruntime
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from selfie_segmentation import OUT, Converter


def without_last_operators(content: bytes, count: int) -> tuple[bytes, int]:
    """The same network ending `count` operators earlier, and the tensor that it then gives."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    graph = model.subgraphs[0]
    ends_with = int(graph.operators[-count].inputs[0])
    del graph.operators[-count:]
    graph.outputs = [ends_with]
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output()), ends_with


def reference(content: bytes, picture: np.ndarray) -> np.ndarray:
    """picture [H, W, 3] in 0…1 → [H, W]."""
    network = Converter(content)
    last = network.graph.Operators(network.graph.OperatorsLength() - 2)
    shortened, output = without_last_operators(content, 2)
    interpreter = Interpreter(model_content=shortened)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], picture[None])
    interpreter.invoke()
    features = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]
    sources = {int(network.graph.Operators(i).Outputs(0)): network.graph.Operators(i).Inputs(0) for i in range(network.graph.OperatorsLength())}
    weights, bias = (network.stored(sources[int(index)]).astype(np.float32) for index in last.InputsAsNumpy()[1:])
    rows, columns = weights.shape[1:3]
    squares = np.einsum("hwc,abc->hawb", features, weights[0]) + bias
    return 1 / (1 + np.exp(-squares.reshape(features.shape[0] * rows, features.shape[1] * columns)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tflite", type=Path)
    parser.add_argument("pictures", type=Path, nargs="+")
    arguments = parser.parse_args()
    session = onnxruntime.InferenceSession(OUT / "segmenter/model.onnx")
    worst = 0.0
    for path in arguments.pictures:
        height, width = session.get_inputs()[0].shape[2:]
        picture = np.asarray(Image.open(path).convert("RGB").resize((width, height)), np.float32) / 255
        ours = session.run(None, {"pixel_values": picture.transpose(2, 0, 1)[None]})[0][0, 0]
        theirs = reference(arguments.tflite.read_bytes(), picture)
        difference = float(np.abs(ours - theirs).max())
        worst = max(worst, difference)
        print(f"{path.name}: {(theirs > 0.5).mean():.1%} person, largest difference {difference:.1e}")
    if worst > 1e-3:
        raise SystemExit(f"The networks differ by {worst:.1e}.")


if __name__ == "__main__":
    main()
