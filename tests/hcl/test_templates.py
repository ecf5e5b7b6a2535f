"""Templates: the text that strings, heredocs and template files stand for, compared with Terraform."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from iacctl.diag import Diagnostics
from iacctl.hcl import ast
from iacctl.hcl.parser import parse_config, parse_template

from .terraform import ORACLE, file_of

# Each is the right side of an argument; interpolations are `${"…"}`, conditions `true`.
STRINGS = (
    '"a"',
    '""',
    r'"\n\r\t\"\\ \u00e9 \U0001F600"',
    '"$${a} %%{b} $a %b $$ %% 100% $"',
    '"$$${x} $$$${x}"',
    '"a  ${~ "b" ~}  c"',
    '"a  ${~ "b"}  c"',
    '"a ${"b" ~} \\n c"',
    '"%{ if true }a%{ else }b%{ endif } c"',
    '"%{ if true ~}  a  %{~ else ~}  b  %{~ endif ~}  c"',
    '"e\u0301 \u1100\u1161"',
    "<<E\na\n b\nE\n",
    "<<E\nE\n",
    "<<E\n\n\nE\n",
    "<<E\na\r\nb\r\nE\n",
    "<<E\r\na\r\n  b\r\n  E\r\n",
    "<<-E\n    a\n      b\n    E\n",
    "<<-E\n\ta\n\t\tb\n\tE\n",
    "<<-E\n    a\n\n  \n      b\n    E\n",
    '<<-E\n  ${"x"}\n    b\n  E\n',
    '<<-E\n${"x"}\n    b\n  E\n',
    '<<-E\n    a ${"x"}\n      ${"y"} b\n    E\n',
    '<<-E\n    a\n  ${"x"}${"y"}\n    E\n',
    "<<-E\n  %{ if true ~}\n    a\n  %{ endif ~}\n  b\n  E\n",
    "<<E\n%{ if true ~}\n\n    a\n%{ endif ~}\nb\nE\n",
    "<<E\na\n\n  %{~ if true ~}  \n\n    b\n%{~ endif }\nc\nE\n",
    '<<E\na\n${~ "x" ~}\n  b\nE\n',
    "<<-E\n  a\n    %{~ if true }\n  b\n    %{ endif ~}\n  c\n  E\n",
    r"<<E" + "\n" + r"\n \u00e9 $${a} %%{b} $a %b" + "\nE\n",
    "<<E\n E2\nEE\n  E\n",
    "<<E-1\na\nE\nE-1\n",
    "<<É\na\nÉ\n",
    "<<-E\n\u2003\u2003a\n\u2003b\nE\n",
    "<<-E\n  a\n b\nE\n",
    "<<-E\n  a\n    E\n",
    '<<E\n%{ for x in ["a"] ~}\n  x\n%{ endfor ~}\nE\n',
    "<<E\n%\n100%\n$\nE\n",
    "<<E\n${<<F\ninner\nE\nF\n}E\nE\n",
    "<<-E\n  \n  E\n",
    "<<-E\n \n  a\n  E\n",
)


def value_of(expression: ast.Expression) -> str:
    """The text of a template whose interpolations are strings and whose conditions are true."""
    match expression:
        case ast.Literal():
            return str(expression.value)
        case ast.Template():
            return "".join(map(value_of, expression.parts))
        case ast.TemplateIf():
            return value_of(expression.then)
        case ast.TemplateFor():
            return value_of(expression.body)
        case ast.TemplateWrap():
            return value_of(expression.expression)
    raise AssertionError(expression)


def terraform_values(config: str, files: dict[str, str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"main.tf": config, **files}.items():
            (Path(folder) / name).write_bytes(text.encode())
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
        words = [sys.executable, str(ORACLE)]
        subprocess.run([*words, "apply", "-auto-approve"], cwd=folder, env=environment, capture_output=True, check=True)
        done = subprocess.run([*words, "output", "-json"], cwd=folder, env=environment, capture_output=True, check=True)
    return {name: output["value"] for name, output in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def terraform() -> dict[str, str]:
    config = "".join(f'output "s{number}" {{\n  value = {text}\n}}\n' for number, text in enumerate(STRINGS))
    config += "".join(
        f'output "t{number}" {{\n  value = templatefile("t{number}", {{}})\n}}\n' for number in range(len(FILES))
    )
    return terraform_values(config, {f"t{number}": text for number, text in enumerate(FILES)})


FILES = (
    "a",
    "",
    "a $${b} $ % \\n \"q\" 'q'\n",
    'a ${"x"} b\n%{ if true ~}\n  c\n%{ endif ~}\n',
    '${"x"}',
    'a\n  ${~ "x" ~}  \n\n b$',
    "<<E\nnot a heredoc\nE\n",
    'a\rb ${"x"} c\n',
    'a ${"x"} b\r',
    'a\r\n${"x"}\r\n',
    "a\r$${b}",
)


@pytest.mark.parametrize("number", range(len(STRINGS)))
def test_string(number: int, terraform: dict[str, str]) -> None:
    found = Diagnostics()
    body = parse_config(file_of("main.tf", f"x = {STRINGS[number]}\n"), found)
    assert list(found) == []
    assert value_of(body.attributes["x"].expression) == terraform[f"s{number}"]


@pytest.mark.parametrize("number", range(len(FILES)))
def test_template_file(number: int, terraform: dict[str, str]) -> None:
    found = Diagnostics()
    template = parse_template(file_of("t", FILES[number]), found)
    assert list(found) == []
    assert value_of(template) == terraform[f"t{number}"]
