"""What a change of a base changes of its answers, foreseen before it is saved."""

from knowledge.effect.effect import Change, Effect, Turn, effect
from knowledge.effect.keeping import Foresight
from knowledge.effect.known import Known, known
from knowledge.effect.memory import Memory
from knowledge.effect.said import Said

__all__ = ["Change", "Effect", "Foresight", "Known", "Memory", "Said", "Turn", "effect", "known"]
