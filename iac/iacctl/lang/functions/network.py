"""Functions of IP networks in CIDR notation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.lang.functions.calling import ArgumentError, FunctionError
from iacctl.lang.functions.numeric import whole
from iacctl.values import STRING, list_value, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.values import Number, Value

_MOST_NEW_BITS: Final = 32
_WORD: Final = (1 << 64) - 1
_MAPPED_IPV4: Final = 0xFFFF << 32
"""The IPv6 address that stands for 0.0.0.0."""


class Network(NamedTuple):
    """A network: its lowest address, the length of its prefix, and bits of an address (32 or 128)."""

    address: int
    length: int
    bits: int


def parse(text: str) -> Network:
    """A network from CIDR notation; numbers with leading zeros are decimal. Raises FunctionError."""
    address, slash, length = text.partition("/")
    bits = 128 if ":" in address else 32
    number = _ipv6(address) if bits == 128 else _ipv4(address)
    if (
        not slash
        or number is None
        or not (length.isascii() and length.isdigit())
        or len(length) > 8
        or int(length) > bits
    ):
        raise FunctionError(f"invalid CIDR expression: invalid CIDR address: {text}")
    host = bits - int(length)
    return Network(number >> host << host, int(length), bits)


def _ipv4(text: str) -> int | None:
    parts = text.split(".")
    if len(parts) != 4:
        return None
    value = 0
    for part in parts:
        if not (part.isascii() and part.isdigit()) or int(part) > 255:
            return None
        value = value << 8 | int(part)
    return value


def _ipv6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    left = _groups(head, last=not gap)
    right = _groups(tail, last=True) if gap else []
    if left is None or right is None:
        return None
    missing = 8 - len(left) - len(right)
    if (missing < 1) if gap else missing:
        return None
    value = 0
    for group in [*left, *[0] * missing, *right]:
        value = value << 16 | group
    return value


def _groups(text: str, last: bool) -> list[int] | None:
    if not text:
        return []
    groups: list[int] = []
    parts = text.split(":")
    for position, part in enumerate(parts):
        if "." in part and last and position == len(parts) - 1:
            embedded = _ipv4(part)
            if embedded is None:
                return None
            groups += [embedded >> 16, embedded & 0xFFFF]
        elif 1 <= len(part) <= 4 and all(digit in "0123456789abcdefABCDEF" for digit in part):
            groups.append(int(part, 16))
        else:
            return None
    return groups


def address_text(address: int, bits: int) -> str:
    """An address in its canonical form."""
    from ipaddress import IPv4Address, IPv6Address

    if bits == 32:
        return str(IPv4Address(address))
    if address >> 32 == 0xFFFF:
        # Go prints IPv4 addresses mapped into IPv6 as IPv4.
        return str(IPv4Address(address & 0xFFFFFFFF))
    return str(IPv6Address(address))


def _network_text(network: Network) -> str:
    length = network.length
    if network.bits == 128 and _is_ipv4(network):
        length = max(length - 96, 0)
    return f"{address_text(network.address, network.bits)}/{length}"


# Terraform computes with numbers of 64 bits where larger ones need care, and with negative ones as two's complements. What
# comes of odd arguments is kept, since addresses that exist were made so.


def _cidrhost(prefix: str, host_number: Number) -> Value:
    number = numbers.to_int(host_number)
    if number is None:
        raise FunctionError("value must be a whole number")
    network = parse(prefix)
    most = (1 << (network.bits - network.length)) - 1
    if number < 0:
        checked = -number - 1
        number = most - checked
    else:
        checked = number & _WORD
        checked -= (checked >> 63) << 64
    if checked > most:
        raise FunctionError(f"prefix of {network.length} does not accommodate a host numbered {number}")
    mapped = network.bits == 128 and _is_ipv4(network)
    return address_text(_with_number(network, number, 32 if mapped else network.bits), network.bits)


def _with_number(network: Network, number: int, length: int) -> int:
    """The address with a number in the bits that end at `length`."""
    found = abs(network.address | number << (network.bits - length))
    if found >> network.bits:
        raise FunctionError(f"there is no address for the number {number} in a prefix of {network.length}")
    return found


def _cidrnetmask(prefix: str) -> Value:
    network = parse(prefix)
    if not _is_ipv4(network):
        raise FunctionError(f"IPv6 addresses cannot have a netmask: {prefix}")
    host = network.bits - network.length
    return address_text((1 << network.bits) - 1 >> host << host, network.bits)


def _cidrsubnet(prefix: str, new_bits: Number, number: Number) -> Value:
    more = whole(new_bits)
    wanted = numbers.to_int(number)
    if wanted is None:
        raise FunctionError("value must be a whole number")
    return _network_text(_subnet(parse(prefix), more, wanted))


def _subnet(network: Network, more: int, number: int) -> Network:
    length = network.length + more
    if length > network.bits:
        raise FunctionError(f"insufficient address space to extend prefix of {network.length} by {more}")
    most = (1 << more if 0 <= more < 64 else 0) - 1 & _WORD
    if abs(number) & _WORD > most or length < 0:
        raise FunctionError(f"prefix extension of {more} does not accommodate a subnet numbered {number}")
    return Network(_with_number(network, number, length), length, network.bits)


def _cidrsubnets(prefix: str, *new_bits: Number) -> Value:
    try:
        network = parse(prefix)
    except FunctionError as error:
        raise ArgumentError(0, str(error)) from None
    if not new_bits:
        return list_value(STRING, ())
    found: list[Value] = []
    next_free = network.address
    end = network.address + (1 << (network.bits - network.length))
    last: Network | None = None
    for position, given in enumerate(new_bits, 1):
        try:
            more = whole(given)
        except FunctionError as error:
            raise ArgumentError(position, str(error)) from None
        if more < 1:
            raise ArgumentError(position, "must extend prefix by at least one bit")
        if more > _MOST_NEW_BITS:
            raise ArgumentError(position, f"may not extend prefix by more than {_MOST_NEW_BITS} bits")
        length = network.length + more
        if length > network.bits:
            protocol = "IPv4" if network.bits == 32 else "IPv6"
            raise ArgumentError(
                position, f"would extend prefix to {length} bits, which is too long for an {protocol} address"
            )
        if network.bits == 128 and _is_ipv4(network):
            raise ArgumentError(
                position, f"not enough remaining address space for a subnet with a prefix of {length} bits after <nil>"
            )
        size = 1 << (network.bits - length)
        start = -(-next_free // size) * size
        if start + size > end:
            before = _network_text(last) if last is not None else prefix
            raise ArgumentError(
                position,
                f"not enough remaining address space for a subnet with a prefix of {length} bits after {before}",
            )
        last = Network(start, length, network.bits)
        found.append(_network_text(last))
        next_free = start + size
    return list_value(STRING, found)


def _cidrcontains(containing: str, contained: str) -> Value:
    try:
        outer = parse(containing)
    except FunctionError:
        raise FunctionError(f"invalid CIDR address: {containing}") from None
    bits = 128 if ":" in contained else 32
    number = _ipv6(contained) if bits == 128 else _ipv4(contained)
    if number is not None:
        inner = Network(number, bits, bits)
    else:
        try:
            inner = parse(contained)
        except FunctionError:
            raise FunctionError(f"invalid IP address or prefix: {contained}") from None
    if _is_ipv4(outer) != _is_ipv4(inner):
        raise FunctionError(f"address family mismatch: {containing} vs. {contained}")
    first, length = _plain(outer)
    other, other_length = _plain(inner)
    host = 128 - length
    return other_length >= length and other >> host == first >> host


def _plain(network: Network) -> tuple[int, int]:
    """The lowest address and the length of the prefix of a network as one of IPv6."""
    if network.bits == 32:
        return _MAPPED_IPV4 | network.address, network.length + 96
    return network.address, network.length


def _is_ipv4(network: Network) -> bool:
    """Whether a network is one of IPv4, which also can be written as IPv6."""
    return network.bits == 32 or network.address >> 32 == _MAPPED_IPV4 >> 32


IMPLEMENTATIONS: Final[Mapping[str, Callable[..., Value]]] = {
    "cidrcontains": _cidrcontains,
    "cidrhost": _cidrhost,
    "cidrnetmask": _cidrnetmask,
    "cidrsubnet": _cidrsubnet,
    "cidrsubnets": _cidrsubnets,
}
