"""
How weights are stored in an ONNX file: every format keeps arithmetic in float32.

int8: weights of matrix products and convolutions in int8 with one scale per output channel, other large ones in float16.
float16: all large weights in float16. float32: as they are.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LARGE = 2048
"""Elements from which a float weight is stored in fewer bits."""


def fold_transposes(model: onnx.ModelProto) -> None:
    """Replaces transposes of stored weights by stored transposes, which the quantiser needs to see as constants."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type == "Transpose" and node.input[0] in stored]:
        order = helper.get_node_attr_value(node, "perm")
        turned = np.ascontiguousarray(numpy_helper.to_array(stored[node.input[0]]).transpose(order))
        model.graph.initializer.append(numpy_helper.from_array(turned, node.output[0]))
        model.graph.node.remove(node)
    drop_unused(model)


def drop_unused(model: onnx.ModelProto) -> None:
    """Removes stored tensors that no node reads."""
    used = {name for node in model.graph.node for name in node.input}
    for tensor in [tensor for tensor in model.graph.initializer if tensor.name not in used]:
        model.graph.initializer.remove(tensor)


def store_half(model: onnx.ModelProto) -> None:
    """Stores large float32 weights as float16 followed by a Cast."""
    for tensor in list(model.graph.initializer):
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < LARGE:
            continue
        half = f"{tensor.name}_half"
        model.graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), half))
        model.graph.node.insert(0, helper.make_node("Cast", [half], [tensor.name], to=TensorProto.FLOAT))
        model.graph.initializer.remove(tensor)


def store_bytes(model: onnx.ModelProto) -> None:
    """
    Stores the large weights of matrix products and convolutions as int8 with one float32 scale per output channel.

    Products themselves stay in float32: quantising activations too (as `quantize_dynamic` does) lost most of the
    light's dynamics in the sampler.
    """
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in [node for node in model.graph.node if node.op_type in ("MatMul", "Gemm", "Conv")]:
        tensor = stored.pop(node.input[1], None)
        if tensor is None or len(tensor.dims) < 2 or np.prod(tensor.dims) < LARGE:
            continue
        first = node.op_type == "Conv" or any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
        values = numpy_helper.to_array(tensor)
        across = tuple(range(1, values.ndim)) if first else 0
        scale = np.maximum(np.abs(values).max(across, keepdims=True), 1e-8) / 127
        whole, scales, wide = f"{tensor.name}_int8", f"{tensor.name}_scale", f"{tensor.name}_wide"
        model.graph.initializer.append(numpy_helper.from_array(np.rint(values / scale).astype(np.int8), whole))
        model.graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), scales))
        model.graph.node.insert(0, helper.make_node("Mul", [wide, scales], [tensor.name]))
        model.graph.node.insert(0, helper.make_node("Cast", [whole], [wide], to=TensorProto.FLOAT))
        model.graph.initializer.remove(tensor)


FORMATS = {"int8": (store_bytes, store_half), "float16": (store_half,), "float32": ()}
"""What is done to a float32 file's weights, in this order."""


def drop_traces(model: onnx.ModelProto) -> None:
    """Takes out what tracing wrote beside nodes and values: source lines, a tenth of the file."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""


def compress(source: Path, target: Path, stored_as: str) -> None:
    """Stores a float32 file's weights in one of `FORMATS`."""
    model = onnx.load(source)
    model.graph.ClearField("value_info")
    drop_traces(model)
    fold_transposes(model)
    for store in FORMATS[stored_as]:
        store(model)
    onnx.checker.check_model(model)
    onnx.save(model, target)
