"""Values as JSON has them, and moments as this project writes them."""

from datetime import datetime

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def stamp(moment: datetime) -> str:
    """A UTC moment to the second, ISO 8601 with a Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
