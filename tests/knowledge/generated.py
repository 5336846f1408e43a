"""Entries of a server, and questions, that are near to one another and to the town's: strategies for Hypothesis."""

from hypothesis import strategies as st

from knowledge.model import EntryKind
from tests.knowledge.bases import COST, DRAWN, ENTRIES, OPENED, entry
from tests.knowledge.inbox.misses import miss

SUBJECTS = (
    "library ferry captain mayor fire poet reading candle architect parking cake dog boat librery".split()
)
ASKING = (
    "who is the",
    "when was the",
    "how many",
    "why did the",
    "where is the",
    "is there a",
    "what about the",
)
TELLING = "opened closed burned painted built crossing drawn sold lost found running run 1998 3".split()

questions = st.builds(
    lambda *words: " ".join(filter(None, words)),
    st.sampled_from(ASKING),
    st.sampled_from(SUBJECTS),
    st.sampled_from((*TELLING, "")),
    st.sampled_from((*SUBJECTS, "", "")),
)
several = st.builds("{}, and {}?".format, questions, questions)
"""Two questions in one, the second of which may lean on the first."""
phrasings = questions | several | st.sampled_from([p for e in ENTRIES for p in e.phrasings])
ids = st.sampled_from(("one", "two", "three", "architect", "cost"))
"""Own entries, two of which take the place of the pack's."""
entries = st.builds(
    lambda name, asked, kind, answer, excerpts: entry(
        name, dict.fromkeys(asked), "" if kind is EntryKind.GAP else answer, *excerpts, kind=kind
    ),
    ids,
    st.lists(phrasings, min_size=1, max_size=4),
    st.sampled_from(EntryKind),
    st.sampled_from(("Yes.", "In the town of Tolvik, near Bergen.", "Nobody knows the boats.")),
    st.lists(st.sampled_from((OPENED, COST, DRAWN)), max_size=1),
)
owned = st.lists(entries, max_size=4, unique_by=lambda one: one.id).map(tuple)
leaning = st.sampled_from(("and when did he open it", "how many", "where is she from"))
misses = st.lists(
    st.builds(miss, questions | several | st.builds("{} and {}".format, questions, leaning)), max_size=6
)
