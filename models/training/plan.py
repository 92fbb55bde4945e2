"""What a prompt asks for, as a vector of amounts that `fields.py` turns into motion and light."""

from dataclasses import dataclass, field

import numpy as np

DRIVERS = ("beat", "downbeat", "bass", "mid", "high", "onset", "none")
"""What moves a clause: a column of the driver envelopes, or time alone."""

AMOUNTS = (
    # camera, in units of the normal speed: right, down, in, clockwise are positive
    "pan", "tilt", "zoom", "roll", "dolly", "shake", "punch", "dip", "handheld",
    # subject, in units of the normal amplitude
    "sway", "bob", "bounce", "swell", "breathe", "drift_x", "drift_y", "orbit", "tremble", "local_rate",
    # light, in units of the normal amplitude
    "pulse", "glow", "breathing", "flicker", "sweep", "warmth", "cycle",
)  # fmt: skip
SLOTS = ("camera_driver", "local_driver", "light_driver")
COLUMNS = AMOUNTS + SLOTS

DEFAULT_CAMERA = {"zoom": 0.45}
DEFAULT_LOCAL = {"sway": 0.6, "bob": 0.5}
DEFAULT_LIGHT = {"pulse": 0.6, "glow": 0.5}
"""What an empty prompt means; local and light also hold beside a prompt that says nothing about them."""

COLOURING = {"warmth", "cycle", "sweep"}
"""Light that says nothing about brightness in time, so the default pulse stays beside it."""


@dataclass
class Plan:
    """Amounts by name; a group that no clause mentions stays None until `complete` fills it."""

    camera: dict | None = None
    local: dict | None = None
    light: dict | None = None
    drivers: dict = field(default_factory=dict)

    def add(self, group: str, amounts: dict, driver: str | None = None) -> None:
        """Adds a clause's amounts to `group` ("camera", "local" or "light")."""
        present = getattr(self, group) or {}
        for name, amount in amounts.items():
            present[name] = amount if name == "local_rate" else present.get(name, 0) + amount
        setattr(self, group, present)
        if driver is not None:
            self.drivers[f"{group}_driver"] = driver

    def hold(self, group: str) -> None:
        """Keeps a whole group still."""
        setattr(self, group, {})

    def vector(self) -> np.ndarray:
        """float32 [len(COLUMNS)]; drivers as indices into `DRIVERS`."""
        empty = self.camera is None and self.local is None and self.light is None
        camera = self.camera if self.camera is not None else (DEFAULT_CAMERA if empty else {})
        local = self.local if self.local is not None else DEFAULT_LOCAL
        light = self.light if self.light is not None else DEFAULT_LIGHT
        if light and not light.keys() - COLOURING:
            light = DEFAULT_LIGHT | light
        amounts = {"local_rate": 1.0} | camera | local | light
        drivers = [DRIVERS.index(self.drivers.get(slot, "beat")) for slot in SLOTS]
        return np.array([amounts.get(name, 0.0) for name in AMOUNTS] + drivers, np.float32)
