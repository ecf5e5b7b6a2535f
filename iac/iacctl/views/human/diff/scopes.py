"""What is to be known of a place in a value while a difference is worked out: narrowed down step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.views.human.diff.parts import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from iacctl.values.paths import Path
    from iacctl.views.human.diff.parts import Part


class PathTree:
    """Paths by their steps.

    Attributes:
        here: whether one of the paths ends here.
    """

    __slots__ = ("_children", "here")

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self.here = False
        self._children: dict[str | int, PathTree] = {}
        for path in paths:
            self._add(path)

    def child(self, step: str | int) -> PathTree | None:
        """The paths that go on with a step, an attribute's name, a map's key or an index; None if there are none."""
        return self._children.get(step)

    def _add(self, path: Path) -> None:
        node = self
        for step in path:
            key = step if isinstance(step, str) else step.key
            if type(key) is not str and type(key) is not int:
                return  # an element of a set: no part is looked at by such a step
            node = node._children.setdefault(key, PathTree())
        node.here = True


class Scope:
    """What is known of a place in a value.

    Attributes:
        replace: the paths that force a replacement, from here; None if there are none.
        relevant: the only paths whose differences are to be seen, from here; None for all.
        legacy: whether an empty string means nothing, as for the old SDK of providers, which has no null strings.
        keys: tells which values are alike; one for a whole difference.
    """

    __slots__ = ("keys", "legacy", "relevant", "replace")

    def __init__(
        self,
        replace: PathTree | None = None,
        relevant: PathTree | None = None,
        legacy: bool = True,
        keys: Keys | None = None,
    ) -> None:
        self.replace = replace
        self.relevant = relevant
        self.legacy = legacy
        self.keys = Keys() if keys is None else keys

    @property
    def forces(self) -> bool:
        """Whether a difference here forces a replacement."""
        return self.replace is not None and self.replace.here

    def modern(self) -> Scope:
        """The same place, in what the old SDK cannot have made."""
        return Scope(self.replace, self.relevant, False, self.keys) if self.legacy else self

    def old_style(self) -> Scope:
        """The same place, taken for what the old SDK made, as elements of lists are wherever they come from."""
        return self if self.legacy else Scope(self.replace, self.relevant, True, self.keys)

    def part(self, step: str | int, before: Part, after: Part) -> tuple[Scope, Part]:
        """The scope of a part, and the part's new value: the old one if no path to it is relevant."""
        replace, relevant = self.replace, self.relevant
        if replace is None and relevant is None:
            return self, after
        if replace is not None:
            replace = replace.child(step)
        if relevant is not None and not relevant.here:
            relevant = relevant.child(step)
            if relevant is None:
                after = before
        if relevant is not None and relevant.here:
            relevant = None
        return Scope(replace, relevant, self.legacy, self.keys), after

    def element(self, index: int) -> Scope:
        """The scope of an element of a list, set or tuple. All of them are relevant, and taken for the old SDK's."""
        if self.replace is not None:
            return Scope(self.replace.child(index), keys=self.keys)
        return self if self.legacy and self.relevant is None else Scope(keys=self.keys)
