"""Run by the environment of iris-iqm: python reference.py FILE... prints its figures as CSV.

iris-iqm 1.1.0 is a port of MITRE's BIQT-Iris.
"""

import csv
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

iris_iqm: Any = import_module("iris_iqm")  # installed there alone

CIRCLES = (
    "pupil_center_x",
    "pupil_center_y",
    "pupil_diameter",
    "iris_center_x",
    "iris_center_y",
    "iris_diameter",
)
FIGURES = (
    "overall_quality",
    "iso_overall_quality",
    "usable_iris_area_percent",
    "iso_iris_sclera_contrast",
    "iso_iris_pupil_contrast",
    "iso_pupil_boundary_circularity",
    "iso_greyscale_utilization",
    "iso_iris_pupil_concentricity",
    "iso_margin_adequacy",
    "iso_sharpness",
)


def main() -> None:
    """One row a file."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("frame", *CIRCLES, *FIGURES))
    for name in sys.argv[1:]:
        found = iris_iqm.evaluate(name)
        circles = (getattr(found.features, circle) for circle in CIRCLES)
        figures = (f"{float(getattr(found, figure)):.6g}" for figure in FIGURES)
        table.writerow((Path(name).stem, *circles, *figures))


if __name__ == "__main__":
    main()
