"""Stories: read, cut into passages and quotations, and cited to the letter."""

from knowledge.stories.citing import cite, closest_span, holds, paragraph_around, place_of, whole_sentences
from knowledge.stories.cutting import build_story, text_hash
from knowledge.stories.reading import LANGUAGE_CODE, read_story

__all__ = [
    "LANGUAGE_CODE",
    "build_story",
    "cite",
    "closest_span",
    "holds",
    "paragraph_around",
    "place_of",
    "read_story",
    "text_hash",
    "whole_sentences",
]
