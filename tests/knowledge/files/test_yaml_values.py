import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.files import List, Mapping, Report, Scalar, yaml_value


def read(text: str) -> tuple[object, list[str]]:
    report = Report("file.yaml")
    value = yaml_value(text, report)
    return value, [str(fault) for fault in report.in_order()]


def test_everything_knows_the_line_it_starts_on() -> None:
    value, faults = read("# a comment\nname: Ada\nclubs:\n  - Lyon\n  - {city: Oslo}\n")
    assert faults == []
    clubs = List(4, (Scalar(4, "Lyon"), Mapping(5, {"city": Scalar(5, "Oslo")})))
    assert value == Mapping(2, {"name": Scalar(2, "Ada"), "clubs": clubs})


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    report = Report("story.md")
    value = yaml_value("title: A\n", report, first_line=2)
    assert value == Mapping(2, {"title": Scalar(2, "A")})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Ada", "text"),
        ('"1956"', "text"),
        ("1956", "number"),
        ("0.5", "number"),
        ("yes", "yes or no"),
        ("2018-12-03", "date"),
        ("", "nothing"),
        ("~", "nothing"),
        ("=", "text"),
    ],
)
def test_a_scalar_keeps_its_letters_and_says_what_yaml_takes_it_for(written: str, kind: str) -> None:
    value, faults = read(f"value: {written}\n")
    assert faults == []
    assert isinstance(value, Mapping)
    scalar = value.fields["value"]
    assert isinstance(scalar, Scalar)
    assert scalar.kind == kind
    assert scalar.text == written.strip('"')


def test_text_over_several_lines_is_joined_as_yaml_says() -> None:
    value, _ = read("answer: She has\n  scored 185.\nother: |\n  a\n  b\n")
    assert value == Mapping(1, {"answer": Scalar(1, "She has scored 185."), "other": Scalar(3, "a\nb\n")})


def test_an_empty_document_is_nothing_and_no_fault() -> None:
    assert read("") == (None, [])
    assert read("# only a comment\n") == (None, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: 1\n\nb: [\n", "file.yaml:4: broken YAML"),
        ("a: 1\n b: 2\n", "file.yaml:2: broken YAML"),
        ('a: "open\n', "broken YAML"),
        ("a: 1\nb: 2\na: 3\n", 'file.yaml:3: the field "a" stands twice (first on line 1): keep one'),
        ("a: &x 1\nb: *x\n", "file.yaml:2: an alias (*x): write out what it stands for"),
        (
            "a: !!python/object:os.system x\n",
            "file.yaml:1: a tag (tag:yaml.org,2002:python/object:os.system)",
        ),
        ("? [a]\n: b\n", "file.yaml:1: a list or mapping as a field's name"),
        ("a: 1\n---\nb: 1\n", "file.yaml:2: a second YAML document"),
        ("a: 1\nb: \x07\n", "file.yaml:2: a control character (U+0007)"),
    ],
)
def test_what_is_not_taken_is_told_with_its_line(text: str, fault: str) -> None:
    value, faults = read(text)
    assert value is None
    assert len(faults) == 1
    assert fault in faults[0]


def test_an_explicit_text_tag_makes_a_number_text() -> None:
    value, faults = read("id: !!str 1956\n")
    assert (value, faults) == (Mapping(1, {"id": Scalar(1, "1956")}), [])


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_million_brackets_are_refused_and_not_descended_into(opening: str) -> None:
    value, faults = read(opening * 1_000_000)
    assert value is None
    assert faults == ["file.yaml:1: nested far too deep: nothing here is more than five deep"]


def test_aliases_cannot_multiply_anything() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in ["ab", "bc"]
    )
    _, faults = read(bomb)
    assert faults == ["file.yaml:2: an alias (*a): write out what it stands for"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_gives_a_value_or_a_fault(text: str) -> None:
    value, faults = read(text)
    assert value is None or not faults
