"""diffusers' WanTransformer3DModel (Wan2.2) as an ONNX graph: position and time embedding inside, LoRA as inputs.

Batch is 1. The residual stream, the norms, the modulation, the rotation, the time embedding and the first and last
projection are float32; with half precision the other products and the attention are float16.

A14B's single timestep modulates through the scale and bias of LayerNormalization. TI2V's timestep per token has at most
two different values in practice (0 for a given first frame), so the time embedding is computed once for each different
value and spread over the tokens.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import onnx_ir as ir
import torch
from diffusers import WanTransformer3DModel
from fused_attention import attention, rms_norm, rotated
from graph_builder import END, FUSED, GraphBuilder
from torch import nn


@dataclass
class Modulation:
    """Shift, scale, gate of one sub-layer, `[width]` each, or `[1, 1 or tokens, width]` with a timestep per token."""

    shift: ir.Value
    scale: ir.Value
    gate: ir.Value | None


class TransformerGraph:
    def __init__(self, model: WanTransformer3DModel, half: bool) -> None:
        config = model.config
        if config.image_dim is not None or config.added_kv_proj_dim is not None:
            raise ValueError("this transformer takes image embeddings (Wan2.1 I2V), which Wan2.2's models do not")
        if config.patch_size[0] != 1:
            raise ValueError(f"patches of {config.patch_size[0]} latent frames are unknown in Wan2.2")
        self.g = GraphBuilder("wan_transformer")
        self.model, self.config = model, config
        self.dtype = torch.float16 if half else torch.float32
        self.width = config.num_attention_heads * config.attention_head_dim
        self.lora: dict[str, dict] = {}

    def build(self, per_token: bool) -> GraphBuilder:
        g, model, config = self.g, self.model, self.config
        down, across = config.patch_size[1:]
        latent = g.input("hidden_states", [1, config.in_channels, "frames", "height", "width"])
        time = g.input("timestep", [1, "tokens"] if per_token else [1])
        text = g.input("encoder_hidden_states", [1, "text_tokens", config.text_dim])
        frames, height, width = (g.size(latent, axis) for axis in (2, 3, 4))
        rows, columns = (g.op("Div", side, g.ints(part)) for side, part in ((height, down), (width, across)))
        states = self.patches(latent, frames, rows, columns)
        self.cos, self.sin = self.rotation(frames, rows, columns)
        embedded, self.spread = self.time_embedding(time, per_token)
        six = self.full(g.op("Mul", embedded, g.op("Sigmoid", embedded)), "condition_embedder.time_proj")
        text = self.text_embedding(text)
        for at, block in enumerate(model.blocks):
            states = self.block(block, f"blocks.{at}", states, text, six)
        shift, scale = self.modulation("scale_shift_table", model.scale_shift_table, embedded, 2)
        out = self.full(self.normed(states, Modulation(shift, scale, None)), "proj_out")
        out = g.reshape(out, frames, rows, columns, down, across, config.out_channels)
        out = g.op("Transpose", out, perm=[5, 0, 1, 3, 2, 4])
        out = g.reshape(out, 1, config.out_channels, frames, height, width)
        g.output(out, "out_hidden_states", [1, config.out_channels, "frames", "height", "width"])
        return g

    def module(self, path: str) -> nn.Module:
        return self.model.get_submodule(path)

    def full(self, x: ir.Value, path: str, dtype: torch.dtype = torch.float32) -> ir.Value:
        """A linear layer without LoRA; x, weights and result are of `dtype`."""
        g, linear = self.g, self.module(path)
        y = g.op("MatMul", x, g.weight(f"{path}.weight", linear.weight, dtype, transposed=True))
        return g.op("Add", y, g.weight(f"{path}.bias", linear.bias, dtype))

    def linear(self, x: ir.Value, path: str, gelu: bool = False) -> ir.Value:
        """
        y = x·W + bias + (x·a)·b, and its GELU where that is asked.
        At rank 0 the branch that is taken leaves the products with a and b out, so LoRA costs nothing.
        """
        g, linear = self.g, self.module(path)
        bias = g.weight(f"{path}.bias", linear.bias, self.dtype)
        names = {part: f"lora.{path}.{part}" for part in "ab"}
        a = g.input(names["a"], [linear.in_features, f"rank.{path}"])
        b = g.input(names["b"], [f"rank.{path}", linear.out_features])
        self.lora[path] = {**names, "in": linear.in_features, "out": linear.out_features}
        used = g.op("Greater", g.op("Squeeze", g.size(a, 1)), g.weight("zero", torch.tensor(0), torch.int64))
        y = g.op("MatMul", x, g.weight(f"{path}.weight", linear.weight, self.dtype, transposed=True))

        def change() -> ir.Value:
            low = g.op("MatMul", x, g.cast(a, self.dtype, torch.float32))
            return g.op("MatMul", low, g.cast(b, self.dtype, torch.float32))

        if gelu:
            # The bias is added within GELU's kernel, so it costs no pass of its own.
            def with_lora() -> ir.Value:
                return g.op("FastGelu", g.op("Add", y, change()), bias, domain=FUSED)

            def without_lora() -> ir.Value:
                return g.op("FastGelu", y, bias, domain=FUSED)

            return g.either(used, with_lora, without_lora)

        def changed_bias() -> ir.Value:
            return g.op("Add", change(), bias)

        def plain_bias() -> ir.Value:
            return g.op("Identity", bias)

        return g.op("Add", y, g.either(used, changed_bias, plain_bias))

    def patches(self, latent: ir.Value, frames: ir.Value, rows: ir.Value, columns: ir.Value) -> ir.Value:
        """`[1, channels, F, h, w]` → `[1, tokens, width]`: the strided convolution as a product."""
        g, conv, config = self.g, self.model.patch_embedding, self.config
        down, across = config.patch_size[1:]
        x = g.reshape(latent, config.in_channels, frames, rows, down, columns, across)
        x = g.op("Transpose", x, perm=[1, 2, 4, 0, 3, 5])
        x = g.reshape(x, 1, -1, config.in_channels * down * across)
        weight = g.weight("patch_embedding.weight", conv.weight.flatten(1), transposed=True)
        return g.op("Add", g.op("MatMul", x, weight), g.weight("patch_embedding.bias", conv.bias))

    def rotation(self, frames: ir.Value, rows: ir.Value, columns: ir.Value) -> tuple[ir.Value, ir.Value]:
        """Cosine and sine of every token's angles, `[tokens, head width / 2]`, theta 10000."""
        g, rope = self.g, self.model.rope
        shape = g.op("Concat", frames, rows, columns, g.ints(1), axis=0)
        angles = []
        for axis, (count, width) in enumerate(zip((frames, rows, columns), (rope.t_dim, rope.h_dim, rope.w_dim), strict=True)):
            speed = 10000.0 ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
            at = g.op("Range", *(g.op("Squeeze", part) for part in (g.ints(0), count, g.ints(1))))
            at = g.reshape(g.cast(at, torch.float32), *(-1 if axis == place else 1 for place in range(3)), 1)
            angle = g.op("Mul", at, g.weight(f"rope.{'thw'[axis]}", speed.float()))
            angles.append(g.op("Expand", angle, shape))
        angle = g.reshape(g.op("Concat", *angles, axis=3), -1, self.config.attention_head_dim // 2)
        return tuple(g.cast(g.op(part, angle), self.dtype, torch.float32) for part in ("Cos", "Sin"))

    def time_embedding(self, time: ir.Value, per_token: bool) -> tuple[ir.Value, ir.Value | None]:
        """
        The embedding `[U, width]` of the U different timesteps, and for each token which of them it has:
        `[tokens]`, or one 0 where all are the same, so that everything after it is computed once.
        """
        g, spread = self.g, None
        if per_token:
            time, _, which, _ = g.op("Unique", g.reshape(time, -1), outputs=4)
            single = g.op("Equal", g.size(time, 0), g.ints(1))
            spread = g.cut(which, 0, 0, g.op("Where", single, g.ints(1), g.ints(END)))
            self.single = g.op("Squeeze", single)
        half = self.config.freq_dim // 2
        speed = 10000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
        angle = g.op("Mul", g.reshape(time, -1, 1), g.weight("time_speed", speed.float()))
        waves = g.op("Concat", g.op("Cos", angle), g.op("Sin", angle), axis=1)
        hidden = self.full(waves, "condition_embedder.time_embedder.linear_1")
        hidden = g.op("Mul", hidden, g.op("Sigmoid", hidden))
        return self.full(hidden, "condition_embedder.time_embedder.linear_2"), spread

    def text_embedding(self, text: ir.Value) -> ir.Value:
        g = self.g
        x = self.full(g.cast(text, self.dtype, torch.float32), "condition_embedder.text_embedder.linear_1", self.dtype)
        x = g.op("FastGelu", x, domain=FUSED)
        return self.full(x, "condition_embedder.text_embedder.linear_2", self.dtype)

    def modulation(self, name: str, table: nn.Parameter, embedded: ir.Value, parts: int) -> list[ir.Value]:
        """Table plus time embedding, cut into its `parts` vectors."""
        g = self.g
        rows = g.op("Add", g.reshape(embedded, -1, 1 if parts == 2 else parts, self.width), g.weight(name, table))
        vectors = g.op("Split", rows, axis=1, outputs=parts, num_outputs=parts)
        if self.spread is None:
            return [g.reshape(vector, -1) for vector in vectors]
        return [g.op("Gather", g.reshape(vector, 1, -1, self.width), self.spread, axis=1) for vector in vectors]

    def normed(self, states: ir.Value, by: Modulation) -> ir.Value:
        """LayerNorm without weights, times 1 + scale, plus shift."""
        g, eps = self.g, self.config.eps
        scale = g.op("Add", by.scale, g.number(1))

        def for_all() -> ir.Value:
            flat = [g.reshape(vector, -1) for vector in (scale, by.shift)]
            return g.op("LayerNormalization", states, *flat, axis=-1, epsilon=eps)

        def for_each() -> ir.Value:
            plain = g.op("LayerNormalization", states, g.weight("ones", torch.ones(self.width)), axis=-1, epsilon=eps)
            return g.op("Add", g.op("Mul", plain, scale), by.shift)

        return for_all() if self.spread is None else g.either(self.single, for_all, for_each)

    def block(self, block: nn.Module, path: str, states: ir.Value, text: ir.Value, six: ir.Value) -> ir.Value:
        g = self.g
        parts = self.modulation(f"{path}.scale_shift_table", block.scale_shift_table, six, 6)
        first, second = Modulation(*parts[:3]), Modulation(*parts[3:])
        x = g.cast(self.normed(states, first), self.dtype, torch.float32)
        states = self.added(states, self.attend(block.attn1, f"{path}.attn1", x, x, rotate=True), first.gate)
        x = states
        if not isinstance(block.norm2, nn.Identity):
            weights = [g.weight(f"{path}.norm2.{part}", getattr(block.norm2, part)) for part in ("weight", "bias")]
            x = g.op("LayerNormalization", states, *weights, axis=-1, epsilon=self.config.eps)
        x = g.cast(x, self.dtype, torch.float32)
        states = self.added(states, self.attend(block.attn2, f"{path}.attn2", x, text, rotate=False))
        x = g.cast(self.normed(states, second), self.dtype, torch.float32)
        x = self.linear(self.linear(x, f"{path}.ffn.net.0.proj", gelu=True), f"{path}.ffn.net.2")
        return self.added(states, x, second.gate)

    def added(self, states: ir.Value, change: ir.Value, gate: ir.Value | None = None) -> ir.Value:
        """The residual stream after a sub-layer; the change is scaled in its own type, half the bytes of float32."""
        g = self.g
        if gate is not None:
            change = g.op("Mul", change, g.cast(gate, self.dtype, torch.float32))
        return g.op("Add", states, g.cast(change, torch.float32, self.dtype))

    def attend(self, module: nn.Module, path: str, x: ir.Value, context: ir.Value, rotate: bool) -> ir.Value:
        """Attention of x to context with its projections. The norms compute in float32 whatever goes in and out."""
        g, heads = self.g, module.heads
        pair = []
        for source, part in ((x, "q"), (context, "k")):
            weight = g.weight(f"{path}.norm_{part}.weight", self.module(f"{path}.norm_{part}").weight, self.dtype)
            states = rms_norm(g, self.linear(source, f"{path}.to_{part}"), weight, self.config.eps)
            if rotate:
                states = rotated(g, states, self.cos, self.sin, heads)
            pair.append(states)
        out = attention(g, *pair, self.linear(context, f"{path}.to_v"), heads)
        return self.linear(out, f"{path}.to_out.0")


def write_lora_map(folder: Path, lora: dict[str, dict]) -> None:
    (folder / "lora_map.json").write_text(json.dumps(lora) + "\n")
