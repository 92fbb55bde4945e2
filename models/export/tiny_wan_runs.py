"""Runs diffusers' Wan pipelines on the tiny networks and notes what a port has to find again."""

import diffusers
import numpy as np
import torch
from diffusers import WanImageToVideoPipeline, WanPipeline
from PIL import Image

PROMPTS = ["  The sun sets &amp; the red sea rises,\n over the sea! ", "夕阳慢慢落在大海上，红色的镜头。", ""]
NEGATIVE = "the red"
SEED = 7
UNIPC = {"_class_name": "UniPCMultistepScheduler", "prediction_type": "flow_prediction", "use_flow_sigmas": True,
         "flow_shift": 3.0}  # fmt: skip
EULER = {"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3.0}


def rounded(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in values.flatten().tolist()]


def ramp(width: int, height: int, last: bool = False) -> Image.Image:
    """
    The first picture: red ⌊255·x/(width−1)⌋, green ⌊255·y/(height−1)⌋, blue (7x + 13y) mod 256.
    The last one: 255 minus that red and green, the same blue.
    """
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    red, green = 255 * x // (width - 1), 255 * y // (height - 1)
    if last:
        red, green = 255 - red, 255 - green
    return Image.fromarray(np.stack([red, green, (7 * x + 13 * y) % 256], axis=-1).astype(np.uint8))


def scheduler_of(config: dict):
    return getattr(diffusers, config["_class_name"])(**{key: value for key, value in config.items() if key != "_class_name"})


def thinned(frames: np.ndarray, stride: int) -> dict:
    """uint8 frames `[F, H, W, 3]`, rows and columns 0, stride, 2·stride …"""
    return {"stride": stride, "pictures": frames[:, ::stride, ::stride].flatten().tolist()}


def shades(picture: np.ndarray) -> np.ndarray:
    return np.rint(picture * 255).astype(np.uint8)


def prompts_of(pipe: WanPipeline) -> list[dict]:
    """Ids up to </s>, and the encoding's row 0 and its last row that is not zero, after diffusers' cleaning."""
    told = []
    for text in PROMPTS:
        with torch.no_grad():
            encoded = pipe.encode_prompt(text, do_classifier_free_guidance=False, max_sequence_length=512)[0][0]
        ids = pipe.tokenizer(diffusers.pipelines.wan.pipeline_wan.prompt_clean(text)).input_ids
        told.append({"text": text, "ids": ids, "first": rounded(encoded[0]), "last": rounded(encoded[len(ids) - 1])})
    return told


def run(pipe, scheduler: dict, *, steps: int, width: int, height: int, frames: int, guidance: tuple[float, float], seed=SEED,
        stride=4, **more) -> dict:  # fmt: skip
    """One generation: final latents, and the decoded frames unless `stride` is 0."""
    pipe.scheduler = scheduler_of(scheduler)
    pipe.set_progress_bar_config(disable=True)
    high, low = guidance
    call = {"prompt": PROMPTS[0], "negative_prompt": NEGATIVE, "num_inference_steps": steps, "width": width, "height": height,
            "num_frames": frames, "guidance_scale": high, **more}  # fmt: skip
    if pipe.config.boundary_ratio is not None:
        call["guidance_scale_2"] = low
    latents = pipe(**call, generator=torch.Generator("cpu").manual_seed(seed), output_type="latent").frames
    told = {
        "scheduler": scheduler, "steps": steps, "width": width, "height": height, "frames": frames, "seed": seed,
        "guidanceHigh": high, "guidanceLow": low, "latents": rounded(latents),
    }  # fmt: skip
    if stride:
        seen = pipe(**call, generator=torch.Generator("cpu").manual_seed(seed), output_type="np").frames[0]
        told |= thinned(shades(seen), stride)
    return told


def condition_of(pipe: WanImageToVideoPipeline, width: int, height: int, frames: int, last: bool = False) -> torch.Tensor:
    """What diffusers sets beside the noise: mask and latents `[1, 20, …]` (A14B), or the first frame's latents (TI2V)."""
    prepare = lambda picture: pipe.video_processor.preprocess(picture, height=height, width=width)  # noqa: E731
    with torch.no_grad():
        return pipe.prepare_latents(
            prepare(ramp(width, height)), 1, pipe.vae.config.z_dim, height, width, frames, torch.float32,
            torch.device("cpu"), torch.Generator("cpu"), None, prepare(ramp(width, height, last=True)) if last else None,
        )[1]  # fmt: skip


def vae_of(vae, width: int, height: int, frames: int = 9) -> dict:
    """
    The clip's byte at frame f, row y, column x, colour c is (29f + 13y + 7x + 85c) mod 256, read as byte / 127.5 − 1;
    its means (not normalised), and the frames that these decode to.
    """
    f, y, x, c = np.meshgrid(*(np.arange(size) for size in (frames, height, width, 3)), indexing="ij")
    clip = torch.tensor((29 * f + 13 * y + 7 * x + 85 * c) % 256).permute(3, 0, 1, 2)[None] / 127.5 - 1
    with torch.no_grad():
        mean = vae.encode(clip.float()).latent_dist.mode()
        sample = vae.decode(mean, return_dict=False)[0]
    pictures = np.rint((sample[0].permute(1, 2, 3, 0).numpy() + 1) * 127.5).astype(np.uint8)
    return {"width": width, "height": height, "frames": frames, "mean": rounded(mean), **thinned(pictures, 4)}
