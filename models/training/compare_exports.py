"""
What storing weights in fewer bits costs: one checkpoint in float32, float16 and int8, compared on held-out pictures.

    python compare_exports.py --weights FOLDER

Networks are compared on the inputs that they meet while float32 samples `REPLAYED` clips, so on every noise level of
the sampler; an expert's error is that of its estimate of the clean latent. Then each format samples the same clips,
with the same pictures, sounds and noise, and is measured as `evaluate.py` does. Errors are the root of the summed
squares of the difference over that of float32. Everything runs with onnxruntime on the CPU.
"""

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from bench import HERE, Bench
from check_export import clean
from contract import CAMERA_SCALES, FIELD_SCALES
from export import export_components, write_model
from measure_camera import directions
from measure_light import drivers
from sampler import Latent, PocketRunner
from storing import FORMATS

REPLAYED = ("zoom in slowly, the light pulses on the beat, the subject sways", "镜头向右平移，灯光随踩镲跳动")
REFERENCE = "float32"
WIDTH_PIXELS = 1280
LEVELS_OF = {"transformer": "high-noise expert", "transformer_2": "low-noise expert"}


class RecordingRunner(PocketRunner):
    """Keeps what every network was given."""

    def __init__(self, folder: Path, threads: int):
        super().__init__(folder, threads)
        self.calls: list[tuple[str, dict[str, np.ndarray]]] = []

    def run(self, name: str, **inputs: np.ndarray) -> list[np.ndarray]:
        self.calls.append((name, inputs))
        return super().run(name, **inputs)


class KeepingBench(Bench):
    """Keeps every latent that is made, for the comparison with another format's."""

    kept: list[Latent]

    def restart(self, runner: PocketRunner) -> None:
        """The same pictures, sounds and seeds from the start, with another model."""
        self.runner, self.drawn, self.kept = runner, 0, []

    def make(self, prompt: str, picture: int, **options) -> Latent:
        self.kept.append(super().make(prompt, picture, **options))
        return self.kept[-1]


class Errors:
    """Relative errors by name, over any number of arrays."""

    def __init__(self):
        self.sums = defaultdict(lambda: np.zeros(2))

    def add(self, name: str, approximate: np.ndarray, exact: np.ndarray) -> None:
        difference = approximate.astype(np.float64) - exact
        self.sums[name] += np.square(difference).sum(), np.square(exact.astype(np.float64)).sum()

    def percentages(self) -> dict[str, str]:
        return {name: f"{100 * np.sqrt(wrong / whole):.2f} %" for name, (wrong, whole) in self.sums.items()}


def outputs_of(runner: PocketRunner, name: str, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is compared of one network: encoders' outputs (words, not padding), experts' clean latents."""
    found = runner.sessions[name].run(None, inputs)
    if name == "text_encoder":
        return {"text": found[0] * inputs["attention_mask"][..., None]}
    if name == "audio_encoder":
        return {"audio": found[0]}
    if name == "image_encoder":
        return {"picture": found[0], "matte": found[1]}
    fields, camera = clean(found, inputs)
    return {f"{LEVELS_OF[name]}, fields": fields, f"{LEVELS_OF[name]}, camera": camera}


def network_errors(runner: PocketRunner, reference: PocketRunner, calls) -> dict[str, str]:
    """Each output's error on recorded inputs."""
    errors = Errors()
    for name, inputs in calls:
        exact = outputs_of(reference, name, inputs)
        for output, values in outputs_of(runner, name, inputs).items():
            errors.add(output, values, exact[output])
    return {f"error of one call: {name}": value for name, value in errors.percentages().items()}


def clip_errors(found: list[Latent], exact: list[Latent]) -> dict[str, str]:
    """Differences after a whole sampling, in the latent's own units and in what they come to on the screen."""
    errors, pixels, gain = Errors(), 0.0, 0.0
    field_scales, camera_scales = np.array(FIELD_SCALES)[:, None, None], np.array(CAMERA_SCALES)
    for latent, reference in zip(found, exact, strict=True):
        errors.add("fields", latent.fields / field_scales, reference.fields / field_scales)
        errors.add("camera track", latent.camera / camera_scales, reference.camera / camera_scales)
        difference = latent.fields - reference.fields
        flow = difference[:, 0:2] + difference[:, 2:4]
        pixels += np.square(flow * WIDTH_PIXELS).sum(1).mean()
        gain += np.square(difference[:, 4]).mean()
    return {f"error after 8 steps: {name}": value for name, value in errors.percentages().items()} | {
        f"flow after 8 steps: mean difference, px at {WIDTH_PIXELS}": f"{np.sqrt(pixels / len(exact)):.3f}",
        "light after 8 steps: mean difference of the brightness": f"{100 * np.sqrt(gain / len(exact)):.3f} %",
    }


def measure(bench: KeepingBench, runner: PocketRunner) -> dict[str, str]:
    """Camera words in both languages, two pictures each; six drivers of the light in both languages."""
    bench.restart(runner)
    found = {f"camera words right, {name}": directions(bench, index) for index, name in enumerate(("English", "Chinese"))}
    return found | drivers(bench, pictures=1)


def megabytes(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f}"


def play_replayed(bench: KeepingBench, runner: PocketRunner) -> list[Latent]:
    """The clips on whose calls networks are compared, sampled by one model."""
    bench.restart(runner)
    for picture, prompt in enumerate(REPLAYED):
        bench.make(prompt, picture)
    return bench.kept


def compare(root: Path, formats: list[str], quick: bool, threads: int) -> dict[str, dict[str, str]]:
    """Rows of the table by format; `root` holds a folder for each. Words are measured unless it must be quick."""
    reference = RecordingRunner(root / REFERENCE, threads)
    bench = KeepingBench(root / REFERENCE, 1, None, threads)
    exact = play_replayed(bench, reference)
    calls, table = list(reference.calls), {}
    for stored_as in formats:
        runner = PocketRunner(root / stored_as, threads)
        rows = {"megabytes": megabytes(root / stored_as)} | network_errors(runner, reference, calls)
        quality = {} if quick else measure(bench, runner)
        found = play_replayed(bench, runner) if quick else bench.kept
        exact = found if stored_as == REFERENCE else exact
        table[stored_as] = rows | clip_errors(found, exact) | quality
        for name, value in table[stored_as].items():
            print(f"{stored_as}: {name}: {value}", flush=True)
    print(f"torch seed 5 for pictures and synthetic sounds; noise seeds 1–{len(exact)} for {len(exact)} clips of 5 s at 16×28")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=HERE / ".data/weights")
    parser.add_argument("--experts", nargs=2, default=["high", "low"], help="as for export.py")
    parser.add_argument("--float", type=Path, help="float32 components that export.py wrote; exported anew by default")
    parser.add_argument("--tokenizer", type=Path, default=HERE / "../pocket/tokenizer/tokenizer.json")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS), help="float32 is always the reference")
    parser.add_argument("--quick", action="store_true", help="sample the replayed clips only, and measure no words")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        exact = arguments.float or Path(folder, "components")
        if not arguments.float:
            export_components(arguments.weights, arguments.tokenizer, arguments.experts, exact)
        others = [name for name in arguments.formats if name != REFERENCE]
        for stored_as in (REFERENCE, *others):
            write_model(exact, arguments.tokenizer, stored_as, Path(folder, stored_as))
        formats = others if arguments.quick else [REFERENCE, *others]
        table = compare(Path(folder), formats, arguments.quick, arguments.threads)
    print(f"\n| | {' | '.join(formats)} |\n|---|{'---|' * len(formats)}")
    for row in table[formats[0]]:
        print(f"| {row} | {' | '.join(table[stored_as][row] for stored_as in formats)} |")


if __name__ == "__main__":
    main()
