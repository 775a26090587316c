"""The population register of a development centre, and how it answers sealed look-ups."""

import hashlib
import sqlite3
from datetime import timedelta
from enum import StrEnum

from firmware.clock import Clock
from firmware.records.claimed import Sex
from firmware.records.registered import RegisterEntry
from firmware.sealing.look_up import (
    Finding,
    LookUpMalformed,
    Question,
    Statement,
    open_question,
    seal_statement,
    sender_of,
)
from simulator.centre.keys import CentreKeys

VERSION = "demo-1"
SLOW_S = 60.0  # no terminal waits so long
FRESH = timedelta(days=1)  # a date that an attendant vouched for may be that wrong
REMEMBERED = 2 * FRESH  # what is forgotten is not fresh either
MOST_LOOK_UPS = 2_000  # of one terminal in that time; a busy one serves 188 people a day

_PUT = "insert or replace into people values (?, ?, ?, ?, ?)"
_FORGET = "delete from look_ups where asked_at <= ?"
_COUNT = "select count(*) from look_ups where device_key = ?"


class Temper(StrEnum):
    """How the register behaves when it is asked about a person."""

    ANSWERS = "answers"
    FAILS = "fails"
    SLOW = "slow"


class LookUpForbidden(Exception):
    """Asked by a terminal that nobody knows."""


class LookUpsExhausted(Exception):
    """Asked too often by this terminal."""


class PopulationRegister:
    """Invented people, each as the register knows them; whoever was not put in is absent."""

    def __init__(
        self, database: sqlite3.Connection, clock: Clock, keys: CentreKeys, most: int = MOST_LOOK_UPS
    ) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._most = most

    def put(self, entry: RegisterEntry, temper: Temper = Temper.ANSWERS) -> None:
        """Let the register know a person, in place of what it knew; the version is its own."""
        row = (entry.number, temper.value, entry.name, entry.birth, entry.sex)
        self._database.execute(_PUT, row)

    def remove(self, number: str) -> None:
        """Let a person be absent."""
        self._database.execute("delete from people where number = ?", (number,))

    async def answer(self, request: bytes) -> bytes:
        """The sealed answer; LookUpMalformed, LookUpForbidden, LookUpsExhausted."""
        device = sender_of(request)
        if device not in self._keys.terminals:
            raise LookUpForbidden
        question = open_question(request, self._keys.private)
        self._note(request, device, question)
        statement = await self._statement(question.number)
        try:
            return seal_statement(statement, request, question.reply_key, self._keys.signing)
        except ValueError as error:
            raise LookUpMalformed("not a key to answer to") from error

    def _note(self, request: bytes, device: bytes, question: Question) -> None:
        """Refuse what is old, was asked before, or is too much."""
        now = self._clock.now()
        if abs(now - question.asked_at) > FRESH:
            raise LookUpMalformed("asked at another time")
        self._database.execute(_FORGET, (int((now - REMEMBERED).timestamp()),))
        if self._database.execute(_COUNT, (device.hex(),)).fetchone()[0] >= self._most:
            raise LookUpsExhausted
        row = (hashlib.sha256(request).hexdigest(), device.hex(), int(now.timestamp()))
        try:
            self._database.execute("insert into look_ups values (?, ?, ?)", row)
        except sqlite3.IntegrityError as error:
            raise LookUpMalformed("asked before") from error

    async def _statement(self, number: str) -> Statement:
        row = self._database.execute("select * from people where number = ?", (number,)).fetchone()
        if row is None:
            return Statement(number, Finding.ABSENT)
        _, temper, name, birth, sex = row
        match Temper(temper):
            case Temper.FAILS:
                return Statement(number, Finding.FAILED)
            case Temper.SLOW:
                await self._clock.sleep(SLOW_S)
            case Temper.ANSWERS:
                pass
        entry = RegisterEntry(number, name, birth, None if sex is None else Sex(sex), VERSION)
        return Statement(number, Finding.FOUND, entry)
