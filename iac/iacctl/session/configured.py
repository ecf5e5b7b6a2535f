"""A directory with a configuration, and the values given for its variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iacctl.diag import Diagnostics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iacctl.config.model import Config, Variable
    from iacctl.config.source import DirectorySource
    from iacctl.config.variables import Option, RawValue
    from iacctl.session.workdir import Workdir
    from iacctl.values import Value


def _as_options(variables: Mapping[str, object]) -> list[Option]:
    """Python values as `-var` takes them: text as it is, all else as JSON, which HCL can read."""
    if not variables:
        return []
    import json

    from iacctl.config.variables import Option

    return [
        Option("var", f"{name}={value if isinstance(value, str) else json.dumps(value)}")
        for name, value in variables.items()
    ]


class ConfiguredDirectory:
    """What a session knows of its configuration.

    Args:
        workdir: the working directory.
        root: the root module's directory, seen from the working directory.
        origin: what `path.cwd` gives; the working directory if it is not given.
        variables: values of root variables, as strings, numbers, booleans, lists, dicts and None; they win over all others.
        options: `-var` and `-var-file` in the order given.
        queries: whether query files are part of the configuration.
    """

    def __init__(
        self,
        workdir: Workdir,
        *,
        root: str,
        origin: str,
        variables: Mapping[str, object],
        options: Sequence[Option],
        queries: bool,
    ) -> None:
        self.workdir = workdir
        self.directory = workdir.directory
        self.environ = workdir.environ
        self.root = root
        self.origin = origin or workdir.directory
        self.options = [*options, *_as_options(variables)]
        self._queries = queries
        self._config: Config | None = None
        self._given: dict[str, RawValue] | None = None
        self._given_problems = Diagnostics()

    def config(self) -> Config:
        """The configuration, read once; its diagnostics say what is wrong with it."""
        if self._config is None:
            from iacctl.config import loader

            self._config = loader.load(
                self.source(),
                self.root,
                given=self.given_values(),
                data_folder=self.workdir.data_folder_name,
                queries=self._queries,
            )
        return self._config

    def root_config(self) -> Config:
        """The root module alone; from the whole configuration, where that was read already."""
        if self._config is not None:
            return self._config
        from iacctl.config import loader

        return loader.load_root(self.source(), self.root)

    def use_config(self, config: Config) -> None:
        """Go on with a configuration that was read otherwise."""
        self._config = config

    def has_configuration(self) -> bool:
        """Whether there is any configuration file in the root module's directory."""
        from iacctl.config.file_names import configuration_files

        return any(configuration_files(self.source().list(self.root) or []))

    def source(self) -> DirectorySource:
        """Where configuration files come from."""
        from iacctl.config.source import DirectorySource

        return DirectorySource(self.directory)

    def given_values(self, diagnostics: Diagnostics | None = None) -> dict[str, RawValue]:
        """Every value given for a root variable: environment, files, command line.

        Args:
            diagnostics: gets what could not be read.
        """
        if self._given is None:
            from iacctl.config import variables

            self._given = variables.gather(self.source(), self.options, self.environ, self._given_problems)
        if diagnostics is not None:
            diagnostics.extend(self._given_problems)
        return self._given

    def answer(self, name: str, text: str) -> None:
        """Give a variable the value that a person typed when asked for it."""
        from iacctl.config import variables

        self.given_values()[name] = variables.from_prompt(name, text)

    def missing_variables(self) -> list[Variable]:
        """Root variables that need a value and have none."""
        from iacctl.config import variables

        return variables.missing(self.config().root.variables, self.given_values())

    def variables(self, diagnostics: Diagnostics) -> dict[str, Value]:
        """The values of root variables, not converted to their types yet.

        What is missing, unsuitable or not declared goes to `diagnostics`.
        """
        from iacctl.config import variables

        given = self.given_values(diagnostics)
        declared = self.config().root.variables
        variables.check_undeclared(declared, given, diagnostics)
        variables.values_of(declared, given, diagnostics)
        return variables.as_given(declared, given)
