"""The encoder and the decoder of Wan's VAE, built from the pieces of wan_vae.py."""

import onnx_ir as ir
from diffusers import AutoencoderKLWan
from wan_vae import VaeGraph

LATENTS_OF_ROUND = 2
NO_SHADE = ir.tensor([0], dtype=ir.DataType.UINT8)
KINDS = {"WanResidualBlock": "residual", "WanAttentionBlock": "attend", "WanResample": "downsample"}


def spatial(vae: AutoencoderKLWan) -> tuple[int, int]:
    """Sides of the picture, and of what the first convolution sees, by sides of the latent."""
    inner = 2 ** (len(vae.config.dim_mult) - 1)
    return inner * (vae.config.patch_size or 1), inner


def encoder_graph(vae: AutoencoderKLWan) -> VaeGraph:
    """`sample` `[1, 3, n, H, W]` → `latent_parameters` `[1, 2z, m, h, w]`, mean then log variance."""
    whole, inner = spatial(vae)
    graph = VaeGraph("wan_vae_encoder", vae, inner)
    encoder, patch = vae.encoder, vae.config.patch_size or 1
    x = graph.start("sample", encoder.conv_in.in_channels // patch**2, ("height", "width"))
    x = graph.conv(folded(graph, x, patch), encoder.conv_in)
    for block in encoder.down_blocks:
        kind = type(block).__name__
        x = residual_down(graph, x, block) if kind == "WanResidualDownBlock" else getattr(graph, KINDS[kind])(x, block)
    x = graph.head(graph.middle(x, encoder.mid_block), encoder)
    x = graph.conv(x, vae.quant_conv)
    graph.g.output(x, "latent_parameters", [1, 2 * vae.config.z_dim, "latent_frames", "latent_height", "latent_width"])
    graph.finish()
    return graph


def residual_down(graph: VaeGraph, x: ir.Value, block) -> ir.Value:
    shortcut = graph.averaged(x, block.avg_shortcut)
    for residual in block.resnets:
        x = graph.residual(x, residual)
    if block.downsampler is not None:
        x = graph.downsample(x, block.downsampler)
    return graph.g.op("Add", x, shortcut)


def decoder_graph(vae: AutoencoderKLWan) -> VaeGraph:
    """`latent_sample` `[1, z, n, h, w]` → `frames` uint8 `[F, H, W, 3]` and `sample` `[1, 3, F, H, W]` in −1 … 1."""
    graph, (side, _) = VaeGraph("wan_vae_decoder", vae, 1), spatial(vae)
    g = graph.g
    colours = vae.decoder.conv_out.out_channels // (vae.config.patch_size or 1) ** 2
    chunk = graph.start("latent_sample", vae.config.z_dim, ("latent_height", "latent_width"))
    height, width = (g.scaled(g.size(chunk, axis), side) for axis in (3, 4))
    frames = g.op("ConstantOfShape", g.op("Concat", g.ints(0), height, width, g.ints(colours), axis=0), value=NO_SHADE)
    sample = g.op("ConstantOfShape", g.op("Concat", g.ints(1, colours, 0), height, width, axis=0))
    frames.type, sample.type = (ir.TensorType(kind) for kind in (ir.DataType.UINT8, ir.DataType.FLOAT))

    def decode(part: ir.Value, before: list[ir.Value]) -> list[ir.Value]:
        graph.scale = 1
        x = decoded_part(graph, part)
        shades = g.op("Round", g.op("Mul", g.op("Add", x, g.number(1)), g.number(127.5)))
        rows = g.op("Transpose", g.op("Cast", shades, to=int(ir.DataType.UINT8)), perm=[0, 2, 3, 4, 1])
        rows = g.op("Squeeze", rows, g.ints(0))
        return [g.op("Concat", before[0], rows, axis=0), g.op("Concat", before[1], x, axis=2)]

    frames, sample = graph.rounds(caches_of(vae), LATENTS_OF_ROUND, [frames, sample], decode)
    sides = ["sample_frames", "height", "width"]
    g.output(frames, "frames", [*sides, colours], ir.DataType.UINT8)
    g.output(sample, "sample", [1, colours, *sides])
    graph.finish()
    return graph


def caches_of(vae: AutoencoderKLWan) -> list[dict]:
    """What one walk through the decoder asks for, found by walking once."""
    graph = VaeGraph("walk", vae, 1)
    decoded_part(graph, graph.start("latent_sample", vae.config.z_dim, ("latent_height", "latent_width")))
    return graph.caches


def decoded_part(graph: VaeGraph, x: ir.Value) -> ir.Value:
    """A few latent frames → their pictures, −1 … 1."""
    g, vae, decoder = graph.g, graph.vae, graph.vae.decoder
    x = graph.conv(graph.conv(x, vae.post_quant_conv), decoder.conv_in)
    x = graph.middle(x, decoder.mid_block)
    for block in decoder.up_blocks:
        x = up(graph, x, block)
    x = unfolded(graph, graph.head(x, decoder), vae.config.patch_size or 1)
    return g.op("Clip", x, g.number(-1), g.number(1))


def up(graph: VaeGraph, x: ir.Value, block) -> ir.Value:
    """Wan2.1's blocks hold their upsampler in a list; Wan2.2's have one, and a shortcut around everything."""
    shortcut = getattr(block, "avg_shortcut", None)
    around = None if shortcut is None else graph.repeated(x, shortcut)
    for residual in block.resnets:
        x = graph.residual(x, residual)
    upsamplers = getattr(block, "upsamplers", None) or [getattr(block, "upsampler", None)]
    if upsamplers[0] is not None:
        x = graph.upsample(x, upsamplers[0])
    return x if around is None else graph.g.op("Add", x, around)


def folded(graph: VaeGraph, x: ir.Value, patch: int) -> ir.Value:
    """Pixels of a patch become channels: colour, then column, then row within the patch."""
    if patch == 1:
        return x
    g = graph.g
    frames, height, width = (g.size(x, axis) for axis in (2, 3, 4))
    rows, columns = (g.op("Div", side, g.ints(patch)) for side in (height, width))
    colours = graph.vae.encoder.conv_in.in_channels // patch**2
    x = g.reshape(x, colours, frames, rows, patch, columns, patch)
    x = g.op("Transpose", x, perm=[0, 5, 3, 1, 2, 4])
    return g.reshape(x, 1, colours * patch**2, frames, rows, columns)


def unfolded(graph: VaeGraph, x: ir.Value, patch: int) -> ir.Value:
    if patch == 1:
        return x
    g = graph.g
    frames, rows, columns = (g.size(x, axis) for axis in (2, 3, 4))
    colours = graph.vae.decoder.conv_out.out_channels // patch**2
    x = g.reshape(x, colours, patch, patch, frames, rows, columns)
    x = g.op("Transpose", x, perm=[0, 3, 4, 2, 5, 1])
    return g.reshape(x, 1, colours, frames, g.scaled(rows, patch), g.scaled(columns, patch))
