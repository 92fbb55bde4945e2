"""The three encoders: prompt tokens, audio feature rows, picture."""

import torch
import torch.nn.functional as F
from torch import nn

from contract import AUDIO_FEATURES, TEXT_TOKENS, TEXT_WIDTH, WIDTH
from drivers import TRACKS, listen


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """[N, L, C] → [N, heads, L, C / heads]."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


class EncoderLayer(nn.Module):
    """Pre-norm transformer layer over [B, L, C]; `bias` [B, 1, 1, L] is added to the attention logits."""

    def __init__(self, width: int, heads: int, expansion: int):
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_mlp = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            nn.Linear(width, expansion * width), nn.GELU(approximate="tanh"), nn.Linear(expansion * width, width)
        )

    def forward(self, x: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
        q, k, v = (split_heads(part, self.heads) for part in self.qkv(self.norm_attention(x)).chunk(3, -1))
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = x + self.out(attended.transpose(1, 2).flatten(2))
        return x + self.mlp(self.norm_mlp(x))


class TextEncoder(nn.Module):
    """`input_ids` int64 [B, 40], `attention_mask` int64 [B, 40] → [B, 40, 192]."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, TEXT_WIDTH)
        self.positions = nn.Parameter(0.02 * torch.randn(TEXT_TOKENS, TEXT_WIDTH))
        self.layers = nn.ModuleList(EncoderLayer(TEXT_WIDTH, 3, 4) for _ in range(4))
        self.norm = nn.LayerNorm(TEXT_WIDTH)
        nn.init.normal_(self.tokens.weight, std=0.5)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        x = self.tokens(input_ids) + self.positions
        # A large finite bias keeps an empty prompt (every position masked) free of NaN.
        bias = ((attention_mask - 1) * 10000).to(x.dtype)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.norm(x)


class AudioEncoder(nn.Module):
    """
    Feature rows [B, 3T, 7] → one vector per two latent frames [B, T/2, 256].

    Its first channels are the exact envelopes and swings of the two frames, so no expert has to count beats.
    """

    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList(
            (
                nn.Conv1d(AUDIO_FEATURES, 96, 5, padding=2),
                nn.Conv1d(96, 160, 5, stride=3, padding=1),
                nn.Conv1d(160, 224, 4, stride=2, padding=1),
                nn.Conv1d(224, WIDTH - 2 * TRACKS, 3, padding=1),
            )
        )

    def forward(self, input_values: torch.Tensor) -> torch.Tensor:
        x = input_values.transpose(1, 2)
        for index, convolution in enumerate(self.convolutions):
            x = convolution(x if index == 0 else F.silu(x))
        tracks = listen(input_values).tracks().transpose(1, 2).unflatten(1, (-1, 2)).flatten(2)
        return torch.cat((tracks, x.transpose(1, 2)), 2)


PLACE_FEATURES = 21


class ConvStage(nn.Module):
    """A 3×3 convolution (stride 1 or 2) and a residual 3×3 behind it, with group norm."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.enter = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1)
        self.norm = nn.GroupNorm(8, outputs)
        self.refine = nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.enter(x)
        return x + self.refine(F.silu(self.norm(x)))


class ImageEncoder(nn.Module):
    """Picture [B, 3, 4·gh, 4·gw] in 0…1 → tokens [B, ⌈gh/2⌉·⌈gw/2⌉, 256]."""

    def __init__(self):
        super().__init__()
        self.fine = ConvStage(3, 32, 1)
        self.middle = ConvStage(32, 64, 2)
        self.cell = ConvStage(64, 96, 2)
        self.patch = nn.Conv2d(96, WIDTH, 3, stride=2, padding=1)
        self.position = nn.Linear(8, WIDTH)
        self.layers = nn.ModuleList(EncoderLayer(WIDTH, 4, 2) for _ in range(2))
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        cell = self.cell(F.silu(self.middle(F.silu(self.fine(pixel_values * 2 - 1)))))
        patch = self.patch(F.silu(cell))
        rows, columns = patch.shape[2], patch.shape[3]
        x = patch.flatten(2).transpose(1, 2) + self.position(place_features(rows, columns, patch)[:, :8])
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


class MatteFinder(nn.Module):
    """Finds the main subject: picture [B, 3, 4·gh, 4·gw] in 0…1 → matte logits [B, gh, gw]."""

    def __init__(self):
        super().__init__()
        self.fine = ConvStage(3, 48, 1)
        self.middle = ConvStage(48, 96, 2)
        self.cell = ConvStage(96, 160, 2)
        self.patch = nn.Conv2d(160, WIDTH, 3, stride=2, padding=1)
        self.position = nn.Linear(PLACE_FEATURES, WIDTH)
        self.layers = nn.ModuleList(EncoderLayer(WIDTH, 4, 2) for _ in range(4))
        self.norm = nn.LayerNorm(WIDTH)
        self.lift = nn.Linear(WIDTH, 160)
        self.merge = ConvStage(320, 128, 1)
        self.matte = nn.Conv2d(128, 1, 3, padding=1)
        self.dropout = nn.Dropout(0.1)

    def forward(self, pixel_values: torch.Tensor) -> torch.Tensor:
        cell = F.silu(self.cell(F.silu(self.middle(F.silu(self.fine(pixel_values * 2 - 1))))))
        patch = self.patch(cell)
        rows, columns = patch.shape[2], patch.shape[3]
        x = patch.flatten(2).transpose(1, 2) + self.position(place_features(rows, columns, patch))
        for layer in self.layers:
            x = self.dropout(layer(x))
        lifted = self.lift(self.norm(x)).transpose(1, 2).unflatten(2, (rows, columns))
        down, across = (torch.arange(side, device=cell.device) // 2 for side in cell.shape[2:])
        lifted = lifted.index_select(2, down).index_select(3, across)
        return self.matte(F.silu(self.merge(torch.cat((lifted, cell), 1)))).squeeze(1)




def place_features(rows: int, columns: int, like: torch.Tensor) -> torch.Tensor:
    """
    Explicit coordinates of every patch, row-major: [rows·columns, 21].

    x and y run from −1 to 1; the second pair is in half widths, so it carries the aspect.
    """
    y = (2 * torch.arange(rows, device=like.device, dtype=torch.float32) + 1) / rows - 1
    x = (2 * torch.arange(columns, device=like.device, dtype=torch.float32) + 1) / columns - 1
    y, x = y[:, None] + 0 * x[None, :], 0 * y[:, None] + x[None, :]
    aspect = rows / columns
    yw = y * aspect
    parts = [x, y, yw, x * x, y * y, x * y, x * yw, yw * yw, 0 * x + aspect]
    for k in (1, 2, 4):
        angle_x, angle_y = x * (k * torch.pi / 2), y * (k * torch.pi / 2)
        parts += [angle_x.sin(), angle_x.cos(), angle_y.sin(), angle_y.cos()]
    return torch.stack(parts, -1).flatten(0, 1).to(like.dtype)
