"""The speech transformer as an ONNX graph: places, time embedding and the tokens of sound inside, LoRA as inputs.

Batch is 1. Two streams, the clip's tokens and the others', have their own modulation and meet in the products and the
attention. Streams, norms, modulation, rotation, time embedding, the tokens of sound, and the first and last projection
are float32; with half precision the other products, their norms and rotation, and the attention are float16.
"""

from types import SimpleNamespace

import onnx_ir as ir
import torch
from fused_attention import attention, rms_norm, rotated
from graph_builder import END, FUSED, GraphBuilder
from torch import nn
from wan_s2v_audio import LEAD, LEAD_LATENTS
from wan_s2v_model import ADAPTED_EPSILON, EPSILON, SpeechTransformer
from wan_s2v_places import MOTION, REFERENCE_TIME, speeds
from wan_transformer import TransformerGraph

CLIP, OTHERS = 0, 1


class SpeechGraph(TransformerGraph):
    """Shares the linear layers, with and without LoRA, of the graphs for words and pictures."""

    def __init__(self, model: SpeechTransformer, half: bool) -> None:
        self.g = GraphBuilder("wan_s2v_transformer")
        self.model, self.config = model, SimpleNamespace(eps=EPSILON)
        self.dtype = torch.float16 if half else torch.float32
        self.width = model.width
        self.lora: dict[str, dict] = {}

    def build(self, text_width: int, audio_layers: int, audio_width: int) -> GraphBuilder:
        g, model, sides = self.g, self.model, ("height", "width")
        channels = model.patch_embedding.in_channels
        latent = g.input("hidden_states", [1, channels, "frames", *sides])
        time = g.input("timestep", [1])
        text = g.input("encoder_hidden_states", [1, "text_tokens", text_width])
        image = g.input("image_latents", [1, channels, 1, *sides])
        motion = g.input("motion_latents", [1, channels, sum(count for _, count, *_ in MOTION), *sides])
        pose = g.input("pose_latents", [1, model.pose_embedding.in_channels, "frames", *sides])
        audio = g.input("audio_embeds", [1, audio_layers, audio_width, "audio_frames"])
        dropped = g.input("drop_motion_frames", [], torch.bool)
        frames = g.size(latent, 2)
        rows, columns = (g.op("Div", g.size(latent, axis), g.ints(2)) for axis in (3, 4))

        kinds = [g.weight(f"kinds.{at}", row) for at, row in enumerate(model.kinds)]
        clip = g.op("Add", self.patches(latent, "patch_embedding"), self.patches(pose, "pose_embedding"))
        picture = g.op("Add", self.patches(image, "patch_embedding"), kinds[1])
        kept = g.op("Where", dropped, g.ints(0), g.ints(END))
        before = g.op("Add", g.cut(self.motion(motion), 1, 0, kept), kinds[2])
        streams = [g.op("Add", clip, kinds[0]), g.op("Concat", picture, before, axis=1)]
        self.place(frames, rows, columns, kept)
        self.own = g.size(clip, 1)

        embedded, six = self.times(time)
        text = self.full(g.cast(text, self.dtype, torch.float32), "text_embedder.0", self.dtype)
        text = self.full(g.op("FastGelu", text, domain=FUSED), "text_embedder.1", self.dtype)
        overall, tokens = self.sound(audio, audio_width)
        for at, block in enumerate(model.blocks):
            streams = self.block(block, f"blocks.{at}", streams, text, six)
            if at in model.injected:
                heard = self.inject(f"injections.{model.injected.index(at)}", streams[CLIP], overall, tokens, frames)
                streams[CLIP] = g.op("Add", streams[CLIP], heard)
        table = g.op("Add", g.weight("scale_shift_table", model.scale_shift_table[0]), g.cut(embedded, 0, 0, 1))
        shift, scale = (g.reshape(part, -1) for part in g.op("Split", table, axis=0, outputs=2, num_outputs=2))
        out = self.full(self.adapted(streams[CLIP], shift, scale), "proj_out")
        out = g.reshape(out, frames, rows, columns, 2, 2, model.out_channels)
        out = g.reshape(g.op("Transpose", out, perm=[5, 0, 1, 3, 2, 4]), 1, model.out_channels, frames, g.size(latent, 3), -1)
        g.output(out, "out_hidden_states", [1, model.out_channels, "frames", *sides])
        return g

    def patches(self, grid: ir.Value, path: str) -> ir.Value:
        """`[1, channels, F, h, w]` → `[1, tokens, width]`: a convolution whose stride is its kernel, as a product."""
        g, conv = self.g, self.module(path)
        parts = []
        for axis, size in enumerate(conv.kernel_size):
            parts += [g.op("Div", g.size(grid, axis + 2), g.ints(size)), size]
        x = g.op("Transpose", g.reshape(grid, conv.in_channels, *parts), perm=[1, 3, 5, 0, 2, 4, 6])
        weight = g.weight(f"{path}.weight", conv.weight.flatten(1), transposed=True)
        x = g.op("MatMul", g.reshape(x, 1, -1, conv.weight[0].numel()), weight)
        return g.op("Add", x, g.weight(f"{path}.bias", conv.bias))

    def motion(self, latents: ir.Value) -> ir.Value:
        """The latents are oldest first, the tokens newest first."""
        counts = [count for _, count, *_ in MOTION]
        ends = [sum(counts[at:]) for at in range(len(MOTION))]
        parts = [
            self.patches(self.g.cut(latents, 2, end - count, end), f"motion_embedding.{name}")
            for (name, count, *_), end in zip(MOTION, ends, strict=True)
        ]
        return self.g.op("Concat", *parts, axis=1)

    def place(self, frames: ir.Value, rows: ir.Value, columns: ir.Value, kept: ir.Value) -> None:
        """Cosine and sine of every token's angles, `[tokens, head width / 2]`."""
        g = self.g
        sides = [self.counted(size) for size in (rows, columns)]
        grids = [self.angles([self.counted(frames), *sides]), self.angles([g.number(REFERENCE_TIME), *sides])]
        before = []
        for _, _, _, times, shrink in MOTION:
            at = g.weight(f"times.{shrink}", torch.tensor(times, dtype=torch.float32))
            before.append(self.angles([at, *(self.spread(size, shrink) for size in (rows, columns))]))
        angle = g.op("Concat", *grids, g.cut(g.op("Concat", *before, axis=0), 0, 0, kept), axis=0)
        self.cos, self.sin = (g.cast(g.op(part, angle), self.dtype, torch.float32) for part in ("Cos", "Sin"))

    def counted(self, size: ir.Value) -> ir.Value:
        g = self.g
        return g.cast(g.op("Range", *(g.op("Squeeze", part) for part in (g.ints(0), size, g.ints(1)))), torch.float32)

    def spread(self, over: ir.Value, shrink: int) -> ir.Value:
        """over / shrink whole numbers from 0 to over − 1, evenly spread and cut off."""
        g = self.g
        count = g.op("Div", over, g.ints(shrink))
        at = g.op("Range", *(g.op("Squeeze", part) for part in (g.ints(0), count, g.ints(1))))
        gaps = g.op("Max", g.op("Sub", count, g.ints(1)), g.ints(1))
        return g.cast(g.op("Div", g.op("Mul", at, g.op("Sub", over, g.ints(1))), gaps), torch.float32)

    def angles(self, places: list[ir.Value]) -> ir.Value:
        """Of the tokens of a grid in the order time, row, column; places are float32 `[n]`."""
        g, head = self.g, self.width // self.model.heads
        shape = g.op("Concat", *(g.size(g.reshape(at, -1), 0) for at in places), g.ints(1), axis=0)
        parts = []
        for axis, (at, speed) in enumerate(zip(places, speeds(head), strict=True)):
            at = g.reshape(at, *(-1 if axis == place else 1 for place in range(3)), 1)
            parts.append(g.op("Expand", g.op("Mul", at, g.weight(f"speed.{axis}", speed.float())), shape))
        return g.reshape(g.op("Concat", *parts, axis=3), -1, head // 2)

    def times(self, time: ir.Value) -> tuple[ir.Value, ir.Value]:
        """`[1]` → embeddings `[2, width]` of the timestep and of 0, and their modulation `[2, 6, width]`."""
        g, half = self.g, self.model.frequencies
        speed = 10000.0 ** (-torch.arange(half, dtype=torch.float64) / half)
        both = g.op("Concat", time, g.weight("timestep_0", torch.zeros(1)), axis=0)
        angle = g.op("Mul", g.reshape(both, -1, 1), g.weight("time_speed", speed.float()))
        waves = g.op("Concat", g.op("Cos", angle), g.op("Sin", angle), axis=1)
        embedded = self.full(self.silu(self.full(waves, "time_embedder.0")), "time_embedder.1")
        return embedded, g.reshape(self.full(self.silu(embedded), "time_proj"), 2, 6, self.width)

    def silu(self, x: ir.Value) -> ir.Value:
        return self.g.op("Mul", x, self.g.op("Sigmoid", x))

    def plain(self, x: ir.Value, width: int, epsilon: float = EPSILON) -> ir.Value:
        return self.g.op("LayerNormalization", x, self.g.weight(f"ones.{width}", torch.ones(width)), axis=-1, epsilon=epsilon)

    def adapted(self, x: ir.Value, shift: ir.Value, scale: ir.Value) -> ir.Value:
        """shift, scale `[width]`."""
        g = self.g
        return g.op("LayerNormalization", x, g.op("Add", scale, g.number(1)), shift, axis=-1, epsilon=EPSILON)

    def block(self, block: nn.Module, path: str, streams: list, text: ir.Value, six: ir.Value) -> list:
        g = self.g
        rows = g.op("Add", six, g.weight(f"{path}.scale_shift_table", block.scale_shift_table))
        vectors = g.op("Split", g.reshape(rows, 12, self.width), axis=0, outputs=12, num_outputs=12)
        vectors = [g.reshape(vector, -1) for vector in vectors]
        own = (vectors[:6], vectors[6:])
        x = self.joined([self.adapted(part, *own[at][:2]) for at, part in enumerate(streams)])
        x = self.attend(f"{path}.attn1", x, x, self.linear, rotate=True)
        streams = self.all_added(streams, x, [part[2] for part in own])
        norm = [g.weight(f"{path}.norm2.{part}", getattr(block.norm2, part)) for part in ("weight", "bias")]
        x = self.joined([g.op("LayerNormalization", part, *norm, axis=-1, epsilon=EPSILON) for part in streams])
        streams = self.all_added(streams, self.attend(f"{path}.attn2", x, text, self.linear), None)
        x = self.joined([self.adapted(part, *own[at][3:5]) for at, part in enumerate(streams)])
        x = self.linear(x, f"{path}.ffn.net.0.proj", gelu=True)
        return self.all_added(streams, self.linear(x, f"{path}.ffn.net.2"), [part[5] for part in own])

    def joined(self, streams: list[ir.Value]) -> ir.Value:
        return self.g.op("Concat", *(self.g.cast(part, self.dtype, torch.float32) for part in streams), axis=1)

    def all_added(self, streams: list, change: ir.Value, gates: list | None) -> list:
        g, found = self.g, []
        for at, part in enumerate(streams):
            own = g.cut(change, 1, 0, self.own) if at == CLIP else g.cut(change, 1, self.own)
            found.append(self.added(part, own, gates and gates[at]))
        return found

    def attend(self, path: str, x: ir.Value, context: ir.Value, project, rotate=False) -> ir.Value:
        g, heads, pair = self.g, self.model.heads, []
        for source, part in ((x, "q"), (context, "k")):
            weight = g.weight(f"{path}.norm_{part}.weight", self.module(f"{path}.norm_{part}").weight, self.dtype)
            states = rms_norm(g, project(source, f"{path}.to_{part}"), weight, EPSILON)
            if rotate:
                states = rotated(g, states, self.cos, self.sin, heads)
            pair.append(states)
        return project(attention(g, *pair, project(context, f"{path}.to_v"), heads), f"{path}.to_out.0")

    def sound(self, audio: ir.Value, audio_width: int) -> tuple[ir.Value, ir.Value]:
        """`[1, layers, width, 4F]` → the overall tokens `[F, 1, width]`, and the others `[F, 5, width]`."""
        g, part = self.g, self.model.audio_tokens
        mixed = g.op("Mul", audio, g.weight("audio_tokens.shares", part.shares()))
        mixed = g.op("ReduceSum", mixed, g.ints(1), keepdims=0)
        first = g.op("Expand", g.cut(mixed, 2, 0, 1), g.ints(1, audio_width, LEAD))
        mixed = g.op("Concat", first, mixed, axis=2)
        local = self.convolved(mixed, "conv1_local")
        local = self.shortened(g.reshape(local, part.tokens, self.width // 4, -1))
        local = g.op("Transpose", local, perm=[1, 0, 2])
        overall = self.full(self.shortened(self.convolved(mixed, "conv1_global")), "audio_tokens.encoder.final_linear")
        padding = g.weight("audio_tokens.encoder.padding_tokens", part.encoder.padding_tokens[0])
        shape = g.op("Concat", g.size(local, 0), g.ints(1), g.ints(self.width), axis=0)
        tokens = g.op("Concat", local, g.op("Expand", padding, shape), axis=1)
        return g.reshape(overall, -1, 1, self.width), tokens

    def convolved(self, x: ir.Value, name: str) -> ir.Value:
        g, path = self.g, f"audio_tokens.encoder.{name}.conv"
        conv = self.module(path)
        weights = [g.weight(f"{path}.{part}", getattr(conv, part)) for part in ("weight", "bias")]
        return g.op("Conv", g.op("Pad", x, g.ints(0, 0, 2, 0, 0, 0), mode="edge"), *weights, strides=list(conv.stride))

    def shortened(self, x: ir.Value) -> ir.Value:
        g = self.g
        for name, share in (("conv2", 4), ("conv3", 2)):
            x = self.silu(self.plain(g.op("Transpose", x, perm=[0, 2, 1]), self.width // share))
            x = self.convolved(g.op("Transpose", x, perm=[0, 2, 1]), name)
        return g.cut(self.silu(self.plain(g.op("Transpose", x, perm=[0, 2, 1]), self.width)), 1, LEAD_LATENTS)

    def inject(self, path: str, video: ir.Value, overall: ir.Value, tokens: ir.Value, frames: ir.Value) -> ir.Value:
        """What the sound adds to the clip's tokens, `[1, F · n, width]`."""
        g = self.g

        def project(x: ir.Value, name: str) -> ir.Value:
            return self.full(x, name, self.dtype)

        both = project(g.cast(self.silu(overall), self.dtype, torch.float32), f"{path}.linear")
        both = g.cast(both, torch.float32, self.dtype)
        shift, scale = g.op("Split", both, axis=2, outputs=2, num_outputs=2)
        x = self.plain(g.reshape(video, frames, -1, self.width), self.width, ADAPTED_EPSILON)
        x = g.op("Add", g.op("Mul", x, g.op("Add", scale, g.number(1))), shift)
        x, tokens = (g.cast(part, self.dtype, torch.float32) for part in (x, tokens))
        x = self.attend(f"{path}.attention", x, tokens, project)
        return g.reshape(g.cast(x, torch.float32, self.dtype), 1, -1, self.width)
