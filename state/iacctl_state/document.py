"""The state document: everything a state file of format version 4 holds, in memory.

Attribute values stay undecoded JSON data (``dict``, ``list``, ``str``, ``bool``, ``int``, ``None`` and
:class:`NumberLiteral` for numbers that are not plain integers): only the engine has the schemas to decode them.

The document is mutable through its methods; everything inside it is immutable by contract and replaced, never
edited. That makes :meth:`StateDocument.snapshot` cheap: a snapshot shares all parts with its origin, and whichever
of the two changes first copies just the table it touches. Code that needs "the state as of now" takes a snapshot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl_state.objects import (
    DATA,
    MANAGED,
    READY,
    TAINTED,
    InstanceKey,
    InstanceState,
    Json,
    Mode,
    NumberLiteral,
    ObjectState,
    OutputState,
    ResourceKey,
    ResourceState,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "COMPATIBLE_VERSION",
    "DATA",
    "FORMAT_VERSION",
    "MANAGED",
    "READY",
    "TAINTED",
    "InstanceKey",
    "InstanceState",
    "Json",
    "Mode",
    "NumberLiteral",
    "ObjectState",
    "OutputState",
    "ResourceKey",
    "ResourceState",
    "StateDocument",
    "StatedObject",
    "Status",
    "new_deposed_key",
    "new_lineage",
]

FORMAT_VERSION: Final = 4
"""The state file format that is read and written."""

COMPATIBLE_VERSION: Final = "1.15.5"
"""The Terraform version recorded in the files we write, so that Terraform accepts them as its own."""


class StatedObject(NamedTuple):
    """One object of a document together with where it stands; ``deposed`` is ``None`` for the current object."""

    resource: ResourceState
    instance_key: InstanceKey
    deposed: str | None
    object: ObjectState


class StateDocument:
    """A whole state. Read its tables freely; change them through the methods.

    Args:
        lineage: Identity of this state's history, made once (:func:`new_lineage`); "" until the first write.
        serial: Counts the writes that changed the content.
        terraform_version: The version that wrote the document; writers set it to :data:`COMPATIBLE_VERSION`.
        outputs: Root module output values by name.
        resources: Resources by key.
        check_results: Raw results of checks and conditions, ``None`` when nothing was recorded.
        extra: Top-level fields this version does not know.
    """

    __slots__ = (
        "_owns_outputs",
        "_owns_resources",
        "_token",
        "check_results",
        "extra",
        "lineage",
        "outputs",
        "resources",
        "serial",
        "terraform_version",
    )

    def __init__(
        self,
        *,
        lineage: str = "",
        serial: int = 0,
        terraform_version: str = COMPATIBLE_VERSION,
        outputs: dict[str, OutputState] | None = None,
        resources: dict[ResourceKey, ResourceState] | None = None,
        check_results: list[Json] | None = None,
        extra: dict[str, Json] | None = None,
    ) -> None:
        self.lineage = lineage
        self.serial = serial
        self.terraform_version = terraform_version
        self.outputs: dict[str, OutputState] = {} if outputs is None else outputs
        self.resources: dict[ResourceKey, ResourceState] = {} if resources is None else resources
        self.check_results = check_results
        self.extra = extra
        self._token = object()
        self._owns_outputs = True
        self._owns_resources = True

    # -- reading ------------------------------------------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a resource nor an output: Terraform's idea of an empty state."""
        return not self.resources and not self.outputs

    def resource(self, key: ResourceKey) -> ResourceState | None:
        """The resource under ``key``, if the state holds it."""
        return self.resources.get(key)

    def instance(self, key: ResourceKey, instance_key: InstanceKey) -> InstanceState | None:
        """One instance of a resource, if the state holds it."""
        resource = self.resources.get(key)
        return None if resource is None else resource.instances.get(instance_key)

    def object(self, key: ResourceKey, instance_key: InstanceKey, deposed: str | None = None) -> ObjectState | None:
        """The current object of an instance or, with a deposed key, that deposed object."""
        instance = self.instance(key, instance_key)
        if instance is None:
            return None
        return instance.current if deposed is None else instance.deposed.get(deposed)

    def objects(self) -> Iterator[StatedObject]:
        """All objects, in no particular order. Do not change the document while iterating: take a snapshot."""
        for resource in self.resources.values():
            for instance_key, instance in resource.instances.items():
                if instance.current is not None:
                    yield StatedObject(resource, instance_key, None, instance.current)
                for deposed, obj in instance.deposed.items():
                    yield StatedObject(resource, instance_key, deposed, obj)

    def snapshot(self) -> StateDocument:
        """An independent document with the same content, in constant time.

        The two share their tables until one of them changes: the first change of the resource table after a
        snapshot costs one shallow copy of it, the first change in one resource a shallow copy of its instances.
        """
        twin = StateDocument(
            lineage=self.lineage,
            serial=self.serial,
            terraform_version=self.terraform_version,
            outputs=self.outputs,
            resources=self.resources,
            check_results=self.check_results,
            extra=self.extra,
        )
        twin._owns_outputs = twin._owns_resources = self._owns_outputs = self._owns_resources = False
        self._token = object()  # resources edited so far are now shared: neither document may edit them in place
        return twin

    # -- changing -----------------------------------------------------------------------------------------------

    def set_object(
        self,
        key: ResourceKey,
        instance_key: InstanceKey,
        obj: ObjectState,
        *,
        provider: str,
        deposed: str | None = None,
    ) -> None:
        """Record an object as current or, with a deposed key, as that deposed object of the instance.

        Args:
            key: The resource; it is added when new.
            instance_key: The instance; it is added when new.
            obj: The object.
            provider: Provider configuration address; becomes that of the whole resource, as in Terraform.
            deposed: Deposed key, ``None`` for the current object.
        """
        resource = self._editable(key, provider)
        instance = resource.instances.get(instance_key)
        if deposed is None:
            resource.instances[instance_key] = InstanceState(obj, instance.deposed if instance else {})
        else:
            others = {**instance.deposed, deposed: obj} if instance else {deposed: obj}
            resource.instances[instance_key] = InstanceState(instance.current if instance else None, others)

    def remove_object(self, key: ResourceKey, instance_key: InstanceKey, deposed: str | None = None) -> None:
        """Forget an object; an instance without objects and a resource without instances go with it.

        Removing what is not there is allowed and does nothing.
        """
        if self.object(key, instance_key, deposed) is None:
            return
        resource = self._editable(key, self.resources[key].provider)
        instance = resource.instances[instance_key]
        if deposed is None:
            left = InstanceState(None, instance.deposed)
        else:
            left = InstanceState(instance.current, {k: o for k, o in instance.deposed.items() if k != deposed})
        if left.current is not None or left.deposed:
            resource.instances[instance_key] = left
            return
        del resource.instances[instance_key]
        if not resource.instances:
            del self.resources[key]

    def depose(self, key: ResourceKey, instance_key: InstanceKey, deposed: str | None = None) -> str | None:
        """Turn the current object into a deposed one, as create-before-destroy does before it creates.

        Args:
            key: The resource.
            instance_key: The instance.
            deposed: The deposed key to use; a new random one by default.

        Returns:
            The deposed key, or ``None`` when there was no current object.
        """
        instance = self.instance(key, instance_key)
        if instance is None or instance.current is None:
            return None
        chosen = deposed or new_deposed_key(instance.deposed)
        resource = self._editable(key, self.resources[key].provider)
        resource.instances[instance_key] = InstanceState(None, {**instance.deposed, chosen: instance.current})
        return chosen

    def restore_deposed(self, key: ResourceKey, instance_key: InstanceKey, deposed: str) -> bool:
        """Make a deposed object current again, unless the instance has a current object. Tells whether it did."""
        instance = self.instance(key, instance_key)
        if instance is None or instance.current is not None or deposed not in instance.deposed:
            return False
        resource = self._editable(key, self.resources[key].provider)
        others = {k: o for k, o in instance.deposed.items() if k != deposed}
        resource.instances[instance_key] = InstanceState(instance.deposed[deposed], others)
        return True

    def move_instance(
        self, key: ResourceKey, instance_key: InstanceKey, to: ResourceKey, to_instance_key: InstanceKey
    ) -> bool:
        """Put an instance with all its objects under another address, unless there is one; tells whether it did.

        A resource that is not there yet is made, with the provider of the one that the instance leaves.
        """
        instance = self.instance(key, instance_key)
        if instance is None or self.instance(to, to_instance_key) is not None:
            return False
        source = self._editable(key, self.resources[key].provider)
        there = self.resources.get(to)
        target = self._editable(to, source.provider if there is None else there.provider)
        target.instances[to_instance_key] = instance
        del source.instances[instance_key]
        if not source.instances:
            del self.resources[key]
        return True

    def set_resource(self, resource: ResourceState) -> None:
        """Put a whole resource in place, replacing any under the same key. The document may edit it from now on."""
        self._own_resources()[resource.key] = resource
        resource.owner = self._token

    def remove_resource(self, key: ResourceKey) -> ResourceState | None:
        """Take a resource with all its instances out of the document and return it."""
        return self._own_resources().pop(key, None) if key in self.resources else None

    def set_output(self, name: str, output: OutputState) -> None:
        """Record a root module output value."""
        self._own_outputs()[name] = output

    def remove_output(self, name: str) -> None:
        """Forget a root module output value; nothing happens when there is none."""
        if name in self.outputs:
            del self._own_outputs()[name]

    def _own_resources(self) -> dict[ResourceKey, ResourceState]:
        if not self._owns_resources:
            self.resources = dict(self.resources)
            self._owns_resources = True
        return self.resources

    def _own_outputs(self) -> dict[str, OutputState]:
        if not self._owns_outputs:
            self.outputs = dict(self.outputs)
            self._owns_outputs = True
        return self.outputs

    def _editable(self, key: ResourceKey, provider: str) -> ResourceState:
        resources = self._own_resources()
        resource = resources.get(key)
        if resource is not None and resource.owner is self._token:
            resource.provider = provider
            return resource
        if resource is None:
            module, mode, type_, name = key
            editable = ResourceState(module, mode, type_, name, provider)  # type: ignore[arg-type]
        else:
            module, mode, type_, name = key
            instances = dict(resource.instances)
            editable = ResourceState(module, resource.mode, type_, name, provider, instances, resource.extra)
        editable.owner = self._token
        resources[key] = editable
        return editable


def new_lineage() -> str:
    """A new, globally unique lineage: a random UUID as text."""
    import os

    digits = bytearray(os.urandom(16))
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def new_deposed_key(taken: Mapping[str, ObjectState]) -> str:
    """A random deposed key, eight hexadecimal digits, that is not among ``taken``."""
    import os

    while (key := os.urandom(4).hex()) in taken:
        pass
    return key
