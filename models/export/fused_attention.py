"""Attention as com.microsoft::MultiHeadAttention, which onnxruntime computes without storing the scores where it can."""

import onnx_ir as ir
from graph_builder import FUSED, GraphBuilder


def attention(g: GraphBuilder, query: ir.Value, key: ir.Value, value: ir.Value, heads: int) -> ir.Value:
    """softmax(query · keyᵀ / √(width / heads)) · value; all `[batch, tokens, width]`."""
    return g.op("MultiHeadAttention", query, key, value, domain=FUSED, num_heads=heads)


def rotated(g: GraphBuilder, states: ir.Value, cos: ir.Value, sin: ir.Value, heads: int) -> ir.Value:
    """
    Turns neighbouring pairs of each head's channels.
    states `[1, tokens, width]`; cos, sin `[tokens, head width / 2]` of the same type.
    """
    return g.op(
        "RotaryEmbedding", states, g.ints(0), cos, sin, domain=FUSED, interleaved=1, num_heads=heads
    )  # fmt: skip


def rms_norm(g: GraphBuilder, states: ir.Value, weight: ir.Value, epsilon: float) -> ir.Value:
    return g.op("SimplifiedLayerNormalization", states, weight, axis=-1, epsilon=epsilon, stash_type=1)
