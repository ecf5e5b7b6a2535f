"""Resources and data sources of the mock cloud: what all types share, and the ready-made types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from iacctl.values import json
from iacctl_providers import sdk
from iacctl_providers.mock.cloud import NameTakenError
from iacctl_providers.mock.faults import Call, strike
from iacctl_providers.sdk import shapes, stored

if TYPE_CHECKING:
    from typing import Self

    from iacctl_providers.mock.cloud import Data
    from iacctl_providers.mock.provider import Mock
    from iacctl_providers.sdk.shapes import Body


def to_data(instance: Body) -> Data:
    """The attributes of an instance as JSON data. Write-only ones are left out."""
    shape = shapes.shape_of(type(instance))
    data: Data = json.encode(shape.dump(instance), shape.block.object_type)
    return data


def take_over(instance: Body, data: Data) -> None:
    """Give an instance the attributes that an object in the cloud has."""
    shape = shapes.shape_of(type(instance))
    value = json.decode(stored.complete_block(data, shape.block), shape.block.object_type)
    instance.__dict__.update(shape.load(value).__dict__)


class MockResource(sdk.Resource):
    """What every resource type does."""

    type_name: ClassVar[str] = ""

    id = sdk.string(computed=True, keep=True, identity="The object's id in the mock cloud.")

    def create(self, call: sdk.Call[Mock]) -> None:
        cloud, faults = call.provider.enter(self._call("create"))
        self.id = ""
        self.fill_in()
        self._forget_write_only()
        try:
            self.id = cloud.create(self.type_name, to_data(self), call.token)["id"]
        except NameTakenError as problem:
            raise sdk.ProviderError("Name already taken", f"Cannot create it: {problem}.", "name") from None
        strike(faults, "after")
        call.progress(self)
        strike(faults, "partial")
        cloud.wait(call.provider.settle_time)

    def read(self, call: sdk.Call[Mock]) -> None:
        cloud, faults = call.provider.enter(self._call("read"))
        found = cloud.read(self.type_name, self.id, self.__dict__)
        strike(faults, "after")
        if found is None:
            raise sdk.Gone
        if found is not self.__dict__:
            take_over(self, found)

    def update(self, call: sdk.Call[Mock]) -> None:
        cloud, faults = call.provider.enter(self._call("update"))
        self.fill_in()
        self._forget_write_only()
        cloud.update(self.type_name, self.id, to_data(self))
        strike(faults, "after")
        call.progress(self)
        strike(faults, "partial")
        cloud.wait(call.provider.settle_time)

    def delete(self, call: sdk.Call[Mock]) -> None:
        cloud, faults = call.provider.enter(self._call("delete"))
        cloud.delete(self.type_name, self.id)
        strike(faults, "after")

    @classmethod
    def find_created(cls, planned: Self, call: sdk.Call[Mock]) -> Self | None:
        cloud, _ = call.provider.enter(planned._call("find"))
        found = cloud.created(cls.type_name, call.token)
        if found is None:
            call.uncertain = not cloud.remembers
            return None
        made = cls()
        take_over(made, found)
        return made

    @classmethod
    def import_id(cls, text: str, call: sdk.Call[Mock]) -> MockResource:
        cloud, _ = call.provider.enter(Call("import", cls.type_name, text))
        found = cloud.read(cls.type_name, text)
        if found is None:
            detail = f"The mock cloud has no {cls.type_name} with id {text!r}."
            raise sdk.ProviderError("Cannot import non-existent remote object", detail)
        return cls(id=text)

    def fill_in(self) -> None:
        """Give every computed attribute that is not known a value."""
        shape = shapes.shape_of(type(self))
        for name, attribute in shape.attributes.items():
            python_name = shape.python_names[name]
            if name != "id" and not sdk.is_known(self.__dict__[python_name]):
                self.__dict__[python_name] = invented(name, attribute.kind, self.__dict__.get("name"))
            elif attribute.kind.shape is not None:
                for item in _objects(self.__dict__[python_name]):
                    _fill_in_nested(item)
        for name in shape.blocks:
            for item in _objects(self.__dict__[shape.python_names[name]]):
                _fill_in_nested(item)

    def _forget_write_only(self) -> None:
        shape = shapes.shape_of(type(self))
        for name, attribute in shape.attributes.items():
            if attribute.write_only:
                self.__dict__[shape.python_names[name]] = None

    def _call(self, operation: str) -> Call:
        name = self.__dict__.get("name") or self.__dict__.get("id")
        return Call(operation, self.type_name, name if isinstance(name, str) else "")


def invented(name: str, kind: sdk.Kind[Any], hint: str | None) -> Any:
    """A value for a computed attribute that the mock cloud has to make up."""
    made_up = {"string": f"{name}-of-{hint or 'object'}", "number": 1, "bool": True, "map": {}, "object": None}
    return made_up.get(kind.type.kind, [] if kind.type.is_collection else None)


def _objects(held: Any) -> list[Any]:
    if isinstance(held, dict):
        return list(held.values())
    return held if isinstance(held, list) else [] if held is None else [held]


def _fill_in_nested(instance: Body) -> None:
    shape = shapes.shape_of(type(instance))
    for name, attribute in shape.attributes.items():
        python_name = shape.python_names[name]
        if not sdk.is_known(instance.__dict__[python_name]):
            instance.__dict__[python_name] = invented(name, attribute.kind, None)


class MockData(sdk.DataSource):
    """What every data source does: it finds the one object that has the given attributes."""

    type_name: ClassVar[str] = ""

    id = sdk.string(optional=True, computed=True)

    def read(self, call: sdk.Call[Mock]) -> None:
        wanted = {name: item for name, item in to_data(self).items() if item not in (None, [], {})}
        cloud, faults = call.provider.enter(
            Call("read_data", self.type_name, wanted.get("name") or wanted.get("id", ""))
        )
        found = cloud.find(self.type_name, wanted)
        strike(faults, "after")
        if len(found) != 1:
            detail = f"{len(found)} objects of type {self.type_name} have the given attributes; there must be one."
            raise sdk.ProviderError("No object found" if not found else "Several objects found", detail)
        take_over(self, found[0])


class Network(MockResource):
    """A network."""

    type_name = "mock_network"

    name = sdk.string(required=True, validators=(sdk.validators.length(1, 64),), description="Its name.")
    cidr = sdk.string(default="10.0.0.0/16", force_new=True, description="Its address range.")
    tags = sdk.map_of(sdk.string)(optional=True, description="Free labels.")


class Disk(sdk.Nested):
    """A disk of a server."""

    name = sdk.string(required=True, description="Its name.")
    size = sdk.integer(default=10, validators=(sdk.validators.between(1, 1000),), description="Its size in GB.")
    kind = sdk.string(optional=True, force_new=True, description="A change of it replaces the server.")
    device = sdk.string(computed=True, keep=True, description="Where it is attached.")


class Endpoint(sdk.Nested):
    """Where a server can be reached."""

    host = sdk.string(required=True, description="Host name.")
    port = sdk.integer(default=22, description="Port number.")


class Mount(sdk.Nested):
    """A folder of another system that a server sees."""

    path = sdk.string(required=True, description="Where it is seen.")
    origin = sdk.string(required=True, description="Where it comes from.")
    read_only = sdk.boolean(default=False, description="Whether it can't be written.")


class Boot(sdk.Nested):
    """How a server starts."""

    order = sdk.list_of(sdk.string)(optional=True, description="What is tried, in order.")
    secure = sdk.boolean(default=True, description="Only signed images.")


def _grow_only(old: list[Disk], new: list[Disk]) -> bool:
    if not sdk.is_known(new):
        return True
    sizes = {disk.name: disk.size for disk in old}
    return all(disk.size >= sizes.get(disk.name, 0) for disk in new if sdk.is_known(disk.size))


def _upgrade_server_0(data: dict[str, Any]) -> dict[str, Any]:
    """Version 0 had `ram` in MB instead of `memory` in GB."""
    ram = data.pop("ram", None)
    return {**data, "memory": ram // 1024 if isinstance(ram, int) else None}


class Server(
    MockResource,
    version=1,
    upgraders={0: _upgrade_server_0},
    rules=(sdk.rules.conflicting("password", "token_wo"),),
):
    """A virtual server, with attributes and blocks of every kind."""

    type_name = "mock_server"

    name = sdk.string(required=True, validators=(sdk.validators.length(1, 64),), description="Its name.")
    image = sdk.string(default="base", force_new=True, description="What it runs; a change replaces the server.")
    memory = sdk.integer(default=1, validators=(sdk.validators.at_least(1),), description="Memory in GB.")
    load = sdk.number(optional=True, description="Highest load, 1.0 being a whole CPU.")
    running = sdk.boolean(default=True, description="Whether it is switched on.")
    network_id = sdk.string(optional=True, description="The network it is in.")
    password = sdk.string(optional=True, sensitive=True, description="The administrator's password.")
    token_wo = sdk.string(optional=True, write_only=True, description="Handed to the server, and stored nowhere.")
    token_wo_version = sdk.integer(optional=True, description="Change it to have `token_wo` handed over again.")
    address = sdk.string(computed=True, keep=True, description="Its address.")
    revision = sdk.integer(computed=True, description="Counts its changes.")
    tags = sdk.map_of(sdk.string)(optional=True, description="Free labels.")
    groups = sdk.set_of(sdk.string)(
        optional=True, validators=(sdk.validators.size(1, "set"),), description="Security groups."
    )
    endpoints = sdk.list_of(Endpoint)(optional=True, description="Where it can be reached.")
    services = sdk.map_of(Endpoint)(optional=True, description="What it offers, by name.")
    mounts = sdk.set_of(Mount)(optional=True, description="The folders it mounts.")
    console = sdk.single(Endpoint)(optional=True, description="Where its screen is shown.")
    disk = sdk.blocks(Disk, max_items=8)
    boot = sdk.block(Boot)

    def modify_plan(self, plan: sdk.Plan[Any]) -> None:
        prior = plan.prior
        if prior is None:
            return
        if not _grow_only(prior.disk, self.disk):
            plan.requires_replace("disk")
        if prior.running and self.running is False:
            plan.warn("Server will be switched off", f"Whatever runs on {self.name} stops.", "running")

    def create(self, call: sdk.Call[Mock]) -> None:
        self.revision = 1
        super().create(call)

    def update(self, call: sdk.Call[Mock]) -> None:
        self.revision = (call.prior.revision or 0) + 1
        super().update(call)


class Object(MockResource):
    """A stored value of any type."""

    type_name = "mock_object"

    name = sdk.string(optional=True, description="Its name.")
    value = sdk.dynamic(optional=True, description="What is stored.")
    replace_on = sdk.string(optional=True, force_new=True, description="A change of it replaces the object.")


class NetworkData(MockData):
    """Finds a network by its id or other attributes."""

    type_name = "mock_network"

    name = sdk.string(optional=True, computed=True)
    cidr = sdk.string(optional=True, computed=True)
    tags = sdk.map_of(sdk.string)(computed=True)


class ServerData(MockData):
    """Finds a server by its id or other attributes."""

    type_name = "mock_server"

    name = sdk.string(optional=True, computed=True)
    image = sdk.string(optional=True, computed=True)
    memory = sdk.integer(optional=True, computed=True)
    network_id = sdk.string(optional=True, computed=True)
    address = sdk.string(computed=True)
    tags = sdk.map_of(sdk.string)(computed=True)


@sdk.function(
    sdk.Parameter("text", sdk.string, description="Any text."),
    sdk.Parameter("length", sdk.integer, description="The longest result."),
    returns=sdk.string,
)
def slug(text: str, length: int) -> str:
    """Makes a name that the mock cloud accepts out of any text."""
    if length < 1:
        raise sdk.ArgumentError(1, "the length must be at least 1")
    words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    return "-".join(words)[:length].rstrip("-")
