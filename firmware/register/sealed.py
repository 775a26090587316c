"""The population register as the booth asks it: sealed, signed, through somebody who reads none of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.clock import Clock
from firmware.records.registered import LookUpLimited, LookUpRefused, RegisterEntry, RegisterSilent
from firmware.register.protocol import FrameMalformed, Reply, Status
from firmware.sealing.keys import KeyRing
from firmware.sealing.look_up import (
    NONCE_BYTES,
    REPLY_KEY_BYTES,
    Finding,
    LookUpMalformed,
    Question,
    open_statement,
    seal_question,
)

DEADLINE_S = 6.0  # longer than the uplink's own 5 s, so that it can still say who was silent; and bearable

Carry = Callable[[bytes], Awaitable[Reply]]


class NobodyThere(Exception):
    """Nothing carries look-ups: there is no uplink, or it hung up."""


@dataclass(frozen=True, slots=True)
class SealedRegister:
    """A firmware.records.registered.Register. carry: takes a sealed request there and brings the reply;
    NobodyThere, FrameMalformed.
    """

    carry: Carry
    keys: KeyRing
    terminal_id: str
    clock: Clock
    random_bytes: Callable[[int], bytes]

    async def entry_of(self, number: str) -> RegisterEntry | None:
        """The person with that number, or None when the register says that there is none.

        RegisterSilent, LookUpRefused or LookUpLimited, at the latest after DEADLINE_S.
        """
        reply_key = X25519PrivateKey.from_private_bytes(self.random_bytes(REPLY_KEY_BYTES))
        request = self._request(number, reply_key)
        answer = await self._answer(request)
        try:
            statement = open_statement(answer, request, reply_key, self.keys.centre.signing_key)
        except LookUpMalformed as error:
            raise LookUpRefused("not an answer of the centre") from error
        if statement.finding is Finding.FAILED or statement.number != number:
            raise LookUpRefused("the register could not say")
        return statement.entry

    def _request(self, number: str, reply_key: X25519PrivateKey) -> bytes:
        question = Question(
            number,
            reply_key.public_key().public_bytes_raw(),
            self.random_bytes(NONCE_BYTES),
            self.clock.now(),
            self.terminal_id,
        )
        try:
            return seal_question(question, self.keys.device, self.keys.centre.public_key)
        except ValueError as error:
            raise LookUpRefused("the question does not fit") from error

    async def _answer(self, request: bytes) -> bytes:
        try:
            async with asyncio.timeout(DEADLINE_S):
                reply = await self.carry(request)
        except (TimeoutError, NobodyThere) as error:
            raise RegisterSilent("no answer") from error
        except FrameMalformed as error:
            raise LookUpRefused("no answer of the uplink") from error
        return _answer_in(reply)


def _answer_in(reply: Reply) -> bytes:
    match reply.status:
        case Status.ANSWERED:
            return reply.answer
        case Status.SILENT:
            raise RegisterSilent("nobody answered the uplink")
        case Status.REFUSED:
            raise LookUpRefused("refused on the way")
        case Status.LIMITED:
            raise LookUpLimited("too many look-ups")
