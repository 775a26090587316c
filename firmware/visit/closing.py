"""The end of a good visit: saved, and a receipt to take home."""

from collections.abc import Awaitable, Callable

import numpy as np
import zxingcpp

from firmware.records.images import to_png
from firmware.records.refusal import SaveRefused
from firmware.screen.view import AnswerKind, ReceiptView
from firmware.visit.dialogue import PATIENCE_S, Dialogue
from firmware.visit.phases import Phase

RECEIPT_S = 60.0
QR_PIXELS_PER_MODULE = 8


async def save(dialogue: Dialogue, commit: Callable[[], Awaitable[None]]) -> bool:
    """Commit the record; when that is refused, say why, and try again as often as the attendant asks."""
    while True:
        dialogue.enter(Phase.SAVE, "saving")
        try:
            await commit()
        except SaveRefused as refusal:
            if not await _tries_again(dialogue, refusal):
                return False
        else:
            return True


async def _tries_again(dialogue: Dialogue, refusal: SaveRefused) -> bool:
    dialogue.show(instruction=refusal.reason.value)
    answer = await dialogue.answer_within(PATIENCE_S, AnswerKind.CONFIRM, AnswerKind.FINISH)
    return answer is not None and answer.kind is AnswerKind.CONFIRM


async def hand_over_receipt(dialogue: Dialogue, code: str) -> None:
    """Show the receipt until the person has it."""
    dialogue.enter(Phase.RECEIPT, "receipt", receipt=ReceiptView(code, qr_png(code)))
    await dialogue.answer_within(RECEIPT_S, AnswerKind.FINISH)


def qr_png(text: str) -> bytes:
    """`text` as a QR code with its quiet zone."""
    # The stub types none of the options.
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")  # pyright: ignore[reportUnknownMemberType]
    picture = barcode.to_image(scale=QR_PIXELS_PER_MODULE, add_quiet_zones=True)
    return to_png(np.array(picture, np.uint8))
