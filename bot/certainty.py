"""What a sample of questions certifies, in words that Discord and the terminal share. Plain text, no markup."""

from knowledge.evaluation import Share, at_most, needed

WORTH_CERTIFYING = 0.05
"""A share of wrong answers above which a certificate is worth nothing."""


def too_few(share: Share, name: str) -> str:
    """Return a sentence where so few were asked that a figure which should be low cannot be known to be; else ""."""
    if at_most(0, share.of) <= WORTH_CERTIFYING:
        return ""
    questions = "1 question" if share.of == 1 else f"{share.of} questions"
    return (
        f"With {questions} nothing under {at_most(0, share.of):.0%} {name} can be certified;"
        f" {WORTH_CERTIFYING:.0%} takes {needed(WORTH_CERTIFYING)}, all of them without fault."
    )
