"""Carrying out a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iacctl import values
from iacctl.apply import steps
from iacctl.apply.applying import Applying, Counts
from iacctl.diag.events import ImportFinished, ImportStarted, Listener, PhaseStarted, ignore
from iacctl.eval import objects
from iacctl.eval.surroundings import NONE as NOTHING_ELSE
from iacctl.eval.world import World
from iacctl.graph.walk import Walk
from iacctl.lang.context import Settings
from iacctl.lang.functions.results import FunctionResults
from iacctl.plan import checks, destroying, targeting
from iacctl.plan.planning import covers, module_of, resource_of, state_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl.addrs import ResourceInstance
    from iacctl.config.providers import Resolution
    from iacctl.diag import Diagnostics
    from iacctl.eval.providers import ProviderPool
    from iacctl.eval.surroundings import Surroundings
    from iacctl.plan.changes import CheckResult
    from iacctl.plan.model import Plan
    from iacctl.provisioners.pool import ProvisionerPool
    from iacctl_state.document import StateDocument
    from iacctl_state.recorder import StateRecorder


class Inputs(NamedTuple):
    """Everything besides the plan that an apply needs; see `iacctl.plan.build.Inputs`."""

    providers: ProviderPool
    resolution: Resolution
    recorder: StateRecorder
    variables: Mapping[str, values.Value]
    working_directory: str = "."
    base_dir: str = "."
    listener: Listener = ignore
    on_walk: Callable[[Walk], None] | None = None
    surroundings: Surroundings = NOTHING_ELSE
    provisioners: ProvisionerPool | None = None


class Result(NamedTuple):
    """What an apply came to.

    Attributes:
        counts: how many objects were changed.
        complete: whether everything in the plan was done.
        stopped: whether it was interrupted.
        outputs: root output values as they now are, with marks.
    """

    counts: Counts
    complete: bool
    stopped: bool
    outputs: dict[str, values.Value]


def apply_plan(plan: Plan, inputs: Inputs, diagnostics: Diagnostics) -> Result:
    """Do what a plan says. Problems are added to `diagnostics`; the recorder gets everything that happens.

    The caller finishes the recorder.

    Raises:
        DiagnosticError: the order of the changes has a cycle.
    """
    world = World(
        plan.config,
        inputs.providers,
        inputs.resolution,
        diagnostics,
        operation="apply",
        variables=inputs.variables,
        settings=Settings(
            inputs.base_dir,
            pure=False,
            plan_timestamp=plan.timestamp,
            results=FunctionResults(plan.function_results),
        ),
        workspace=plan.workspace,
        working_directory=inputs.working_directory,
        listener=inputs.listener,
        provisioners=inputs.provisioners,
        surroundings=inputs.surroundings,
    )
    world.planned_outputs = {
        name: change.after for name, change in plan.outputs.items() if values.is_wholly_known(change.after)
    }
    checks.expect(world, plan.checks)
    applying = Applying(world, plan, inputs.recorder)
    _move(plan, inputs.recorder)
    take_over(plan.prior_state, inputs.recorder)
    for intent in plan.settled_intents:
        inputs.recorder.resolve(intent)
    _tell_imports(applying)
    if plan.options.mode == "refresh-only" and not plan.options.invoke:
        return _refreshed(plan, applying)
    if plan.options.mode == "destroy":
        for stored in plan.prior_state.resources.values():
            destroying.ensure_module(world, module_of(stored.module))
    built = steps.build(world, applying)
    walk = Walk(plan.options.parallelism)
    if inputs.on_walk is not None:
        inputs.on_walk(walk)
    inputs.listener(PhaseStarted("applying", len(built.graph)))
    try:
        missed = walk.run(built.graph, lambda node: node.execute(world), lambda *pair: steps.tolerates(built, *pair))
        diagnostics.drop_repeated()
    finally:
        world.close_ephemerals()
    outputs: dict[str, values.Value] = {}
    if not plan.options.invoke:
        outputs = _record_outputs(applying, {str(node) for node in built.graph if node not in missed})
    if plan.options.mode == "destroy":
        _forget_data_sources(applying)
    if walk.stopping and missed:
        diagnostics.error("execution halted")
    if plan.options.targets:
        targeting.warn_applied(diagnostics)
    if not plan.options.invoke:
        inputs.recorder.set_check_results(check_results(checks.results(world)))
    return Result(applying.counts, not missed and not diagnostics.has_errors, walk.stopping, outputs)


def _move(plan: Plan, recorder: StateRecorder) -> None:
    """Put instances under their new addresses, each in one step: after a crash none is there twice, or lost."""
    sources = {change.address: change.previous_address for change in (*plan.changes, *plan.drift) if change.moved}
    if not sources:
        return
    targets = {old: new for new, old in sources.items()}
    for new in sources:
        if new in targets:
            continue  # something has to leave from there first
        free: ResourceInstance | None = new
        while free is not None and (old := sources.get(free)) is not None:
            recorder.move_instance(state_key(old.resource()), old.key, state_key(free.resource()), free.key)
            free = old


def _tell_imports(applying: Applying) -> None:
    """Say which objects are the state's from now on, as planning has found and read them."""
    for change in applying.plan.changes:
        if change.importing is not None:
            from iacctl.eval.imports import Wanted

            address = str(change.address)
            label = Wanted(change.address, change.importing.id, change.importing.identity).label
            applying.world.listener(ImportStarted(address, label))
            applying.world.listener(ImportFinished(address, label))
            applying.counts.imported += 1


def take_over(prior: StateDocument, recorder: StateRecorder) -> None:
    """Record what reading objects brought to light: what the plan starts from and the state does not have yet."""
    document = recorder.snapshot()
    for key, resource in prior.resources.items():
        held = document.resources.get(key)
        if held is resource:
            continue
        for instance_key, instance in resource.instances.items():
            before = held.instances.get(instance_key) if held is not None else None
            if before is instance:
                continue
            if instance.current is not None and (before is None or before.current is not instance.current):
                recorder.set_object(key, instance_key, instance.current, provider=resource.provider)
            for deposed, item in instance.deposed.items():
                if before is None or before.deposed.get(deposed) is not item:
                    recorder.set_object(key, instance_key, item, provider=resource.provider, deposed=deposed)
    for key, held in document.resources.items():
        now = prior.resources.get(key)
        for instance_key, instance in held.instances.items():
            left = now.instances.get(instance_key) if now is not None else None
            if instance.current is not None and (left is None or left.current is None):
                recorder.remove_object(key, instance_key)
            for deposed in instance.deposed:
                if left is None or deposed not in left.deposed:
                    recorder.remove_object(key, instance_key, deposed)


def _refreshed(plan: Plan, applying: Applying) -> Result:
    """A plan that only refreshes: the state as read and the outputs as they follow from it."""
    outputs: dict[str, values.Value] = {}
    for name, change in plan.outputs.items():
        if change.action == "delete" or values.is_null(change.after):
            applying.recorder.set_output(name, None)
        elif values.is_wholly_known(change.after):
            outputs[name] = values.mark(change.after, (values.SENSITIVE,)) if change.sensitive else change.after
            applying.recorder.set_output(name, objects.output_state(change.after, change.sensitive))
    applying.recorder.set_check_results(check_results(plan.checks))
    return Result(applying.counts, True, False, outputs)


def _forget_data_sources(applying: Applying) -> None:
    """What is left of data sources in the state goes with the objects that were made from it."""
    document = applying.recorder.snapshot()
    targets = applying.plan.options.targets
    needed = {text for item in document.objects() if item.resource.mode == "managed" for text in item.object.dependencies}
    for key, stored in document.resources.items():
        address = resource_of(key)
        if stored.mode != "data" or str(address.config()) in needed:
            continue
        for instance_key in stored.instances:
            if not targets or any(covers(target, address.instance(instance_key)) for target in targets):
                applying.recorder.remove_object(key, instance_key)


def _record_outputs(applying: Applying, visited: set[str]) -> dict[str, values.Value]:
    """Put root output values into the state; those that could not be evaluated stay as they were."""
    recorder = applying.recorder
    root = applying.world.modules.root
    found: dict[str, values.Value] = {}
    if applying.plan.options.mode == "destroy":
        if not applying.plan.options.targets:
            for name in list(recorder.document.outputs):
                recorder.set_output(name, None)
        return found
    for name, declared in root.module.outputs.items():
        value = root.outputs.get(name)
        if value is None and name not in root.outputs:
            continue
        plain, _ = values.unmark_deep(value)
        if f"output.{name} (expand)" not in visited or declared.ephemeral or not values.is_wholly_known(plain):
            continue
        found[name] = value
        # A null is as good as no output: Terraform's states hold none.
        recorder.set_output(name, None if values.is_null(plain) else objects.output_state(plain, declared.sensitive))
    if not applying.plan.options.targets:
        for name in list(recorder.document.outputs):
            if name not in root.module.outputs:
                recorder.set_output(name, None)
    return found


def check_results(found: tuple[CheckResult, ...]) -> list[Any] | None:
    """Results of conditions as a state file holds them."""
    if not found:
        return None
    return [
        {
            "object_kind": "output" if result.kind == "output_value" else result.kind,
            "config_addr": result.address,
            "status": result.status,
            "objects": [
                {
                    "object_addr": instance.address,
                    "status": instance.status,
                    **(
                        {"failure_messages": [problem.message for problem in instance.problems]}
                        if instance.problems
                        else {}
                    ),
                }
                for instance in result.instances
            ]
            or None,
        }
        for result in found
    ]


