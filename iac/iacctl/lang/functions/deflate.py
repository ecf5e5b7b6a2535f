"""DEFLATE (RFC 1951) that gives the very bytes that Go's `compress/flate` gives at its default level.

The format leaves a compressor much freedom. As the result of `base64gzip` ends up in arguments of resources, another
choice would be a change of infrastructure; zlib makes others. The choices here: matches of at least four bytes found by
chains of hashes and deferred by one byte if the next position has a longer one, blocks of 16,384 tokens, and
length-limited Huffman codes by package-merge.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_WINDOW: Final = 32768
_SHORTEST: Final = 4
_LONGEST: Final = 258
_GOOD: Final = 8
"""From this length on only a quarter of the chain is searched."""
_LAZY: Final = 16
"""From this length on the next position is not tried."""
_NICE: Final = 128
"""A match that ends the search."""
_CHAIN: Final = 128
"""How many earlier places are looked at."""
_NEAR: Final = 4096
"""How far away a match of the shortest length may be to be worth it."""
_BLOCK_TOKENS: Final = 1 << 14
_LARGEST_STORED: Final = 65535
_END: Final = 256
_CODE_ORDER: Final = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)


class Code(NamedTuple):
    """A symbol's Huffman code: its bits, the first one lowest, and how many there are."""

    bits: int
    length: int


_Token = tuple[int, int]
"""A literal byte and 0, or the length of a match and its distance."""


def compress(data: bytes) -> bytes:
    """The data as a DEFLATE stream that was flushed and then closed."""
    writer = _Bits()
    tokens: list[_Token] = []
    start = 0
    for token, end in _tokens(data):
        tokens.append(token)
        if len(tokens) == _BLOCK_TOKENS:
            _write_block(writer, tokens, data[start:end])
            tokens, start = [], end
    if tokens:
        _write_block(writer, tokens, data[start:])
    for last in (0, 1):
        writer.add(last, 3)
        writer.align()
        writer.out += b"\x00\x00\xff\xff"
    return bytes(writer.out)


# Matching.


def _tokens(data: bytes) -> list[tuple[_Token, int]]:
    """Literals and matches, each with the position behind it."""
    size = len(data)
    found: list[tuple[_Token, int]] = []
    heads: dict[int, int] = {}
    previous = [-1] * size
    position = 0
    length, distance = _SHORTEST - 1, 0
    pending = False
    while position < size:
        head = _insert(data, position, heads, previous)
        earlier_length, earlier_distance = length, distance
        length, distance = _SHORTEST - 1, 0
        if head >= 0 and size - position > earlier_length and earlier_length < _LAZY:
            length, distance = _longest_match(data, position, head, previous)
        if earlier_length >= _SHORTEST and length <= earlier_length:
            end = position - 1 + earlier_length
            found.append(((earlier_length, earlier_distance), end))
            for covered in range(position + 1, end):
                _insert(data, covered, heads, previous)
            position = end
            length, distance, pending = _SHORTEST - 1, 0, False
            continue
        if pending:
            found.append(((data[position - 1], 0), position))
        pending = True
        position += 1
    if pending:
        found.append(((data[position - 1], 0), position))
    return found


def _insert(data: bytes, position: int, heads: dict[int, int], previous: list[int]) -> int:
    """Enters a position into the chain of its hash; gives the latest earlier one within the window, or -1."""
    if position + _SHORTEST > len(data):
        return -1
    key = int.from_bytes(data[position : position + _SHORTEST], "big") * 0x1E35A7BD & 0xFFFFFFFF
    key >>= 15
    head = heads.get(key, -1)
    heads[key] = position
    previous[position] = head
    return head if head >= position - _WINDOW else -1


def _longest_match(data: bytes, position: int, candidate: int, previous: list[int]) -> tuple[int, int]:
    """Length and distance of the best match that the chain holds; (3, 0) if there is none."""
    limit = min(_LONGEST, len(data) - position)
    nice = min(_NICE, limit)
    best, distance = _SHORTEST - 1, 0
    oldest = max(position - _WINDOW, 0)
    for _ in range(_CHAIN):
        if best < limit and data[candidate + best] == data[position + best]:
            length = _common(data, candidate, position, limit)
            if length > best and (length > _SHORTEST or position - candidate <= _NEAR):
                best, distance = length, position - candidate
                if length >= nice:
                    break
        if candidate <= oldest:
            break
        candidate = previous[candidate]
        if candidate < oldest:
            break
    return best, distance


def _common(data: bytes, one: int, other: int, limit: int) -> int:
    """How many bytes are the same from two positions on."""
    length = 0
    while length < limit and data[one + length] == data[other + length]:
        length += 1
    return length


# Huffman codes.


def code_lengths(frequencies: list[int], longest: int) -> list[int]:
    """Optimal code lengths of no more than `longest` bits, by package-merge; 0 for symbols that do not occur."""
    lengths = [0] * len(frequencies)
    leaves = sorted((frequency, symbol) for symbol, frequency in enumerate(frequencies) if frequency)
    if len(leaves) <= 2:
        for _, symbol in leaves:
            lengths[symbol] = 1
        return lengths
    packages: list[tuple[int, list[int]]] = []
    for _ in range(min(longest, len(leaves) - 1)):
        row: list[tuple[int, list[int]]] = []
        taken = 0
        for frequency, symbol in leaves:
            # Of equals the package comes before the leaf.
            while taken < len(packages) and packages[taken][0] <= frequency:
                row.append(packages[taken])
                taken += 1
            row.append((frequency, [symbol]))
        row += packages[taken:]
        top = row
        packages = [(row[at][0] + row[at + 1][0], row[at][1] + row[at + 1][1]) for at in range(0, len(row) - 1, 2)]
    for _, symbols in top[: 2 * len(leaves) - 2]:
        for symbol in symbols:
            lengths[symbol] += 1
    return lengths


def _codes(lengths: list[int]) -> list[Code]:
    """The canonical codes of these lengths."""
    codes = [Code(0, 0)] * len(lengths)
    value = 0
    for length in range(1, max(lengths, default=0) + 1):
        value <<= 1
        for symbol, wanted in enumerate(lengths):
            if wanted == length:
                codes[symbol] = Code(int(f"{value:0{length}b}"[::-1], 2), length)
                value += 1
    return codes


_FIXED_LITERALS: Final = _codes([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8)
_FIXED_DISTANCES: Final = _codes([5] * 30)


def _ranges(first: int, symbols: int, per_width: int, free: int) -> list[tuple[int, int]]:
    """The least value and the number of extra bits of each length or distance symbol."""
    table: list[tuple[int, int]] = []
    base = first
    for symbol in range(symbols):
        extra = 0 if symbol < free else (symbol - free) // per_width + 1
        table.append((base, extra))
        base += 1 << extra
    return table


_LENGTHS: Final = [*_ranges(3, 28, 4, 8), (_LONGEST, 0)]
_DISTANCES: Final = _ranges(1, 30, 2, 4)


def _symbol(table: list[tuple[int, int]], value: int) -> int:
    from bisect import bisect_right

    return bisect_right(table, (value, 99)) - 1


# Blocks.


class _Bits:
    """Bytes that are filled from the lowest bit on."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.value = 0
        self.count = 0

    def add(self, bits: int, count: int) -> None:
        self.value |= bits << self.count
        self.count += count
        while self.count >= 8:
            self.out.append(self.value & 0xFF)
            self.value >>= 8
            self.count -= 8

    def align(self) -> None:
        if self.count:
            self.out.append(self.value & 0xFF)
            self.value = self.count = 0


def _write_block(writer: _Bits, tokens: list[_Token], source: bytes) -> None:
    literals = [0] * 286
    distances = [0] * 30
    extra = 0
    for value, distance in tokens:
        if not distance:
            literals[value] += 1
            continue
        length_symbol, distance_symbol = _symbol(_LENGTHS, value), _symbol(_DISTANCES, distance)
        literals[257 + length_symbol] += 1
        distances[distance_symbol] += 1
        extra += _LENGTHS[length_symbol][1] + _DISTANCES[distance_symbol][1]
    literals[_END] = 1
    if not any(distances):
        distances[0] = 1
    fixed = 3 + extra + _size(literals, _FIXED_LITERALS) + _size(distances, _FIXED_DISTANCES)
    own_literals, own_distances = _codes(code_lengths(literals, 15)), _codes(code_lengths(distances, 15))
    header = _Header(own_literals, own_distances)
    own = header.size + extra + _size(literals, own_literals) + _size(distances, own_distances)
    if len(source) <= _LARGEST_STORED and (len(source) + 5) * 8 < min(fixed, own):
        writer.add(0, 3)
        writer.align()
        writer.out += len(source).to_bytes(2, "little") + (len(source) ^ 0xFFFF).to_bytes(2, "little") + source
        return
    if own < fixed:
        header.write(writer)
        _write_tokens(writer, tokens, own_literals, own_distances)
    else:
        writer.add(0b010, 3)
        _write_tokens(writer, tokens, _FIXED_LITERALS, _FIXED_DISTANCES)


def _size(frequencies: list[int], codes: list[Code]) -> int:
    return sum(frequency * codes[symbol].length for symbol, frequency in enumerate(frequencies) if frequency)


def _write_tokens(writer: _Bits, tokens: list[_Token], literals: list[Code], distances: list[Code]) -> None:
    for value, distance in tokens:
        if not distance:
            writer.add(*literals[value])
            continue
        symbol = _symbol(_LENGTHS, value)
        writer.add(*literals[257 + symbol])
        base, extra = _LENGTHS[symbol]
        writer.add(value - base, extra)
        symbol = _symbol(_DISTANCES, distance)
        writer.add(*distances[symbol])
        base, extra = _DISTANCES[symbol]
        writer.add(distance - base, extra)
    writer.add(*literals[_END])


class _Header:
    """The head of a block with codes of its own: the lengths of these codes, run-length and Huffman coded."""

    def __init__(self, literals: list[Code], distances: list[Code]) -> None:
        self.literals = _used(literals)
        self.distances = _used(distances)
        lengths = [code.length for code in literals[: self.literals] + distances[: self.distances]]
        self.runs = _run_lengths(lengths)
        frequencies = [0] * 19
        for symbol, _, _ in self.runs:
            frequencies[symbol] += 1
        self.codes = _codes(code_lengths(frequencies, 7))
        self.count = 19
        while self.count > 4 and not frequencies[_CODE_ORDER[self.count - 1]]:
            self.count -= 1
        self.size = 3 + 5 + 5 + 4 + 3 * self.count + sum(bits for _, _, bits in self.runs)
        self.size += _size(frequencies, self.codes)

    def write(self, writer: _Bits) -> None:
        writer.add(0b100, 3)
        writer.add(self.literals - 257, 5)
        writer.add(self.distances - 1, 5)
        writer.add(self.count - 4, 4)
        for symbol in _CODE_ORDER[: self.count]:
            writer.add(self.codes[symbol].length, 3)
        for symbol, value, bits in self.runs:
            writer.add(*self.codes[symbol])
            writer.add(value, bits)


def _used(codes: list[Code]) -> int:
    """The number of symbols up to the last one that has a code."""
    count = len(codes)
    while not codes[count - 1].length:
        count -= 1
    return count


def _run_lengths(lengths: list[int]) -> list[tuple[int, int, int]]:
    """Code lengths as symbols of the header, each with an extra value and how many bits that takes."""
    runs: list[tuple[int, int, int]] = []
    at = 0
    while at < len(lengths):
        length = lengths[at]
        count = 1
        while at + count < len(lengths) and lengths[at + count] == length:
            count += 1
        at += count
        if length:
            runs.append((length, 0, 0))
            count -= 1
            while count >= 3:
                part = min(count, 6)
                runs.append((16, part - 3, 2))
                count -= part
        else:
            while count >= 11:
                part = min(count, 138)
                runs.append((18, part - 11, 7))
                count -= part
            if count >= 3:
                runs.append((17, count - 3, 3))
                count = 0
        runs.extend([(length, 0, 0)] * count)
    return runs
