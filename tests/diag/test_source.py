"""Positions: lines, columns in grapheme clusters, UTF-8 bytes."""

from __future__ import annotations

import pytest

from iacctl.diag import Pos, Range, SourceFile, graphemes, shown_range

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "offset", "pos"),
    [
        ("", 0, Pos(1, 1, 0)),
        ("ab\ncd", 0, Pos(1, 1, 0)),
        ("ab\ncd", 2, Pos(1, 3, 2)),
        ("ab\ncd", 3, Pos(2, 1, 3)),
        ("ab\ncd", 5, Pos(2, 3, 5)),
        ("ab\n", 3, Pos(2, 1, 3)),
        ("ab\r\ncd", 4, Pos(2, 1, 4)),
        ("éa", 1, Pos(1, 2, 2)),
        ("e\u0301a", 2, Pos(1, 2, 3)),
        ("x\n\U0001f1e9\U0001f1eaa", 4, Pos(2, 2, 10)),
        (FAMILY + "a", len(FAMILY), Pos(1, 2, 18)),
        ("\ufeffab", 2, Pos(1, 2, 4)),
        ("a\udcffb", 2, Pos(1, 3, 2)),
        ('"\u0301b', 2, Pos(1, 3, 3)),
    ],
)
def test_position(text: str, offset: int, pos: Pos) -> None:
    assert SourceFile("a", text).pos(offset) == pos


def test_bytes_that_are_not_utf8_keep_their_place() -> None:
    file = SourceFile.from_bytes("a", b'x = "\xff\xfe\xc3\xa9"')
    assert file.text[-2:] == 'é"'
    assert file.pos(len(file.text)).byte == 10


def test_ranges() -> None:
    file = SourceFile("main.tf", "abc\ndef\n")
    place = file.range(1, 3)
    assert (place.text, str(place)) == ("bc", "main.tf:1,2-4")
    assert str(place.until(file.range(4, 5))) == "main.tf:1,2-2,2"
    assert file.range(5, 6).covering(place) == Range(file, 1, 6)
    assert place.start_pos == Pos(1, 2, 1)


def test_an_empty_range_is_shown_one_wide() -> None:
    file = SourceFile("main.tf", "a\n")
    assert shown_range(file.range(2, 2)) == (Pos(2, 1, 2), Pos(2, 2, 3))
    assert shown_range(file.range(0, 1)) == (Pos(1, 1, 0), Pos(1, 2, 1))


@pytest.mark.parametrize(
    "clusters",
    [
        ["a", "b"],
        ["\r\n", "\n", "\r", "a"],
        ["e\u0301\u0302", "a"],
        ["\U0001f1e9\U0001f1ea", "\U0001f1eb\U0001f1f7", "\U0001f1e9"],
        [FAMILY, FAMILY],
        ["\U0001f44d\U0001f3fd", "\u2764\ufe0f", "a\u200d", "\U0001f469"],
        ["\u1100\u1161\u11a8", "\uac00\u11a8", "\uac01\u11a8", "\u1161"],
        ["\u0915\u093e", "\u0e01", "\u0e40", "\u0e01\u0e33"],
        ["\u0600a", "\u0d4e\u0915"],
        ["\u200b", "\u0301", "a"],
        ["a\u200c", "\u2028", "b"],
    ],
)
def test_grapheme_clusters(clusters: list[str]) -> None:
    text = "".join(clusters)
    assert graphemes.split(text) == clusters
    assert graphemes.count(text) == len(clusters)
    assert graphemes.breaks("") == []
