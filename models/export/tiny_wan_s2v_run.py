"""Wan's own way from a sound and a picture to clips (wan/speech2video.py, WanS2V.generate), on the tiny networks."""

from types import SimpleNamespace

import numpy as np
import torch
from diffusers import AutoencoderKLWan
from diffusers.pipelines.wan.pipeline_wan import prompt_clean
from tiny_wan_runs import NEGATIVE, PROMPTS, ramp, rounded, shades
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity
from transformers import Wav2Vec2FeatureExtractor

RATE = 16_000
FRAMES, MOTION_FRAMES, MOTION_LATENTS = 8, 73, 19
WIDTH, HEIGHT = 128, 64
STEPS, SHIFT, GUIDANCE, SEED = 4, 3.0, 4.5, 7
POSE_FRAMES = 6
#: Of long lists every n-th value is told, of pictures every n-th row and column.
STRIDE = 5
MOTION_STRIDE = 97
PICTURE_STRIDE = 8
ROW_STRIDE = 5


def signal(samples: int = 11_200) -> np.ndarray:
    """0.6 · sin(0.05 i) · sin(0.0007 i)² + 0.1 · sin(0.31 i) + 0.05, 0.7 s."""
    i = np.arange(samples, dtype=np.float64)
    return (0.6 * np.sin(0.05 * i) * np.sin(0.0007 * i) ** 2 + 0.1 * np.sin(0.31 * i) + 0.05).astype(np.float32)


def hidden_states(encoder: nn.Module) -> Tensor:
    """`[layers, rows, width]`, 50 rows a second."""
    extractor = Wav2Vec2FeatureExtractor(do_normalize=True, sampling_rate=RATE)
    values = extractor(signal(), sampling_rate=RATE, return_tensors="pt").input_values
    with torch.no_grad():
        return torch.cat(encoder(values, output_hidden_states=True).hidden_states)


def buckets(official: SimpleNamespace, encoder: nn.Module) -> tuple[Tensor, int]:
    """`[1, layers, width, frames]` of all clips, and their number."""
    reader = object.__new__(official.AudioEncoder)
    reader.video_rate = 30
    features = official.interpolate(hidden_states(encoder), input_fps=50, output_fps=reader.video_rate)
    rows, clips = reader.get_audio_embed_bucket_fps(features, fps=16, batch_frames=FRAMES, m=0)
    return rows[None].permute(0, 2, 3, 1), clips


def heard(official: SimpleNamespace, encoder: nn.Module) -> dict:
    states = hidden_states(encoder)
    tensor, clips = buckets(official, encoder)
    return {
        "samples": len(signal()), "shape": list(states.shape), "rowStride": ROW_STRIDE,
        "hidden": rounded(states[:, ::ROW_STRIDE]), "framesPerClip": FRAMES, "clips": clips, "embeds": rounded(tensor),
    }  # fmt: skip


def parity(theirs: nn.Module, ours: nn.Module) -> None:
    """Prints cosine and largest error of our module against Wan's class; ends below 0.9999."""
    torch.manual_seed(1)
    for frames, height, width, dropped, posed in (
        (2, 8, 16, True, False), (20, 16, 8, True, True), (3, 16, 24, False, False), (12, 24, 16, False, True),
    ):  # fmt: skip
        latent, pose = (torch.randn(1, 16, frames, height, width) for _ in range(2))
        picture, motion = (torch.randn(1, 16, count, height, width) for count in (1, MOTION_LATENTS))
        text = torch.randn(1, theirs.text_len, theirs.text_embedding[0].in_features)
        layers, features = ours.audio_tokens.weights.shape[1], ours.audio_tokens.encoder.conv1_local.conv.in_channels
        audio, time = torch.randn(1, layers, features, 4 * frames), torch.tensor([701.0])
        with torch.no_grad():
            expected = velocity(theirs, latent, time, text, picture, motion, pose * posed, audio, dropped)
            found = ours(latent, time, text, picture, motion, pose * posed, audio, torch.tensor(dropped))
        cosine = cosine_similarity(expected.flatten().double(), found.flatten().double(), dim=0).item()
        case = f"{frames} latents of {height} × {width}, {'first' if dropped else 'later'} clip, {'a' if posed else 'no'} pose"
        error = f"{(expected - found).abs().max():.1e} of {expected.abs().max():.1f}"
        print(f"{case}: cosine {cosine:.8f}, largest error {error}")
        if not cosine >= 0.9999:
            raise SystemExit("Our module does not compute what Wan's class computes.")


def pictures(clip: Tensor) -> list[int]:
    """Bytes in the order frame, row, column, colour."""
    return shades((clip[0].permute(1, 2, 3, 0).numpy() + 1) / 2)[:, ::PICTURE_STRIDE, ::PICTURE_STRIDE].flatten().tolist()


def velocity(model, latent, time, text, picture, motion, pose, audio, dropped: bool) -> Tensor:
    return model(
        [latent[0]], t=time, context=[text[0]], seq_len=0, ref_latents=picture, motion_latents=motion, cond_states=pose,
        audio_input=audio, motion_frames=[MOTION_FRAMES, MOTION_LATENTS], drop_motion_frames=dropped,
    )[0][None]  # fmt: skip


class SpeechRun:
    def __init__(self, official: SimpleNamespace, model, audio, text, tokenizer, vae: AutoencoderKLWan) -> None:
        self.official, self.model, self.vae = official, model, vae
        self.audio, _ = buckets(official, audio)
        self.words = [self.encoded(text, tokenizer, prompt) for prompt in (PROMPTS[0], NEGATIVE)]
        self.mean, self.deviation = (
            torch.tensor(part).reshape(1, -1, 1, 1, 1) for part in (vae.config.latents_mean, vae.config.latents_std)
        )

    def encoded(self, encoder, tokenizer, prompt: str) -> Tensor:
        given = tokenizer(prompt_clean(prompt), padding="max_length", max_length=self.model.text_len, return_tensors="pt")
        with torch.no_grad():
            states = encoder(given.input_ids, given.attention_mask).last_hidden_state
        return states * given.attention_mask[..., None]

    def latent_of(self, clip: Tensor) -> Tensor:
        return (self.vae.encode(clip).latent_dist.mode() - self.mean) / self.deviation

    def frames_of(self, latent: Tensor) -> Tensor:
        return self.vae.decode(latent * self.deviation + self.mean, return_dict=False)[0].clamp(-1, 1)

    @torch.no_grad()
    def __call__(self, clips: int, from_reference: bool = False, posed: bool = False) -> dict:
        picture = torch.tensor(np.asarray(ramp(WIDTH, HEIGHT))).permute(2, 0, 1)[None, :, None] / 255.0 * 2 - 1
        reference = self.latent_of(picture)
        frames = torch.zeros(1, 3, MOTION_FRAMES, HEIGHT, WIDTH)
        if from_reference:
            frames[:, :, -6:] = picture
        motion = self.latent_of(frames)
        told = []
        for clip in range(clips):
            dropped = clip == 0 and not from_reference
            latent = self.denoised(clip, reference, motion, self.pose(posed), dropped)
            shown = self.frames_of(torch.cat([reference if dropped else motion, latent], 2))[:, :, -FRAMES:]
            shown = shown[:, :, 3:] if dropped else shown
            told.append({
                "motion": rounded(motion.flatten()[::MOTION_STRIDE]), "latents": rounded(latent.flatten()[::STRIDE]),
                "frames": shown.shape[2], "pictures": pictures(shown),
            })  # fmt: skip
            kept = min(MOTION_FRAMES, shown.shape[2])
            frames = torch.cat([frames[:, :, kept:], shown[:, :, -kept:]], 2)
            motion = self.latent_of(frames)
        return {
            "prompt": PROMPTS[0], "negative": NEGATIVE, "width": WIDTH, "height": HEIGHT, "framesPerClip": FRAMES, "steps": STEPS,
            "shift": SHIFT, "guidance": GUIDANCE, "seed": SEED, "fromReference": from_reference,
            "poseFrames": POSE_FRAMES if posed else 0, "stride": STRIDE, "motionStride": MOTION_STRIDE,
            "pictureStride": PICTURE_STRIDE, "clips": told,
        }  # fmt: skip

    def pose(self, posed: bool) -> Tensor:
        """
        Frame f, row y, column x, colour c of the pose video is (29f + 13y + 7x + 85c) mod 256, for 6 frames; the rest is
        −1. The first frame stands twice before encoding, and the first latent is left out. Without: zeros.
        """
        clip = -torch.ones(1, 3, FRAMES, HEIGHT, WIDTH)
        f, y, x, c = np.meshgrid(*(np.arange(size) for size in (POSE_FRAMES, HEIGHT, WIDTH, 3)), indexing="ij")
        shades_of = torch.tensor((29 * f + 13 * y + 7 * x + 85 * c) % 256)
        clip[:, :, :POSE_FRAMES] = shades_of.permute(3, 0, 1, 2) / 255.0 * 2 - 1
        return self.latent_of(torch.cat([clip[:, :, :1], clip], 2))[:, :, 1:] * posed

    def denoised(self, clip: int, reference: Tensor, motion: Tensor, pose: Tensor, dropped: bool) -> Tensor:
        count = (FRAMES + 3 + MOTION_FRAMES) // 4 - MOTION_LATENTS
        generator = torch.Generator("cpu").manual_seed(SEED + clip)
        latent = torch.randn(16, count, HEIGHT // 8, WIDTH // 8, generator=generator)[None]
        scheduler = self.official.Scheduler(num_train_timesteps=1000, shift=1, use_dynamic_shifting=False)
        scheduler.set_timesteps(STEPS, device="cpu", shift=SHIFT)
        audio = self.audio[..., clip * FRAMES : (clip + 1) * FRAMES]
        for time in scheduler.timesteps:
            given, without = (
                velocity(self.model, latent, time[None], words, reference, motion, pose, sound, dropped)
                for words, sound in zip(self.words, (audio, 0.0 * audio), strict=True)
            )
            latent = scheduler.step(without + GUIDANCE * (given - without), time, latent, return_dict=False)[0]
        return latent
