"""The resources `random_string` and `random_password`, and the ephemeral `random_password`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from iacctl import values
from iacctl.provider import requests
from iacctl_providers import sdk
from iacctl_providers.random.keeping import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values import Value
    from iacctl_providers.sdk.attributes import Attributes
    from iacctl_providers.sdk.shapes import Body

_UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_SPECIAL: Final = "!@#$%&*()-_=+[]{}<>:?"
_MINIMA: Final = ("min_upper", "min_lower", "min_numeric", "min_special")
_BCRYPT_BYTES: Final = 72
"""More of a password does not count for bcrypt."""


def _long_enough(config: Body) -> Iterable[requests.Problem]:
    """`length` has room for all the minima."""
    held = config.__dict__
    minima = [held.get(name) for name in _MINIMA]
    length = held.get("length")
    if not sdk.is_known(length) or length is None or not all(map(sdk.is_known, minima)):
        return ()
    if length >= sum(minimum or 0 for minimum in minima):
        return ()
    detail = f"Attribute length value must be at least sum of {' + '.join(_MINIMA)}, got: {length}"
    return [requests.error("Invalid Attribute Value", detail, ("length",))]


def _some_characters(config: Body) -> Iterable[requests.Problem]:
    """Not every kind of character is switched off."""
    held = config.__dict__
    switches = [held.get(name) for name in ("special", "upper", "lower", "numeric")]
    if all(switch is False for switch in switches):
        detail = "At least one attribute out of [special,upper,lower,numeric] must be specified as true"
        return [requests.error("Invalid Attribute Combination", detail, ("numeric",))]
    return ()


def _numeric_and_number(planned: Attributes, before: Attributes | None, config: Attributes) -> Value:
    """`number` is the old name of `numeric`: both show what either says."""
    for name in ("numeric", "number"):
        if not values.is_null(config[name]):
            return config[name]
    return True


def _special_forces(before: Value, planned: Value) -> bool:
    """An empty string that becomes null is a correction, not a change: one version of the original stored that."""
    if isinstance(planned, values.Unknown):
        return False
    return not (values.is_null(planned) and before == "")


class _Recipe(sdk.Nested):
    """What strings are made of: the arguments that string, password and ephemeral password share."""

    length = sdk.integer(
        required=True,
        force_new=True,
        validators=(sdk.validators.at_least(1),),
        description="How long it is: at least 1, and at least the sum of the minima.",
    )
    special = sdk.boolean(default=True, force_new=True, description=f"Has special characters, of `{_SPECIAL}`.")
    upper = sdk.boolean(default=True, force_new=True, description="Has upper-case letters.")
    lower = sdk.boolean(default=True, force_new=True, description="Has lower-case letters.")
    min_numeric = sdk.integer(default=0, force_new=True, description="How many digits it has at least.")
    min_upper = sdk.integer(default=0, force_new=True, description="How many upper-case letters it has at least.")
    min_lower = sdk.integer(default=0, force_new=True, description="How many lower-case letters it has at least.")
    min_special = sdk.integer(default=0, force_new=True, description="How many special characters it has at least.")
    override_special = sdk.string(
        optional=True, force_new=_special_forces, description="The special characters to take instead."
    )

    def generate(self) -> str:
        """A random string that follows the recipe."""
        from random import SystemRandom

        source = SystemRandom()
        special = self.override_special or _SPECIAL
        kinds = (
            (_UPPER, self.upper, self.min_upper),
            (_LOWER, self.lower, self.min_lower),
            (_DIGITS, self.__dict__["numeric"], self.min_numeric),
            (special, self.special, self.min_special),
        )
        characters = "".join(letters for letters, wanted, _ in kinds if wanted)
        result = [source.choice(letters) for letters, _, minimum in kinds for _ in range(minimum)]
        missing = self.length - len(result)
        if missing > 0 and not characters:
            detail = "No kind of character is switched on, so nothing can be generated."
            raise sdk.ProviderError("Random Read Error", detail)
        result += [source.choice(characters) for _ in range(missing)]
        source.shuffle(result)
        return "".join(result)


def _bcrypt(password: str) -> str:
    import bcrypt

    return bcrypt.hashpw(password.encode()[:_BCRYPT_BYTES], bcrypt.gensalt(10, b"2a")).decode()


def _bcrypt_matches(password: str, hashed: str) -> bool:
    import bcrypt

    try:
        return bcrypt.checkpw(password.encode()[:_BCRYPT_BYTES], hashed.encode())
    except ValueError:
        return False


def _fill_in(stored: dict[str, Any]) -> dict[str, Any]:
    """Arguments that early versions of the original left null after an import."""
    for name in ("special", "upper", "lower", "number"):
        if stored.get(name) is None:
            stored[name] = True
    for name in _MINIMA:
        if stored.get(name) is None:
            stored[name] = 0
    if stored.get("length") is None:
        stored["length"] = len((stored.get("result") or "").encode())
    stored["numeric"] = stored["number"]
    return stored


def _with_hash(stored: dict[str, Any]) -> dict[str, Any]:
    stored["bcrypt_hash"] = _bcrypt(stored.get("result") or "")
    return stored


def _with_right_hash(stored: dict[str, Any]) -> dict[str, Any]:
    """Hashes of one version did not match their password."""
    stored = _fill_in(stored)
    if not _bcrypt_matches(stored.get("result") or "", stored.get("bcrypt_hash") or ""):
        return _with_hash(stored)
    return stored


class _Kept(_Recipe, Kept):
    """What string and password share."""

    number = sdk.boolean(
        optional=True,
        computed=True,
        force_new=True,
        planned=_numeric_and_number,
        deprecated="**NOTE**: This is deprecated, use `numeric` instead.",
        description="Has digits. The old name of `numeric`.",
    )
    numeric = sdk.boolean(
        optional=True, computed=True, force_new=True, planned=_numeric_and_number, description="Has digits."
    )

    def check(self, report: sdk.Reporting[Any]) -> None:
        number, numeric = self.__dict__["number"], self.__dict__["numeric"]
        if isinstance(number, bool) and isinstance(numeric, bool) and number is not numeric:
            report.error(
                "Number and numeric are both configured with different values",
                "Number is deprecated, use numeric instead",
                "number",
            )

    @classmethod
    def _imported(cls, text: str) -> Self:
        return cls(
            result=text,
            length=len(text.encode()),
            **dict.fromkeys(("special", "upper", "lower", "number", "numeric"), True),
            **dict.fromkeys(_MINIMA, 0),
        )


class String(_Kept, version=2, upgraders={0: _fill_in, 1: _fill_in}, rules=(_long_enough, _some_characters)):
    """A random string."""

    result = sdk.string(computed=True, keep=True, description="The random string.")

    def create(self, call: sdk.Call[Any]) -> None:
        self.result = self.id = self.generate()

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        made = cls._imported(text)
        made.id = text
        return made


class Password(
    _Kept,
    version=3,
    upgraders={0: _with_hash, 1: _fill_in, 2: _with_right_hash},
    rules=(_long_enough, _some_characters),
):
    """A random string that is hidden in output."""

    result = sdk.string(computed=True, keep=True, sensitive=True, description="The random string.")
    bcrypt_hash = sdk.string(
        computed=True, keep=True, sensitive=True, description="A bcrypt hash of it (of its first 72 bytes)."
    )

    def create(self, call: sdk.Call[Any]) -> None:
        self.result = self.generate()
        self.bcrypt_hash = _bcrypt(self.result)
        self.id = "none"

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        made = cls._imported(text)
        made.bcrypt_hash = _bcrypt(text)
        made.id = "none"
        return made


class EphemeralPassword(_Recipe, sdk.Ephemeral, rules=(_long_enough, _some_characters)):
    """A random string that is never stored."""

    numeric = sdk.boolean(default=True, description="Has digits.")
    result = sdk.string(computed=True, sensitive=True, description="The random string.")
    bcrypt_hash = sdk.string(computed=True, sensitive=True, description="A bcrypt hash of it (of its first 72 bytes).")

    def open(self, call: sdk.EphemeralCall[Any]) -> None:
        self.result = self.generate()
        self.bcrypt_hash = _bcrypt(self.result)
