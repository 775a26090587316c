"""Which of the cameras that are there a board file means."""

from collections.abc import Mapping, Sequence

from hw.faults import DeviceFault


def place_of(name: str, address: str, there: Sequence[Mapping[str, object]]) -> int:
    """Place in the list of the one camera whose Id, else whose Model, is `address`; else DeviceFault."""
    for key in ("Id", "Model"):
        places = [place for place, info in enumerate(there) if info.get(key) == address]
        if len(places) == 1:
            return places[0]
        if places:
            ids = ", ".join(str(there[place].get("Id")) for place in places)
            raise DeviceFault(
                f"{name} camera: {len(places)} are {address}; write the Id of one as address: {ids}"
            )
    raise DeviceFault(
        f"{name} camera: no {address} is there; seat its cable, or correct address. {_listed(there)}"
    )


def _listed(there: Sequence[Mapping[str, object]]) -> str:
    if not there:
        return "No camera is there at all"
    return "There is " + ", ".join(f"{info.get('Model')} ({info.get('Id')})" for info in there)
