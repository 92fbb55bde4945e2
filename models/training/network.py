"""A denoising expert: a transformer over motion and light fields with a camera token in every frame."""

import torch
import torch.nn.functional as F
from torch import nn

from contract import LATENT_RATE, WIDTH
from drivers import TRACKS
from encoders import PLACE_FEATURES, AudioEncoder, ImageEncoder, MatteFinder, TextEncoder, place_features, split_heads
from reader import READING_FEATURES, PlanReader, Reading, gate_matrix
from score import SCORE_FEATURES, write_score
from sketch import Sketch

HEADS = 4
BLOCKS = 6
CONDITION = 96
NOISE_FEATURES = 128
TIME_FREQUENCIES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0, 2.0)
"""Hertz, of the sines that tell a frame how far it is from the first one."""


class DepthwiseConvolution(nn.Module):
    """3×3 depthwise convolution of [N, rows, columns, C], all zeros before training."""

    as_convolution = False
    """Export writes one Conv node; training uses nine shifted products, which the compiler fuses."""

    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(9, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.as_convolution:
            kernel = self.weight.t().reshape(-1, 1, 3, 3)
            return F.conv2d(x.permute(0, 3, 1, 2), kernel, padding=1, groups=kernel.shape[0]).permute(0, 2, 3, 1)
        rows, columns = x.shape[1], x.shape[2]
        padded = F.pad(x, (0, 0, 1, 1, 1, 1))
        weight = self.weight.to(x.dtype)
        return sum(
            padded[:, i : i + rows, j : j + columns] * weight[3 * i + j] for i in range(3) for j in range(3)
        )


def rotate(x: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    """Rotary position embedding of [N, heads, L, D] with angles [L, D/2]."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cosine - b * sine, a * sine + b * cosine), -1)


class Block(nn.Module):
    """Attention within a frame, attention along time at one place, MLP; all adaLN-zero."""

    def __init__(self):
        super().__init__()
        self.modulation = nn.Linear(CONDITION, 9 * WIDTH)
        self.space_qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.space_out = nn.Linear(WIDTH, WIDTH)
        self.time_qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.time_out = nn.Linear(WIDTH, WIDTH)
        self.neighbours = DepthwiseConvolution(WIDTH)
        self.mlp_in = nn.Linear(WIDTH, 4 * WIDTH)
        self.mlp_out = nn.Linear(4 * WIDTH, WIDTH)
        nn.init.zeros_(self.modulation.weight)
        nn.init.zeros_(self.modulation.bias)

    def forward(self, x, condition, cosine, sine, rows: int, columns: int):
        """
        x [B, F, 1 + rows·columns, C] (camera token first), condition [B, F, 96], rotary angles [F, C / heads / 2].
        """
        batch, frames, places, _ = x.shape
        modulation = self.modulation(condition)[:, :, None]
        shift_s, scale_s, gate_s, shift_t, scale_t, gate_t, shift_m, scale_m, gate_m = modulation.chunk(9, -1)

        h = F.layer_norm(x, (WIDTH,)) * (1 + scale_s) + shift_s
        q, k, v = self.space_qkv(h.flatten(0, 1)).chunk(3, -1)
        attended = F.scaled_dot_product_attention(split_heads(q, HEADS), split_heads(k, HEADS), split_heads(v, HEADS))
        attended = attended.transpose(1, 2).flatten(2)
        x = x + gate_s * self.space_out(attended).unflatten(0, (batch, frames))

        h = F.layer_norm(x, (WIDTH,)) * (1 + scale_t) + shift_t
        q, k, v = self.time_qkv(h.transpose(1, 2).flatten(0, 1)).chunk(3, -1)
        q = rotate(split_heads(q, HEADS), cosine, sine)
        k = rotate(split_heads(k, HEADS), cosine, sine)
        attended = F.scaled_dot_product_attention(q, k, split_heads(v, HEADS)).transpose(1, 2).flatten(2)
        x = x + gate_t * self.time_out(attended).unflatten(0, (batch, places)).transpose(1, 2)

        h = F.layer_norm(x, (WIDTH,)) * (1 + scale_m) + shift_m
        cells = h[:, :, 1:].flatten(0, 1).unflatten(1, (rows, columns))
        spread = self.neighbours(cells).flatten(1, 2).unflatten(0, (batch, frames))
        h = torch.cat((h[:, :, :1], h[:, :, 1:] + spread), 2)
        return x + gate_m * self.mlp_out(F.gelu(self.mlp_in(h), approximate="tanh"))


def waves(value: torch.Tensor, frequencies: torch.Tensor) -> torch.Tensor:
    """Sines and cosines of value [...] at the given angular frequencies [K]: [..., 2K]."""
    angle = value[..., None] * frequencies
    return torch.cat((angle.sin(), angle.cos()), -1)


class Expert(nn.Module):
    """
    Predicts the clean latent x0 from a noisy one.

    It first reads the plan from the encoded prompt. Channels that the plan does not ask for are exactly zero;
    everything else is proportional to `strength`, so strength 0 is exactly still; local flow is confined to the
    neighbourhood of the matte. The first answer is a sketch (`sketch.py`): score times maps over the picture; the
    transformer adds to it.
    """

    def __init__(self):
        super().__init__()
        self.fields_in = nn.Linear(7 * 8, WIDTH)
        self.camera_in = nn.Linear(8, WIDTH)
        self.matte_in = nn.Linear(4, WIDTH)
        self.image_in = nn.Linear(WIDTH, WIDTH)
        self.place_in = nn.Linear(PLACE_FEATURES, WIDTH)
        self.frame_in = nn.Linear(1 + 2 * len(TIME_FREQUENCIES), WIDTH)
        self.audio_in = nn.Linear(WIDTH, WIDTH)
        self.noise_in = nn.Sequential(nn.Linear(NOISE_FEATURES + 8, WIDTH), nn.SiLU(), nn.Linear(WIDTH, WIDTH))
        self.reader = PlanReader()
        self.plan_in = nn.Sequential(nn.Linear(READING_FEATURES, WIDTH), nn.SiLU(), nn.Linear(WIDTH, 2 * WIDTH))
        self.score_in = nn.Linear(2 * SCORE_FEATURES, WIDTH)
        self.score_condition = nn.Linear(2 * SCORE_FEATURES, WIDTH)
        self.audio_condition = nn.Linear(WIDTH, WIDTH)
        self.condition = nn.Linear(WIDTH, CONDITION)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.last_modulation = nn.Linear(CONDITION, 2 * WIDTH)
        self.fields_out = nn.Linear(WIDTH, 7 * 8)
        self.camera_out = nn.Linear(WIDTH, 8)
        self.sketch = Sketch()
        for layer in (self.fields_out, self.camera_out, self.last_modulation):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        self.register_buffer("gates", gate_matrix(), persistent=False)
        self.register_buffer("noise_frequencies", torch.logspace(0, 2.3, NOISE_FEATURES // 2), persistent=False)
        self.register_buffer("strength_frequencies", torch.tensor([0.5, 1.0, 2.0, 4.0]), persistent=False)
        self.register_buffer("time_frequencies", 2 * torch.pi * torch.tensor(TIME_FREQUENCIES), persistent=False)
        half = WIDTH // HEADS // 2
        self.register_buffer("rotary", 100.0 ** (-torch.arange(half) / half), persistent=False)

    def forward(self, fields, camera, sigma, text, text_mask, audio, image, matte, strength):
        """
        fields [B, T, 7, gh, gw], camera [B, T, 4], sigma [B] in 0…1, text [B, 40, 192], text_mask [B, 40],
        audio [B, T/2, 256], image [B, P, 256], matte [B, gh, gw], strength [B] → x0 of fields and camera.
        """
        rows, columns = fields.shape[3], fields.shape[4]
        frames = fields.shape[1] // 2

        mask = text_mask.to(text.dtype)[..., None]
        reading = self.reader(text * mask, mask)
        open_fields, open_camera = (reading.present @ self.gates).clamp(max=1).split((7, 4), 1)
        open_fields, open_camera = open_fields[:, None, :, None, None], open_camera[:, None]
        padded_fields, padded_matte = pad_to_even(fields * open_fields), pad_to_even(matte)
        patch_rows, patch_columns = padded_fields.shape[3] // 2, padded_fields.shape[4] // 2
        plan_condition, plan_token = self.plan_in(reading.features()).chunk(2, -1)
        courses = self.score_of(reading, audio, fields.shape[1])
        score = courses.unflatten(1, (-1, 2)).flatten(2).to(text.dtype)
        sketch_fields, sketch_camera = self.sketch(courses, image, matte, padded_matte)

        seconds = (torch.arange(frames, device=fields.device, dtype=torch.float32) + 0.5) * (2 / LATENT_RATE)
        time = torch.cat((seconds[:, None] / 8, waves(seconds, self.time_frequencies)), -1).to(text.dtype)
        frame = self.frame_in(time) + self.audio_in(audio) + self.score_in(score) + plan_token[:, None]
        place = self.image_in(image) + self.matte_in(matte_patches(padded_matte))
        place = place + self.place_in(place_features(patch_rows, patch_columns, text))

        cells = padded_fields.unflatten(1, (frames, 2)).unflatten(4, (patch_rows, 2)).unflatten(6, (patch_columns, 2))
        cells = cells.permute(0, 1, 4, 6, 3, 2, 5, 7).flatten(4).flatten(2, 3)
        tokens = self.fields_in(cells) + place[:, None] + frame[:, :, None]
        lens = self.camera_in((camera * open_camera).unflatten(1, (frames, 2)).flatten(2)) + frame
        x = torch.cat((lens[:, :, None], tokens), 2)

        level = torch.cat((waves(sigma, self.noise_frequencies), waves(strength, self.strength_frequencies)), -1)
        condition = self.noise_in(level.to(text.dtype)) + plan_condition
        condition = condition[:, None] + self.audio_condition(audio) + self.score_condition(score)
        condition = F.silu(self.condition(F.silu(condition)))

        angle = seconds[:, None] * (LATENT_RATE / 2) * self.rotary
        cosine, sine = angle.cos().to(text.dtype), angle.sin().to(text.dtype)
        for block in self.blocks:
            x = block(x, condition, cosine, sine, patch_rows, patch_columns)

        shift, scale = self.last_modulation(condition)[:, :, None].chunk(2, -1)
        x = F.layer_norm(x, (WIDTH,)) * (1 + scale) + shift
        clean_camera = self.camera_out(x[:, :, 0]).unflatten(2, (2, 4)).flatten(1, 2).float() + sketch_camera
        cells = self.fields_out(x[:, :, 1:]).unflatten(3, (7, 2, 2, 2)).unflatten(2, (patch_rows, patch_columns))
        cells = cells.permute(0, 1, 5, 4, 2, 6, 3, 7).flatten(6, 7).flatten(4, 5).flatten(1, 2)
        clean_fields = cells.float() + sketch_fields
        # Not a slice: the exporter cannot tell that an odd grid is the smaller one.
        down, across = (torch.arange(side, device=fields.device) for side in (rows, columns))
        clean_fields = clean_fields.index_select(3, down).index_select(4, across)

        reach = reach_of(matte.float())[:, None, None]
        parts = (clean_fields[:, :, :2], clean_fields[:, :, 2:4] * reach, clean_fields[:, :, 4:])
        amount = strength.float()[:, None, None]
        return torch.cat(parts, 2) * open_fields * amount[..., None, None], clean_camera * open_camera * amount

    def score_of(self, reading: Reading, audio: torch.Tensor, frames: int) -> torch.Tensor:
        """The score of every frame, [B, T, SCORE_FEATURES]; the exact tracks lead every vector of the encoded sound."""
        tracks = audio[..., : 2 * TRACKS].unflatten(2, (2, TRACKS)).flatten(1, 2).float()
        seconds = torch.arange(frames, device=audio.device, dtype=torch.float32) / LATENT_RATE
        return write_score(reading, tracks, seconds)


def pad_to_even(x: torch.Tensor) -> torch.Tensor:
    """Repeats the last row and column where the grid is odd (21×21 → 22×22)."""
    for axis in (-2, -1):
        size = x.shape[axis]
        index = torch.arange((size + 1) // 2 * 2, device=x.device).clamp(max=size - 1)
        x = x.index_select(axis, index)
    return x


def matte_patches(matte: torch.Tensor) -> torch.Tensor:
    """[B, 2r, 2c] → [B, r·c, 4]."""
    rows, columns = matte.shape[1] // 2, matte.shape[2] // 2
    return matte.unflatten(1, (rows, 2)).unflatten(3, (columns, 2)).permute(0, 1, 3, 2, 4).flatten(3).flatten(1, 2)


def reach_of(matte: torch.Tensor) -> torch.Tensor:
    """Where local flow may be non-zero: the matte and two cells around it. [B, gh, gw] in 0…1."""
    return (1.5 * F.max_pool2d(matte[:, None], 5, stride=1, padding=2)).clamp(max=1).squeeze(1)


class Pocket(nn.Module):
    """The encoders and one expert, as trained together in the first stage."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.text_encoder = TextEncoder(vocabulary)
        self.audio_encoder = AudioEncoder()
        self.image_encoder = ImageEncoder()
        self.matte_finder = MatteFinder()
        self.expert = Expert()
