"""The speech transformer of Wan2.2 (S2V-14B) in plain torch, to compare the graph with.

Computes what WanModel_S2V of github.com/Wan-Video/Wan2.2 computes, in float32. Its sequence is the clip's tokens, at the
call's timestep, and behind them the reference picture's and the motion's, at timestep 0.
Modules are named as diffusers names those of its Wan transformer, so a LoRA finds them (`wan_s2v_weights.py`).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from wan_s2v_audio import AudioTokens, plain_norm
from wan_s2v_places import MOTION, clip_angles, motion_angles, reference_angles

EPSILON = 1e-6
#: The norm that sound adapts comes from another library than the transformer's own, with another epsilon.
ADAPTED_EPSILON = 1e-5


class Attention(nn.Module):
    """Queries from x, keys and values from `context`, both normed over the full width and turned where asked."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_q, self.to_k, self.to_v = (nn.Linear(width, width) for _ in range(3))
        self.to_out = nn.ModuleList([nn.Linear(width, width)])
        self.norm_q, self.norm_k = (nn.RMSNorm(width, EPSILON) for _ in range(2))

    def forward(self, x: Tensor, context: Tensor, angles: Tensor | None = None) -> Tensor:
        states = [self.norm_q(self.to_q(x)), self.norm_k(self.to_k(context)), self.to_v(context)]
        query, key, value = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in states)
        if angles is not None:
            query, key = turned(query, angles), turned(key, angles)
        return self.to_out[0](functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).flatten(2))


def turned(x: Tensor, angles: Tensor) -> Tensor:
    """Neighbouring values of x `[1, heads, tokens, width]` as a point, turned by angles `[tokens, width / 2]`."""
    a, b = x.unflatten(3, (-1, 2)).unbind(4)
    cosine, sine = angles.cos().float(), angles.sin().float()
    return torch.stack((a * cosine - b * sine, a * sine + b * cosine), 4).flatten(3)


class FeedForward(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        first = nn.Module()
        first.proj = nn.Linear(width, inner)
        self.net = nn.ModuleList([first, nn.Identity(), nn.Linear(inner, width)])

    def forward(self, x: Tensor) -> Tensor:
        return self.net[2](functional.gelu(self.net[0].proj(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.scale_shift_table = nn.Parameter(torch.empty(1, 6, width))
        self.attn1, self.attn2 = Attention(width, heads), Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, EPSILON)
        self.ffn = FeedForward(width, inner)

    def forward(self, x: Tensor, own: int, time: Tensor, text: Tensor, angles: Tensor) -> Tensor:
        """x: the clip's `own` tokens first. time `[2, 6, width]`: for those, and for the others."""
        rows = (self.scale_shift_table + time).repeat_interleave(torch.tensor([own, x.shape[1] - own]), 0)
        shift, scale, gate, late_shift, late_scale, late_gate = rows.unbind(1)
        normed = plain_norm(x) * (1 + scale) + shift
        x = x + self.attn1(normed, normed, angles) * gate
        x = x + self.attn2(self.norm2(x), text)
        return x + self.ffn(plain_norm(x) * (1 + late_scale) + late_shift) * late_gate


class AudioInjection(nn.Module):
    """The video tokens of a latent frame, adapted by its overall token, attend to its other tokens of sound."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attention = Attention(width, heads)
        self.linear = nn.Linear(width, 2 * width)

    def forward(self, video: Tensor, overall: Tensor, tokens: Tensor) -> Tensor:
        """video `[1, F · n, width]` → what is added to it."""
        frames = video.reshape(len(tokens), -1, video.shape[2])
        shift, scale = self.linear(functional.silu(overall))[:, None].chunk(2, 2)
        adapted = plain_norm(frames, ADAPTED_EPSILON) * (1 + scale) + shift
        return self.attention(adapted, tokens).reshape(video.shape)


class SpeechTransformer(nn.Module):
    def __init__(self, config: dict, text_width: int, audio_layers: int) -> None:
        super().__init__()
        self.width, self.heads, self.out_channels = config["dim"], config["num_heads"], config["out_dim"]
        width, channels, patch = self.width, config["in_dim"], (1, 2, 2)
        self.frequencies = config["freq_dim"] // 2
        self.patch_embedding = nn.Conv3d(channels, width, patch, patch)
        self.pose_embedding = nn.Conv3d(config["cond_dim"], width, patch, patch)
        self.motion_embedding = nn.ModuleDict({name: nn.Conv3d(channels, width, size, size) for name, _, size, *_ in MOTION})
        self.kinds = nn.Parameter(torch.empty(3, width))
        self.text_embedder = nn.ModuleList([nn.Linear(text_width, width), nn.Linear(width, width)])
        self.time_embedder = nn.ModuleList([nn.Linear(2 * self.frequencies, width), nn.Linear(width, width)])
        self.time_proj = nn.Linear(width, 6 * width)
        self.audio_tokens = AudioTokens(audio_layers, config["audio_dim"], width, config["num_audio_token"])
        self.blocks = nn.ModuleList([Block(width, config["ffn_dim"], self.heads) for _ in range(config["num_layers"])])
        self.injected = list(config["audio_inject_layers"])
        self.injections = nn.ModuleList([AudioInjection(width, self.heads) for _ in self.injected])
        self.scale_shift_table = nn.Parameter(torch.empty(1, 2, width))
        self.proj_out = nn.Linear(width, 4 * self.out_channels)

    def forward(
        self, hidden_states: Tensor, timestep: Tensor, encoder_hidden_states: Tensor, image_latents: Tensor,
        motion_latents: Tensor, pose_latents: Tensor, audio_embeds: Tensor, drop_motion_frames: Tensor,
    ) -> Tensor:  # fmt: skip
        frames, rows, columns = hidden_states.shape[2], hidden_states.shape[3] // 2, hidden_states.shape[4] // 2
        sizes, head = (rows, columns), self.width // self.heads
        clip = tokens_of(self.patch_embedding(hidden_states) + self.pose_embedding(pose_latents)) + self.kinds[0]
        streams = [clip, tokens_of(self.patch_embedding(image_latents)) + self.kinds[1]]
        angles = [clip_angles(frames, *sizes, head), reference_angles(*sizes, head)]
        if not drop_motion_frames:
            streams.append(self.motion(motion_latents) + self.kinds[2])
            angles.append(motion_angles(*sizes, head))
        x, angles, own = torch.cat(streams, 1), torch.cat(angles), clip.shape[1]
        embedded, time = self.times(timestep)
        text = self.text_embedder[1](functional.gelu(self.text_embedder[0](encoder_hidden_states), approximate="tanh"))
        overall, tokens = self.audio_tokens(audio_embeds)
        for at, block in enumerate(self.blocks):
            x = block(x, own, time, text, angles)
            if at in self.injected:
                heard = self.injections[self.injected.index(at)](x[:, :own], overall, tokens)
                x = torch.cat((x[:, :own] + heard, x[:, own:]), 1)
        shift, scale = (self.scale_shift_table + embedded).unbind(1)
        out = self.proj_out(plain_norm(x[:, :own]) * (1 + scale) + shift)
        out = out.reshape(frames, rows, columns, 2, 2, self.out_channels).permute(5, 0, 1, 3, 2, 4)
        return out.reshape(1, self.out_channels, frames, 2 * rows, 2 * columns)

    def motion(self, latents: Tensor) -> Tensor:
        """Newest first, the older the coarser."""
        oldest_first = latents.split([count for _, count, *_ in reversed(MOTION)], 2)
        parts = zip(MOTION, reversed(oldest_first), strict=True)
        return torch.cat([tokens_of(self.motion_embedding[name](part)) for (name, *_), part in parts], 1)

    def times(self, timestep: Tensor) -> tuple[Tensor, Tensor]:
        """`[1]` → its embedding `[1, width]`, and the modulation of it and of timestep 0 `[2, 6, width]`."""
        speeds = 10_000.0 ** (-torch.arange(self.frequencies, dtype=torch.float64) / self.frequencies)
        angles = torch.cat((timestep, torch.zeros(1)))[:, None] * speeds.float()
        waves = torch.cat((angles.cos(), angles.sin()), 1)
        embedded = self.time_embedder[1](functional.silu(self.time_embedder[0](waves)))
        return embedded[:1], self.time_proj(functional.silu(embedded)).unflatten(1, (6, -1))


def tokens_of(grid: Tensor) -> Tensor:
    """`[1, width, F, h, w]` → `[1, F · h · w, width]`."""
    return grid.flatten(2).transpose(1, 2)
