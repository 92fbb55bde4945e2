"""Makes random Wan2.2 models of some ten thousand weights, and what diffusers computes with them.

    pip install torch diffusers transformers accelerate safetensors ftfy
    python models/export/tiny_wan.py FOLDER

FOLDER/t2v, i2v and ti2v are checkpoints as diffusers saves them (export them with wan.py), FOLDER/KIND-reference.json
what its pipelines compute, in float32 from noise of torch's CPU generator, and FOLDER/lora the LoRA files of t2v. The
three share text encoder and tokenizer, t2v and i2v the VAE. Pictures and clips are formulas, see tiny_wan_runs.py.

Where diffusers departs from the official code, which the references follow diffusers in:
- the expert is chosen by `t >= boundary_ratio · 1000` with the scheduler's own timestep, which UniPC truncates to an
  integer and FlowMatchEuler does not;
- the flow shift is 3.0 (A14B) and 5.0 (TI2V) in its converted checkpoints, instead of 12, 5 and 5;
- guidance_scale is the high-noise expert's, an empty negative prompt stays empty, and the second pass is left out if the
  high-noise guidance is 1 or less, whatever the low one is;
- the prompt goes through ftfy's fix_text (which also makes full-width letters narrow), two HTML unescapes and one space
  for any white space;
- TI2V's first frame is set into the latents at every step and after the last; the scheduler's own history keeps what it
  computed there.
"""

import json
import sys
from pathlib import Path

import diffusers
import torch
from diffusers import WanImageToVideoPipeline, WanPipeline
from tiny_wan_lora import merge, write_lora
from tiny_wan_models import tiny_patched_vae, tiny_text_encoder, tiny_transformer, tiny_vae
from tiny_wan_runs import EULER, NEGATIVE, UNIPC, condition_of, prompts_of, ramp, rounded, run, scheduler_of, vae_of
from tiny_wan_tokenizer import tiny_tokenizer

SMALL = {"width": 48, "height": 32, "frames": 9}
PATCHED = {"width": 96, "height": 64, "frames": 9}
SQUARE_PATCHED = {"width": 64, "height": 64, "frames": 9}
SMALL_PATCHED = {"width": 64, "height": 32, "frames": 5}


def text_to_video(folder: Path, shared: dict) -> dict:
    vae = tiny_vae()
    experts = {"high": tiny_transformer(20, 16, 16, 2), "low": tiny_transformer(22, 16, 16, 2)}
    pipe = WanPipeline(**shared, vae=vae, transformer=experts["high"], transformer_2=experts["low"],
                       scheduler=scheduler_of(UNIPC), boundary_ratio=0.875)  # fmt: skip
    pipe.save_pretrained(folder / "t2v")
    told = {
        "prompts": prompts_of(pipe),
        "vae": vae_of(vae, 48, 32),
        "runs": [
            run(pipe, UNIPC, steps=6, guidance=(4.0, 3.0), **SMALL),
            run(pipe, EULER, steps=5, guidance=(4.0, 3.0), **SMALL),
            run(pipe, UNIPC, steps=4, guidance=(1.0, 1.0), stride=0, **SMALL),
        ],
    }
    added = write_lora(folder / "lora", experts)
    strengths = {"high": 0.8, "low": 0.8}
    for expert, model in experts.items():
        merge(model, added[expert], strengths[expert])
    told["lora"] = {"strength": 0.8, **run(pipe, UNIPC, steps=4, guidance=(4.0, 3.0), stride=0, **SMALL)}
    return told


def image_to_video(folder: Path, shared: dict) -> dict:
    pipe = WanImageToVideoPipeline(
        **shared, vae=tiny_vae(), transformer=tiny_transformer(24, 36, 16, 1), transformer_2=tiny_transformer(26, 36, 16, 1),
        scheduler=scheduler_of(UNIPC), boundary_ratio=0.9,
    )  # fmt: skip
    pipe.save_pretrained(folder / "i2v")
    first, last = ramp(SMALL["width"], SMALL["height"]), ramp(SMALL["width"], SMALL["height"], last=True)
    runs = [
        run(pipe, UNIPC, steps=5, guidance=(3.5, 3.0), image=first, **SMALL),
        run(pipe, EULER, steps=4, guidance=(3.5, 3.0), image=first, stride=0, **SMALL),
    ]
    both = run(pipe, UNIPC, steps=4, guidance=(3.5, 3.0), image=first, last_image=last, stride=0, **SMALL)
    return {
        "condition": rounded(condition_of(pipe, **SMALL)),
        "runs": runs,
        "withLastImage": {"condition": rounded(condition_of(pipe, **SMALL, last=True)), **both},
    }


def text_and_image_to_video(folder: Path, shared: dict) -> dict:
    parts = {**shared, "vae": tiny_patched_vae(), "transformer": tiny_transformer(28, 48, 48, 1), "expand_timesteps": True,
             "scheduler": scheduler_of({**UNIPC, "flow_shift": 5.0})}  # fmt: skip
    pipe, from_image = WanPipeline(**parts), WanImageToVideoPipeline(**parts)
    pipe.save_pretrained(folder / "ti2v")
    image, small = (ramp(size["width"], size["height"]) for size in (SQUARE_PATCHED, SMALL_PATCHED))
    return {
        "vae": vae_of(parts["vae"], 64, 32),
        "runs": [
            run(pipe, {**UNIPC, "flow_shift": 5.0}, steps=4, guidance=(5.0, 5.0), stride=8, **PATCHED),
            run(pipe, EULER, steps=4, guidance=(5.0, 5.0), stride=0, **SMALL_PATCHED),
        ],
        "condition": rounded(condition_of(from_image, **SQUARE_PATCHED)),
        "fromImage": [
            run(from_image, {**UNIPC, "flow_shift": 5.0}, steps=4, guidance=(5.0, 5.0), image=image, stride=8,
                **SQUARE_PATCHED),  # fmt: skip
            run(from_image, EULER, steps=4, guidance=(5.0, 5.0), image=small, stride=0, **SMALL_PATCHED),
        ],
    }


def main() -> None:
    folder = Path(sys.argv[1])
    for kind, make in (("t2v", text_to_video), ("i2v", image_to_video), ("ti2v", text_and_image_to_video)):
        shared = {"text_encoder": tiny_text_encoder(), "tokenizer": tiny_tokenizer()}
        torch.manual_seed(0)
        common = {"diffusers": diffusers.__version__, "negative": NEGATIVE}
        text = json.dumps({**common, **make(folder, shared)}, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{kind}-reference.json").write_text(text + "\n")


main()
