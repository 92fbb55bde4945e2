"""How sound enters the speech transformer: tokens per latent frame, and layers whose video tokens attend to them."""

import torch
from torch import Tensor, nn
from torch.nn import functional

#: Copies of a clip's first features before it, and the latent frames that they become.
LEAD = 73
LEAD_LATENTS = 19


class CausalConvolution(nn.Module):
    """Along time, three taps that end at the present; before the start stands the first value."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv1d(inputs, outputs, 3, stride)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(functional.pad(x, (2, 0), mode="replicate"))


class AudioEncoder(nn.Module):
    def __init__(self, features: int, width: int, tokens: int) -> None:
        super().__init__()
        self.conv1_local = CausalConvolution(features, width // 4 * tokens, 1)
        self.conv1_global = CausalConvolution(features, width // 4, 1)
        self.conv2 = CausalConvolution(width // 4, width // 2, 2)
        self.conv3 = CausalConvolution(width // 2, width, 2)
        self.final_linear = nn.Linear(width, width)
        self.padding_tokens = nn.Parameter(torch.empty(1, 1, 1, width))


class AudioTokens(nn.Module):
    """
    Features `[1, layers, width, 4F]` → one overall token for each latent frame `[F, width]`, and some more with a
    learned one behind them `[F, tokens + 1, width]`.
    """

    def __init__(self, layers: int, features: int, width: int, tokens: int) -> None:
        super().__init__()
        self.tokens = tokens
        self.weights = nn.Parameter(torch.empty(1, layers, 1, 1))
        self.encoder = AudioEncoder(features, width, tokens)

    def shares(self) -> Tensor:
        """How much each layer counts, in all 1."""
        weights = functional.silu(self.weights)
        return weights / weights.sum()

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        mixed = (features * self.shares()).sum(1)
        mixed = torch.cat((mixed[..., :1].expand(-1, -1, LEAD), mixed), 2)
        local = self.shortened(self.encoder.conv1_local(mixed).unflatten(1, (self.tokens, -1))[0]).transpose(0, 1)
        overall = self.encoder.final_linear(self.shortened(self.encoder.conv1_global(mixed)))
        padding = self.encoder.padding_tokens[0].expand(len(local), -1, -1)
        return overall[0], torch.cat((local, padding), 1)

    def shortened(self, x: Tensor) -> Tensor:
        """`[rows, width / 4, LEAD + 4F]` → `[rows, F, width]`."""
        for conv in (self.encoder.conv2, self.encoder.conv3):
            x = conv(functional.silu(plain_norm(x.transpose(1, 2))).transpose(1, 2))
        return functional.silu(plain_norm(x.transpose(1, 2)))[:, LEAD_LATENTS:]


def plain_norm(x: Tensor, epsilon: float = 1e-6) -> Tensor:
    return functional.layer_norm(x, x.shape[-1:], eps=epsilon)
