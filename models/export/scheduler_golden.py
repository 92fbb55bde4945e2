"""Reference values of diffusers' schedulers that the shared golden runs leave out, for models/src/schedulers.

    pip install diffusers torch
    python scheduler_golden.py > ../src/schedulers/golden/more-runs.json

The stand-in model and the noise are those of runs.json: f_j(x, t) = 0.5 x_j + 0.1 cos(t / 100 + j), element j of the
k-th draw = sin(k + j). A run with `strength` begins where diffusers' image-to-image pipelines begin: a clean sample
noised to the first timestep that is left.
"""

import json

import diffusers
import torch

SD = {"num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
FLOW = {"prediction_type": "flow_prediction", "use_flow_sigmas": True, "flow_shift": 5.0}
SDE = {"algorithm_type": "sde-dpmsolver++"}
LEADING = {"timestep_spacing": "leading", "steps_offset": 1}

RUNS = [
    ("DPMSolverMultistepScheduler", 6, SD | SDE, 1.0),
    ("DPMSolverMultistepScheduler", 6, SD | SDE | {"solver_type": "heun"}, 1.0),
    ("DPMSolverMultistepScheduler", 20, SD | SDE | {"use_karras_sigmas": True}, 1.0),
    ("DPMSolverMultistepScheduler", 6, FLOW | SDE, 1.0),
    ("DPMSolverMultistepScheduler", 5, SD | {"rescale_betas_zero_snr": True, "prediction_type": "v_prediction",
                                            "timestep_spacing": "trailing"}, 1.0),
    ("DPMSolverMultistepScheduler", 5, SD | {"beta_schedule": "squaredcos_cap_v2"}, 1.0),
    ("UniPCMultistepScheduler", 6, SD | LEADING, 1.0),
    ("UniPCMultistepScheduler", 6, SD | {"use_karras_sigmas": True}, 1.0),
    ("UniPCMultistepScheduler", 6, SD | {"timestep_spacing": "trailing", "prediction_type": "v_prediction"}, 1.0),
    ("EulerDiscreteScheduler", 6, SD | {"prediction_type": "sample"}, 1.0),
    ("EulerAncestralDiscreteScheduler", 6, SD | {"prediction_type": "v_prediction", "timestep_spacing": "trailing"}, 1.0),
    ("DDIMScheduler", 6, SD | {"timestep_spacing": "linspace", "clip_sample": True}, 1.0),
    ("LCMScheduler", 4, {"clip_sample": False}, 1.0),
    ("PNDMScheduler", 6, SD | LEADING | {"skip_prk_steps": True, "prediction_type": "v_prediction"}, 1.0),
    ("DPMSolverMultistepScheduler", 10, SD, 0.6),
    ("UniPCMultistepScheduler", 10, SD, 0.6),
    ("EulerDiscreteScheduler", 10, SD | LEADING, 0.6),
    ("EulerAncestralDiscreteScheduler", 10, SD | LEADING, 0.35),
    ("DDIMScheduler", 10, SD | LEADING | {"clip_sample": False, "set_alpha_to_one": False}, 0.6),
    ("PNDMScheduler", 10, SD | LEADING | {"skip_prk_steps": True}, 0.6),
    ("LCMScheduler", 4, {"clip_sample": False}, 0.5),
]


# Some schedulers want pictures: one sample of four channels, one pixel each.
SHAPE = (1, 4, 1, 1)


def noise(k: int) -> torch.Tensor:
    return torch.sin(torch.arange(4, dtype=torch.float32) + k).reshape(SHAPE)


def stand_in(x: torch.Tensor, t: float) -> torch.Tensor:
    return 0.5 * x + 0.1 * torch.cos(float(t) / 100 + torch.arange(4)).reshape(SHAPE)


def run(name: str, steps: int, config: dict, strength: float) -> dict:
    scheduler = getattr(diffusers, name)(**config)
    draws = iter(noise(k) for k in range(1000))
    module = __import__(type(scheduler).__module__, fromlist=["randn_tensor"])
    if hasattr(module, "randn_tensor"):
        module.randn_tensor = lambda *_, **__: next(draws)
    if name == "LCMScheduler":
        scheduler.set_timesteps(steps, strength=strength)
        first = 0
    else:
        scheduler.set_timesteps(steps)
        first = max(steps - min(int(steps * strength), steps), 0)
    timesteps = scheduler.timesteps[first:]
    start = torch.tensor([1, -0.5, 0.25, 2]).reshape(SHAPE)
    if strength < 1:
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(first)
        x = scheduler.add_noise(start, noise(7), timesteps[:1])
    else:
        x = start * scheduler.init_noise_sigma
    after = []
    for t in timesteps:
        output = stand_in(scheduler.scale_model_input(x, t), t)
        x = scheduler.step(output, t, x).prev_sample
        after.append([float(f"{value:.7g}") for value in x.flatten()])
    config = {"_class_name": name, **config, "steps": steps, "strength": strength}
    return {"config": config, "timesteps": [round(float(t), 4) for t in timesteps], "after_step": after}


print(json.dumps({"diffusers": diffusers.__version__, "runs": [run(*case) for case in RUNS]}, indent=1))
