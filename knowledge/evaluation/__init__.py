"""How good the answers are, on questions whose right answers are known and on the phrasings that are curated."""

from knowledge.evaluation.binomial import at_least, at_most, needed
from knowledge.evaluation.calibration import Bin, Calibration, calibrate
from knowledge.evaluation.figures import ALL_STYLES, LOW_IS_GOOD, Share, figures, shares, tally, wrong_answers
from knowledge.evaluation.grading import Check, Checked, check, is_answerable, verdict
from knowledge.evaluation.judging import Judged, Kind, Verdict, evaluate, judge
from knowledge.evaluation.leaving_out import LeftOut, Pair, found, leave_out, pairs, rows
from knowledge.evaluation.questions import Expected, read_questions

__all__ = [
    "ALL_STYLES",
    "LOW_IS_GOOD",
    "Bin",
    "Calibration",
    "Check",
    "Checked",
    "Expected",
    "Judged",
    "Kind",
    "LeftOut",
    "Pair",
    "Share",
    "Verdict",
    "at_least",
    "at_most",
    "calibrate",
    "check",
    "evaluate",
    "figures",
    "found",
    "is_answerable",
    "judge",
    "leave_out",
    "needed",
    "pairs",
    "read_questions",
    "rows",
    "shares",
    "tally",
    "verdict",
    "wrong_answers",
]
