"""
Makes models/selfie-segmentation from the npm package @mediapipe/selfie_segmentation (Apache-2.0, Google).

The package's .tflite file is read operator by operator and written as ONNX; weights stay float16, as they are there.
Axes: TensorFlow Lite has [N, H, W, C], ONNX [N, C, H, W], so pictures go in and masks come out as [N, C, H, W].

    npm pack @mediapipe/selfie_segmentation@0.1.1675465747 && tar xzf mediapipe-selfie_segmentation-*.tgz
    pip install tflite==2.18.0 onnx numpy
    python selfie_segmentation.py package/selfie_segmentation.tflite
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
SHA256 = "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27"
"""Of selfie_segmentation.tflite in version 0.1.1675465747 of the package."""
OUT = Path(__file__).parent / "../selfie-segmentation"
OPERATORS = {value: name for name, value in vars(tflite.BuiltinOperator).items() if isinstance(value, int)}
TYPES = {tflite.TensorType.FLOAT32: np.float32, tflite.TensorType.FLOAT16: np.float16, tflite.TensorType.INT32: np.int32}


class Converter:
    """Walks one TensorFlow Lite graph and collects ONNX nodes and weights."""

    def __init__(self, file: bytes):
        self.model = tflite.Model.GetRootAsModel(file, 0)
        self.graph = self.model.Subgraphs(0)
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.constants = {index: value for index in range(self.graph.TensorsLength()) if (value := self.stored(index)) is not None}

    def stored(self, index: int) -> np.ndarray | None:
        tensor = self.graph.Tensors(index)
        buffer = self.model.Buffers(tensor.Buffer())
        if buffer.DataLength() == 0:
            return None
        return buffer.DataAsNumpy().view(TYPES[tensor.Type()]).reshape(tensor.ShapeAsNumpy())

    def weight(self, values: np.ndarray) -> str:
        """A stored tensor that is float32 while the graph runs."""
        name = f"w{len(self.weights)}"
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        if values.dtype != np.float16:
            return name
        self.nodes.append(helper.make_node("Cast", [name], [f"{name}_wide"], to=TensorProto.FLOAT))
        return f"{name}_wide"

    def add(self, kind: str, inputs: list[str], output: int, **attributes) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [f"t{output}"], **attributes))

    def convert(self) -> onnx.ModelProto:
        for index in range(self.graph.OperatorsLength()):
            operator = self.graph.Operators(index)
            code = self.model.OperatorCodes(operator.OpcodeIndex())
            kind = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            if kind == "CUSTOM":
                kind = code.CustomCode().decode()
            getattr(self, f"on_{kind.lower()}")(operator, list(operator.InputsAsNumpy()), int(operator.Outputs(0)))
        height, width = self.graph.Tensors(self.graph.Inputs(0)).ShapeAsNumpy()[1:3]
        self.nodes.insert(0, helper.make_node("Identity", ["pixel_values"], [f"t{self.graph.Inputs(0)}"]))
        self.nodes.append(helper.make_node("Identity", [f"t{self.graph.Outputs(0)}"], ["person"]))
        picture = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, [1, 3, int(height), int(width)])
        person = helper.make_tensor_value_info("person", TensorProto.FLOAT, [1, 1, int(height), int(width)])
        graph = helper.make_graph(self.nodes, "selfie_segmentation", [picture], [person], list(self.weights.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        onnx.checker.check_model(model, full_check=True)
        return model

    def on_dequantize(self, _operator, inputs, output):
        self.constants[output] = self.constants[inputs[0]]

    def convolution(self, options, inputs, output, weights, groups):
        assert options.FusedActivationFunction() == 0, "activations are operators of their own in this graph"
        padding = {tflite.Padding.SAME: "SAME_UPPER", tflite.Padding.VALID: "VALID"}[options.Padding()]
        dilations = [options.DilationHFactor(), options.DilationWFactor()]
        names = [f"t{inputs[0]}", self.weight(weights), self.weight(self.constants[inputs[2]])]
        self.add(
            "Conv", names, output, auto_pad=padding, group=groups, strides=[options.StrideH(), options.StrideW()],
            dilations=dilations, kernel_shape=list(weights.shape[2:]),
        )  # fmt: skip

    def on_conv_2d(self, operator, inputs, output):
        options = read_options(operator, tflite.Conv2DOptions)
        self.convolution(options, inputs, output, self.constants[inputs[1]].transpose(0, 3, 1, 2), 1)

    def on_depthwise_conv_2d(self, operator, inputs, output):
        options = read_options(operator, tflite.DepthwiseConv2DOptions)
        weights = self.constants[inputs[1]].transpose(3, 0, 1, 2)
        self.convolution(options, inputs, output, weights, weights.shape[0])

    def on_convolution2dtransposebias(self, operator, inputs, output):
        """MediaPipe's own operator: a transposed convolution with a bias; options are int32 padding, stride, stride."""
        _padding, *strides = operator.CustomOptionsAsNumpy().view(np.int32).tolist()
        weights = self.constants[inputs[1]].transpose(3, 0, 1, 2)
        assert strides == list(weights.shape[2:]), "windows that overlap would need padding"
        names = [f"t{inputs[0]}", self.weight(weights), self.weight(self.constants[inputs[2]])]
        self.add("ConvTranspose", names, output, strides=strides, kernel_shape=strides)

    def on_average_pool_2d(self, _operator, inputs, output):
        assert list(self.graph.Tensors(output).ShapeAsNumpy()[1:3]) == [1, 1], "only pools over everything occur"
        self.add("GlobalAveragePool", [f"t{inputs[0]}"], output)

    def on_resize_bilinear(self, operator, inputs, output):
        options = read_options(operator, tflite.ResizeBilinearOptions)
        mode = "align_corners" if options.AlignCorners() else "half_pixel" if options.HalfPixelCenters() else "asymmetric"
        channels = int(self.graph.Tensors(output).ShapeAsNumpy()[3])
        sizes = self.weight(np.array([1, channels, *self.constants[inputs[1]]], np.int64))
        self.add("Resize", [f"t{inputs[0]}", "", "", sizes], output, mode="linear", coordinate_transformation_mode=mode)

    def elementwise(self, kind, inputs, output):
        self.add(kind, [f"t{index}" for index in inputs], output)

    def on_add(self, operator, inputs, output):
        assert read_options(operator, tflite.AddOptions).FusedActivationFunction() == 0
        self.elementwise("Add", inputs, output)

    def on_mul(self, operator, inputs, output):
        assert read_options(operator, tflite.MulOptions).FusedActivationFunction() == 0
        self.elementwise("Mul", inputs, output)

    def on_relu(self, _operator, inputs, output):
        self.elementwise("Relu", inputs, output)

    def on_logistic(self, _operator, inputs, output):
        self.elementwise("Sigmoid", inputs, output)

    def on_hard_swish(self, _operator, inputs, output):
        self.elementwise("HardSwish", inputs, output)


def read_options(operator, kind):
    options = kind()
    table = operator.BuiltinOptions()
    options.Init(table.Bytes, table.Pos)
    return options


def write_model(model: onnx.ModelProto, out: Path) -> None:
    folder = out / "segmenter"
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, folder / "model.onnx")
    index = {"_class_name": "SelfieSegmentation", "segmenter": ["beatloom", "PersonSegmenter"]}
    (out / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")
    files = {}
    for path in (folder / "model.onnx", out / "model_index.json"):
        content = path.read_bytes()
        files[str(path.relative_to(out))] = {"sha256": hashlib.sha256(content).hexdigest(), "sizeBytes": len(content)}
    facts = {"name": "selfie-segmentation", "title": "Selfie segmentation", "licence": "Apache-2.0", "files": files}
    (out / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tflite", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    content = arguments.tflite.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{arguments.tflite} is another version of the network than the one this was checked with.")
    model = Converter(content).convert()
    write_model(model, arguments.out)
    print(f"{len(model.graph.node)} nodes, {(arguments.out / 'segmenter/model.onnx').stat().st_size} bytes")


if __name__ == "__main__":
    main()
