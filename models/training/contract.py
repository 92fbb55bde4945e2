"""Numbers that training shares with the TypeScript runtime (`models/README.md` is the contract)."""

FIELD_SCALES = (0.004, 0.004, 0.003, 0.003, 0.05, 0.05, 0.12)
"""Physical value of one unit: residual dx, dy, local dx, dy (of the width), log-gain, glow, warmth."""

CAMERA_SCALES = (0.02, 0.015, 0.05, 0.025)
"""Physical value of one unit: pan, tilt (of the width), log-zoom, roll (radians)."""

LATENT_RATE = 10
"""Latent frames per second."""

FEATURE_RATE = 30
"""Audio feature rows per second."""

AUDIO_FEATURES = 7
"""onset, bass, mid, high, sine and cosine of the beat phase, loudness."""

GRIDS = ((16, 28), (28, 16), (21, 21))
"""Rows × columns for 16:9, 9:16 and 1:1."""

PIXELS_PER_CELL = 4
"""The picture encoder reads `4·gh × 4·gw` pixels."""

TEXT_TOKENS = 40
TEXT_WIDTH = 192
WIDTH = 256

SHIFT = 8.0
"""Flow-matching timestep shift."""

BOUNDARY = 0.875
"""Noise level from which the high-noise expert is used."""


def shifted(uniform):
    """Noise level σ for a position `uniform` in 0…1 of an unshifted schedule (works on floats and tensors)."""
    return SHIFT * uniform / (1 + (SHIFT - 1) * uniform)


def unshifted(sigma):
    """Inverse of `shifted`."""
    return sigma / (SHIFT - (SHIFT - 1) * sigma)
