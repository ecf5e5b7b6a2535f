"""Makes the view of a command: for people, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iacctl.views import protocols
    from iacctl.views.terminal import Terminal


def plan_view(terminal: Terminal, *, as_json: bool = False, compact_warnings: bool = False) -> protocols.PlanView:
    """The view of `plan`."""
    if as_json:
        from iacctl.views.json.operations import PlanJson

        return PlanJson(terminal)
    from iacctl.views.human.operations import PlanHuman

    return PlanHuman(terminal, compact_warnings)


def apply_view(terminal: Terminal, *, as_json: bool = False, compact_warnings: bool = False) -> protocols.ApplyView:
    """The view of `apply`, `destroy` and `refresh`."""
    if as_json:
        from iacctl.views.json.operations import ApplyJson

        return ApplyJson(terminal)
    from iacctl.views.human.operations import ApplyHuman

    return ApplyHuman(terminal, compact_warnings)


def query_view(terminal: Terminal, *, as_json: bool = False, generating: bool = False) -> protocols.QueryView:
    """The view of `query`."""
    if as_json:
        from iacctl.views.json.query import QueryJson

        return QueryJson(terminal, generating=generating)
    from iacctl.views.human.query import QueryHuman

    return QueryHuman(terminal)


def output_view(terminal: Terminal, *, as_json: bool = False, raw: bool = False) -> protocols.OutputView:
    """The view of `output`."""
    if as_json:
        from iacctl.views.json.outputs import OutputJson

        return OutputJson(terminal)
    from iacctl.views.human.outputs import OutputHuman, OutputRaw

    return OutputRaw(terminal) if raw else OutputHuman(terminal)


def show_view(terminal: Terminal, *, as_json: bool = False) -> protocols.ShowView:
    """The view of `show`."""
    if as_json:
        from iacctl.views.json.show import ShowJson

        return ShowJson(terminal)
    from iacctl.views.human.show import ShowHuman

    return ShowHuman(terminal)


def validate_view(terminal: Terminal, *, as_json: bool = False) -> protocols.ValidateView:
    """The view of `validate`."""
    if as_json:
        from iacctl.views.json.validate import ValidateJson

        return ValidateJson(terminal)
    from iacctl.views.human.validate import ValidateHuman

    return ValidateHuman(terminal)


def init_view(terminal: Terminal, *, as_json: bool = False) -> protocols.InitView:
    """The view of `init`."""
    if as_json:
        from iacctl.views.json.init import InitJson

        return InitJson(terminal)
    from iacctl.views.human.init import InitHuman

    return InitHuman(terminal)


def test_view(terminal: Terminal, *, as_json: bool = False, verbose: bool = False) -> protocols.TestView:
    """The view of `test`."""
    if as_json:
        from iacctl.views.json.tests import TestJson

        return TestJson(terminal, verbose=verbose)
    from iacctl.views.human.tests import TestHuman

    return TestHuman(terminal, verbose=verbose)


def workspace_view(terminal: Terminal) -> protocols.WorkspaceView:
    """The view of `workspace`."""
    from iacctl.views.human.workspace import WorkspaceHuman

    return WorkspaceHuman(terminal)


def version_view(terminal: Terminal, *, as_json: bool = False) -> protocols.VersionView:
    """The view of `version`."""
    if as_json:
        from iacctl.views.json.version import VersionJson

        return VersionJson(terminal)
    from iacctl.views.human.version import VersionHuman

    return VersionHuman(terminal)
