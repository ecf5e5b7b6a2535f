"""The http backend: one state behind a URL, with GET, POST and the verbs for locks, as Terraform speaks it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.backends import remote
from iacctl_state.backends.port import DEFAULT_WORKSPACE, StoredState
from iacctl_state.backends.waiting import lock_patiently
from iacctl_state.digest import digest
from iacctl_state.errors import BackendConfigError, ConflictError, LockError, LockHeldError, StateError, WorkspaceError
from iacctl_state.locks import LockInfo, new_lock_info, parse_lock_info

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iacctl_state.document import Json
    from iacctl_state.locks import LockRequest

ATTRIBUTES: Final[dict[str, Json]] = {
    "address": "string",
    "client_ca_certificate_pem": "string",
    "client_certificate_pem": "string",
    "client_private_key_pem": "string",
    "lock_address": "string",
    "lock_method": "string",
    "password": "string",
    "retry_max": "number",
    "retry_wait_max": "number",
    "retry_wait_min": "number",
    "skip_cert_verification": "bool",
    "unlock_address": "string",
    "unlock_method": "string",
    "update_method": "string",
    "username": "string",
}
"""Arguments and their types. (The same as Terraform's, and so is their hash.)"""

_RETRIES: Final = 2
_WAIT_SECONDS: Final = 1.0
_LONGEST_WAIT_SECONDS: Final = 30.0
_TIMEOUT_SECONDS: Final = 60.0
_TAKEN: Final = (409, 423)
_RETRIED: Final = (429, 500, 502, 503, 504)
_NO_WORKSPACES: Final = "workspaces not supported"
_REFUSED: Final = {401: "HTTP remote state endpoint requires auth", 403: "HTTP remote state endpoint invalid auth"}


class HttpBackend:
    """A state behind a URL.

    Args:
        config: The arguments of the block; null stands for one that was not given. The environment's TF_HTTP_ADDRESS
            and the like fill them in.
        folder: The working folder, which holds the journal.

    Raises:
        BackendConfigError: An argument is not acceptable.
    """

    type: Final = "http"
    has_workspaces: Final = False

    def __init__(self, config: Mapping[str, Json], *, folder: str = "") -> None:
        self._config = {name: _given(config, name) for name in ATTRIBUTES}
        self._folder = folder
        for name in ("address", "lock_address", "unlock_address"):
            self._check_address(name)
        if bool(self._config["client_certificate_pem"]) != bool(self._config["client_private_key_pem"]):
            raise BackendConfigError(
                "Invalid client certificate",
                "client_certificate_pem and client_private_key_pem are needed together.",
                "client_certificate_pem",
            )

    def _check_address(self, name: str) -> None:
        from urllib.parse import urlsplit

        address = self._config[name]
        if not address:
            if name == "address":
                raise BackendConfigError("Invalid address", "address argument is required", name)
            return
        if urlsplit(address).scheme not in ("http", "https"):
            raise BackendConfigError("Invalid address", f"{name} must be HTTP or HTTPS", name)

    def workspaces(self) -> list[str]:
        """Only ``default``."""
        return [DEFAULT_WORKSPACE]

    def create_workspace(self, name: str) -> None:
        """There are no others."""
        raise WorkspaceError(_NO_WORKSPACES)

    def delete_workspace(self, name: str) -> None:
        """There are no others."""
        raise WorkspaceError(_NO_WORKSPACES)

    def state(self, workspace: str) -> HttpStateStore:
        """The store of the state."""
        if workspace != DEFAULT_WORKSPACE:
            raise WorkspaceError(_NO_WORKSPACES)
        return HttpStateStore(self._config, folder=self._folder)


class HttpStateStore:
    """The state behind a URL.

    Args:
        config: The arguments of the block.
        folder: The working folder.
    """

    is_local: Final = False
    workspace: Final = DEFAULT_WORKSPACE

    def __init__(self, config: Mapping[str, Json], *, folder: str) -> None:
        self._config = config
        self._folder = folder
        self._client: Any = None
        self._info: LockInfo | None = None
        self.description = _without_password(config["address"])

    @property
    def lock_id(self) -> str | None:
        """The lock we hold, if we do."""
        return self._info.id if self._info is not None else None

    @property
    def journal_path(self) -> str:
        """In the working folder, named after the address."""
        return remote.journal_path(self._folder, self.description)

    # -- content ------------------------------------------------------------------------------------------------

    def read(self) -> StoredState | None:
        """What GET gives."""
        answer = self._call("GET", self._config["address"], "Failed to get state")
        if answer.status in (204, 404):
            return None
        if answer.status != 200:
            raise self._unexpected(answer, "Failed to get state")
        content: bytes = answer.data
        expected = answer.headers.get("Content-MD5")
        if expected and expected != _md5(content):
            raise StateError("Failed to get state", "The content does not have the checksum that came with it.")
        return StoredState(content, digest(content)) if content else None

    def write(self, content: bytes, *, expected: str | None, backup: bool) -> str:
        """Send the state. Whoever answers keeps the backups."""
        if expected is not None:
            current = self.read()
            if (current.version if current is not None else "") != expected:
                raise ConflictError(
                    "State was changed by another program",
                    f"{self.description} is not the state that this operation began with: another program has written it "
                    "since. It was left as it is.",
                )
        address = self._config["address"]
        if self._info is not None and self._config["lock_address"]:
            from urllib.parse import quote

            address += f"{'&' if '?' in address else '?'}ID={quote(self._info.id)}"
        method = self._config["update_method"] or "POST"
        answer = self._call(method, address, "Failed to upload state", content)
        if answer.status not in (200, 201, 204):
            raise self._unexpected(answer, "Failed to upload state")
        return digest(content)

    # -- lock ---------------------------------------------------------------------------------------------------

    def lock(self, request: LockRequest) -> str:
        """Ask for the lock, where there is an address for that; without, only pretend, as Terraform does."""
        if self._info is not None:
            raise LockError("Error acquiring the state lock", f"{self.description} is already locked by this process.")

        def attempt() -> str:
            info = new_lock_info(request, "")
            address = self._config["lock_address"]
            if address:
                method = self._config["lock_method"] or "LOCK"
                answer = self._call(method, address, "Error acquiring the state lock", info.to_json().encode())
                if answer.status in _TAKEN:
                    holder = parse_lock_info(answer.data.decode("utf-8", "replace"))
                    raise LockHeldError(f"HTTP remote state already locked: ID={holder.id if holder else ''}", holder)
                if answer.status != 200:
                    raise LockError("Error acquiring the state lock", f"Error message: {_reason(answer.status)}")
            self._info = info
            return info.id

        return lock_patiently(attempt, request)

    def unlock(self) -> None:
        """Give the lock back."""
        info, self._info = self._info, None
        if info is not None and self._config["unlock_address"]:
            self._unlock(info.to_json().encode())

    def force_unlock(self, lock_id: str) -> None:
        """Give somebody's lock back: whoever answers knows whether that can be done."""
        if not self._config["unlock_address"]:
            raise LockError("Failed to unlock state", "This state has no unlock_address.")
        self._unlock(LockInfo(lock_id, "", "", "", "", "0001-01-01T00:00:00Z", "").to_json().encode())

    def _unlock(self, body: bytes) -> None:
        method = self._config["unlock_method"] or "UNLOCK"
        answer = self._call(method, self._config["unlock_address"], "Error releasing the state lock", body)
        if answer.status != 200:
            raise LockError("Error releasing the state lock", f"Unexpected HTTP response code {answer.status}")

    def holder(self) -> LockInfo | None:
        """Nobody can ask without trying to take it."""
        return None

    # -- calls --------------------------------------------------------------------------------------------------

    def _call(self, method: str, address: str, summary: str, body: bytes | None = None) -> Any:
        """The answer to a request.

        Raises:
            StateError: there is none.
        """
        import urllib3
        from urllib3.exceptions import HTTPError

        headers = {"User-Agent": "iacctl"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Content-MD5": _md5(body)}
        if self._config["username"]:
            credentials = f"{self._config['username']}:{self._config['password'] or ''}"
            headers |= urllib3.make_headers(basic_auth=credentials)
        if self._client is None:
            self._client = self._make_client()
        try:
            return self._client.request(method, address, body=body, headers=headers)
        except HTTPError as error:
            raise StateError(summary, f"{method} {_without_password(address)}: {_plain(error)}") from error

    def _make_client(self) -> Any:
        import ssl

        import urllib3
        from urllib3.util import Retry, Timeout

        config = self._config
        retries = _RETRIES if config["retry_max"] is None else int(config["retry_max"])
        retry = Retry(
            total=retries,
            status_forcelist=_RETRIED,
            allowed_methods=None,
            raise_on_status=False,
            redirect=5,
            backoff_factor=_WAIT_SECONDS if config["retry_wait_min"] is None else float(config["retry_wait_min"]),
            backoff_max=_LONGEST_WAIT_SECONDS if config["retry_wait_max"] is None else float(config["retry_wait_max"]),
        )
        context = ssl.create_default_context()
        if config["client_ca_certificate_pem"]:
            context.load_verify_locations(cadata=config["client_ca_certificate_pem"])
        if config["client_certificate_pem"]:
            _load_certificate(context, config["client_certificate_pem"], config["client_private_key_pem"])
        if config["skip_cert_verification"]:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        options: dict[str, Any] = {"retries": retry, "timeout": Timeout(_TIMEOUT_SECONDS), "ssl_context": context}
        proxy = _proxy(config["address"])
        return urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)

    def _unexpected(self, answer: Any, summary: str) -> StateError:
        return StateError(summary, _reason(answer.status))


def configure(config: Mapping[str, Json], *, folder: str = "") -> HttpBackend:
    """Make a backend of a ``backend "http"`` block's arguments.

    Raises:
        BackendConfigError: An argument is not acceptable.
    """
    return HttpBackend(config, folder=folder)


def _given(config: Mapping[str, Json], name: str) -> Json:
    value = config.get(name)
    return os.environ.get(f"TF_HTTP_{name.upper()}") if value is None else value


def _md5(content: bytes) -> str:
    from base64 import b64encode
    from hashlib import md5

    return b64encode(md5(content, usedforsecurity=False).digest()).decode()


def _reason(status: int) -> str:
    if status == 500:
        return "HTTP remote state internal server error"
    return _REFUSED.get(status, f"Unexpected HTTP response code {status}")


def _plain(error: Exception) -> str:
    """The reason at the bottom of urllib3's nested exceptions."""
    reason = getattr(error, "reason", None)
    return _plain(reason) if isinstance(reason, Exception) else str(error)


def _without_password(address: str) -> str:
    """The address without the credentials that may stand in it."""
    from urllib.parse import urlsplit

    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for an address."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(address)
    if parts.hostname is None or proxy_bypass(parts.hostname):
        return None
    return getproxies().get(parts.scheme)


def _load_certificate(context: Any, certificate: str, key: str) -> None:
    """Have TLS use a certificate that is not in a file: it only takes files."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile("w", suffix=".pem") as file:  # private to this user
        file.write(f"{certificate}\n{key}\n")
        file.flush()
        context.load_cert_chain(file.name)
