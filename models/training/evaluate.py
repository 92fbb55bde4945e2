"""
Measures an exported Pocket folder on pictures it was not trained on, and prints the results as a table.

Everything runs on the stored networks with onnxruntime on the CPU. Amounts are relative to the speeds that
`fields.py` calls normal.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from bench import FRAMES, HERE, Bench
from contract import GRIDS
from measure_camera import chinese_directions, combinations, english_directions, speeds, unseen_phrasings
from measure_light import drivers, kinds, real_songs
from measure_model import ablations, aspects_and_lengths, diversity_and_time
from measure_subject import photographs, stillness, subject_kinds, subject_words
from render import render_frame
from scene import compose


def contact_sheet(bench: Bench, path: Path) -> None:
    """Four held-out pictures, six frames each, as one PNG."""
    prompts = ("", "the camera pans quickly to the right, the light turns warm", "zoom in quickly, she dances to the beat",
               "the camera rolls clockwise, the lights flash on the beat")  # fmt: skip
    rows, columns = GRIDS[0]
    strips = []
    for index, prompt in enumerate(prompts):
        torch.manual_seed(40 + index)
        large, _ = compose(bench.pictures, 1, 4 * rows, 4 * columns)
        small = F.avg_pool2d(large, 4)[0].numpy()
        latent = bench.runner.sample(prompt, small, bench.features[index], seed=index, strength=1.6, guidance=bench.guidance)
        frames = [render_frame(large[0], latent, frame) for frame in np.linspace(0, FRAMES - 1, 6).astype(int)]
        strips.append(torch.cat(frames, 2))
    sheet = torch.cat(strips, 1).permute(1, 2, 0).numpy()
    Image.fromarray((sheet * 255).astype(np.uint8)).resize((1680, 640), Image.LANCZOS).save(path)


SECTIONS = {
    "english": english_directions, "chinese": chinese_directions, "unseen": unseen_phrasings, "combinations": combinations,
    "speeds": speeds, "drivers": drivers, "songs": real_songs, "light": kinds, "subject": subject_words, "kinds": subject_kinds, "photographs": photographs, "still": stillness,
    "ablations": ablations, "aspects": aspects_and_lengths, "time": diversity_and_time,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=HERE / "../pocket")
    parser.add_argument("--clips", type=int, default=6, help="pictures per prompt; camera words use twice as many")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--guidance", type=float, help="of the high-noise expert; the model's own by default")
    parser.add_argument("--sections", nargs="*", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--sheet", type=Path, help="where to write a contact sheet")
    parser.add_argument("--results", type=Path, help="where to write the numbers as JSON")
    arguments = parser.parse_args()
    bench = Bench(arguments.model, arguments.clips, arguments.guidance, arguments.threads)
    results: dict[str, str] = {}
    for name in arguments.sections:
        found = SECTIONS[name](bench)
        results |= found
        for key, value in found.items():
            print(f"| {key} | {value} |", flush=True)
    if arguments.results:
        arguments.results.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    if arguments.sheet:
        contact_sheet(bench, arguments.sheet)


if __name__ == "__main__":
    main()
