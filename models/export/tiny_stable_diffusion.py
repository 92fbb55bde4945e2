"""Makes a random Stable Diffusion of a few hundred thousand weights, and what diffusers computes with it.

    python models/export/tiny_stable_diffusion.py FOLDER

FOLDER/checkpoint and FOLDER/lcm-checkpoint are as diffusers saves them; export them with stable_diffusion.py. FOLDER/reference.json holds token ids,
text encodings, final latents and the decoded picture for several schedulers, from noise of torch's CPU generator.
"""

import json
import sys
from pathlib import Path

import diffusers
import numpy as np
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    LatentConsistencyModelPipeline,
    LCMScheduler,
    PNDMScheduler,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

MERGES = ["s u", "su n</w>", "r e", "re d</w>", "i n</w>", "t h", "th e</w>", "o v", "ov e", "ove r</w>", "s e", "se a</w>"]
SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
START, END = "<|startoftext|>", "<|endoftext|>"
SIDE = 64
PROMPTS = ["The sun sets over the RED sea!", "", "naïve café — 红色的海, 12 suns…", "sun " * 100]
CASES = [
    ("PNDMScheduler", SD | {"skip_prk_steps": True, "steps_offset": 1}, 6, 7.5),
    ("DPMSolverMultistepScheduler", SD | {"use_karras_sigmas": True}, 6, 5.0),
    ("EulerDiscreteScheduler", SD | {"timestep_spacing": "trailing"}, 4, 1.0),
    ("EulerAncestralDiscreteScheduler", SD | {"timestep_spacing": "leading", "steps_offset": 1}, 5, 3.0),
    ("DDIMScheduler", SD | {"clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1}, 5, 7.5),
    ("UniPCMultistepScheduler", SD, 5, 7.5),
]


def printable_bytes() -> list[str]:
    """One printable letter for each byte, in the order of byte-level BPE (GPT-2): printable bytes as they are first."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(byte) for byte in plain] + [chr(256 + at) for at in range(256 - len(plain))]


def vocabulary(folder: Path) -> None:
    letters = printable_bytes()
    words = [*letters, *(letter + "</w>" for letter in letters), *("".join(merge.split()) for merge in MERGES), START, END]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({word: at for at, word in enumerate(words)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(MERGES) + "\n")
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "bos_token": START, "eos_token": END,
              "unk_token": END, "pad_token": END, "do_lower_case": True}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def tiny(folder: Path) -> StableDiffusionPipeline:
    torch.manual_seed(0)
    vocabulary(folder / "made-tokenizer")
    tokenizer = CLIPTokenizer.from_pretrained(folder / "made-tokenizer")
    count = len(tokenizer)
    text = CLIPTextConfig(vocab_size=count, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
                          num_attention_heads=4, max_position_embeddings=77, bos_token_id=count - 2,
                          eos_token_id=count - 1, pad_token_id=count - 1)  # fmt: skip
    unet = UNet2DConditionModel(
        sample_size=8, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=(8, 16), norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=32, attention_head_dim=4,
    )  # fmt: skip
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 16, 16), norm_num_groups=4, latent_channels=4, layers_per_block=1,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
    return StableDiffusionPipeline(
        vae=vae, text_encoder=CLIPTextModel(text), tokenizer=tokenizer, unet=unet,
        scheduler=PNDMScheduler(**SD, skip_prk_steps=True, steps_offset=1), safety_checker=None, feature_extractor=None,
        requires_safety_checker=False,
    )  # fmt: skip


def consistency(pipe: StableDiffusionPipeline) -> LatentConsistencyModelPipeline:
    """The same parts with a UNet that takes the guidance as an input."""
    torch.manual_seed(1)
    unet = UNet2DConditionModel(**{**pipe.unet.config, "time_cond_proj_dim": 32})
    parts = {**pipe.components, "unet": unet, "scheduler": LCMScheduler(**SD, clip_sample=False)}
    lcm = LatentConsistencyModelPipeline(**parts, requires_safety_checker=False)
    lcm.set_progress_bar_config(disable=True)
    return lcm


def rounded(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.7g}") for value in values.flatten()]


def main() -> None:
    folder = Path(sys.argv[1])
    pipe = tiny(folder)
    pipe.set_progress_bar_config(disable=True)
    pipe.save_pretrained(folder / "checkpoint")
    prompts = []
    for text in PROMPTS:
        ids = pipe.tokenizer(text, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids
        with torch.no_grad():
            encoded = pipe.text_encoder(ids)[0]
        prompts.append({"text": text, "ids": ids[0].tolist(), "first": rounded(encoded[0, 0]), "last": rounded(encoded[0, -1])})
    runs = []
    for name, config, steps, guidance in CASES:
        pipe.scheduler = getattr(diffusers, name)(**config)
        call = {"prompt": PROMPTS[0], "negative_prompt": "red", "num_inference_steps": steps, "guidance_scale": guidance}
        size = {"height": SIDE, "width": SIDE + 16}
        seed = lambda: torch.Generator("cpu").manual_seed(7)  # noqa: E731
        latents = pipe(**call, **size, generator=seed(), output_type="latent").images
        picture = pipe(**call, **size, generator=seed(), output_type="np").images[0]
        runs.append({
            "scheduler": {"_class_name": name, **config}, "steps": steps, "guidance": guidance, "seed": 7, **size,
            "latents": rounded(latents), "picture": np.round(picture[::4, ::4] * 255).astype(int).flatten().tolist(),
        })  # fmt: skip
    pipe.scheduler = DDIMScheduler(**CASES[4][1])
    ramp = torch.stack(torch.meshgrid(torch.linspace(-1, 1, SIDE), torch.linspace(-1, 1, SIDE + 16), indexing="ij"))
    picture = torch.cat([ramp, torch.zeros(1, SIDE, SIDE + 16)])[None]
    with torch.no_grad():
        mean = pipe.vae.encode(picture).latent_dist.mean * pipe.vae.config.scaling_factor
    from_picture = []
    for name, config, steps, guidance in CASES:
        again = StableDiffusionImg2ImgPipeline(**{**pipe.components, "scheduler": getattr(diffusers, name)(**config)},
                                               requires_safety_checker=False)  # fmt: skip
        again.set_progress_bar_config(disable=True)
        latents = again(prompt=PROMPTS[0], negative_prompt="red", image=mean, strength=0.6, num_inference_steps=steps,
                        guidance_scale=guidance, generator=torch.Generator("cpu").manual_seed(7),
                        output_type="latent").images  # fmt: skip
        from_picture.append({"scheduler": {"_class_name": name, **config}, "steps": steps, "guidance": guidance,
                             "seed": 7, "strength": 0.6, "latents": rounded(latents)})  # fmt: skip
    lcm = consistency(pipe)
    lcm.save_pretrained(folder / "lcm-checkpoint")
    call = {"prompt": PROMPTS[0], "height": SIDE, "width": SIDE + 16, "guidance_scale": 8.5}
    consistent = [
        {"steps": steps, "guidance": 8.5, "seed": 7, "width": SIDE + 16, "height": SIDE,
         "latents": rounded(lcm(**call, num_inference_steps=steps, generator=torch.Generator("cpu").manual_seed(7),
                                output_type="latent").images)}
        for steps in (1, 4)
    ]  # fmt: skip
    reference = {"diffusers": diffusers.__version__, "negative": "red", "prompts": prompts, "runs": runs,
                 "encoded": rounded(mean), "fromPicture": from_picture, "consistent": consistent}
    (folder / "reference.json").write_text(json.dumps(reference) + "\n")


main()
