"""Documents and objects for the tests of state."""

from __future__ import annotations

from iacctl_state.document import ObjectState, ResourceKey, StateDocument
from iacctl_state.writer import serialize

PROVIDER = 'provider["terraform.io/builtin/terraform"]'


def key(name: str, module: str = "") -> ResourceKey:
    return (module, "managed", "terraform_data", name)


def thing(ident: str, value: str = "v", **fields: object) -> ObjectState:
    attributes = {
        "id": ident,
        "input": {"value": value, "type": "string"},
        "output": {"value": value, "type": "string"},
        "triggers_replace": None,
    }
    return ObjectState(attributes, **fields)  # type: ignore[arg-type]


def document(*names: str, lineage: str = "lin", serial: int = 3) -> StateDocument:
    result = StateDocument(lineage=lineage, serial=serial)
    for name in names:
        result.set_object(key(name), None, thing(f"id-{name}"), provider=PROVIDER)
    return result


def text(state: StateDocument) -> str:
    return serialize(state).decode()
