"""HTML that is made from calls."""

from simulator.report.markup import joined, table, tag
from simulator.report.words import clock, duration, said


def test_text_and_attributes_are_escaped_once() -> None:
    inner = tag("b", "1 < 2", title='say "no"')
    assert tag("p", inner, " & more") == '<p><b title="say &quot;no&quot;">1 &lt; 2</b> &amp; more</p>'
    assert joined("<", None, tag("i", "x")) == "&lt;<i>x</i>"


def test_a_table_names_its_columns_and_rows() -> None:
    made = table("Counts", ("What", "How many"), [("eyes", "2")])
    assert '<th scope="col">How many</th>' in made
    assert '<th scope="row">eyes</th><td>2</td>' in made


def test_durations_are_short_and_moments_are_on_a_clock() -> None:
    assert [duration(seconds) for seconds in (0.015, 0.44, 38.2, 137.0)] == [
        "15 ms",
        "0.4 s",
        "38 s",
        "2 min 17 s",
    ]
    assert [clock(seconds) for seconds in (0.0, 7.24, 137.96)] == ["0:00.0", "0:07.2", "2:18.0"]


def test_a_message_names_the_part_and_leaves_out_every_other_value() -> None:
    assert (
        said("instruction", "finger_place", target="finger_3")
        == "Place your right middle finger on the glass"
    )
    assert said("page", "score") == "Quality …/100"
    assert said("instruction", "never_heard_of") == "never heard of"
