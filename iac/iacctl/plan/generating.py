"""Import blocks without a resource: configuration is written for what they import, and planned as if it had been there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iacctl import values
from iacctl.addrs import AbsProviderConfig
from iacctl.config.blocks import resources
from iacctl.config.model import Resource, implied_provider_name
from iacctl.config.use_checks import GENERATED_FILE
from iacctl.diag import Diagnostics, SourceFile
from iacctl.eval import bodies
from iacctl.hcl.body import Content
from iacctl.hcl.parser import parse_config
from iacctl.plan import generated_text, importing
from iacctl.plan.managed import ManagedNode
from iacctl.provider.requests import GenerateConfigRequest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from iacctl.config.model import Config, Import, Module
    from iacctl.diag import Range
    from iacctl.eval.calls import Asking
    from iacctl.eval.graphs import ConfigGraph
    from iacctl.eval.imports import Wanted
    from iacctl.eval.objects import Object
    from iacctl.eval.world import World
    from iacctl.graph.walk import Job, Waiting
    from iacctl.hcl.ast import Attribute
    from iacctl.hcl.body import Body, BodySchema
    from iacctl.plan.planning import Planning

_UNFIT = (
    "The given import block is not compatible with config generation. The -generate-config-out option cannot be used with"
    " import blocks which use for_each, or resources which use for_each or count."
)


def with_generated(config: Config, generated: Iterable[generated_text.Generated]) -> Config:
    """The configuration with a file more, for plan files: what is applied later has to be found in it."""
    directory = config.root.directory
    name = GENERATED_FILE if directory in ("", ".") else f"{directory}/{GENERATED_FILE}"
    return config._replace(sources={**config.sources, name: SourceFile(name, generated_text.file_text(generated))})


class _PendingBody:
    """The body of a block that is not written yet."""

    __slots__ = ("range",)

    def __init__(self, range: Range) -> None:
        self.range = range

    @property
    def missing_item_range(self) -> Range:
        """See `Body.missing_item_range`."""
        return self.range

    def content(self, schema: BodySchema, diagnostics: Diagnostics) -> Content:
        """See `Body.content`; nothing is missing yet."""
        return Content({}, [], self.range)

    def partial_content(self, schema: BodySchema, diagnostics: Diagnostics) -> tuple[Content, Body]:
        """See `Body.partial_content`."""
        return Content({}, [], self.range), self

    def just_attributes(self, diagnostics: Diagnostics) -> dict[str, Attribute]:
        """See `Body.just_attributes`."""
        return {}


class GeneratedNode(ManagedNode):
    """Plans a resource whose block is written from the object that is imported."""

    __slots__ = ("_provider_text",)

    def __init__(
        self, module: Module, item: Import, provider: AbsProviderConfig, world: World, planning: Planning
    ) -> None:
        assert item.to.resource is not None, "only resources are imported"
        mode, type_, name = item.to.resource
        resource = Resource(mode, type_, name, _PendingBody(item.range), item.range, item.to.range)
        resource.provider = provider.provider
        resource.provider_ref = item.provider_ref
        super().__init__(module, resource, provider, world, planning)
        ref = item.provider_ref
        named = ref is not None and (ref.alias is not None or ref.name != implied_provider_name(type_))
        self._provider_text = str(ref) if named else ""

    def take_over(self, asking: Asking, wanted: Wanted) -> Generator[Job | Waiting, Any, Object | None]:
        """Import the object, and write the block for it."""
        current = yield from importing.import_object(self._planning, self, asking, wanted)
        if current is None:
            return None
        plain, _ = values.unmark_deep(current.value)
        chosen = asking.provider.capabilities().generate_config
        if chosen:
            response = yield from asking.ask(
                asking.provider.generate_config, GenerateConfigRequest(asking.type_name, plain)
            )
            if response is None:
                return None
            plain = response.config
        resource = self.resource
        text = generated_text.resource_block(
            resource.type, resource.name, self.schema.block, plain, self._provider_text, chosen=chosen
        )
        self._planning.generated.append(generated_text.Generated(wanted.address, wanted.id, text))
        problems = asking.world.diags
        before = len(problems)
        parsed = parse_config(SourceFile(self._planning.options.generate_into, text), problems)
        written = resources.decode(parsed.blocks[0], problems)
        resource.body = written.body
        resource.range, resource.type_range = written.range, written.type_range
        self.body = bodies.compile_body(written.body, self.schema.block, problems)
        self.generated = text
        return None if asking.world.errors_since(before) else current


def add_nodes(built: ConfigGraph, planning: Planning) -> None:
    """Add a node for each import block of the root module that names a resource which is not there."""
    world = built.world
    root = world.config.root
    for item in root.imports:
        if not is_generated_for(item, root):
            continue
        assert item.to.resource is not None, "only resources are imported"
        _, type_, name = item.to.resource
        if item.for_each is not None or item.to.key is not None:
            world.diags.error(
                "Configuration for import target does not exist", _UNFIT, item.to_expression.range
            )
            continue
        ref = item.provider_ref
        source = root.provider_for(implied_provider_name(type_) if ref is None else ref.name)
        provider = AbsProviderConfig((), source, None if ref is None else ref.alias)
        if provider.alias is not None and provider not in world.resolution.blocks:
            world.diags.error(
                "Provider configuration not present",
                f"To import {type_}.{name} the provider configuration at {provider} is required, but there is none.",
                item.range,
            )
            continue
        if world.providers.resource_schema(source, "managed", type_) is None:
            world.diags.error(f'provider does not support resource type for "{type_}.{name}"')
            continue
        built.add_resource(root, GeneratedNode(root, item, provider, world, planning))


def is_generated_for(item: Import, root: Module) -> bool:
    """Whether an import block names a resource of the root module that is not declared."""
    return not item.to.modules and item.to.resource is not None and item.to.resource not in root.resources
