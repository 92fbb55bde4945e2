"""The torch modules that Wan's graphs are compared with: the checkpoint's own, computed in float32 whatever it is stored in."""

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel
from torch import nn


def float32_while_running(module: nn.Module) -> None:
    """A layer's parameters are float32 during its call only, so a large model needs room for one more layer."""
    kept: dict[str, torch.Tensor] = {}

    def widen(layer: nn.Module, _inputs) -> None:
        for name, parameter in layer.named_parameters():
            kept[name] = parameter.data
            parameter.data = parameter.data.float()

    def restore(layer: nn.Module, _inputs, _outputs) -> None:
        for name, parameter in layer.named_parameters():
            parameter.data = kept.pop(name)

    module.register_forward_pre_hook(widen)
    module.register_forward_hook(restore)


class TransformerReference(nn.Module):
    """The transformer with LoRA added at its linear layers: (latent, timestep, text, a, b, a, b, …) → velocity."""

    def __init__(self, model: WanTransformer3DModel, paths: list[str]) -> None:
        super().__init__()
        self.model, self.paths = model, paths
        for name, child in model.named_children():
            if name == "blocks":
                for block in child:
                    float32_while_running(block)
            else:
                child.float()
        for name, parameter in model.named_parameters(recurse=False):
            parameter.data = parameter.data.float()

    def forward(self, latent, timestep, text, *pairs: torch.Tensor) -> torch.Tensor:
        hooks = []
        for path, a, b in zip(self.paths, pairs[::2], pairs[1::2], strict=True):
            add = lambda _layer, inputs, y, a=a, b=b: y + (inputs[0] @ a) @ b  # noqa: E731
            hooks.append(self.model.get_submodule(path).register_forward_hook(add))
        try:
            return self.model(latent, timestep, text, return_dict=False)[0]
        finally:
            for hook in hooks:
                hook.remove()


class TextReference(nn.Module):
    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model
        for block in model.encoder.block:
            float32_while_running(block)
        model.encoder.final_layer_norm.float()
        float32_while_running(model.encoder.embed_tokens)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.model(ids, mask).last_hidden_state


def encoded(vae: AutoencoderKLWan, clip: torch.Tensor) -> torch.Tensor:
    """diffusers' own walk, 1 frame and then 4 by 4: mean, then log variance."""
    with torch.no_grad():
        return vae._encode(clip)


def decoded(vae: AutoencoderKLWan, latent: torch.Tensor) -> torch.Tensor:
    """diffusers' own walk, one latent frame at a time; clamped to −1 … 1."""
    with torch.no_grad():
        return vae._decode(latent, return_dict=False)[0]
