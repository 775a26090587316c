"""The code on a person's receipt: random, easy to read aloud, and checked against slips of the pen."""

from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # neither 0 O nor 1 I L; 31 signs, a prime number
SIGNS = 8  # 31 ** 8 = 8.5e11 codes
RANDOM_BYTES = 16  # 88 bits more than a code holds, so that the remainder is even


def receipt_code(random_bytes: Callable[[int], bytes]) -> str:
    """A fresh code such as "7K4M-2Q9X-C"; its last sign checks the others."""
    number = int.from_bytes(random_bytes(RANDOM_BYTES), "big")
    values = [number // len(ALPHABET) ** place % len(ALPHABET) for place in range(SIGNS)]
    signs = "".join(ALPHABET[value] for value in values)
    return f"{signs[:4]}-{signs[4:]}-{ALPHABET[_check_value(values)]}"


def receipt_is_valid(code: str) -> bool:
    """Whether `code` could be one of ours; one wrong sign or two exchanged signs never could."""
    signs = code.replace("-", "")
    if len(signs) != SIGNS + 1 or any(sign not in ALPHABET for sign in signs):
        return False
    *values, check = (ALPHABET.index(sign) for sign in signs)
    return check == _check_value(values)


def _check_value(values: list[int]) -> int:
    """The weighted sum modulo a prime, as ISBN-10 has it: weights 2..9, and 1 for the check sign itself."""
    return -sum(weight * value for weight, value in enumerate(values, start=2)) % len(ALPHABET)
