"""Decimal digits of binary numbers: the shortest ones that identify a float, and the layouts Go prints them in."""

from __future__ import annotations

from typing import Final

_CHUNK: Final = 4000
"""Digits that Python converts at once: it refuses more than 4,300."""


def to_int(digits: str) -> int:
    """The integer that decimal digits (of any number, perhaps with a sign) stand for."""
    if len(digits) <= _CHUNK:
        return int(digits or "0")
    negative = digits[0] == "-"
    digits = digits.lstrip("+-")
    total = 0
    first = len(digits) % _CHUNK
    if first:
        total = int(digits[:first])
    step = 10**_CHUNK
    for start in range(first, len(digits), _CHUNK):
        total = total * step + int(digits[start : start + _CHUNK])
    return -total if negative else total


def from_int(number: int) -> str:
    """The decimal digits of a non-negative integer of any size."""
    if number.bit_length() < 13_000:
        return str(number)
    step = 10**_CHUNK
    chunks: list[str] = []
    while number:
        number, chunk = divmod(number, step)
        chunks.append(str(chunk).zfill(_CHUNK))
    return "".join(reversed(chunks)).lstrip("0")


def exact(mantissa: int, exponent: int) -> tuple[str, int]:
    """All significant digits of mantissa * 2**exponent (positive), and where the point is.

    Returns:
        The digits without leading or trailing zeros, and how many of them stand before the point (negative: zeros after
        the point).
    """
    if exponent >= 0:
        digits = from_int(mantissa << exponent)
        return digits.rstrip("0"), len(digits)
    digits = from_int(mantissa * 5**-exponent)
    return digits.rstrip("0"), len(digits) + exponent


def shortest(mantissa: int, exponent: int, precision: int) -> tuple[str, int]:
    """The shortest digits that, read with `precision` bits, give mantissa * 2**exponent again; same form as `exact`.

    The mantissa must have no more significant bits than that.

    The choice among several is Go's (`big.Float.Text('f', -1)`): walk along the digits until they can be told from both
    neighbours' halfway points, then round to nearest if that is allowed on both sides.
    """
    digits, point = exact(mantissa, exponent)
    if len(digits) < precision * 3 // 10:
        # So few that any other number with no more digits is farther away than a neighbour.
        return digits, point
    shift = precision - mantissa.bit_length()
    mantissa = mantissa << shift if shift >= 0 else mantissa >> -shift
    exponent -= shift
    lower, _ = exact(2 * mantissa - 1, exponent - 1)
    upper, _ = exact(2 * mantissa + 1, exponent - 1)
    inclusive = not mantissa & 1
    for index, digit in enumerate(digits):
        low = lower[index] if index < len(lower) else "0"
        high = upper[index] if index < len(upper) else "0"
        down = low != digit or (inclusive and index + 1 == len(lower))
        up = digit != high and (inclusive or ord(digit) + 1 < ord(high) or index + 1 < len(upper))
        if down and up:
            return rounded(digits, point, index + 1)
        if down:
            return digits[: index + 1].rstrip("0"), point
        if up:
            return _rounded_up(digits, point, index + 1)
    return digits, point


def rounded(digits: str, point: int, count: int) -> tuple[str, int]:
    """Digits rounded half to even to `count` of them; same form as `exact`."""
    if count >= len(digits):
        return digits, point
    if digits[count] == "5" and count + 1 == len(digits):
        up = count > 0 and digits[count - 1] in "13579"
    else:
        up = digits[count] >= "5"
    return _rounded_up(digits, point, count) if up else (digits[:count].rstrip("0"), point)


def _rounded_up(digits: str, point: int, count: int) -> tuple[str, int]:
    kept = digits[:count].rstrip("9")
    if not kept:
        return "1", point + 1
    return kept[:-1] + chr(ord(kept[-1]) + 1), point


def plain(digits: str, point: int) -> str:
    """Digits laid out without an exponent."""
    if point <= 0:
        return "0." + "0" * -point + digits if digits else "0"
    if len(digits) <= point:
        return digits + "0" * (point - len(digits))
    return digits[:point] + "." + digits[point:]


def general(mantissa: int, exponent: int, count: int) -> str:
    """mantissa * 2**exponent (positive) with up to `count` significant digits, laid out as Go's `%g` does."""
    digits, point = exact(mantissa, exponent)
    digits, point = rounded(digits, point, count)
    largest = len(digits) if count > len(digits) >= point else count
    power = point - 1
    if -4 <= power < largest:
        return plain(digits, point)
    fraction = "." + digits[1:] if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{'-' if power < 0 else '+'}{abs(power):02d}"
