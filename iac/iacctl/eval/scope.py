"""The values of references within one module instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl import values
from iacctl.eval.data import COUNT, FOR_EACH, SINGLE, UNKNOWN
from iacctl.lang.context import MISSING
from iacctl.values import DYNAMIC, DYNAMIC_UNKNOWN, list_of, map_of, object_of, unknown_of

if TYPE_CHECKING:
    from iacctl.addrs import InstanceKey, ModulePath
    from iacctl.config.model import Output
    from iacctl.eval.data import CallData, ModuleData
    from iacctl.eval.world import World
    from iacctl.lang.context import EvalContext, OptionalValue
    from iacctl.lang.functions.calling import Function
    from iacctl.lang.references import Reference
    from iacctl.values import Value


class ModuleScope:
    """`iacctl.lang.context.Scope` of a module instance.

    References to what is not declared are found before anything is evaluated (`config.validate`), so that here they are
    merely unknown.
    """

    __slots__ = ("_data", "_world")

    def __init__(self, world: World, data: ModuleData) -> None:
        self._world = world
        self._data = data

    def variable(self, reference: Reference, context: EvalContext) -> Value:
        """`var.NAME`."""
        return self._data.variables.get(reference.name, DYNAMIC_UNKNOWN)

    def local(self, reference: Reference, context: EvalContext) -> Value:
        """`local.NAME`."""
        return self._data.locals.get(reference.name, DYNAMIC_UNKNOWN)

    def resource(self, reference: Reference, context: EvalContext) -> Value:
        """A resource of any mode: its object, or the tuple or object of its instances."""
        found = self._data.resource(reference.mode, reference.type, reference.name)
        if found is None or found.repetition == UNKNOWN:
            return _unknown(reference)
        return found.whole()

    def resource_instance(self, reference: Reference, key: int | str, context: EvalContext) -> OptionalValue:
        """The object of one instance, without making the collection of all of them."""
        found = self._data.resource(reference.mode, reference.type, reference.name)
        if found is None or found.repetition == UNKNOWN:
            return _unknown(reference)
        if found.repetition == COUNT and type(key) is not int:
            return MISSING
        if found.repetition in (COUNT, FOR_EACH):
            return found.instances.get(key, MISSING)
        return MISSING

    def module(self, reference: Reference, context: EvalContext) -> Value:
        """`module.NAME`: the object of its outputs, or the tuple or object of its instances."""
        call = self._data.calls.get(reference.name)
        if call is None:
            return DYNAMIC_UNKNOWN
        if call.repetition == UNKNOWN:
            return self._unexpanded(call)
        if call.repetition == SINGLE:
            return self._outputs(call, None) if call.instances else None  # a module that is not enabled is null
        if call.repetition == COUNT:
            return values.tuple_value([self._outputs(call, index) for index in range(len(call.instances))])
        if call.repetition == FOR_EACH:
            return values.object_value({key: self._outputs(call, key) for key in call.instances if type(key) is str})
        return DYNAMIC_UNKNOWN

    def module_output(
        self, reference: Reference, key: int | str | None, output: str, context: EvalContext
    ) -> OptionalValue:
        """`module.NAME[key].OUTPUT`, or `module.NAME.OUTPUT`."""
        call = self._data.calls.get(reference.name)
        if call is None:
            return DYNAMIC_UNKNOWN
        if call.repetition == UNKNOWN:
            return MISSING
        if (call.repetition == SINGLE) is not (key is None):
            return MISSING
        child = call.instances.get(key)
        if child is None or output not in child.module.outputs:
            return MISSING
        return _deprecated(child.module.outputs[output], child.outputs.get(output, DYNAMIC_UNKNOWN), child.module.path)

    @staticmethod
    def _outputs(call: CallData, key: InstanceKey) -> Value:
        child = call.instances.get(key)
        if child is None:
            return DYNAMIC_UNKNOWN
        found = {
            name: _deprecated(output, child.outputs.get(name, DYNAMIC_UNKNOWN), child.module.path)
            for name, output in child.module.outputs.items()
        }
        return values.object_value(found)

    @staticmethod
    def _unexpanded(call: CallData) -> Value:
        """What a module is while validating: its outputs have names, but neither values nor types."""
        child = call.instances[None]
        types = {name: output.type or DYNAMIC for name, output in child.module.outputs.items()}
        block = child.module.call
        if block is not None and block.count is not None:
            return unknown_of(list_of(object_of(types)))
        if block is not None and block.for_each is not None:
            return unknown_of(map_of(object_of(types)))
        found = {
            name: _deprecated(output, unknown_of(types[name]), child.module.path)
            for name, output in child.module.outputs.items()
        }
        return values.object_value(found)

    def path(self, reference: Reference, context: EvalContext) -> Value:
        """`path.cwd`, `path.module` and `path.root`."""
        if reference.name == "module":
            return self._data.module.directory
        if reference.name == "root":
            return self._world.config.root.directory
        if reference.name == "cwd":
            return self._world.working_directory
        context.diags.error(
            'Invalid "path" attribute',
            f'The "path" object does not have an attribute named "{reference.name}".',
            reference.range,
        )
        return DYNAMIC_UNKNOWN

    def terraform(self, reference: Reference, context: EvalContext) -> Value:
        """`terraform.workspace`."""
        if reference.name == "workspace":
            return self._world.workspace
        if reference.name == "applying":
            return values.mark(self._world.operation == "apply", (values.EPHEMERAL,))
        detail = (
            f'The "terraform" object does not have an attribute named "{reference.name}". The only supported attributes are '
            "terraform.workspace, the name of the currently-selected workspace, and terraform.applying, a boolean which is true "
            "only during apply."
        )
        if reference.name == "env":
            detail = (
                'The terraform.env attribute was deprecated in v0.10 and removed in v0.12. The "state environment" concept '
                'was renamed to "workspace" in v0.12, and so the workspace name can now be accessed using the '
                "terraform.workspace attribute."
            )
        context.diags.error('Invalid "terraform" attribute', detail, reference.range)
        return DYNAMIC_UNKNOWN

    def other(self, reference: Reference, context: EvalContext) -> Value:
        """Kinds of references that a configuration does not have."""
        return DYNAMIC_UNKNOWN

    def provider_function(self, name: str, context: EvalContext) -> Function | None:
        """The function of a `provider::LOCAL::NAME` call."""
        from iacctl.eval import provider_functions

        return provider_functions.find(self._world, self._data.module, name)


def _unknown(reference: Reference) -> Value:
    """The value of a resource of which nothing is known but its mode."""
    return values.mark(DYNAMIC_UNKNOWN, (values.EPHEMERAL,)) if reference.mode == "ephemeral" else DYNAMIC_UNKNOWN


def _deprecated(output: Output, value: Value, path: ModulePath) -> Value:
    """The value of an output of a module, marked if it is deprecated."""
    if output.deprecated is None:
        return value
    from iacctl.addrs import module_path_text
    from iacctl.lang.deprecations import Deprecation

    return values.mark(value, (Deprecation(output.deprecated, f"{module_path_text(path)}.{output.name}"),))
