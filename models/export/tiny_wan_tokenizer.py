"""A unigram tokenizer of some hundred pieces whose ids behave as UMT5's: padding 0, </s> 1 at the end, <unk> 2."""

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

PIECES = ["▁", "▁the", "▁The", "▁sun", "▁sets", "▁over", "▁red", "▁sea", "▁and", "▁rises", "ing", "er", "夕阳", "大海", "红色"]
LETTERS = "abcdefghijklmnopqrstuvwxyzTS0123456789.,!?&'红色的大海上日落夕阳慢镜头。"


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    letters = dict.fromkeys(LETTERS)
    vocabulary = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocabulary += [(piece, -2.0 - 0.125 * at) for at, piece in enumerate(PIECES)]
    vocabulary += [(letter, -6.0 - 0.0625 * at) for at, letter in enumerate(letters)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512,
        padding_side="right",
    )  # fmt: skip
