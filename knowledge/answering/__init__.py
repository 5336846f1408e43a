"""Answer questions from what is known, cite what the answer rests on, and say so when it is not known."""

from knowledge.answering.base import Base, Similar
from knowledge.answering.compiled import CompiledPacks, Models
from knowledge.answering.explaining import Considered, Explanation, Weight
from knowledge.answering.weighing import Refusal

__all__ = ["Base", "CompiledPacks", "Considered", "Explanation", "Models", "Refusal", "Similar", "Weight"]
