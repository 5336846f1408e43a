"""Answer questions from what is known, cite what the answer rests on, and say so when it is not known."""

from knowledge.answering.base import Base, Similar
from knowledge.answering.compiled import CompiledPacks
from knowledge.answering.explaining import Considered, Explanation, Weight
from knowledge.answering.path import Refusal

__all__ = ["Base", "CompiledPacks", "Considered", "Explanation", "Refusal", "Similar", "Weight"]
