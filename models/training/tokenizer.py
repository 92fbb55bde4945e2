"""The prompt tokenizer: lower-cased words, single Chinese characters, one vocabulary drawn from the grammar."""

import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import NFKC, Lowercase
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Sequence, Split

from contract import TEXT_TOKENS
from grammar import write_prompt

PAD, UNKNOWN = "[PAD]", "[UNK]"
WORD = r"[\u4e00-\u9fff]|[a-z0-9]+|[^\sa-z0-9\u4e00-\u9fff]"
MOST_COMMON = 1600
ALIASES = {
    "quick": "fast", "rapid": "fast", "swift": "fast", "speedy": "fast", "sluggish": "slow", "gradual": "slow", "colour": "color",
    "colours": "colors", "lamp": "light", "lamps": "lights",
}  # fmt: skip
"""Words that share the number of one the grammar knows, where they have none of their own."""


def build_tokenizer(seed: int = 7, prompts: int = 60_000) -> Tokenizer:
    """A WordLevel tokenizer over what the grammar can say; words seen fewer than four times stay unknown."""
    rng = random.Random(seed)
    counts = Counter(token for _ in range(prompts) for token in re.findall(WORD, write_prompt(rng)[0].lower()))
    words = sorted(word for word, count in counts.most_common(MOST_COMMON) if count >= 4)
    vocabulary = {token: index for index, token in enumerate([PAD, UNKNOWN, *words])}
    vocabulary |= {word: vocabulary[known] for word, known in ALIASES.items() if word not in vocabulary and known in vocabulary}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = Normalizers([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = Sequence(
        [Split(Regex(r"\s+"), "removed"), Split(Regex(r"[\u4e00-\u9fff]"), "isolated"), Split(Regex(r"[a-z0-9]+"), "isolated"),
         Split(Regex(r"[^a-z0-9\u4e00-\u9fff]"), "isolated")]
    )  # fmt: skip
    return tokenizer


def encode(tokenizer: Tokenizer, prompt: str) -> tuple[np.ndarray, np.ndarray]:
    """`input_ids` and `attention_mask`, int64 [40] each; longer prompts are cut."""
    ids = tokenizer.encode(prompt).ids[:TEXT_TOKENS]
    padded = np.zeros(TEXT_TOKENS, np.int64)
    padded[: len(ids)] = ids
    return padded, (np.arange(TEXT_TOKENS) < len(ids)).astype(np.int64)


if __name__ == "__main__":
    folder = Path(__file__).parent / "../pocket/tokenizer"
    folder.mkdir(parents=True, exist_ok=True)
    build_tokenizer().save(str(folder / "tokenizer.json"))
