"""Texts to distil word vectors from: WordNet's, people's small talk, and questions made from templates."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

SHORTEST = 3
"""Letters of a word, at least, that is telling enough to be drawn, or to lead from one encoder's space to another's."""
SHORTEST_SAID = 8
"""Characters of a text that somebody wrote, at least."""
DEFINED, LISTED = 0.5, 0.3
"""The shares of WordNet's senses whose definition stands after its word, and whose synonyms are a text."""
COMPOUND, DESCRIBED = 0.12, 0.1
"""The shares of nouns in made questions that have another noun, or an adjective, before them."""


def wordnet_texts(folder: Path) -> Iterator[str]:
    """Yield WordNet's definitions, each after its word or alone, its examples, and its synonyms."""
    rng = random.Random(1)
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            head, _, gloss = line.partition("|")
            if line.startswith(" ") or not gloss:
                continue
            fields = head.split()
            synonyms = [
                re.sub(r"\((a|p|ip)\)$", "", fields[4 + 2 * i].replace("_", " "))
                for i in range(int(fields[3], 16))
            ]
            definition = re.sub(r';?\s*"[^"]+"', "", gloss).strip(" ;")
            yield from re.findall(r'"([^"]{9,})"', gloss)
            if rng.random() < DEFINED:
                yield f"{synonyms[0]}: {definition}"
            if rng.random() < LISTED:
                yield ", ".join(synonyms[:3])


def chat_texts(path: Path) -> Iterator[str]:
    """Yield what people wrote to one another in the chitchat dataset."""
    for talk in json.loads(path.read_text(encoding="utf-8")).values():
        for turn in talk["messages"]:
            yield from (text[:250] for said in turn if len(text := said["text"].strip()) >= SHORTEST_SAID)


class Questions:
    """Questions made from templates: V a verb, N a noun, A an adjective, with their endings."""

    def __init__(self, wordnet: Path, templates: Path, known: frozenset[str]) -> None:
        """Take WordNet's words that are made of `known` ones, the frequent ones more often."""
        self._rng = random.Random(7)
        lines = templates.read_text(encoding="utf-8").splitlines()
        self._templates = [line for line in lines if line and not line.startswith("#")]
        often: Counter[tuple[str, str]] = Counter()
        for line in (wordnet / "cntlist.rev").read_text().splitlines():
            key, _, times = line.split()
            word, _, rest = key.partition("%")
            often[word.replace("_", " "), rest[0]] += int(times)
        self._words: dict[str, tuple[list[str], list[float]]] = {}
        for kind, part, number in (("N", "noun", "1"), ("V", "verb", "2"), ("A", "adj", "3")):
            found = [
                word
                for line in (wordnet / f"index.{part}").read_text(encoding="latin-1").splitlines()
                if not line.startswith(" ")
                and re.fullmatch("[a-z]+( [a-z]+){0,2}", word := line.split()[0].replace("_", " "))
                and len(word) >= SHORTEST
                and known.issuperset(word.split())
            ]
            weights = [
                0.6 + often[w, number] ** 0.4 if " " in w else (often[w, number] + 1) ** 0.4 for w in found
            ]
            self._words[kind] = found, list(accumulate(weights))
        self._irregular: dict[str, list[str]] = {}
        for line in (wordnet / "verb.exc").read_text().splitlines():
            form, base, *_ = line.split()
            self._irregular.setdefault(base, []).append(form)

    def make(self, n: int) -> list[str]:
        """Make n different questions."""
        made: dict[str, None] = {}
        while len(made) < n:
            template = self._rng.choice(self._templates)
            made[re.sub(r"\b([VNA])(ing|ed|s)?\b", self._filled, template)] = None
        return list(made)

    def _draw(self, kind: str) -> str:
        words, up_to = self._words[kind]
        return self._rng.choices(words, cum_weights=up_to)[0]

    def _filled(self, place: "re.Match[str]") -> str:
        kind, ending = place[1], place[2] or ""
        word = self._draw(kind)
        if kind == "V":
            return self._verb(word, ending)
        if kind == "N" and self._rng.random() < COMPOUND:
            word = f"{self._draw('N')} {word}"
        if kind == "N" and self._rng.random() < DESCRIBED:
            word = f"{self._draw('A')} {word}"
        return _with_s(word) if ending else word

    def _verb(self, phrase: str, ending: str) -> str:
        verb, *rest = phrase.split()
        irregular = self._irregular.get(verb, [])
        if ending == "ing":
            regular = verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + "ing"
            verb = next((f for f in irregular if f.endswith("ing")), regular)
        elif ending == "ed":
            regular = verb + "d" if verb.endswith("e") else re.sub("(?<=[^aeiou])y$", "i", verb) + "ed"
            verb = next((f for f in irregular if not f.endswith(("ing", "s"))), regular)
        elif ending == "s":
            verb = _with_s(verb)
        return " ".join([verb, *rest])


def _with_s(word: str) -> str:
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")
