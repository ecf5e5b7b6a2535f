"""`encryption` blocks: OpenTofu's, of which Terraform knows nothing."""

from __future__ import annotations

import pytest

from iacctl.config import loader
from iacctl.config.source import MemorySource

REFUSED = "Unsupported feature: encryption of states and plan files"
GOOD = """
terraform {
  encryption {
    key_provider "pbkdf2" "mine" {
      passphrase = var.passphrase
    }
    key_provider "aws_kms" "theirs" {
      kms_key_id = "a4f791e1-0d46-4c8e-b489-917e0bec05ef"
      key_spec   = "AES_256"
      region     = "us-east-1"
    }
    method "aes_gcm" "new" {
      keys = key_provider.pbkdf2.mine
    }
    method "unencrypted" "migrate" {}
    state {
      method   = method.aes_gcm.new
      enforced = true
      fallback {
        method = method.unencrypted.migrate
        fallback {}
      }
    }
    plan {
      method = method.aes_gcm.new
    }
    remote_state_data_sources {
      default {
        method = method.aes_gcm.new
      }
      remote_state_data_source "network" {
        method = method.unencrypted.migrate
      }
    }
  }
}
variable "passphrase" {}
"""


def problems(text: str) -> list[str]:
    config = loader.load(MemorySource({"main.tf": text.encode()}), ".")
    return [f"{item.summary}: {item.detail}" if item.summary != REFUSED else REFUSED for item in config.diagnostics]


def test_what_it_declares() -> None:
    found = loader.load(MemorySource({"main.tf": GOOD.encode()}), ".").root.encryption
    assert found is not None
    assert set(found.key_providers) == {("pbkdf2", "mine"), ("aws_kms", "theirs")}
    assert [(item.name, item.method, item.enforced, item.fallbacks) for item in found.targets] == [
        ("state", ("aes_gcm", "new"), True, (("unencrypted", "migrate"), None)),
        ("plan", ("aes_gcm", "new"), False, ()),
    ]
    assert [(item.name, item.method) for item in found.remote_states] == [
        ("default", ("aes_gcm", "new")),
        ("network", ("unencrypted", "migrate")),
    ]


def test_nothing_is_stored_in_the_clear_that_is_to_be_encrypted() -> None:
    assert problems(GOOD) == [REFUSED]
    clear = 'method "unencrypted" "m" {}\n    state {\n      method = method.unencrypted.m\n    }'
    assert problems(f"terraform {{\n  encryption {{\n    {clear}\n  }}\n}}\n") == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"pbkdf2" "mine"', '"pbkdf" "mine"', 'Unknown encryption key provider: There is no key provider of type "pbkdf".'),
        ('"aes_gcm" "new"', '"aes_gmc" "new"', 'Unknown encryption method: There is no method of type "aes_gmc".'),
        ("keys = key_provider.pbkdf2.mine", "", 'Missing required argument: The argument "keys" is required'),
        ('key_spec   = "AES_256"', "", 'Missing required argument: The argument "key_spec" is required'),
        ("passphrase = var.passphrase", "", "Invalid encryption key provider: A key provider of type"),
        ("passphrase = var.passphrase", 'passphrase = "short"', "Invalid encryption key provider: The passphrase must have"),
        ("key_provider.pbkdf2.mine", "key_provider.pbkdf2.mien", "Reference to undeclared encryption key provider: There is no"),
        ("key_provider.pbkdf2.mine", "var.passphrase", 'Invalid encryption key provider reference: The argument "keys"'),
        ("method = method.aes_gcm.new\n    }\n    remote", "method = method.a.b\n    }\n    remote", "Reference to undeclared"),
        ("method   = method.aes_gcm.new", "method = method.unencrypted.migrate", "Unencrypted method is forbidden"),
        ("    plan {", "    state {}\n    plan {", "Duplicate encryption block: state was already declared at main.tf:16,5-10."),
        ("enforced = true", "enforce = true", 'Unsupported argument: An argument named "enforce" is not expected here.'),
    ],
)
def test_what_does_not_fit_together(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert any(item.startswith(problem) for item in found), found


def test_there_is_one() -> None:
    text = GOOD + "terraform {\n  encryption {}\n}\n"
    assert any(item.startswith("Duplicate 'encryption' configuration block") for item in problems(text))
