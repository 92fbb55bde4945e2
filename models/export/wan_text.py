"""UMT5's encoder as an ONNX graph: tokens and mask → last_hidden_state.

With half precision the residual stream, the norms, the softmax and the output projection of the feed-forward part stay
float32: the last overflows in float16.
"""

import onnx_ir as ir
import torch
from graph_builder import FUSED, GraphBuilder
from torch import nn
from transformers import UMT5EncoderModel

LEAST = -1e9


class TextGraph:
    def __init__(self, model: UMT5EncoderModel, half: bool) -> None:
        config = model.config
        if not (config.is_gated_act and config.dense_act_fn == "gelu_new"):
            raise ValueError(f"a feed-forward part of the kind {config.feed_forward_proj} is unknown in UMT5")
        self.g = GraphBuilder("umt5_encoder")
        self.model, self.config = model, config
        self.dtype = torch.float16 if half else torch.float32

    def build(self) -> GraphBuilder:
        g, config = self.g, self.config
        ids = g.input("input_ids", ["batch", "sequence"], torch.int64)
        mask = g.input("attention_mask", ["batch", "sequence"], torch.int64)
        states = g.op("Gather", g.weight("shared.weight", self.model.shared.weight, self.dtype), ids)
        states = g.cast(states, torch.float32, self.dtype)
        hidden = g.op("Mul", g.op("Sub", g.number(1), g.cast(mask, torch.float32)), g.number(LEAST))
        hidden = g.op("Unsqueeze", hidden, g.ints(1, 2))
        buckets = self.buckets(g.size(ids, 1))
        for at, block in enumerate(self.model.encoder.block):
            path = f"encoder.block.{at}.layer"
            attention, forward = block.layer[0], block.layer[-1]
            x = self.normed(states, attention.layer_norm, f"{path}.0.layer_norm")
            states = g.op("Add", states, self.attend(x, attention.SelfAttention, f"{path}.0.SelfAttention", hidden, buckets))
            x = self.normed(states, forward.layer_norm, f"{path}.1.layer_norm")
            states = g.op("Add", states, self.forward(x, forward.DenseReluDense, f"{path}.1.DenseReluDense"))
        out = self.normed(states, self.model.encoder.final_layer_norm, "encoder.final_layer_norm")
        g.output(out, "last_hidden_state", ["batch", "sequence", config.d_model])
        return g

    def normed(self, x: ir.Value, norm: nn.Module, path: str) -> ir.Value:
        weight = self.g.weight(f"{path}.weight", norm.weight)
        return self.g.op("SimplifiedLayerNormalization", x, weight, axis=-1, epsilon=norm.variance_epsilon, stash_type=1)

    def product(self, x: ir.Value, linear: nn.Linear, path: str, dtype: torch.dtype) -> ir.Value:
        return self.g.op("MatMul", x, self.g.weight(f"{path}.weight", linear.weight, dtype, transposed=True))

    def buckets(self, length: ir.Value) -> ir.Value:
        """For each pair of places the row of the bias table, `[sequence, sequence]`; far ones share the outermost rows."""
        g, far = self.g, self.config.relative_attention_max_distance
        first = self.model.encoder.block[0].layer[0].SelfAttention
        table = first._relative_position_bucket(torch.arange(-far, far + 1))
        at = g.op("Range", *(g.op("Squeeze", part) for part in (g.ints(0), length, g.ints(1))))
        away = g.op("Sub", g.op("Unsqueeze", at, g.ints(0)), g.op("Unsqueeze", at, g.ints(1)))
        away = g.op("Max", g.op("Min", away, g.ints(far)), g.ints(-far))
        return g.op("Gather", g.weight("buckets", table, torch.int64), g.op("Add", away, g.ints(far)))

    def attend(self, x: ir.Value, module: nn.Module, path: str, hidden: ir.Value, buckets: ir.Value) -> ir.Value:
        """Scores are not scaled; every layer has a bias table of its own."""
        g, heads, width = self.g, self.config.num_heads, self.config.d_kv
        x = g.cast(x, self.dtype, torch.float32)
        products = (self.product(x, getattr(module, part), f"{path}.{part}", self.dtype) for part in "qkv")
        query, key, value = (
            g.op("Transpose", g.reshape(product, 0, -1, heads, width), perm=perm)
            for product, perm in zip(products, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
        )
        table = g.weight(f"{path}.relative_attention_bias.weight", module.relative_attention_bias.weight)
        bias = g.op("Transpose", g.op("Gather", table, buckets), perm=[2, 0, 1])
        scores = g.cast(g.op("MatMul", query, key), torch.float32, self.dtype)
        scores = g.op("Softmax", g.op("Add", scores, g.op("Add", bias, hidden)), axis=-1)
        out = g.op("MatMul", g.cast(scores, self.dtype, torch.float32), value)
        out = g.reshape(g.op("Transpose", out, perm=[0, 2, 1, 3]), 0, -1, heads * width)
        return g.cast(self.product(out, module.o, f"{path}.o", self.dtype), torch.float32, self.dtype)

    def forward(self, x: ir.Value, module: nn.Module, path: str) -> ir.Value:
        g = self.g
        x = g.cast(x, self.dtype, torch.float32)
        gate, straight = (
            g.cast(self.product(x, getattr(module, part), f"{path}.{part}", self.dtype), torch.float32, self.dtype)
            for part in ("wi_0", "wi_1")
        )
        x = g.op("Mul", g.op("FastGelu", gate, domain=FUSED), straight)
        return self.product(x, module.wo, f"{path}.wo", torch.float32)
