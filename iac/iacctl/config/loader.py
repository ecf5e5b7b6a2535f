"""A directory of configuration files, with the modules it calls, to a `model.Config`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from iacctl.config import file as files
from iacctl.config import module as modules
from iacctl.config import unsupported
from iacctl.config.file_names import configuration_files, is_ignored
from iacctl.config.manifest import DATA_FOLDER
from iacctl.config.model import Config, Module, ModuleCall
from iacctl.config.source import DirectorySource, join
from iacctl.diag import Diagnostics, SourceFile
from iacctl.hcl.body import BodySchema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from iacctl.addrs import ModulePath
    from iacctl.config.file import File
    from iacctl.config.manifest import Installed
    from iacctl.config.module_sources import ModuleSource
    from iacctl.config.source import Source
    from iacctl.config.static_values import StaticScope
    from iacctl.config.variables import RawValue
    from iacctl.hcl.body import Body
    from iacctl.values import Value


_LONGEST_PATH: Final = 255
"""Characters of a module's path with dots, which Terraform makes the name of a directory."""


class Request(NamedTuple):
    """A module call whose module is wanted.

    Attributes:
        path: where the module stands in the tree.
        call: the block.
        source: its parsed source address.
        parent: the calling module.
    """

    path: ModulePath
    call: ModuleCall
    source: ModuleSource
    parent: Module


if TYPE_CHECKING:
    Locate: TypeAlias = Callable[[Request, Diagnostics], str | None]
    """Says in which directory a module is; None if that was reported."""


def load(
    source: Source | None = None,
    directory: str = ".",
    *,
    given: Mapping[str, RawValue] | None = None,
    locate: Locate | None = None,
    data_folder: str = DATA_FOLDER,
    queries: bool = False,
) -> Config:
    """Read a configuration with all of its modules.

    Args:
        source: where files come from; the working directory if it is not given.
        directory: the root module's directory.
        given: values for the root's input variables (see `variables.gather`), of which const ones may decide what is read.
        locate: finds the directories of modules; through the manifest of installed modules if it is not given.
        data_folder: where that manifest is.
        queries: whether the root module's query files are read as well.

    Returns:
        The configuration. Where its diagnostics hold errors it is incomplete, and fit only for being reported.
    """
    source = source if source is not None else DirectorySource()
    loader = _Loader(source, given or {}, locate, data_folder)
    loader.queried = directory if queries else None
    return loader.load(directory)


def load_root(source: Source | None = None, directory: str = ".") -> Config:
    """Read the root module alone, without following its module calls."""
    loader = _Loader(source if source is not None else DirectorySource(), {}, None, DATA_FOLDER)
    diags = Diagnostics()
    root = loader.module((), directory, diags)
    return Config(root or Module((), directory), diags, loader.sources)


class _Directory(NamedTuple):
    """A directory as read: a module that calls into it shares its blocks with all others that do.

    `syntax` holds the ids of the diagnostics that are about the syntax of a file.
    """

    module: Module
    diagnostics: Diagnostics
    syntax: set[int]


class _Loader:
    __slots__ = ("_data_folder", "_directories", "_given", "_locate", "_source", "queried", "sources")

    def __init__(self, source: Source, given: Mapping[str, RawValue], locate: Locate | None, data_folder: str) -> None:
        self._data_folder = data_folder
        self._source = source
        self._given = given
        self._locate = locate
        self._directories: dict[str, _Directory | None] = {}
        self.sources: dict[str, SourceFile] = {}
        self.queried: str | None = None
        """The directory whose query files are read, too."""

    def load(self, directory: str) -> Config:
        diags = Diagnostics()
        root = self.module((), directory, diags)
        if root is None:
            diags.error(
                "Failed to read module directory", f"Module directory {directory} does not exist or cannot be read."
            )
            return Config(Module((), directory), diags, self.sources)
        if not diags.has_errors and root.calls:
            self._load_children(root, diags)
            for module in root.walk():
                _bind_arguments(module, diags)
        if root.imports and not diags.has_errors:
            from iacctl.config import use_checks

            use_checks.check_import_providers(root, diags, installing=self._locate is not None)
        if not diags.has_errors and (root.calls or root.required_providers):
            from iacctl.config import provider_checks

            provider_checks.check(root, diags)
        if not diags.has_errors and any(module.required_versions for module in root.walk()):
            from iacctl.config import requirements

            requirements.check_terraform_version(root, diags)
        if not diags.has_errors:
            unsupported.check(root, diags)
        return Config(root, diags, self.sources)

    def module(self, path: ModulePath, directory: str, diags: Diagnostics) -> Module | None:
        """The module in a directory; None if it cannot be read. Warnings matter in the root only, as in Terraform."""
        known = directory in self._directories
        if not known:
            self._directories[directory] = self._read(directory)
        found = self._directories[directory]
        if found is None:
            return None
        if not path or found.diagnostics.has_errors:
            # What is wrong with a file's syntax is told once, however often the module is called.
            diags.extend(item for item in found.diagnostics if not known or id(item) not in found.syntax)
        return found.module if not path else _at(found.module, path)

    def _read(self, directory: str) -> _Directory | None:
        names = self._source.list(directory)
        if names is None:
            return None
        diags = Diagnostics()
        syntax: set[int] = set()
        primary, override = configuration_files(names)
        decoded: tuple[list[File], list[File]] = ([], [])
        for group, chosen in enumerate((primary, override)):
            for name in chosen:
                read = self._read_file(join(directory, name), diags, syntax, override=group == 1)
                if read is not None:
                    decoded[group].append(read)
        if directory == self.queried:
            decoded[0].extend(self._read_queries(directory, names, diags))
        return _Directory(modules.assemble((), directory, decoded[0], decoded[1], diags), diags, syntax)

    def _read_queries(self, directory: str, names: Iterable[str], diags: Diagnostics) -> Iterator[File]:
        from iacctl.config import queries
        from iacctl.hcl import parser

        for name in sorted(names):
            if name.endswith(queries.EXTENSION) and not is_ignored(name):
                path = join(directory, name)
                text = SourceFile.from_bytes(path, self._source.read(path))
                self.sources[path] = text
                yield queries.decode(text, parser.parse_config(text, diags), diags)

    def _read_file(self, path: str, diags: Diagnostics, syntax: set[int], *, override: bool) -> File | None:
        """The file, decoded; ids of what is wrong with its syntax go to `syntax`."""
        try:
            data = self._source.read(path)
        except OSError:
            diags.error("Failed to read file", f'The file "{path}" could not be read.')
            return None
        text = SourceFile.from_bytes(path, data)
        self.sources[path] = text
        found = Diagnostics()
        if path.endswith(".json"):
            from iacctl.hcl import json_syntax

            body: Body = json_syntax.parse_config(text, found)
        else:
            from iacctl.hcl import parser

            body = parser.parse_config(text, found)
        syntax.update(id(item) for item in found)
        diags.extend(found)
        return files.decode(text, body, diags, override=override)

    def _load_children(self, root: Module, diags: Diagnostics) -> None:
        from iacctl.config import early_values
        from iacctl.config.static_values import StaticScope

        locate = self._locate
        if locate is None:
            locate = manifest_locator(self._source, self._data_folder, diags)
            if locate is None:
                return
        waiting = [(root, StaticScope(root, self._root_constants(root, diags), early_values.of_root(root, self._given)))]
        if diags.has_errors:
            return
        while waiting:
            module, scope = waiting.pop(0)
            for name in sorted(module.calls):
                child = self._load_child(module, module.calls[name], scope, locate, diags)
                if child is None:
                    continue
                module.children[name] = child
                if child.calls or any(variable.const for variable in child.variables.values()):
                    before = len(diags)
                    constants = early_values.constants(child, scope, diags)
                    if len(diags) == before:
                        waiting.append((child, StaticScope(child, constants, early_values.of_child(child, scope))))

    def _root_constants(self, root: Module, diags: Diagnostics) -> dict[str, Value]:
        chosen = {name: variable for name, variable in root.variables.items() if variable.const}
        if not chosen:
            return {}
        from iacctl.config import variables

        return variables.values_of(chosen, self._given, diags)

    def _load_child(
        self, parent: Module, call: ModuleCall, scope: StaticScope, locate: Locate, diags: Diagnostics
    ) -> Module | None:
        source = _source_of(call, scope, diags)
        if source is None:
            return None
        path = (*parent.path, call.name)
        if len(".".join(path)) > _LONGEST_PATH:
            _report_endless(path, call, diags)
            return None
        directory = locate(Request(path, call, source, parent), diags)
        if directory is None:
            return None
        before = len(diags)
        child = self.module(path, directory, diags)
        if child is None:
            diags.error(
                "Module not installed",
                f'This module\'s local cache directory {directory} could not be read. Run "terraform init" to install all'
                " modules required by this configuration.",
                call.range,
            )
            return None
        if len(diags) > before:
            return None
        child.parent = parent
        child.call = call
        child.source = source.text
        return child


def _report_endless(path: ModulePath, call: ModuleCall, diags: Diagnostics) -> None:
    shown = ".".join(path[:8])
    diags.error(
        "Module path too long",
        f"The path of the module that starts with {shown} has more than {_LONGEST_PATH} characters, which is more than the"
        " manifest of modules can hold. Most likely one of these modules calls, directly or through others, itself.",
        call.range,
    )


def _at(shared: Module, path: ModulePath) -> Module:
    """A module of its own that shares the blocks of another read from the same directory."""
    module = Module(path, shared.directory)
    for name in Module.__slots__:
        if name not in ("path", "directory", "calls", "children", "parent", "call", "source"):
            setattr(module, name, getattr(shared, name))
    for name, call in shared.calls.items():
        own = ModuleCall(name, call.body, call.range)
        for field in ModuleCall.__slots__:
            setattr(own, field, getattr(call, field))
        own.arguments = {}
        module.calls[name] = own
    return module


def _source_of(call: ModuleCall, scope: StaticScope, diags: Diagnostics) -> ModuleSource | None:
    """Read the `source` and `version` arguments into a call; None if that was reported."""
    from iacctl.config import module_sources, requirements, static_values

    before = len(diags)
    if call.version_expression is not None:
        text = static_values.string(scope, call.version_expression, "version", diags)
        if text is not None:
            call.version = requirements.parse_or_report(text, call.version_expression.range, diags)
    if call.source_expression is None:
        return None
    call.source = static_values.string(scope, call.source_expression, "source", diags)
    if len(diags) > before:
        return None
    if call.source is None:
        diags.error(
            "Invalid module source address", "The module source must not be null.", call.source_expression.range
        )
        return None
    try:
        return module_sources.parse(call.source, versioned=call.version is not None)
    except module_sources.SourceError as error:
        diags.error(error.summary, str(error), call.source_expression.range)
        return None


def manifest_locator(source: Source, data_folder: str, diags: Diagnostics) -> Locate | None:
    """Finds modules where `init` has put them."""
    from iacctl.config import manifest as manifests

    try:
        manifest = manifests.read(source, data_folder)
    except (manifests.ManifestError, OSError) as error:
        diags.error(f"failed to read module manifest: {error}")
        return None

    def locate(request: Request, diags: Diagnostics) -> str | None:
        return _installed_directory(manifest.get(request.path), request, diags)

    return locate


def _installed_directory(installed: Installed | None, request: Request, diags: Diagnostics) -> str | None:
    call = request.call
    rerun = 'Run "terraform init" to install all modules required by this configuration.'
    if installed is None:
        diags.error("Module not installed", f"This module is not yet installed. {rerun}", call.range)
        return None
    if not is_same_source(installed.source, request.source.text):
        diags.error(
            "Module source has changed",
            f"The source address was changed since this module was installed. {rerun}",
            call.source_range,
        )
        return None
    if call.version is not None:
        problem = _version_problem(call, installed)
        if problem:
            diags.error("Module version requirements have changed", f"{problem} {rerun}", call.source_range)
            return None
    return installed.directory


def is_same_source(recorded: str, wanted: str) -> bool:
    """Whether a recorded source address means the one wanted, which is in its normal form."""
    if recorded == wanted:
        return True
    from iacctl.config import module_sources

    try:
        return module_sources.parse(recorded).text == wanted
    except module_sources.SourceError:
        return False


def _version_problem(call: ModuleCall, installed: Installed) -> str | None:
    from iacctl.config.versions import VersionError, parse_version

    assert call.version is not None
    if installed.version is None:
        return "The version requirements have changed since this module was installed."
    try:
        acceptable = call.version.allows(parse_version(installed.version))
    except VersionError:
        acceptable = False
    if acceptable:
        return None
    return (
        "The version requirements have changed since this module was installed and the installed version"
        f" ({installed.version}) is no longer acceptable."
    )


def locate_local(request: Request, diags: Diagnostics) -> str | None:
    """Finds local modules without any installation; for programs that read configurations which nobody initialized."""
    from iacctl.config import module_sources

    if request.source.kind == module_sources.LOCAL:
        return module_sources.resolve_local(request.parent.directory, request.source.text)
    diags.error(
        "Module not installed",
        'This module is not yet installed. Run "terraform init" to install all modules required by this configuration.',
        request.call.range,
    )
    return None


def _bind_arguments(module: Module, diags: Diagnostics) -> None:
    """Read the arguments of a module's calls by the variables of the modules that they call."""
    for name, child in module.children.items():
        call = module.calls[name]
        schema = BodySchema({variable.name: variable.required for variable in child.variables.values()})
        call.arguments = call.body.content(schema, diags).attributes
