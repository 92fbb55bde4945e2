"""Runs an exported Pocket folder with onnxruntime: encoders, flow-matching sampler, guidance."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from contract import CAMERA_SCALES, FIELD_SCALES, shifted
from tokenizer import encode


@dataclass
class Latent:
    """A finished latent in physical values, frame 0 subtracted: fields [T, 7, gh, gw], camera [T, 4]."""

    fields: np.ndarray
    camera: np.ndarray
    expert_uses: tuple[int, int]


class PocketRunner:
    """The five networks of a model folder on the CPU."""

    def __init__(self, folder: Path, threads: int = 2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        names = ("text_encoder", "audio_encoder", "image_encoder", "transformer", "transformer_2")
        self.sessions = {
            name: onnxruntime.InferenceSession(folder / name / "model.onnx", options, providers=["CPUExecutionProvider"])
            for name in names
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer/tokenizer.json"))
        self.index = json.loads((folder / "model_index.json").read_text())

    def run(self, name: str, **inputs: np.ndarray) -> list[np.ndarray]:
        """One component, inputs by name."""
        return self.sessions[name].run(None, inputs)

    def encode_text(self, prompt: str) -> tuple[np.ndarray, np.ndarray]:
        """Hidden states [1, 40, 192] and the attention mask [1, 40]."""
        ids, mask = (part[None] for part in encode(self.tokenizer, prompt))
        return self.run("text_encoder", input_ids=ids, attention_mask=mask)[0], mask

    def sample(
        self, prompt: str, pixels: np.ndarray, features: np.ndarray, *, strength: float = 1.0, steps: int = 8, seed: int = 0,
        guidance: float | None = None, experts: tuple[str, str] = ("transformer", "transformer_2"), matte: np.ndarray | None = None,
    ) -> Latent:  # fmt: skip
        """
        Makes one latent.

        pixels [3, 4·gh, 4·gw] in 0…1, features [3T, 7]; `guidance` is the high expert's (the model's own by default);
        `matte` [gh, gw] replaces the predicted one; `experts` are the networks used for high and low noise.
        """
        rng = np.random.default_rng(seed)
        frames, (rows, columns) = len(features) // 3, (side // 4 for side in pixels.shape[1:])
        image, predicted = self.run("image_encoder", pixel_values=pixels[None])
        (audio,) = self.run("audio_encoder", input_values=features[None])
        shared = {
            "audio_embeds": audio, "image_embeds": image, "matte": predicted if matte is None else matte[None],
            "motion_strength": np.array([strength], np.float32),
        }  # fmt: skip
        asked, empty = self.encode_text(prompt), self.encode_text("")
        fields = rng.standard_normal((1, frames, 7, rows, columns), np.float32)
        camera = rng.standard_normal((1, frames, 4), np.float32)
        uses = [0, 0]
        levels = [shifted(1 - step / steps) for step in range(steps + 1)]
        for level, following in zip(levels, levels[1:]):
            low = level < self.index["boundary_ratio"]
            weight = self.index["guidance_low"] if low else guidance or self.index["guidance_high"]
            uses[low] += 1

            def velocity(text):
                return self.run(
                    experts[low], hidden_states=fields, camera_states=camera, timestep=np.array([1000 * level], np.float32),
                    encoder_hidden_states=text[0], encoder_attention_mask=text[1], **shared,
                )  # fmt: skip

            change = velocity(asked)
            if weight != 1:
                away = velocity(empty)
                change = [b + np.float32(weight) * (a - b) for a, b in zip(change, away)]
            fields = fields + np.float32(following - level) * change[0]
            camera = camera + np.float32(following - level) * change[1]
        physical_fields = fields[0] * np.array(FIELD_SCALES, np.float32)[:, None, None]
        physical_camera = camera[0] * np.array(CAMERA_SCALES, np.float32)
        return Latent(physical_fields - physical_fields[:1], physical_camera - physical_camera[:1], tuple(uses))
