"""The centre holds irises against the person's earlier record, and says what somebody has to look at."""

from pathlib import Path

import httpx

from simulator.centre.centre import Centre
from tests.centre.eye_visits import Visits, notices
from tests.eye_records import LEFT, RIGHT, eyes_on, frame
from tests.sealing_world import NUMBER

OTHER_NUMBER = "001190000456"


async def test_who_comes_again_with_the_eyes_on_their_sides_is_not_bothered(
    visits: Visits, client: httpx.AsyncClient
) -> None:
    for occasion in range(3):
        await visits.send(client, visits.save(eyes_on(occasion)))

    assert await notices(client) == {}


async def test_swapped_eyes_come_back_and_the_record_keeps_its_receipt(
    visits: Visits, client: httpx.AsyncClient, centre: Centre
) -> None:
    await visits.send(client, visits.save(eyes_on(0)))

    swapped = await visits.send(client, visits.save(eyes_on(1, 601, 600)))

    assert await notices(client) == {swapped: (("eyes_swapped",), ("eye_right", "eye_left"))}
    assert swapped in centre.archive


async def test_what_came_back_is_not_what_later_records_are_compared_with(
    visits: Visits, client: httpx.AsyncClient
) -> None:
    await visits.send(client, visits.save(eyes_on(0)))
    swapped = await visits.send(client, visits.save(eyes_on(1, 601, 600)))

    await visits.send(client, visits.save(eyes_on(2)))

    assert (await notices(client)).keys() == {swapped}


async def test_other_eyes_under_the_same_number_come_back(visits: Visits, client: httpx.AsyncClient) -> None:
    await visits.send(client, visits.save(eyes_on(0)))

    other = await visits.send(client, visits.save(eyes_on(0, 602, 603)))

    assert await notices(client) == {other: (("eyes_unlike",), ("eye_right", "eye_left"))}


async def test_people_are_compared_with_themselves_alone(visits: Visits, client: httpx.AsyncClient) -> None:
    await visits.send(client, visits.save(eyes_on(0)))
    await visits.send(client, visits.save(eyes_on(0, 602, 603), number=OTHER_NUMBER))

    assert await notices(client) == {}


async def test_where_no_side_is_in_both_records_nothing_comes_back(
    visits: Visits, client: httpx.AsyncClient
) -> None:
    await visits.send(client, visits.save({RIGHT: frame(600, 0)}))
    await visits.send(client, visits.save({LEFT: frame(601, 1)}))
    await visits.send(client, visits.save({}))

    assert await notices(client) == {}


async def test_a_number_that_the_register_did_not_confirm_takes_nobodys_place(
    visits: Visits, client: httpx.AsyncClient
) -> None:
    await visits.send(client, visits.save(eyes_on(0, 602, 603), is_verified=False))
    await visits.send(client, visits.save(eyes_on(0)))
    await visits.send(client, visits.save(eyes_on(1)))
    claimed = await visits.send(client, visits.save(eyes_on(1, 602, 603), is_verified=False))

    assert await notices(client) == {claimed: (("eyes_unlike",), ("eye_right", "eye_left"))}


async def test_a_record_with_both_eyes_takes_the_place_of_one_with_one(
    visits: Visits, client: httpx.AsyncClient
) -> None:
    await visits.send(client, visits.save({RIGHT: frame(600, 0)}))
    await visits.send(client, visits.save(eyes_on(1)))

    swapped = await visits.send(client, visits.save({RIGHT: frame(601, 2)}))

    assert (await notices(client))[swapped][0] == ("eyes_swapped",)


async def test_the_database_holds_no_number(
    visits: Visits, client: httpx.AsyncClient, centre: Centre, tmp_path: Path
) -> None:
    await visits.send(client, visits.save(eyes_on(0)))
    centre.close()

    assert NUMBER.encode() not in (tmp_path / "centre" / "centre.sqlite").read_bytes()
