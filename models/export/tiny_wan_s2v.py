"""Makes a random Wan2.2-S2V of some ten thousand weights, and what the official code computes with it.

    pip install einops    (besides what wan_s2v.py needs)
    python models/export/tiny_wan_s2v.py WAN_CHECKOUT FOLDER

WAN_CHECKOUT is a checkout of github.com/Wan-Video/Wan2.2, FOLDER/checkpoint as Wan publishes S2V-14B, with text encoder,
tokenizer and VAE of the other Wan fixtures; export it with wan_s2v.py. FOLDER/reference.json holds audio features and
two generations by Wan's own classes in float32 on the CPU. Prints how far our torch module is from Wan's.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from tiny_wan_models import TEXT_WIDTH, tiny_text_encoder, tiny_vae, unsettled
from tiny_wan_s2v_run import SpeechRun, heard, parity
from tiny_wan_tokenizer import tiny_tokenizer
from transformers import Wav2Vec2Config, Wav2Vec2ForCTC
from wan_s2v_official import load_official, random_model
from wan_s2v_parts import AUDIO_FOLDER
from wan_s2v_weights import transformer_of

LAYERS = 2
#: As published (wan/configs/wan_s2v_14B.py), in small.
CONFIG = {
    "model_type": "s2v", "dim": 12, "ffn_dim": 24, "freq_dim": 16, "num_heads": 2, "num_layers": 4, "in_dim": 16, "out_dim": 16,
    "text_len": 512, "eps": 1e-6, "cond_dim": 16, "audio_dim": 16, "num_audio_token": 4, "audio_inject_layers": [0, 2],
    "enable_adain": True, "adain_mode": "attn_norm", "zero_init": True, "zero_timestep": True, "enable_motioner": False,
    "add_last_motion": True, "enable_tsm": False, "trainable_token_pos_emb": False, "motion_token_num": 1024,
    "enable_framepack": True, "framepack_drop_mode": "padd",
}  # fmt: skip


def tiny_audio_encoder() -> Wav2Vec2ForCTC:
    torch.manual_seed(50)
    config = Wav2Vec2Config(
        vocab_size=8, hidden_size=CONFIG["audio_dim"], num_hidden_layers=LAYERS, num_attention_heads=2, intermediate_size=24,
        conv_dim=(8,) * 7, conv_bias=True, feat_extract_norm="layer", do_stable_layer_norm=True, num_conv_pos_embeddings=16,
        num_conv_pos_embedding_groups=4,
    )  # fmt: skip
    return unsettled(Wav2Vec2ForCTC(config), 51)


def main() -> None:
    checkout, folder = Path(sys.argv[1]), Path(sys.argv[2])
    official = load_official(checkout)
    model = random_model(official, {**CONFIG, "text_dim": TEXT_WIDTH}, LAYERS + 1, 52)
    parity(model, transformer_of(CONFIG, model.state_dict()))
    audio, text, tokenizer, vae = tiny_audio_encoder(), tiny_text_encoder(), tiny_tokenizer(), tiny_vae()

    checkpoint = folder / "checkpoint"
    shutil.rmtree(checkpoint, ignore_errors=True)
    checkpoint.mkdir(parents=True)
    save_file({name: weight.contiguous() for name, weight in model.state_dict().items()},
              checkpoint / "diffusion_pytorch_model.safetensors")  # fmt: skip
    (checkpoint / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    for name, part in ((AUDIO_FOLDER, audio), ("text_encoder", text), ("tokenizer", tokenizer), ("vae", vae)):
        part.save_pretrained(checkpoint / name)

    run = SpeechRun(official, model, audio.wav2vec2, text, tokenizer, vae)
    told = {
        "source": "github.com/Wan-Video/Wan2.2",
        "audio": heard(official, audio.wav2vec2),
        "runs": [run(clips=2), run(clips=1, from_reference=True, posed=True)],
    }
    (folder / "reference.json").write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
