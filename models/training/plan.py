"""What a prompt asks for, as a vector of amounts that `fields.py` turns into motion and light."""

from dataclasses import dataclass, field

import numpy as np

DRIVERS = ("beat", "downbeat", "bass", "mid", "high", "onset", "energy", "none")
"""What moves a group: a row of the driver envelopes, or time alone."""
RATES = (0.5, 1.0, 2.0)
"""Of the subject's swings, in beats."""

GROUPS = {
    # in units of the normal speed: right, down, in, clockwise are positive; the rest in units of the normal amplitude
    "camera": ("pan", "tilt", "zoom", "roll", "dolly", "orbit", "whip", "shake", "punch", "dip", "handheld"),
    "local": ("sway", "bob", "nod", "bounce", "swell", "breathe", "drift_x", "drift_y", "float", "circle", "tremble",
              "hair", "cloth"),
    "scenery": ("ripple", "leaves", "smoke"),
    "light": ("pulse", "flash", "glow"),
    "tint": ("breathing", "flicker", "sweep", "warmth", "cycle", "sunrise", "vignette", "level"),
}  # fmt: skip
"""Amounts by group; a group shares one driver."""
AMOUNTS = tuple(name for names in GROUPS.values() for name in names)
GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}
COLUMNS = AMOUNTS + tuple(f"{group}_driver" for group in GROUPS) + ("local_rate",)

DEFAULTS = {
    "camera": {"zoom": 0.45},
    "local": {"sway": 0.6, "bob": 0.5},
    "scenery": {},
    "light": {"pulse": 0.6, "glow": 0.5},
    "tint": {},
}
"""What an empty prompt means; all but the camera also hold beside a prompt that says nothing about them."""
DEFAULT_DRIVERS = {"camera": "beat", "local": "beat", "scenery": "none", "light": "beat", "tint": "none"}
BRIGHTNESS = {"breathing", "flicker", "sunrise"}
"""Tints that say how bright it is in time, so they replace the default pulse instead of joining it."""


@dataclass
class Plan:
    """Amounts by group and name; a group that no clause mentions is filled in by `vector`."""

    groups: dict[str, dict[str, float]] = field(default_factory=dict)
    drivers: dict[str, str] = field(default_factory=dict)
    rate: float = 1.0
    overall: float = 1.0
    """Scales what is left to the defaults."""

    def add(self, amounts: dict[str, float], driver: str | None = None) -> None:
        """Adds a clause's amounts; `driver` becomes that of every group they belong to."""
        for name, amount in amounts.items():
            group = self.groups.setdefault(GROUP_OF[name], {})
            group[name] = group.get(name, 0) + amount
            if driver is not None:
                self.drivers[GROUP_OF[name]] = driver

    def hold(self, group: str) -> None:
        """Keeps a whole group still."""
        self.groups[group] = {}

    def forbid(self, name: str) -> None:
        """Takes one amount out of what the group would otherwise do."""
        group = GROUP_OF[name]
        present = self.groups.get(group, DEFAULTS[group])
        self.groups[group] = {key: value for key, value in present.items() if key != name}

    def amounts(self) -> dict[str, float]:
        """Every amount that is not zero, defaults filled in."""
        asked = dict(self.groups)
        if asked:
            asked.setdefault("camera", {})
        if asked.get("tint", {}).keys() & BRIGHTNESS:
            asked.setdefault("light", {})
        usual = {group: {name: self.overall * value for name, value in DEFAULTS[group].items()} for group in GROUPS}
        return {name: value for group in GROUPS for name, value in asked.get(group, usual[group]).items()}

    def vector(self) -> np.ndarray:
        """float32 [len(COLUMNS)]; drivers as indices into `DRIVERS`, the rate as one into `RATES`."""
        amounts = self.amounts()
        drivers = [DRIVERS.index(self.drivers.get(group, DEFAULT_DRIVERS[group])) for group in GROUPS]
        return np.array([amounts.get(name, 0.0) for name in AMOUNTS] + drivers + [RATES.index(self.rate)], np.float32)
