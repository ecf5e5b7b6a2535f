"""The configurations that are measured: generated, so that a size is a number and every run gets the same text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration to measure.

    Attributes:
        name: its identity, also as a directory name.
        resources: how many resource instances it declares.
        write: writes its files into an empty directory.
        leaves: the files in the directory that an apply leaves and a later plan needs.
    """

    name: str
    resources: int
    write: Callable[[Path], None] = field(compare=False)
    leaves: tuple[str, ...] = ("terraform.tfstate",)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one provider's resources say the same thing: the text before them, the type and two attribute names."""

    name: str
    preamble: str
    type: str
    input: str
    output: str


TERRAFORM_DATA = Dialect("terraform_data", "", "terraform_data", "input", "output")
MOCK = Dialect(
    "mock",
    'terraform {\n  required_providers {\n    mock = {\n      source = "iacctl/mock"\n    }\n  }\n}\n\n',
    "mock_network",
    "name",
    "id",
)


def chains(size: int, dialect: Dialect = TERRAFORM_DATA, length: int = 10) -> Config:
    """Resources in chains: each passes on what the one before it gave out.

    Args:
        size: number of resources, a multiple of `length`.
        dialect: whose resources.
        length: resources in a chain.
    """

    def write(folder: Path) -> None:
        with (folder / "main.tf").open("w", encoding="utf-8") as file:
            file.write(dialect.preamble)
            for chain in range(size // length):
                for position in range(length):
                    previous = f"{dialect.type}.chain_{chain:04}_{position - 1}.{dialect.output}"
                    value = previous if position else f'"chain {chain}"'
                    file.write(f'resource "{dialect.type}" "chain_{chain:04}_{position}" {{\n')
                    file.write(f"  {dialect.input} = {value}\n}}\n\n")

    return Config(f"chains-{dialect.name}-{size}", size, write)


def counted(size: int, dialect: Dialect = TERRAFORM_DATA) -> Config:
    """One resource block with `count`.

    Args:
        size: number of instances.
        dialect: whose resource.
    """

    def write(folder: Path) -> None:
        (folder / "main.tf").write_text(
            f'{dialect.preamble}resource "{dialect.type}" "many" {{\n'
            f'  count = {size}\n  {dialect.input} = "instance ${{count.index}}"\n}}\n',
            encoding="utf-8",
        )

    return Config(f"counted-{dialect.name}-{size}", size, write)


def modules(calls: int, size: int, dialect: Dialect = TERRAFORM_DATA, *, through_resources: bool = False) -> Config:
    """Calls of one module, each of which takes an output of the call before it.

    Args:
        calls: number of module calls.
        size: resources in the module.
        dialect: whose resources.
        through_resources: whether the output comes from a resource of the module, so that each module's resources
            depend on those of all modules before it, or is computed from the module's variable alone.
    """

    def write(folder: Path) -> None:
        stage = folder / "stage"
        stage.mkdir()
        with (stage / "main.tf").open("w", encoding="utf-8") as file:
            file.write(dialect.preamble)
            file.write('variable "previous" {\n  type = string\n}\n\n')
            for position in range(size):
                file.write(f'resource "{dialect.type}" "part_{position}" {{\n')
                file.write(f'  {dialect.input} = "${{var.previous}}/{position}"\n}}\n\n')
            last = f"{dialect.type}.part_{size - 1}.{dialect.output}" if through_resources else '"${var.previous}."'
            file.write(f'output "last" {{\n  value = {last}\n}}\n')
        with (folder / "main.tf").open("w", encoding="utf-8") as file:
            file.write(dialect.preamble)
            for call in range(calls):
                value = f"module.stage_{call - 1:03}.last" if call else '"start"'
                file.write(f'module "stage_{call:03}" {{\n  source   = "./stage"\n  previous = {value}\n}}\n\n')

    kind = "linked" if through_resources else "modules"
    return Config(f"{kind}-{dialect.name}-{calls}x{size}", calls * size, write)


def heredoc(size: int) -> Config:
    """A configuration whose one local value is a long heredoc.

    Args:
        size: length of the heredoc in bytes, about.
    """

    def write(folder: Path) -> None:
        line = "a line of text with no sequences in it, as a generated policy or a certificate has them\n"
        with (folder / "main.tf").open("w", encoding="utf-8") as file:
            file.write("locals {\n  text = <<-EOT\n")
            for _ in range(size // len(line)):
                file.write(f"    {line}")
            file.write("  EOT\n}\n")

    return Config(f"heredoc-{size}", 0, write)
