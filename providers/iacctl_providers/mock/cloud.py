"""Where the mock cloud keeps its objects."""

from __future__ import annotations

import re
from os import urandom
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = dict[str, Any]
"""The attributes of an object, as JSON data. Not to be changed in place."""


class InterruptedCallError(Exception):
    """The cloud was stopped while a call was waiting."""


class Store(Protocol):
    """Objects by type and id."""

    def get(self, type_name: str, id_: str) -> Data | None:
        """The object, or None."""

    def put(self, type_name: str, id_: str, data: Data) -> None:
        """Add or replace an object."""

    def remove(self, type_name: str, id_: str) -> None:
        """Remove an object; fine if there is none."""

    def all(self, type_name: str) -> Iterator[tuple[str, Data]]:
        """All objects of a type, in the order of ids."""


class MemoryStore:
    """Objects in memory."""

    def __init__(self) -> None:
        self._objects: dict[str, dict[str, Data]] = {}

    def get(self, type_name: str, id_: str) -> Data | None:
        """The object, or None."""
        return self._objects.get(type_name, {}).get(id_)

    def put(self, type_name: str, id_: str, data: Data) -> None:
        """Add or replace an object."""
        self._objects.setdefault(type_name, {})[id_] = data

    def remove(self, type_name: str, id_: str) -> None:
        """Remove an object; fine if there is none."""
        self._objects.get(type_name, {}).pop(id_, None)

    def all(self, type_name: str) -> Iterator[tuple[str, Data]]:
        """All objects of a type, in the order of ids."""
        yield from sorted(self._objects.get(type_name, {}).items())


_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class FolderStore:
    """Objects as files, `FOLDER/TYPE/ID.json`: edit or delete them to make drift."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, type_name: str, id_: str) -> Path:
        return self._folder / type_name / f"{id_}.json"

    def get(self, type_name: str, id_: str) -> Data | None:
        """The object, or None. Raises ValueError for a damaged file, OSError when it can't be read."""
        from iacctl.values import json

        if not _ID.fullmatch(id_):
            return None
        try:
            data = json.loads(self._path(type_name, id_).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        if not isinstance(data, dict):
            raise ValueError(f"{self._path(type_name, id_)} does not hold a JSON object")
        return data

    def put(self, type_name: str, id_: str, data: Data) -> None:
        """Add or replace an object. Raises OSError when the folder can't be written."""
        from iacctl.values import json, type_of

        # One attribute a line: easy to edit, and to compare.
        held = {json.dumps(name, type_of(name)): json.implied(item) for name, item in data.items()}
        lines = ",\n".join([f"  {name}: {json.dumps(item, type_of(item))}" for name, item in held.items()])
        path = self._path(type_name, id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{urandom(4).hex()}")
        draft.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
        draft.replace(path)

    def remove(self, type_name: str, id_: str) -> None:
        """Remove an object; fine if there is none."""
        self._path(type_name, id_).unlink(missing_ok=True)

    def all(self, type_name: str) -> Iterator[tuple[str, Data]]:
        """All objects of a type, in the order of ids."""
        for path in sorted((self._folder / type_name).glob("[!.]*.json")):
            data = self.get(type_name, path.stem)
            if data is not None:
                yield path.stem, data


class _Change(NamedTuple):
    """What a recent change replaced, for reads that lag behind."""

    at: float
    before: Data | None


_TOKENS: Final = ".tokens"


class Cloud:
    """The remote system: unique names, idempotency tokens, reads that lag behind writes.

    Args:
        store: where objects are.
        lag: for how many seconds a change stays invisible to reads.
        unique_names: two objects of one type can't have the same `name`.
        trusting: an object that the store never saw is believed to exist (a store in memory forgets between two runs).
    """

    def __init__(self, store: Store, *, lag: float = 0.0, unique_names: bool = False, trusting: bool = False) -> None:
        self._store = store
        self._lag = lag
        self._unique_names = unique_names
        self._trusting = trusting
        self._lock = Lock()
        self._recent: dict[tuple[str, str], _Change] = {}
        self._removed: set[tuple[str, str]] = set()
        self.stopping = Event()

    def wait(self, seconds: float) -> None:
        """Take that long. Raises InterruptedCallError when the cloud is stopped meanwhile."""
        if seconds > 0 and self.stopping.wait(seconds):
            raise InterruptedCallError

    def create(self, type_name: str, data: Data, token: str) -> Data:
        """Make an object, its id included.

        Args:
            type_name: the resource type.
            data: its attributes; `id` is replaced.
            token: an earlier creation with the same token (if not empty) is answered with the object that it made.

        Returns:
            the object as it is stored.

        Raises:
            NameTakenError: another object has the name.
        """
        with self._lock:
            if token:
                known = self._store.get(_TOKENS, token)
                made = known and self._store.get(type_name, known["id"])
                if made:
                    return made
            if self._unique_names and data.get("name") is not None:
                for id_, other in self._store.all(type_name):
                    if other.get("name") == data["name"]:
                        raise NameTakenError(type_name, data["name"], id_)
            new_id = f"{type_name.rpartition('_')[2]}-{urandom(6).hex()}"
            made = {**data, "id": new_id}
            if token:  # first: a token without an object says that nothing was made, an object without its token is lost
                self._store.put(_TOKENS, token, {"id": new_id})
            self._store.put(type_name, new_id, made)
            self._changed(type_name, new_id, None)
            return made

    def created(self, type_name: str, token: str) -> Data | None:
        """The object that was created with a token, or None."""
        with self._lock:
            known = self._store.get(_TOKENS, token) if token else None
            return self._store.get(type_name, known["id"]) if known else None

    @property
    def remembers(self) -> bool:
        """Whether what is not there was never there."""
        return not self._trusting

    def update(self, type_name: str, id_: str, data: Data) -> None:
        """Replace an object's attributes."""
        with self._lock:
            before = self._store.get(type_name, id_)
            self._store.put(type_name, id_, data)
            self._changed(type_name, id_, before)

    def delete(self, type_name: str, id_: str) -> None:
        """Remove an object; fine if there is none."""
        with self._lock:
            before = self._store.get(type_name, id_)
            self._store.remove(type_name, id_)
            self._removed.add((type_name, id_))
            self._changed(type_name, id_, before)

    def read(self, type_name: str, id_: str, believed: Data | None = None) -> Data | None:
        """An object as reads see it, or None. `believed` is what the caller has stored: the answer of a trusting cloud
        that never saw it."""
        with self._lock:
            change = self._recent.get((type_name, id_))
            if change is not None and monotonic() - change.at < self._lag:
                return change.before
            found = self._store.get(type_name, id_)
            if found is None and self._trusting and (type_name, id_) not in self._removed:
                return believed
            return found

    def find(self, type_name: str, wanted: Data) -> list[Data]:
        """The objects whose attributes have these values."""
        with self._lock:
            ids = [id_ for id_, _ in self._store.all(type_name)]
        found = filter(None, (self.read(type_name, id_) for id_ in ids))
        return [data for data in found if all(data.get(name) == value for name, value in wanted.items())]

    def _changed(self, type_name: str, id_: str, before: Data | None) -> None:
        if self._lag:
            self._recent[type_name, id_] = _Change(monotonic(), before)


class NameTakenError(Exception):
    """Another object has the name already."""

    def __init__(self, type_name: str, name: str, holder: str) -> None:
        super().__init__(f"there is a {type_name} named {name!r} already: {holder}")
