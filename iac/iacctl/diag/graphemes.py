"""Grapheme clusters: what a reader takes for one character.

Extended grapheme clusters of Unicode Standard Annex 29 (revision of Unicode 15.0, which Terraform uses), from the
general categories Python knows plus the exceptions listed here. Terraform counts them for columns in messages and in
the functions `strlen`, `substr`, `strrev` and in padding by `format`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final
from unicodedata import category

_OTHER: Final = 0
_CONTROL: Final = 1
_EXTEND: Final = 2
_SPACING: Final = 3
_PREPEND: Final = 4
_JOINER: Final = 5
_REGIONAL: Final = 6
_PICTOGRAPH: Final = 7
_HANGUL_L: Final = 8
_HANGUL_V: Final = 9
_HANGUL_T: Final = 10
_HANGUL_LV: Final = 11
_HANGUL_LVT: Final = 12

# Mc that belong to Grapheme_Extend, and other characters with that property that are not Mn or Me.
_EXTEND_EXTRA: Final = frozenset(
    "\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u1b35\u200c\u302e\u302f"
    "\uff9e\uff9f\U0001133e\U00011357\U000114b0\U000114bd\U000115af\U00011930\U0001d165"
    "\U0001d16e\U0001d16f\U0001d170\U0001d171\U0001d172"
)
_SPACING_EXTRA: Final = frozenset("\u0e33\u0eb3")
_NOT_SPACING: Final = frozenset(
    "\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d\u1083\u1087\u1088\u1089\u108a\u108b"
    "\u108c\u108f\u109a\u109b\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d\U00011720\U00011721"
)
_PREPENDED: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
    "\U0001193f\U00011941\U00011a3a\U00011a84\U00011a85\U00011a86\U00011a87\U00011a88\U00011a89\U00011d46\U00011f02"
)
# Extended_Pictographic as (first, last) pairs laid end to end, in order.
_PICTOGRAPHS: Final = (
    0xA9, 0xA9, 0xAE, 0xAE, 0x203C, 0x203C, 0x2049, 0x2049, 0x2122, 0x2122, 0x2139, 0x2139, 0x2194, 0x2199,
    0x21A9, 0x21AA, 0x231A, 0x231B, 0x2328, 0x2328, 0x2388, 0x2388, 0x23CF, 0x23CF, 0x23E9, 0x23F3, 0x23F8, 0x23FA,
    0x24C2, 0x24C2, 0x25AA, 0x25AB, 0x25B6, 0x25B6, 0x25C0, 0x25C0, 0x25FB, 0x25FE, 0x2600, 0x2605, 0x2607, 0x2612,
    0x2614, 0x2685, 0x2690, 0x2705, 0x2708, 0x2712, 0x2714, 0x2714, 0x2716, 0x2716, 0x271D, 0x271D, 0x2721, 0x2721,
    0x2728, 0x2728, 0x2733, 0x2734, 0x2744, 0x2744, 0x2747, 0x2747, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
    0x2757, 0x2757, 0x2763, 0x2767, 0x2795, 0x2797, 0x27A1, 0x27A1, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2934, 0x2935,
    0x2B05, 0x2B07, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x3030, 0x3030, 0x303D, 0x303D, 0x3297, 0x3297,
    0x3299, 0x3299, 0x1F000, 0x1F0FF, 0x1F10D, 0x1F10F, 0x1F12F, 0x1F12F, 0x1F16C, 0x1F171, 0x1F17E, 0x1F17F,
    0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1AD, 0x1F1E5, 0x1F201, 0x1F20F, 0x1F21A, 0x1F21A, 0x1F22F, 0x1F22F,
    0x1F232, 0x1F23A, 0x1F23C, 0x1F23F, 0x1F249, 0x1F3FA, 0x1F400, 0x1F53D, 0x1F546, 0x1F64F, 0x1F680, 0x1F6FF,
    0x1F774, 0x1F77F, 0x1F7D5, 0x1F7FF, 0x1F80C, 0x1F80F, 0x1F848, 0x1F84F, 0x1F85A, 0x1F85F, 0x1F888, 0x1F88F,
    0x1F8AE, 0x1F8FF, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1FAFF, 0x1FC00, 0x1FFFD,
)  # fmt: skip


def _kind(char: str) -> int:
    """The Grapheme_Cluster_Break class of a character."""
    code = ord(char)
    if code < 0x300 and code not in (0xA9, 0xAE, 0xAD):
        return _CONTROL if code < 0x20 or 0x7F <= code < 0xA0 else _OTHER
    if code == 0x200D:
        return _JOINER
    if 0x1F1E6 <= code <= 0x1F1FF:
        return _REGIONAL
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F or char in _EXTEND_EXTRA:
        return _EXTEND
    if char in _PREPENDED:
        return _PREPEND
    group = category(char)
    if group in ("Mn", "Me"):
        return _EXTEND
    if group == "Mc":
        return _OTHER if char in _NOT_SPACING else _SPACING
    if (
        group in ("Cc", "Cf", "Zl", "Zp", "Cs")
        or 0xE0000 <= code <= 0xE0FFF
        or code == 0x2065
        or 0xFFF0 <= code <= 0xFFF8
    ):
        return _CONTROL
    if char in _SPACING_EXTRA:
        return _SPACING
    if 0x1100 <= code <= 0xD7FB:
        return _hangul(code)
    if bisect_right(_PICTOGRAPHS, code) % 2 or code in _PICTOGRAPHS:
        return _PICTOGRAPH
    return _OTHER


def _hangul(code: int) -> int:
    if code <= 0x11FF:
        return _HANGUL_L if code < 0x1160 else _HANGUL_V if code < 0x11A8 else _HANGUL_T
    if 0xA960 <= code <= 0xA97C:
        return _HANGUL_L
    if 0xAC00 <= code <= 0xD7A3:
        return _HANGUL_LVT if (code - 0xAC00) % 28 else _HANGUL_LV
    if 0xD7B0 <= code <= 0xD7C6:
        return _HANGUL_V
    if code >= 0xD7CB:
        return _HANGUL_T
    return _PICTOGRAPH if bisect_right(_PICTOGRAPHS, code) % 2 or code in _PICTOGRAPHS else _OTHER


# Pairs of Hangul classes that stay together.
_SYLLABLE: Final = frozenset(
    [
        (_HANGUL_L, _HANGUL_L),
        (_HANGUL_L, _HANGUL_V),
        (_HANGUL_L, _HANGUL_LV),
        (_HANGUL_L, _HANGUL_LVT),
        (_HANGUL_LV, _HANGUL_V),
        (_HANGUL_V, _HANGUL_V),
        (_HANGUL_LV, _HANGUL_T),
        (_HANGUL_V, _HANGUL_T),
        (_HANGUL_LVT, _HANGUL_T),
        (_HANGUL_T, _HANGUL_T),
    ]
)


def breaks(text: str) -> list[int]:
    """The offset in `text` at which each grapheme cluster starts."""
    if text.isascii() and "\r\n" not in text:
        return list(range(len(text)))
    starts: list[int] = []
    before = -1
    regional = 0
    pictograph = False  # a pictograph, then only extending characters, then perhaps a joiner
    for offset, char in enumerate(text):
        kind = _kind(char)
        if before == -1:
            together = False
        elif before == _CONTROL or kind == _CONTROL:
            together = char == "\n" and text[offset - 1] == "\r"
        elif kind in (_EXTEND, _JOINER, _SPACING) or before == _PREPEND:
            together = True
        elif kind == _PICTOGRAPH:
            together = pictograph and before == _JOINER
        elif kind == _REGIONAL:
            together = before == _REGIONAL and regional % 2 == 1
        else:
            together = (before, kind) in _SYLLABLE
        if not together:
            starts.append(offset)
        regional = regional + 1 if kind == _REGIONAL else 0
        pictograph = kind == _PICTOGRAPH or (pictograph and kind in (_EXTEND, _JOINER))
        before = kind
    return starts


def count(text: str) -> int:
    """The number of grapheme clusters in `text`."""
    return len(text) if text.isascii() and "\r\n" not in text else len(breaks(text))


def split(text: str) -> list[str]:
    """The grapheme clusters of `text`, in order."""
    starts = breaks(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
