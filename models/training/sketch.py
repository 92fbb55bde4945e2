"""The first answer of an expert, made without looking at the noise: what the score asks for, laid over the picture."""

import torch
from torch import nn

import fields
from contract import CAMERA_SCALES, WIDTH
from encoders import PLACE_FEATURES, EncoderLayer, place_features
from fields import Scene
from plan import GROUPS
from score import CLOCKS, SCORE_FEATURES

RANK = 40
"""Maps of the picture that courses in time are multiplied with."""
GEOMETRY = 8
"""What `geometry` says about one cell."""
CAMERA_SCORE = len(GROUPS["camera"]) * CLOCKS["camera"]


def camera_matrix() -> torch.Tensor:
    """[CAMERA_SCORE, 4]: the camera, in latent units, for one unit of each amount times its clocks (time / 8 s, push, whip)."""
    time, push, whip = range(3)
    moves = {
        ("pan", time): (0, 8 * fields.PAN), ("orbit", time): (0, 8 * 0.8 * fields.PAN), ("whip", whip): (0, fields.WHIP),
        ("tilt", time): (1, 8 * fields.TILT), ("dip", push): (1, fields.DIP), ("zoom", time): (2, 8 * fields.ZOOM),
        ("punch", push): (2, fields.PUNCH), ("roll", time): (3, 8 * fields.ROLL),
    }  # fmt: skip
    matrix = torch.zeros(len(GROUPS["camera"]), CLOCKS["camera"], 4)
    for (name, clock), (axis, amount) in moves.items():
        matrix[GROUPS["camera"].index(name), clock, axis] = amount / CAMERA_SCALES[axis]
    return matrix.flatten(0, 1)


def geometry(matte: torch.Tensor) -> torch.Tensor:
    """How far a cell [B, GEOMETRY, gh, gw] is inside the subject, and how high on it."""
    scene = Scene(matte, torch.zeros_like(matte))
    inside = scene.falloff
    across = (scene.x - scene.centre_x) * inside
    parts = (matte, inside, scene.bend * inside, scene.lift.square() * inside, 2 * across, 2 * scene.lift * inside,
             scene.bottom.expand_as(matte), scene.outside)  # fmt: skip
    return torch.stack(parts, 1)


class Sketch(nn.Module):
    """
    Fields as a sum of `RANK` products, a course in time (linear in the score) times a map of the picture, and the
    camera as its amounts times time.

    Products of what was read, heard and seen are explicit here, so amplitudes come out as they were taught.
    """

    def __init__(self):
        super().__init__()
        self.geometry_in = nn.Linear(4 * GEOMETRY, WIDTH)
        self.image_in = nn.Linear(WIDTH, WIDTH)
        self.place_in = nn.Linear(PLACE_FEATURES, WIDTH)
        self.layers = nn.ModuleList(EncoderLayer(WIDTH, 4, 2) for _ in range(2))
        self.norm = nn.LayerNorm(WIDTH)
        self.maps = nn.Linear(WIDTH, RANK * 7 * 4)
        self.courses = nn.Linear(SCORE_FEATURES, RANK, bias=False)
        self.camera = nn.Parameter(camera_matrix())
        nn.init.normal_(self.courses.weight, std=0.15)
        nn.init.normal_(self.maps.weight, std=0.005)
        nn.init.zeros_(self.maps.bias)

    def forward(self, score, image, matte, padded_matte) -> tuple[torch.Tensor, torch.Tensor]:
        """
        score [B, T, SCORE_FEATURES], image [B, P, 256], matte [B, gh, gw], padded_matte with even sides
        → fields [B, T, 7, even gh, even gw] and camera [B, T, 4], float32.
        """
        rows, columns = padded_matte.shape[1] // 2, padded_matte.shape[2] // 2
        cells = geometry(padded_matte.float())
        patches = cells.unflatten(2, (rows, 2)).unflatten(4, (columns, 2)).permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
        x = self.geometry_in(patches.to(image.dtype)) + self.image_in(image)
        x = x + self.place_in(place_features(rows, columns, image))
        for layer in self.layers:
            x = layer(x)
        maps = self.maps(self.norm(x)).float().unflatten(2, (RANK, 7, 2, 2)).unflatten(1, (rows, columns))
        maps = maps.permute(0, 3, 4, 1, 5, 2, 6).flatten(5, 6).flatten(3, 4)
        # Local flow is confined to the subject, with its exact edge.
        maps = torch.cat((maps[:, :, :2], maps[:, :, 2:4] * cells[:, 1][:, None, None], maps[:, :, 4:]), 2)
        courses = self.courses(score.to(image.dtype)).float()
        sketched = torch.matmul(courses, maps.flatten(2)).unflatten(2, (7, 2 * rows, 2 * columns))
        moved = (score[:, :, :CAMERA_SCORE, None].float() * self.camera.float()).sum(2)
        return sketched, moved - moved[:, :1]
