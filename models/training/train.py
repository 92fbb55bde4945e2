"""
Trains Pocket in four stages: "reading" (what prompts ask for), "matte" (which thing is the subject), "base" (encoders
and one trunk), "experts" (two copies of the trunk, each on its own noise range).

`python train.py reading=2 matte=3 base=8 experts=8 --out FOLDER`, minutes behind each name; one process per GPU with
`torchrun --nproc-per-node N`. Several processes share the experts between them; one trains them in turn.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
import torch.distributed as dist

from batches import draw_shape, make_batch, prompt_pool, tokens_per_clip
from checkpoint import load_weights, save_weights
from losses import clip_loss
from matte_stage import train_mattes
from network import Pocket
from parallel import Team, cosine_rate
from pictures import load_pictures
from reading_stage import train_reading
from songs import load_songs

HERE = Path(__file__).parent
PEAK_RATE = {"base": 1e-3, "high": 5e-4, "low": 5e-4}
WARM_UP_STEPS = 150
EMA = 0.998
REPORT_STEPS = 50
NOISE_BINS = 10


def stage_and_minutes(text: str) -> tuple[str, float]:
    """"base=7.5" → ("base", 7.5)."""
    name, minutes = text.split("=")
    if name not in ("reading", "matte", "base", "experts"):
        raise argparse.ArgumentTypeError(f"there is no stage {name}")
    return name, float(minutes)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stages", nargs="+", type=stage_and_minutes, help="name=minutes of training, set-up excluded")
    parser.add_argument("--out", type=Path, required=True, help="folder for weights and logs")
    parser.add_argument("--init", type=Path, help="folder with encoders and base weights to start from")
    parser.add_argument("--pack", type=Path, default=HERE / ".data/pictures.tar")
    parser.add_argument("--mattes", type=Path, default=HERE / "data/mattes")
    parser.add_argument("--songs", type=Path, default=HERE / ".data/songs.f32")
    parser.add_argument("--tokenizer", type=Path, default=HERE / "../pocket/tokenizer/tokenizer.json")
    parser.add_argument("--step-tokens", type=int, default=145_000, help="transformer tokens per process and step")
    parser.add_argument("--prompts", type=int, default=300_000, help="per process")
    parser.add_argument("--processes", type=int, default=12, help="for writing prompts")
    parser.add_argument("--reading-batch", type=int, default=2048, help="prompts per process and step")
    parser.add_argument("--matte-batch", type=int, default=384, help="pictures per process and step")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
    return parser.parse_args()


class Trainer:
    """One stage of training in one process."""

    def __init__(self, arguments, stage: str, model: Pocket, pictures, prompts, songs, team: Team):
        self.arguments, self.stage, self.model, self.team = arguments, stage, model, team
        self.pictures, self.prompts, self.songs = pictures, prompts, songs
        self.device = prompts.ids.device
        model.requires_grad_(False)
        for trained in (model.audio_encoder, model.image_encoder, model.expert) if stage == "base" else (model.expert,):
            trained.requires_grad_(True)
        model.expert.reader.requires_grad_(False)
        model.matte_finder.eval()
        self.parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self.average = [parameter.detach().clone() for parameter in self.parameters]
        fused = self.device.type == "cuda"
        self.optimizer = torch.optim.AdamW(self.parameters, lr=0.0, betas=(0.9, 0.99), weight_decay=0.01, fused=fused)
        # Processes that share gradients must draw the same shapes, or the faster one waits.
        self.shapes = random.Random(f"{arguments.seed} {stage}")
        self.sums = torch.zeros(3, NOISE_BINS, device=self.device)
        self.log: list[dict] = []
        self.clips = 0

    def losses(self) -> dict[str, torch.Tensor]:
        """One batch through the model."""
        grid, frames = draw_shape(self.shapes)
        size = max(1, self.arguments.step_tokens // tokens_per_clip(grid, frames))
        batch = make_batch(self.pictures, self.prompts, self.songs, size, grid, frames)
        self.clips += size
        with torch.autocast(self.device.type, torch.bfloat16):
            return clip_loss(self.model, self.stage, batch)

    def step(self, learning_rate: float) -> None:
        """One optimizer step."""
        losses = self.losses()
        total = losses["fields"].mean() + losses["camera"].mean()
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        self.team.share_gradients(self.parameters)
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        self.optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.parameters, 1 - EMA)
            bins = (losses["sigma"] * NOISE_BINS).long().clamp(max=NOISE_BINS - 1)
            rows = (torch.ones_like(losses["sigma"]), losses["fields"], losses["camera"])
            self.sums.index_add_(1, bins, torch.stack(rows).float())

    def report(self, step: int, elapsed: float) -> None:
        """Adds the means since the last report to the log."""
        count, fields, camera = self.sums.cpu().clone()
        self.sums.zero_()
        entry = {
            "stage": self.stage, "step": step, "seconds": round(elapsed, 1), "clips": self.clips,
            "fields": round(float(fields.sum() / count.sum()), 4), "camera": round(float(camera.sum() / count.sum()), 4),
            "fields_by_noise": [round(float(f / c), 4) if c else None for f, c in zip(fields, count)],
            "camera_by_noise": [round(float(f / c), 4) if c else None for f, c in zip(camera, count)],
        }  # fmt: skip
        self.log.append(entry)
        self.team.say(json.dumps(entry))

    def train(self, minutes: float) -> None:
        """Trains for a given time and leaves the averaged weights in the model."""
        for _ in range(3):
            self.step(0.0)
        for parameter, average in zip(self.parameters, self.average):
            average.copy_(parameter.detach())
        self.clips, step, progress, start = 0, 0, 0.0, time.monotonic()
        self.sums.zero_()
        while progress < 1:
            self.step(PEAK_RATE[self.stage] * cosine_rate(progress, step, WARM_UP_STEPS))
            step += 1
            if step % 10 == 0:
                progress = self.team.agreed((time.monotonic() - start) / (60 * minutes))
                if step % (10 * REPORT_STEPS) == 0 or progress >= 1 or step in (10, 100):
                    self.report(step, time.monotonic() - start)
        with torch.no_grad():
            for parameter, average in zip(self.parameters, self.average):
                parameter.copy_(average)


def save_model(model: Pocket, folder: Path, names: tuple[str, ...]) -> None:
    """Writes the named parts ("encoders" or an expert's name) of the model."""
    for name in names:
        if name == "encoders":
            encoders = {key: value for key, value in model.state_dict().items() if not key.startswith("expert.")}
            save_weights(encoders, folder, name)
        else:
            save_weights(model.expert.state_dict(), folder, name)


def train_experts(arguments, model: Pocket, pictures, prompts, songs, device: torch.device, world: int, minutes: float) -> None:
    """Both experts from the trunk in `model`: side by side by two teams, or one after the other."""
    names = ("high", "low")
    if world > 1:
        teams = Team.split(device, [list(range(world // 2)), list(range(world // 2, world))])
        work = [(name, team) for name, team in zip(names, teams) if team.rank in team.ranks]
    else:
        work = [(name, Team(device, [0])) for name in names]
    trunk = {name: value.clone() for name, value in model.expert.state_dict().items()}
    for name, team in work:
        model.expert.load_state_dict(trunk)
        trainer = Trainer(arguments, name, model, pictures, prompts, songs, team)
        trainer.train(minutes)
        if team.leads:
            save_model(model, arguments.out, (name,))
            (arguments.out / f"log-{name}.json").write_text(json.dumps(trainer.log))


def main() -> None:
    arguments = parse_arguments()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    prompts = prompt_pool(str(arguments.tokenizer), arguments.prompts, arguments.seed + rank, arguments.processes)
    cuda = torch.cuda.is_available()
    device = torch.device("cuda", rank) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)
    if world > 1:
        dist.init_process_group("nccl" if cuda else "gloo", device_id=device if cuda else None)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    vocabulary = max(json.loads(arguments.tokenizer.read_text())["model"]["vocab"].values()) + 1
    torch.manual_seed(arguments.seed)
    model = Pocket(vocabulary).to(device)
    if arguments.init:
        load_model(model, arguments.init, "base")
    pictures = load_pictures(arguments.pack, arguments.mattes, "train").to(device)
    songs = load_songs(arguments.songs, "train").to(device)
    for name, value in vars(prompts).items():
        setattr(prompts, name, value.to(device))
    torch.manual_seed(arguments.seed * 100 + rank)
    if arguments.compile:
        torch.fx.experimental._config.use_duck_shape = False
        torch._dynamo.config.cache_size_limit = 64
        for block in model.expert.blocks:
            block.compile(dynamic=True)

    everyone = Team.split(device, [list(range(world))])[0]
    arguments.out.mkdir(parents=True, exist_ok=True)
    for stage, minutes in arguments.stages:
        if stage == "experts":
            train_experts(arguments, model, pictures, prompts, songs, device, world, minutes)
            continue
        if stage == "reading":
            log = train_reading(model, prompts, minutes, everyone, arguments.reading_batch)
        elif stage == "matte":
            log = train_mattes(model, pictures, minutes, everyone, arguments.matte_batch, arguments.seed)
        else:
            trainer = Trainer(arguments, stage, model, pictures, prompts, songs, everyone)
            trainer.train(minutes)
            log = trainer.log
        if everyone.leads:
            save_model(model, arguments.out, ("encoders", "base"))
            (arguments.out / f"log-{stage}.json").write_text(json.dumps(log))
    if world > 1:
        dist.barrier()
        dist.destroy_process_group()


def load_model(model: Pocket, folder: Path, expert: str) -> None:
    """Loads the encoders and one expert."""
    for name in ("text_encoder", "audio_encoder", "image_encoder", "matte_finder"):
        load_weights(getattr(model, name), folder, "encoders", prefix=f"{name}.")
    load_weights(model.expert, folder, expert)


if __name__ == "__main__":
    main()
