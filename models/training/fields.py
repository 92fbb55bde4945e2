"""Targets: the camera track, flow and light that a plan asks for, in the latent's units."""

import math

import torch
import torch.nn.functional as F

from contract import CAMERA_SCALES, FIELD_SCALES, LATENT_RATE
from drivers import Sound, listen
from plan import AMOUNTS, DRIVERS, GROUPS, RATES

PAN, TILT, ZOOM, ROLL = (amount / 8 for amount in (0.06, 0.045, 0.14, 0.07))
"""Per second at normal speed: widths, widths, log, radians."""
SHAKE, PUNCH, DIP, HANDHELD = 0.008, 0.04, 0.012, 0.006
WHIP = 0.09
"""Width that a whip pan crosses, within half a second."""
SWAY = 0.008
"""Amplitude of the subject's motion, of the width."""
SWELL, BREATHE = 0.04, 0.025
RIPPLE, LEAVES, SMOKE = 0.006, 0.005, 0.009
PULSE, FLASH, GLOW, BREATHING, FLICKER, SWEEP = 0.14, 0.24, 0.13, 0.11, 0.08, 0.18
WARMTH, SUNRISE, VIGNETTE, LEVEL = 0.26, 0.22, 0.14, 0.16
PARALLAX, ORBIT_PARALLAX = 0.3, 0.9
CALM_FLASH = 0.09
"""Largest log-gain of peaks that come more than three times a second (a tenth of the brightness, WCAG 2.3.1)."""


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
        inside = matte.amax(2) > 0.4
        line = self.y[:, 0]
        self.top = torch.where(inside, line, self.aspect).amin(1)[:, None, None]
        self.bottom = torch.where(inside, line, 0.0).amax(1)[:, None, None]
        # What stands on the lower border bends from there; what floats moves as a whole.
        self.lift = ((self.bottom - self.y) / (self.bottom - self.top).clamp(min=1 / columns)).clamp(0, 1).pow(0.8)
        self.outside = 1 - self.falloff
        self.height = self.y / self.aspect
        grounded = (self.bottom > 0.9 * self.aspect).float()
        self.bend = grounded * self.lift + (1 - grounded) * (0.5 + 0.5 * self.lift)


def amounts_of(plan: torch.Tensor) -> dict[str, torch.Tensor]:
    """Columns of plan vectors [B, K] by name, [B, 1] each."""
    return {name: plan[:, index : index + 1] for index, name in enumerate(AMOUNTS)}


def random_phase(batch: int, device) -> torch.Tensor:
    """Angles [B, 1]."""
    return 2 * math.pi * torch.rand(batch, 1, device=device)


def wander(batch: int, seconds: torch.Tensor, slowest: float, fastest: float) -> torch.Tensor:
    """Random smooth curves [B, T] from three sines between two frequencies (hertz), about −1…1."""
    device = seconds.device
    frequency = slowest + (fastest - slowest) * torch.rand(batch, 3, 1, device=device)
    phase = 2 * math.pi * torch.rand(batch, 3, 1, device=device)
    return torch.sin(2 * math.pi * frequency * seconds + phase).mean(1) * 1.3


def over_grid(curve: torch.Tensor) -> torch.Tensor:
    """[B, T] → [B, T, 1, 1]."""
    return curve[..., None, None]


def camera_track(a, seconds, push, batch) -> torch.Tensor:
    """Physical pan, tilt, zoom and roll [B, T, 4] before strength; `push` is the camera's driver envelope [B, T]."""
    rattle = torch.sin(2 * math.pi * 3.7 * seconds + random_phase(batch, seconds.device))
    hand = [wander(batch, seconds, 0.25, 1.3) for _ in range(3)]
    whip = WHIP * a["whip"] * ((seconds - 0.3) / 0.5).clamp(0, 1)
    pan = PAN * (a["pan"] + 0.8 * a["orbit"]) * seconds + whip + SHAKE * a["shake"] * push * rattle
    pan = pan + HANDHELD * a["handheld"] * hand[0]
    tilt = TILT * a["tilt"] * seconds + DIP * a["dip"] * push + HANDHELD * a["handheld"] * hand[1]
    tilt = tilt + 0.6 * SHAKE * a["shake"] * push * torch.roll(rattle, 1, 1)
    zoom = ZOOM * a["zoom"] * seconds + PUNCH * a["punch"] * push
    roll = ROLL * a["roll"] * seconds + 1.5 * HANDHELD * a["handheld"] * hand[2]
    track = torch.stack((pan, tilt, zoom, roll), -1)
    return track - track[:, :1]


def parallax(scene: Scene, camera, a, seconds) -> torch.Tensor:
    """[B, T, 2, gh, gw]: near things move more when the camera itself moves; in an orbit the subject stays in place."""
    depth = 0.65 * scene.falloff + 0.5 * (scene.height - 0.5)
    depth = (PARALLAX * a["dolly"].clamp(0, 1)[..., None] * (depth - depth.mean((1, 2), keepdim=True)))[:, None]
    pan, tilt, zoom, _ = (over_grid(part) for part in camera.unbind(-1))
    zoom = zoom.clamp(-0.35, 0.35)
    dx = depth * (pan - zoom * (scene.x - 0.5))
    dy = depth * (tilt - zoom * (scene.y - scene.aspect / 2))
    held = over_grid(ORBIT_PARALLAX * 0.8 * PAN * a["orbit"] * seconds) * scene.falloff[:, None]
    return torch.stack((dx - held, dy), 2)


def scenery_flow(scene: Scene, a, seconds, push, free) -> torch.Tensor:
    """Motion around the subject [B, T, 2, gh, gw]: water below, leaves above, smoke; `free` [B, 1] of the sound."""
    batch, device = len(push), push.device
    drive = torch.where(free, 1.0, 0.35 + 1.1 * push)
    beat, leaf, gust, curl = (over_grid(random_phase(batch, device)) for _ in range(4))
    turn = over_grid(2 * math.pi * seconds)
    across, down = (2 * math.pi * scene.x)[None, None], (2 * math.pi * scene.height)[None, None]
    water = ((scene.height - 0.35) / 0.3).clamp(0, 1) * over_grid(RIPPLE * a["ripple"] * drive)
    crown = ((0.9 - scene.height) / 0.3).clamp(0, 1) * over_grid(LEAVES * a["leaves"] * drive)
    haze = over_grid(SMOKE * a["smoke"] * drive)
    flutter = torch.sin(0.45 * turn + down + gust)
    dx = water * torch.sin(0.8 * turn - 3 * down + beat) + crown * flutter * torch.sin(1.3 * turn + 2.5 * across + leaf)
    dy = 0.6 * water * torch.cos(0.8 * turn - 3 * down + across + beat)
    dy = dy + 0.7 * crown * flutter * torch.cos(1.1 * turn + 2 * across + leaf)
    dx = dx + haze * torch.sin(0.15 * turn + 1.5 * down + curl)
    dy = dy + haze * (over_grid(seconds / 8) + 0.4 * torch.sin(0.12 * turn + 1.2 * across + curl))
    return torch.stack((dx, dy), 2) * scene.outside[:, None, None]


def local_flow(scene: Scene, a, seconds, swing, factor, push, on_beat) -> torch.Tensor:
    """
    The subject's own motion [B, T, 2, gh, gw].

    swing [B, WAVES, T] at the asked rate, `factor` [B, 1] that rate; `on_beat` [B, 1] tells phase-locked swings from
    driven ones.
    """
    batch, device = len(push), push.device
    half_sine, _, _, cosine = swing.unbind(1)
    swing_x = torch.where(on_beat, half_sine, 1.5 * push)
    swing_y = torch.where(on_beat, cosine, 1.5 * push)
    hop = torch.where(on_beat, half_sine.abs(), push)
    slow = math.pi * factor * seconds + random_phase(batch, device)
    rattle = torch.sin(2 * math.pi * 4.1 * seconds + random_phase(batch, device))
    shift_x = a["sway"] * swing_x + 1.4 * a["circle"] * slow.cos() + 0.6 * a["tremble"] * push * rattle
    shift_x = shift_x + 0.5 * a["float"] * wander(batch, seconds, 0.1, 0.25)
    shift_y = a["bob"] * swing_y - 1.8 * a["bounce"] * hop + 1.4 * a["circle"] * slow.sin()
    shift_y = shift_y + 1.5 * a["float"] * (0.7 * slow).sin()
    bent = SWAY * scene.bend[:, None]
    whole = SWAY * 3 * seconds / 8 * factor
    move_x = bent * over_grid(shift_x) + over_grid(a["drift_x"] * whole)
    move_y = 0.8 * bent * over_grid(shift_y) + over_grid(a["drift_y"] * whole)
    head = scene.lift.square()[:, None]
    move_y = move_y + 1.6 * SWAY * head * over_grid(a["nod"] * push)
    turn = over_grid(2 * math.pi * factor * seconds)
    strands = torch.sin(0.6 * turn - 5 * math.pi * scene.height + over_grid(random_phase(batch, device)))
    folds = torch.sin(0.7 * turn - 4 * math.pi * (scene.x + 0.5 * scene.height) + over_grid(random_phase(batch, device)))
    move_x = move_x + SWAY * (head * over_grid(a["hair"]) * strands + (1 - head) * over_grid(a["cloth"]) * folds)
    move_y = move_y + 0.5 * SWAY * (1 - head) * over_grid(a["cloth"]) * folds
    scale = SWELL * a["swell"] * torch.where(on_beat, 0.5 + 0.5 * cosine, push) + BREATHE * a["breathe"] * slow.sin()
    scale = over_grid(scale)
    dx = -move_x - scale * (scene.x - scene.centre_x)[:, None]
    dy = -move_y - scale * (scene.y - scene.bottom.clamp(max=scene.aspect))[:, None] * 0.8
    return torch.stack((dx, dy), 2) * scene.falloff[:, None, None]


def driven_light(scene: Scene, a, push, per_second, strength) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-gain and glow [B, T, gh, gw] of pulses and flashes; those that come too often stay faint."""
    rise = PULSE * a["pulse"] * push + FLASH * a["flash"] * push.square()
    most = (CALM_FLASH + 2 * (3 - per_second).clamp(min=0)) / strength[:, None].clamp(min=1)
    rise = rise * (most / (PULSE * a["pulse"] + FLASH * a["flash"]).clamp(min=1e-3)).clamp(max=1)
    glow = GLOW * a["glow"] * push
    return over_grid(rise), over_grid(glow) * (0.4 + 1.2 * scene.luminance)[:, None]


def tints(scene: Scene, a, seconds, push, free, bar) -> tuple[torch.Tensor, ...]:
    """Log-gain that follows the picture, log-gain as it is, and warmth, all broadcastable to [B, T, gh, gw]."""
    batch, device = len(push), push.device
    settle, day = (seconds / 1.5).clamp(max=1), (seconds / 8).clamp(max=1.25)
    unrest = wander(batch, seconds, 1.0, 2.8)
    flicker = torch.where(free, unrest, 1.3 * push * (0.65 + 0.45 * unrest))
    swell = torch.where(free, torch.sin(2 * math.pi * 0.2 * seconds + random_phase(batch, device)), 1.4 * push)
    front = (seconds / 4 + torch.rand(batch, 1, device=device)) % 1 * 1.6 - 0.3
    band = torch.exp(-(((scene.x - over_grid(front)) / 0.16) ** 2))
    corner = (scene.x - 0.5).square() * 4 + (scene.height - 0.5).square() * 4
    cycle = torch.where(free, torch.sin(2 * math.pi * seconds / 5 + random_phase(batch, device)), bar)
    lit = over_grid(FLICKER * a["flicker"] * flicker + BREATHING * a["breathing"] * swell)
    even = over_grid(SWEEP * a["sweep"]) * band + over_grid(SUNRISE * a["sunrise"] * day + LEVEL * a["level"] * settle)
    even = even - over_grid(VIGNETTE * a["vignette"] * settle) * corner
    tone = a["warmth"] * torch.where(free, settle, 1.3 * push) + 0.8 * a["sunrise"] * day + a["cycle"] * cycle
    return lit, even, over_grid(WARMTH * tone)


def light(scene: Scene, a, seconds, sound: Sound, pushes, free, per_second, strength) -> torch.Tensor:
    """Log-gain, glow and warmth [B, T, 3, gh, gw]."""
    bright = scene.luminance - scene.luminance.mean((1, 2), keepdim=True)
    touched = (0.85 + 0.9 * bright).clamp(0.4, 1.3)[:, None]
    rise, glow = driven_light(scene, a, pushes["light"], per_second, strength)
    lit, even, warmth = tints(scene, a, seconds, pushes["tint"], free["tint"], sound.bar[:, 0])
    return torch.stack(torch.broadcast_tensors(touched * (rise + lit) + even, glow, warmth), 2)


def targets(plan, features, matte, luminance, strength) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Clean latents of a batch.

    plan [B, K] (`plan.COLUMNS`), features [B, 3T, 7], matte and luminance [B, gh, gw], strength [B]
    → fields [B, T, 7, gh, gw], camera [B, T, 4], both in latent units.
    """
    batch, frames = len(plan), features.shape[1] // 3
    seconds = (torch.arange(frames, device=plan.device) / LATENT_RATE)[None]
    a, scene, sound = amounts_of(plan), Scene(matte, luminance), listen(features)
    choice = plan[:, len(AMOUNTS) :].long()
    rows = torch.arange(batch, device=plan.device)
    pushes = {group: sound.envelopes[rows, choice[:, i]] for i, group in enumerate(GROUPS)}
    free = {group: choice[:, i : i + 1] == DRIVERS.index("none") for i, group in enumerate(GROUPS)}
    order = list(GROUPS)
    local_driver = choice[:, order.index("local"), None]
    on_beat = (local_driver == DRIVERS.index("beat")) | free["local"]
    per_second = sound.flashes[rows, choice[:, order.index("light")]][:, None]
    rate = choice[:, len(GROUPS)]
    factor = torch.tensor(RATES, device=plan.device)[rate][:, None]

    camera = camera_track(a, seconds, pushes["camera"], batch)
    around = parallax(scene, camera, a, seconds) + scenery_flow(scene, a, seconds, pushes["scenery"], free["scenery"])
    fields = torch.cat(
        (
            around,
            local_flow(scene, a, seconds, sound.swings[rows, rate], factor, pushes["local"], on_beat),
            light(scene, a, seconds, sound, pushes, free, per_second, strength),
        ),
        2,
    )
    fields = fields / torch.tensor(FIELD_SCALES, device=plan.device)[:, None, None]
    camera = camera / torch.tensor(CAMERA_SCALES, device=plan.device)
    return fields * strength[:, None, None, None, None], camera * strength[:, None, None]
