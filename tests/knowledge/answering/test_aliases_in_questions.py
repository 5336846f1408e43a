"""A server's short forms count wherever something is asked: what is meant is matched, never what was typed."""

import pytest

from knowledge.answering import Base
from knowledge.model import Alias, Outcome, Question
from tests.knowledge.bases import COMPILED, ask, base, entry

RS = Alias("rs", "Runa Sande")
GNB = Alias("gnb", "new library of Tolvik")


def with_aliases(*aliases: Alias, own: tuple = ()) -> Base:
    return Base(COMPILED, own, aliases=aliases)


def test_a_question_in_short_forms_is_answered_as_if_it_were_written_out() -> None:
    short = ask(with_aliases(RS), "What did RS say about books?")
    written = ask(base(), "What did Runa Sande say about books?")
    assert (short.outcome, short.source, short.confidence) == (
        Outcome.ANSWER, written.source, written.confidence,
    )  # fmt: skip
    assert ask(base(), "What did RS say about books?").confidence < short.confidence
    assert short.question == "What did RS say about books?"


def test_the_names_that_a_short_form_stands_for_are_held_against_the_answer() -> None:
    meant_otherwise = ask(with_aliases(Alias("rs", "Mons Dahl")), "What did RS say about books?")
    assert meant_otherwise.outcome is not Outcome.ANSWER


def test_the_question_before_is_read_in_full_too() -> None:
    asked = with_aliases(Alias("ff", "Why did the old library burn down?"))
    answer = ask(asked, "and when?", "ff")
    assert (answer.outcome, answer.source.id) == (Outcome.ANSWER, "fire-year")
    assert asked.explain(Question("and when?", ("ff",))).is_follow_up


def test_lines_are_looked_for_with_what_is_meant() -> None:
    answer = ask(with_aliases(Alias("yb", "Ylva Brekke read in public")), "has yb again?")
    assert "Brekke has never read in public again." in [c.citation.excerpt for c in answer.citations]


def test_a_short_form_in_a_moderators_phrasing_is_read_in_the_same_way() -> None:
    hours = entry("hours", ("When is GNB open?",), "Always.")
    assert ask(base(hours), "when is gnb open").source.id == "hours"
    asked = with_aliases(GNB, own=(hours,))
    for question in ("when is gnb open", "When is the new library of Tolvik open?"):
        assert ask(asked, question).source.id == "hours"
    assert asked.explain(Question("when is gnb open")).candidates[0].phrasing == "When is GNB open?"


def test_an_alias_that_is_new_counts_for_entries_that_were_there_before() -> None:
    hours = entry("hours", ("When is GNB open?",), "Always.")
    before = base(hours)
    after = Base(COMPILED, before.own, before, aliases=(GNB,))
    assert ask(after, "when is the new library of tolvik open").source.id == "hours"
    again = after.with_own((*after.own, entry("wifi", ("What is the wifi password?",), "Ask.")))
    assert again.aliases == (GNB,)
    assert ask(again, "when is the new library of tolvik open").source.id == "hours"


def test_leaving_a_phrasing_out_reads_the_others_in_the_same_way() -> None:
    hours = entry("hours", ("When is GNB open?", "opening hours of gnb"), "Always.")
    lacking = with_aliases(GNB, own=(hours,)).without(1, 0)
    assert lacking.curated[1].groups[0].folded[1] == (
        "opening",
        "hours",
        "of",
        "new",
        "library",
        "of",
        "tolvik",
    )
    assert lacking.curated[1].groups[0].asked >= {"tolvik"}


def test_quotations_are_found_by_short_forms_of_who_and_what() -> None:
    asked = with_aliases(RS, Alias("tb", "town without books"), Alias("mc", "Mons Dahl"))
    assert [q.speaker for q in asked.quotations(who="RS")] == [
        q.speaker for q in base().quotations("Runa Sande")
    ]
    assert asked.quotations(about="tb")[0].citation.excerpt == "A town without books is a town asleep,"
    assert len(asked.mentions("mc")) == len(base().mentions("Mons Dahl")) > 0
    assert base().quotations(who="RS") == ()


def test_suggestions_and_similar_entries_are_found_by_short_forms() -> None:
    asked = with_aliases(Alias("pnb", "price of the new building"))
    assert asked.suggest("pnb")[0].source.id == "cost"
    assert asked.similar("pnb")[0].entry.id == "cost"
    assert asked.similar("pnb")[0].score == 100


def test_an_explanation_tells_which_short_forms_were_read() -> None:
    why = with_aliases(RS).explain(Question("What did RS say?"))
    assert [(one.typed, one.read) for one in why.short_forms] == [("rs", "runa sande")]
    assert {"runa", "sande"} <= set(why.asked)
    assert not why.is_follow_up
    assert base().explain(Question("What did RS say?")).short_forms == ()


@pytest.mark.parametrize("question", ["Who drew the library?", "What did the mayor NOT say?", "", "zzzz"])
def test_questions_without_a_short_form_are_answered_as_before(question: str) -> None:
    assert ask(with_aliases(RS, GNB), question) == ask(base(), question)
