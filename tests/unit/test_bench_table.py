"""The performance table."""

from tests.bench.rows import Row, table


def test_columns_are_aligned_and_figures_stand_to_the_right() -> None:
    lines = list(
        table([Row("loop", 1234.5, "× real time", "≥ 300"), Row("frame", 0.0123, "ms", peer="9 ms")])
    )
    assert lines == [
        "what   measured  unit         target  peer, same run",
        "loop      1,234  × real time  ≥ 300",
        "frame    0.0123  ms                   9 ms",
    ]
