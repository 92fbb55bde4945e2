"""Tracker modules: pieces whose every row is known. Needs libopenmpt0."""

import ctypes
from pathlib import Path

import numpy as np

from synth import RATE

LIBRARY = "libopenmpt.so.0"
BLOCK = 64
"""Samples between two looks at which row is played: 1.5 ms."""
_MUTE = 10
"""Place of set_channel_mute_status in libopenmpt's interface "interactive" (libopenmpt_ext.h)."""


class Module:
    def __init__(self, path: Path):
        self._lib = lib = ctypes.CDLL(LIBRARY)
        data = path.read_bytes()
        lib.openmpt_module_ext_create_from_memory.restype = ctypes.c_void_p
        nothing = ctypes.c_void_p(None)
        self._ext = lib.openmpt_module_ext_create_from_memory(data, ctypes.c_size_t(len(data)), nothing, nothing, nothing, nothing, nothing, nothing, nothing)
        if not self._ext:
            raise ValueError(f"{path.name} is no module.")
        lib.openmpt_module_ext_get_module.restype = ctypes.c_void_p
        self._module = ctypes.c_void_p(lib.openmpt_module_ext_get_module(ctypes.c_void_p(self._ext)))
        lib.openmpt_module_get_duration_seconds.restype = ctypes.c_double
        lib.openmpt_module_set_position_seconds.argtypes = [ctypes.c_void_p, ctypes.c_double]
        lib.openmpt_module_set_position_seconds.restype = ctypes.c_double
        lib.openmpt_module_read_float_mono.restype = ctypes.c_size_t
        self.channels = lib.openmpt_module_get_num_channels(self._module)
        self.seconds = lib.openmpt_module_get_duration_seconds(self._module)

    def close(self) -> None:
        self._lib.openmpt_module_ext_destroy(ctypes.c_void_p(self._ext))

    def listen(self, channels: set[int]) -> None:
        """Only these channels sound from now on."""
        interface = (ctypes.c_void_p * 16)()
        if not self._lib.openmpt_module_ext_get_interface(ctypes.c_void_p(self._ext), b"interactive", interface, ctypes.c_size_t(ctypes.sizeof(interface))):
            raise OSError("libopenmpt cannot mute channels.")
        mute = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int32, ctypes.c_int)(interface[_MUTE])
        for channel in range(self.channels):
            mute(self._ext, channel, int(channel not in channels))

    def play(self, start: float, seconds: float) -> tuple[np.ndarray, list[tuple[float, int, int]]]:
        """Mono sound, and (seconds, order, row) of each row that began."""
        lib, module = self._lib, self._module
        lib.openmpt_module_set_position_seconds(module, start)
        sound = np.zeros(int(seconds * RATE) // BLOCK * BLOCK, np.float32)
        rows: list[tuple[float, int, int]] = []
        for at in range(0, len(sound), BLOCK):
            pointer = ctypes.c_void_p(sound.ctypes.data + 4 * at)
            got = lib.openmpt_module_read_float_mono(module, RATE, ctypes.c_size_t(BLOCK), pointer)
            place = (lib.openmpt_module_get_current_order(module), lib.openmpt_module_get_current_row(module))
            if not rows or place != rows[-1][1:]:
                rows.append((at / RATE, *place))
            if got < BLOCK:
                return sound[: at + got], rows
        return sound, rows


def grids(rows: list[tuple[float, int, int]]):
    """Every way in which the rows may be counted: (rows in a beat, beats in seconds, downbeats or None)."""
    starts = [i for i in range(len(rows)) if i > 0 and rows[i][1] != rows[i - 1][1]]
    lengths = np.diff(starts)
    for step in (2, 3, 4, 6, 8, 12):
        beats, bars, whole, first = [], [], True, 0
        for i, (at, _, row) in enumerate(rows):
            if i in starts:
                first = i
                whole = whole and row % step == 0
            count = (i - first) + (rows[first][2] if first == 0 else 0)
            if count % step == 0:
                beats.append(at)
                if count % (4 * step) == 0:
                    bars.append(at)
        if len(beats) < 8:
            continue
        bpm = 60 / np.median(np.diff(beats))
        if 52 <= bpm <= 215:
            square = len(lengths) > 0 and np.mean(lengths % (4 * step) == 0) > 0.8
            yield step, np.array(beats), np.array(bars) if square and whole else None
