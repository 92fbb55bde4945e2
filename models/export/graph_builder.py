"""Writes ONNX graphs operator by operator, with weights that are read from torch only while they are saved.

Networks of 14 billion weights pass through here, so a weight is never copied before its bytes go to the disk, and what
is above 1 GB in all lies beside the graph (model.onnx_data), at offsets that onnxruntime can map into memory.
"""

from collections.abc import Sequence
from pathlib import Path

import onnx_ir as ir
import torch

OPSET = 18
FUSED = "com.microsoft"
INLINE_LIMIT = 1_000_000_000
END = 2**62
TYPES = {
    torch.float32: ir.DataType.FLOAT,
    torch.float16: ir.DataType.FLOAT16,
    torch.int64: ir.DataType.INT64,
    torch.bool: ir.DataType.BOOL,
}


class GraphBuilder:
    """One graph in the making; values are onnx_ir values, operators are appended in the order of the calls."""

    def __init__(self, name: str) -> None:
        self.graph = ir.Graph([], [], nodes=[], name=name, opset_imports={"": OPSET, FUSED: 1})
        self.bytes = 0
        self.count = 0

    def input(self, name: str, shape: Sequence[int | str], dtype: torch.dtype = torch.float32) -> ir.Value:
        value = ir.Value(name=name, shape=ir.Shape(shape), type=ir.TensorType(TYPES[dtype]))
        self.graph.inputs.append(value)
        return value

    def output(self, value: ir.Value, name: str, shape: Sequence[int | str], dtype=ir.DataType.FLOAT) -> None:
        named = self.op("Identity", value)
        named.name, named.shape, named.type = name, ir.Shape(shape), ir.TensorType(dtype)
        self.graph.outputs.append(named)

    def op(self, kind: str, *inputs: ir.Value | None, domain: str = "", outputs: int = 1, **attributes):
        """Appends an operator. Returns its output, or a list of them where `outputs` is above 1."""
        self.count += 1
        node = ir.node(kind, list(inputs), attributes, domain=domain, num_outputs=outputs, name=f"{kind}.{self.count}")
        for at, output in enumerate(node.outputs):
            output.name = f"v{self.count}" + (f".{at}" if at else "")
        self.graph.append(node)
        return node.outputs[0] if outputs == 1 else list(node.outputs)

    def weight(self, name: str, tensor: torch.Tensor, dtype: torch.dtype = torch.float32, transposed=False) -> ir.Value:
        """A parameter as the graph's constant, converted and (of matrices) transposed when it is written."""
        if name in self.graph.initializers:
            return self.graph.initializers[name]
        shape = list(reversed(tensor.shape)) if transposed else list(tensor.shape)

        def read() -> ir.TensorProtocol:
            data = tensor.detach().to(dtype)
            return ir.tensor((data.T if transposed else data).contiguous().cpu().numpy(), name=name)

        self.bytes += tensor.numel() * dtype.itemsize
        value = ir.Value(name=name, shape=ir.Shape(shape), type=ir.TensorType(TYPES[dtype]))
        value.const_value = ir.LazyTensor(read, TYPES[dtype], ir.Shape(shape), name=name)
        self.graph.register_initializer(value)
        return value

    def ints(self, *values: int) -> ir.Value:
        """int64, `[n]`; the same numbers are stored once."""
        return self.weight("ints_" + "_".join(map(str, values)), torch.tensor(values, dtype=torch.int64), torch.int64)

    def number(self, value: float, dtype: torch.dtype = torch.float32) -> ir.Value:
        return self.weight(f"number_{value:g}_{str(dtype)[6:]}", torch.tensor(value, dtype=dtype), dtype)

    def cast(self, value: ir.Value, dtype: torch.dtype, inside: torch.dtype | None = None) -> ir.Value:
        """`inside` is the type that `value` has, where that is known: nothing is appended if both are the same."""
        return value if inside == dtype else self.op("Cast", value, to=int(TYPES[dtype]))

    def size(self, value: ir.Value, axis: int) -> ir.Value:
        """The length of one axis, int64 `[1]`."""
        return self.op("Shape", value, start=axis, end=axis + 1)

    def reshape(self, value: ir.Value, *shape: int | ir.Value) -> ir.Value:
        """Numbers and int64 `[1]` values side by side; 0 keeps the axis, −1 is what is left."""
        if all(isinstance(part, int) for part in shape):
            return self.op("Reshape", value, self.ints(*shape))
        parts = [self.ints(part) if isinstance(part, int) else part for part in shape]
        return self.op("Reshape", value, self.op("Concat", *parts, axis=0))

    def cut(self, value: ir.Value, axis: int, start: int | ir.Value = 0, end: int | ir.Value = END) -> ir.Value:
        at = [self.ints(part) if isinstance(part, int) else part for part in (start, end)]
        return self.op("Slice", value, *at, self.ints(axis))

    def scaled(self, value: ir.Value, factor: int) -> ir.Value:
        return self.op("Mul", value, self.ints(factor))

    def either(self, condition: ir.Value, then, otherwise) -> ir.Value:
        """If: both branches are functions that append operators to the builder and return their value."""
        branches = []
        whole = self.graph
        for branch in (then, otherwise):
            self.graph = _Branch(whole)
            result = branch()
            branches.append(ir.Graph([], [result], nodes=self.graph.nodes, name=branch.__name__))
        self.graph = whole
        return self.op("If", condition, then_branch=branches[0], else_branch=branches[1])

    def loop(self, times: ir.Value, carried: list[ir.Value], body) -> list[ir.Value]:
        """
        Loop: `body(at, values)` appends one round's operators and returns the values of the next. `times` is int64 `[]`,
        `at` the round's number, int64 `[]`; the values keep their types and may change their sizes.
        """
        whole, outer = self.graph, self.count
        at = ir.Value(name=f"round.{outer}", shape=ir.Shape([]), type=ir.TensorType(ir.DataType.INT64))
        going = ir.Value(name=f"going.{outer}", shape=ir.Shape([]), type=ir.TensorType(ir.DataType.BOOL))
        held = [ir.Value(name=f"held.{outer}.{place}", type=value.type) for place, value in enumerate(carried)]
        self.graph = _Branch(whole)
        renewed = [self.op("Identity", value) for value in (going, *body(at, held))]
        inner = ir.Graph([at, going, *held], renewed, nodes=self.graph.nodes, name=f"round_{outer}")
        self.graph = whole
        always = self.weight("always", torch.tensor(True), torch.bool)
        return self.op("Loop", times, always, *carried, outputs=len(carried), body=inner)

    def save(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "model.onnx"
        model = ir.Model(self.graph, ir_version=10, producer_name="beatloom")
        if self.bytes < INLINE_LIMIT:
            ir.save(model, path)
        else:
            ir.save(model, path, external_data="model.onnx_data", size_threshold_bytes=1024, alignment=65536)
        return path


class _Branch:
    """Stands in for the graph while a branch is built: operators go to the branch, weights to the whole graph."""

    def __init__(self, whole: ir.Graph) -> None:
        self.whole = whole
        self.nodes: list[ir.Node] = []

    def append(self, node: ir.Node) -> None:
        self.nodes.append(node)

    @property
    def initializers(self):
        return self.whole.initializers

    def register_initializer(self, value: ir.Value) -> None:
        self.whole.register_initializer(value)
