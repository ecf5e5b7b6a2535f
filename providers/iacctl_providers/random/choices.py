"""The resources `random_integer`, `random_shuffle` and `random_pet`.

A `seed` gives the same result whenever the object is made by iacctl, with any version; it is not the result that the
original makes of that seed, which depends on Go's random numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from iacctl_providers import sdk
from iacctl_providers.random.keeping import Kept

if TYPE_CHECKING:
    from random import Random


def _source(seed: str | None) -> Random:
    from random import Random, SystemRandom

    return Random(seed) if seed else SystemRandom()


class Integer(Kept):
    """A random integer of a range."""

    min = sdk.integer(required=True, force_new=True, description="The smallest possible value.")
    max = sdk.integer(required=True, force_new=True, description="The greatest possible value.")
    seed = sdk.string(optional=True, force_new=True, description="Makes the result repeatable.")
    result = sdk.integer(computed=True, keep=True, description="The random integer.")

    def create(self, call: sdk.Call[Any]) -> None:
        if self.max < self.min:
            detail = "The minimum (min) value needs to be smaller than or equal to maximum (max) value."
            raise sdk.ProviderError("Create Random Integer Error", detail)
        self.result = _source(self.seed).randint(self.min, self.max)
        self.id = str(self.result)

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Any]) -> Self:
        parts = text.split(",")
        if len(parts) not in (3, 4):
            detail = "Invalid import usage: expecting {result},{min},{max} or {result},{min},{max},{seed}"
            raise sdk.ProviderError("Import Random Integer Error", detail)
        result, low, high = (_integer(part, name) for part, name in zip(parts, ("", "min ", "max "), strict=False))
        return cls(id=parts[0], result=result, min=low, max=high, seed=parts[3] if len(parts) == 4 else None)


def _integer(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        detail = f"The {name or 'value '}supplied could not be parsed as an integer.\n\nOriginal Error: {text!r}"
        raise sdk.ProviderError("Import Random Integer Error", detail) from None


class Shuffle(Kept):
    """A random order of a list of strings."""

    input = sdk.list_of(sdk.string)(required=True, force_new=True, description="The list.")
    result_count = sdk.integer(
        optional=True,
        force_new=True,
        validators=(sdk.validators.at_least(0),),
        description="How many results there are: by default as many as inputs. If there are more, inputs repeat.",
    )
    seed = sdk.string(optional=True, force_new=True, description="Makes the result repeatable.")
    result = sdk.list_of(sdk.string)(computed=True, keep=True, description="The list in random order.")

    def create(self, call: sdk.Call[Any]) -> None:
        source = _source(self.seed)
        count = self.result_count or len(self.input)
        result: list[str] = []
        while self.input and len(result) < count:
            result += source.sample(self.input, len(self.input))
        self.result = result[:count]
        self.id = "-"


class Pet(Kept):
    """A random name in words, such as `rapid-otter`."""

    length = sdk.integer(default=2, force_new=True, description="How many words it has.")
    prefix = sdk.string(optional=True, force_new=True, description="What it begins with.")
    separator = sdk.string(default="-", force_new=True, description="What stands between words.")

    def create(self, call: sdk.Call[Any]) -> None:
        from iacctl_providers.random import pets

        words = pets.words(self.length, _source(None))
        self.id = self.separator.join([self.prefix, *words] if self.prefix else words)
