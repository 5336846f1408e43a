"""What a change of a base changes of its answers, foreseen before it is saved."""

from knowledge.effect.effect import Change, Effect, Turn, effect
from knowledge.effect.foreseeing import Foreseen, Tried, foresee, try_entry
from knowledge.effect.keeping import Foresight, StoppedError
from knowledge.effect.known import Known, known
from knowledge.effect.memory import Memory
from knowledge.effect.said import Said

__all__ = [
    "Change",
    "Effect",
    "Foreseen",
    "Foresight",
    "Known",
    "Memory",
    "Said",
    "StoppedError",
    "Tried",
    "Turn",
    "effect",
    "foresee",
    "known",
    "try_entry",
]
