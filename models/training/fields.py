"""Targets: the camera track, flow and light that a plan asks for, in the latent's units."""

import math

import torch
import torch.nn.functional as F

from contract import CAMERA_SCALES, FIELD_SCALES, LATENT_RATE
from drivers import envelopes
from plan import AMOUNTS, DRIVERS, SLOTS

PAN, TILT, ZOOM, ROLL = (amount / 8 for amount in (0.06, 0.045, 0.14, 0.07))
"""Per second at normal speed: widths, widths, log, radians."""
SHAKE, PUNCH, DIP, HANDHELD = 0.005, 0.03, 0.008, 0.004
SWAY = 0.007
"""Amplitude of the subject's motion, of the width."""
SWELL, BREATHE = 0.035, 0.02
PULSE, GLOW, BREATHING, FLICKER, SWEEP, WARMTH = 0.13, 0.12, 0.09, 0.05, 0.16, 0.25
PARALLAX = 0.3
FASTEST = 2.5
"""Hertz; faster swings than the latent rate can carry are halved."""


class Scene:
    """What targets need to know of a picture, on the latent grid."""

    def __init__(self, matte: torch.Tensor, luminance: torch.Tensor):
        """matte and luminance [B, gh, gw] in 0…1."""
        rows, columns = matte.shape[1:]
        device = matte.device
        self.aspect = rows / columns
        self.y = ((torch.arange(rows, device=device) + 0.5) / columns)[:, None].expand(rows, columns)
        self.x = ((torch.arange(columns, device=device) + 0.5) / columns)[None].expand(rows, columns)
        self.luminance = F.avg_pool2d(luminance[:, None], 3, 1, 1, count_include_pad=False).squeeze(1)
        wide = F.max_pool2d(matte[:, None], 3, 1, 1)
        self.falloff = F.avg_pool2d(wide, 3, 1, 1, count_include_pad=False).squeeze(1)
        weight = matte + 1e-4
        total = weight.sum((1, 2))
        self.centre_x = ((weight * self.x).sum((1, 2)) / total)[:, None, None]
        self.centre_y = ((weight * self.y).sum((1, 2)) / total)[:, None, None]
        inside = matte.amax(2) > 0.4
        line = self.y[:, 0]
        self.top = torch.where(inside, line, self.aspect).amin(1)[:, None, None]
        self.bottom = torch.where(inside, line, 0.0).amax(1)[:, None, None]
        # What stands on the lower border bends from there; what floats moves as a whole.
        lift = ((self.bottom - self.y) / (self.bottom - self.top).clamp(min=1 / columns)).clamp(0, 1).pow(0.8)
        grounded = (self.bottom > 0.9 * self.aspect).float()
        self.bend = grounded * lift + (1 - grounded) * (0.5 + 0.5 * lift)


def amounts_of(plan: torch.Tensor) -> dict[str, torch.Tensor]:
    """Columns of plan vectors [B, K] by name, [B, 1] each."""
    return {name: plan[:, index : index + 1] for index, name in enumerate(AMOUNTS)}


def wander(batch: int, seconds: torch.Tensor, slowest: float, fastest: float) -> torch.Tensor:
    """Random smooth curves [B, T] from three sines between two frequencies (hertz), about −1…1, 0 at the start."""
    device = seconds.device
    frequency = slowest + (fastest - slowest) * torch.rand(batch, 3, 1, device=device)
    phase = 2 * math.pi * torch.rand(batch, 3, 1, device=device)
    return torch.sin(2 * math.pi * frequency * seconds + phase).mean(1) * 1.3


def camera_track(a, seconds, push, batch) -> torch.Tensor:
    """Physical pan, tilt, zoom and roll [B, T, 4] before strength; `push` is the camera's driver envelope [B, T]."""
    rattle = torch.sin(2 * math.pi * (3.7 * seconds + torch.rand(batch, 1, device=seconds.device)))
    hand = [wander(batch, seconds, 0.25, 1.3) for _ in range(3)]
    pan = PAN * a["pan"] * seconds + SHAKE * a["shake"] * push * rattle + HANDHELD * a["handheld"] * hand[0]
    tilt = TILT * a["tilt"] * seconds + DIP * a["dip"] * push + HANDHELD * a["handheld"] * hand[1]
    tilt = tilt + 0.6 * SHAKE * a["shake"] * push * torch.roll(rattle, 1, 1)
    zoom = ZOOM * a["zoom"] * seconds + PUNCH * a["punch"] * push
    roll = ROLL * a["roll"] * seconds + 1.5 * HANDHELD * a["handheld"] * hand[2]
    track = torch.stack((pan, tilt, zoom, roll), -1)
    return track - track[:, :1]


def residual_flow(scene: Scene, camera, dolly) -> torch.Tensor:
    """Parallax [B, T, 2, gh, gw]: near things (the subject, the lower edge) move more when the camera itself moves."""
    depth = 0.65 * scene.falloff + 0.5 * (scene.y / scene.aspect - 0.5)
    depth = (PARALLAX * dolly.clamp(0, 1)[..., None] * (depth - depth.mean((1, 2), keepdim=True)))[:, None]
    pan, tilt, zoom, _ = (part[..., None, None] for part in camera.unbind(-1))
    zoom = zoom.clamp(-0.35, 0.35)
    dx = depth * (pan - zoom * (scene.x - 0.5))
    dy = depth * (tilt - zoom * (scene.y - scene.aspect / 2))
    return torch.stack((dx, dy), 2)


def local_flow(scene: Scene, a, seconds, beats, rate, push, on_beat) -> torch.Tensor:
    """The subject's own motion [B, T, 2, gh, gw]; `on_beat` [B, 1] tells phase-locked swings from driven ones."""
    batch, device = len(beats), beats.device
    speed = torch.where(rate * a["local_rate"] > FASTEST, 0.5 * a["local_rate"], a["local_rate"])
    turn = 2 * math.pi * beats * speed
    side = torch.where(torch.rand(batch, 1, device=device) < 0.5, -1.0, 1.0)
    swing_x = torch.where(on_beat, torch.sin(turn / 2), 1.5 * push)
    swing_y = torch.where(on_beat, torch.cos(turn), 1.5 * push)
    hop = torch.where(on_beat, torch.sin(turn / 2).abs(), push)
    slow = 2 * math.pi * 0.5 * a["local_rate"] * seconds + 2 * math.pi * torch.rand(batch, 1, device=device)
    rattle = torch.sin(2 * math.pi * (4.1 * seconds + torch.rand(batch, 1, device=device)))
    shift_x = a["sway"] * side * swing_x + 1.4 * a["orbit"] * slow.cos() + 0.5 * a["tremble"] * push * rattle
    shift_y = a["bob"] * swing_y - 1.8 * a["bounce"] * hop + 1.4 * a["orbit"] * slow.sin()
    bent = SWAY * scene.bend[:, None]
    whole = SWAY * 3 * seconds / 8 * a["local_rate"]
    move_x = bent * shift_x[..., None, None] + (a["drift_x"] * whole)[..., None, None]
    move_y = 0.8 * bent * shift_y[..., None, None] + (a["drift_y"] * whole)[..., None, None]
    scale = SWELL * a["swell"] * torch.where(on_beat, 0.5 + 0.5 * turn.cos(), push) + BREATHE * a["breathe"] * slow.sin()
    scale = scale[..., None, None]
    dx = -move_x - scale * (scene.x - scene.centre_x)[:, None]
    dy = -move_y - scale * (scene.y - scene.bottom.clamp(max=scene.aspect))[:, None] * 0.8
    return torch.stack((dx, dy), 2) * scene.falloff[:, None, None]


def light(scene: Scene, a, seconds, beats, push, calm) -> torch.Tensor:
    """Log-gain, glow and warmth [B, T, 3, gh, gw]; `calm` [B, 1] tames flashes faster than three a second."""
    batch, device = len(beats), beats.device
    push = (push * calm)[..., None, None]
    a = {name: amount[..., None, None] for name, amount in a.items()}
    bright = scene.luminance - scene.luminance.mean((1, 2), keepdim=True)
    touched = (0.85 + 0.9 * bright).clamp(0.4, 1.3)[:, None]
    slow = 2 * math.pi * (0.2 * seconds + torch.rand(batch, 1, device=device))[..., None, None]
    unrest = wander(batch, seconds, 1.0, 3.5)[..., None, None]
    front = (seconds / 4 + torch.rand(batch, 1, device=device)) % 1 * 1.6 - 0.3
    band = torch.exp(-((scene.x - front[..., None, None]) / 0.16) ** 2)
    gain = touched * (PULSE * a["pulse"] * push + FLICKER * a["flicker"] * unrest + BREATHING * a["breathing"] * slow.sin())
    gain = gain + SWEEP * a["sweep"] * band
    glow = GLOW * a["glow"] * push * (0.4 + 1.2 * scene.luminance)[:, None]
    settle = (seconds / 1.5).clamp(max=1)[..., None, None]
    cycle = torch.sin(2 * math.pi * (seconds / 5 + torch.rand(batch, 1, device=device)))[..., None, None]
    warmth = WARMTH * (a["warmth"] * settle + a["cycle"] * cycle * touched)
    return torch.stack(torch.broadcast_tensors(gain, glow, warmth), 2)


def targets(plan, features, matte, luminance, strength) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Clean latents of a batch.

    plan [B, K] (`plan.COLUMNS`), features [B, 3T, 7], matte and luminance [B, gh, gw], strength [B]
    → fields [B, T, 7, gh, gw], camera [B, T, 4], both in latent units.
    """
    batch, frames = len(plan), features.shape[1] // 3
    seconds = (torch.arange(frames, device=plan.device) / LATENT_RATE)[None]
    a, scene = amounts_of(plan), Scene(matte, luminance)
    frame_envelopes, flashes, beats, rate = envelopes(features)
    driver = plan[:, len(AMOUNTS) :].long()
    rows = torch.arange(batch, device=plan.device)
    camera_push, local_push, light_push = (frame_envelopes[rows, driver[:, i]] for i in range(len(SLOTS)))
    per_second = flashes[rows, driver[:, 2]][:, None]
    calm = (3 / per_second.clamp(min=3)).square().clamp(min=0.35)
    local_driver = driver[:, 1:2]
    on_beat = (local_driver == DRIVERS.index("beat")) | (local_driver == DRIVERS.index("none"))

    camera = camera_track(a, seconds, camera_push, batch)
    fields = torch.cat(
        (
            residual_flow(scene, camera, a["dolly"]),
            local_flow(scene, a, seconds, beats, rate, local_push, on_beat),
            light(scene, a, seconds, beats, light_push, calm),
        ),
        2,
    )
    fields = fields / torch.tensor(FIELD_SCALES, device=plan.device)[:, None, None]
    camera = camera / torch.tensor(CAMERA_SCALES, device=plan.device)
    return fields * strength[:, None, None, None, None], camera * strength[:, None, None]
