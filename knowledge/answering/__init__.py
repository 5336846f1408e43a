"""Answer questions from what is known, cite what the answer rests on, and say so when it is not known."""

from knowledge.answering.base import Base, Similar
from knowledge.answering.compiled import CompiledPacks

__all__ = ["Base", "CompiledPacks", "Similar"]
