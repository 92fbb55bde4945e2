"""diffusers' AutoencoderKLWan (Wan2.1 and Wan2.2) as two ONNX graphs that take a clip chunk by chunk, exactly.

What a chunk needs of those before it goes in and out as caches; `skip` is 1 for a clip's first chunk and 0 later. A
three-tap convolution over time reads its last two input frames from the cache (zeros at first). A time-upsampler passes
the first `skip` frames through and doubles the rest; a time-downsampler passes them through and takes the rest by twos,
with one frame of cache. The first chunk has at least 2 latent frames (decoder), or 5 frames (encoder). float32 throughout.

The decoder goes through its chunk in rounds of two latent frames, so that memory does not grow with it and the caches
stay where the graph computes: on a graphics device they are gigabytes, which would cross to the processor and back.
"""

import onnx_ir as ir
import torch
from diffusers import AutoencoderKLWan
from fused_attention import attention
from graph_builder import GraphBuilder
from torch import nn

CACHED_TAPS = 2


class VaeGraph:
    """
    Walks the modules; every convolution over time takes the next cache.
    `scale` follows the picture: rows at this place by rows of the latent.
    """

    def __init__(self, name: str, vae: AutoencoderKLWan, scale: int) -> None:
        self.g = GraphBuilder(name)
        self.vae, self.scale = vae, scale
        self.names = {module: path for path, module in vae.named_modules()}
        self.caches: list[dict] = []
        self.facts: dict[str, int] = {}
        self.renewed: list[ir.Value] = []

    def start(self, name: str, channels: int, sides: tuple[str, str]) -> ir.Value:
        self.chunk = self.g.input(name, [1, channels, "frames", *sides])
        self.skip = self.g.input("skip", [1], torch.int64)
        self.held: list[ir.Value] = []
        return self.chunk

    def finish(self) -> None:
        for at, (value, cache) in enumerate(zip(self.renewed, self.caches, strict=True)):
            self.g.output(value, f"new_cache.{at}", self.cache_shape(cache))

    def cache_shape(self, cache: dict) -> list[int | str]:
        sides = [f"cache_{side}_{cache['scale']}" for side in ("rows", "columns")]
        return [1, cache["channels"], cache["frames"], *sides]

    def cache(self, channels: int, frames: int) -> ir.Value:
        at, cache = len(self.caches), {"channels": channels, "frames": frames, "scale": self.scale}
        self.caches.append(cache)
        return self.held[at] if self.held else self.g.input(f"cache.{at}", self.cache_shape(cache))

    def rounds(self, caches: list[dict], latents: int, others: list[ir.Value], decode) -> list[ir.Value]:
        """
        Takes a chunk round by round, `latents` latent frames each, so that caches stay where the graph computes. A clip's
        first chunk begins with zeros whatever `cache.i` hold, which may then be empty.

        @param caches: what one walk asks for. others: values that grow from round to round.
        @param decode: from the latent frames of a round and `others` to the new `others`.
        Returns the last `others`; the caches are renewed.
        """
        g, chunk, skip = self.g, self.chunk, self.skip
        self.facts["latents_of_round"] = latents
        sides = [g.size(chunk, axis) for axis in (3, 4)]
        begins = g.op("Squeeze", g.op("Cast", skip, to=int(ir.DataType.BOOL)))
        held = []
        for at, cache in enumerate(caches):
            given = g.input(f"cache.{at}", self.cache_shape(cache))
            shape = [g.ints(1, cache["channels"], cache["frames"]), *(g.scaled(side, cache["scale"]) for side in sides)]

            def zeros(shape=shape) -> ir.Value:
                return g.op("ConstantOfShape", g.op("Concat", *shape, axis=0))

            def kept(given=given) -> ir.Value:
                return g.op("Identity", given)

            value = g.either(begins, zeros, kept)
            value.type = ir.TensorType(ir.DataType.FLOAT)
            held.append(value)

        def body(at: ir.Value, values: list[ir.Value]) -> list[ir.Value]:
            self.held, self.caches, self.renewed = values[: len(caches)], [], []
            start = g.scaled(g.reshape(at, 1), latents)
            first = g.op("Cast", g.op("Equal", g.reshape(at, 1), g.ints(0)), to=int(ir.DataType.INT64))
            self.skip = g.op("Mul", skip, first)
            part = g.cut(chunk, 2, start, g.op("Add", start, g.ints(latents)))
            more = decode(part, values[len(caches) :])
            return [*self.renewed, *more]

        count = g.op("Div", g.op("Add", g.size(chunk, 2), g.ints(latents - 1)), g.ints(latents))
        done = g.loop(g.op("Squeeze", count), [*held, *others], body)
        self.renewed = done[: len(caches)]
        return done[len(caches) :]

    def weights(self, module: nn.Module) -> list[ir.Value]:
        path = self.names[module]
        flat = module.weight.unsqueeze(2) if module.weight.dim() == 4 else module.weight
        return [self.g.weight(f"{path}.weight", flat), self.g.weight(f"{path}.bias", module.bias)]

    def conv(self, x: ir.Value, module: nn.Module) -> ir.Value:
        """Causal where it looks through time; other convolutions act on every frame by itself."""
        taps, down, across = module.kernel_size if len(module.kernel_size) == 3 else (1, *module.kernel_size)
        if taps == 3:
            x = self.g.op("Concat", self.cache(module.in_channels, CACHED_TAPS), x, axis=2)
            self.renewed.append(self.g.cut(x, 2, -CACHED_TAPS))
        pads = [0, down // 2, across // 2] * 2
        return self.g.op("Conv", x, *self.weights(module), pads=pads)

    def norm(self, x: ir.Value, module: nn.Module) -> ir.Value:
        """x / max(‖x‖, 1e-12) over the channels, times √channels times gamma."""
        g = self.g
        gain = module.gamma.detach().reshape(-1, 1, 1, 1) * module.scale
        length = g.op("ReduceL2", x, g.ints(1), keepdims=1)
        x = g.op("Div", x, g.op("Max", length, g.number(1e-12)))
        return g.op("Mul", x, g.weight(f"{self.names[module]}.gain", gain))

    def silu(self, x: ir.Value) -> ir.Value:
        return self.g.op("Mul", x, self.g.op("Sigmoid", x))

    def residual(self, x: ir.Value, block: nn.Module) -> ir.Value:
        shortcut = x if isinstance(block.conv_shortcut, nn.Identity) else self.conv(x, block.conv_shortcut)
        x = self.conv(self.silu(self.norm(x, block.norm1)), block.conv1)
        x = self.conv(self.silu(self.norm(x, block.norm2)), block.conv2)
        return self.g.op("Add", x, shortcut)

    def attend(self, x: ir.Value, block: nn.Module) -> ir.Value:
        """One head over the pixels of each frame."""
        g, path, width = self.g, self.names[block], block.dim
        sides = [g.size(x, axis) for axis in (3, 4)]
        tokens = g.op("Transpose", self.norm(x, block.norm), perm=[0, 2, 3, 4, 1])
        tokens = g.reshape(tokens, g.size(x, 2), -1, width)
        parts = []
        for part, weight, bias in zip("qkv", block.to_qkv.weight.chunk(3), block.to_qkv.bias.chunk(3), strict=True):
            y = g.op("MatMul", tokens, g.weight(f"{path}.to_{part}.weight", weight.flatten(1), transposed=True))
            parts.append(g.op("Add", y, g.weight(f"{path}.to_{part}.bias", bias)))
        y = attention(g, *parts, 1)
        y = g.op("MatMul", y, g.weight(f"{path}.proj.weight", block.proj.weight.flatten(1), transposed=True))
        y = g.op("Add", y, g.weight(f"{path}.proj.bias", block.proj.bias))
        y = g.op("Transpose", g.reshape(y, 1, -1, *sides, width), perm=[0, 4, 1, 2, 3])
        return g.op("Add", y, x)

    def middle(self, x: ir.Value, block: nn.Module) -> ir.Value:
        x = self.residual(x, block.resnets[0])
        for attend, residual in zip(block.attentions, block.resnets[1:], strict=True):
            x = self.residual(self.attend(x, attend), residual)
        return x

    def head(self, x: ir.Value, half: nn.Module) -> ir.Value:
        return self.conv(self.silu(self.norm(x, half.norm_out)), half.conv_out)

    def upsample(self, x: ir.Value, module: nn.Module) -> ir.Value:
        g = self.g
        if module.mode == "upsample3d":
            untouched, rest = g.cut(x, 2, 0, self.skip), g.cut(x, 2, self.skip)
            sides = [g.size(x, axis) for axis in (3, 4)]
            pairs = g.reshape(self.conv(rest, module.time_conv), 2, module.dim, -1, *sides)
            doubled = g.reshape(g.op("Transpose", pairs, perm=[1, 2, 0, 3, 4]), 1, module.dim, -1, *sides)
            x = g.op("Concat", untouched, doubled, axis=2)
        scales = g.weight("twice", torch.tensor([1.0, 1.0, 1.0, 2.0, 2.0]))
        x = g.op("Resize", x, None, scales, mode="nearest", nearest_mode="floor", coordinate_transformation_mode="asymmetric")
        self.scale *= 2
        return self.conv(x, module.resample[1])

    def downsample(self, x: ir.Value, module: nn.Module) -> ir.Value:
        g = self.g
        x = g.op("Conv", x, *self.weights(module.resample[1]), pads=[0, 0, 0, 0, 1, 1], strides=[1, 2, 2])
        self.scale //= 2
        if module.mode == "downsample3d":
            joined = g.op("Concat", g.cut(self.cache(module.dim, 1), 2, self.skip), x, axis=2)
            self.renewed.append(g.cut(x, 2, -1))
            halved = g.op("Conv", joined, *self.weights(module.time_conv), strides=[2, 1, 1])
            x = g.op("Concat", g.cut(x, 2, 0, self.skip), halved, axis=2)
        return x

    def averaged(self, x: ir.Value, module: nn.Module) -> ir.Value:
        """Wan2.2's shortcut down: pixels of a box and neighbouring channels averaged; an odd first frame meets a zero frame."""
        g, time, space = self.g, module.factor_t, module.factor_s
        if time == 2:
            pads = g.op("Concat", g.ints(0, 0), self.skip, g.ints(0, 0, 0, 0, 0, 0, 0), axis=0)
            x = g.op("Pad", x, pads)
        frames, rows, columns = (g.op("Div", g.size(x, axis), g.ints(by)) for axis, by in ((2, time), (3, space), (4, space)))
        x = g.reshape(x, module.in_channels, frames, time, rows, space, columns, space)
        x = g.op("Transpose", x, perm=[0, 2, 4, 6, 1, 3, 5])
        x = g.reshape(x, module.out_channels, module.group_size, frames, rows, columns)
        return g.op("Unsqueeze", g.op("ReduceMean", x, g.ints(1), keepdims=0), g.ints(0))

    def repeated(self, x: ir.Value, module: nn.Module) -> ir.Value:
        """Wan2.2's shortcut up: channels dealt out to the pixels of a box; the first frame keeps its second copy only."""
        g, time, space = self.g, module.factor_t, module.factor_s
        frames, rows, columns = (g.size(x, axis) for axis in (2, 3, 4))
        x = g.reshape(x, module.in_channels, 1, frames, rows, columns)
        x = g.op("Expand", x, g.ints(1, module.repeats, 1, 1, 1))
        x = g.reshape(x, module.out_channels, time, space, space, frames, rows, columns)
        x = g.op("Transpose", x, perm=[0, 4, 1, 5, 2, 6, 3])
        sides = [g.scaled(side, by) for side, by in ((frames, time), (rows, space), (columns, space))]
        x = g.reshape(x, 1, module.out_channels, *sides)
        return g.cut(x, 2, self.skip) if time == 2 else x
