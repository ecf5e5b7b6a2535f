"""Logins of OCI registries: from the CLI configuration, from Docker's and Podman's files, and from their credential helpers.

A registry says with its first refusal whether it wants a token or a password. See
https://distribution.github.io/distribution/spec/auth/token/.
"""

from __future__ import annotations

import base64
import json
import os
import re
import urllib.parse
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iacctl.install.fetching import FetchError
from iacctl.network.client import NetworkError, basic_authorization

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iacctl.install.fetching import Tools
    from iacctl.network.client import Response

_PARAMETER: Final = re.compile(r'(\w+)="([^"]*)"')
_TOKEN_USER: Final = "<token>"
_HELPER_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+\Z")


class Account(NamedTuple):
    """A login: user and password, or a token for refreshing or for access."""

    user: str = ""
    password: str = ""
    refresh_token: str = ""
    access_token: str = ""


class Login:
    """Makes requests of one repository, and logs in when asked to.

    Args:
        host: the registry.
        repository: the repository's name.
        tools: what to work with.
    """

    def __init__(self, host: str, repository: str, tools: Tools) -> None:
        self._host = host
        self._repository = repository
        self._tools = tools
        self._authorization: str | None = None

    def request(self, url: str, headers: Mapping[str, str]) -> Response:
        """Ask the registry.

        Raises:
            NetworkError: there is no answer.
            FetchError: the login fails.
        """
        private = {} if self._authorization is None else {"Authorization": self._authorization}
        response = self._tools.client.request("GET", url, headers=headers, private=private)
        if response.status != 401 or self._authorization is not None:
            return response
        with response:
            challenge = response.headers.get("www-authenticate", "")
        self._authorization = self._answer(challenge)
        return self._tools.client.request("GET", url, headers=headers, private={"Authorization": self._authorization})

    def _answer(self, challenge: str) -> str:
        kind, _, rest = challenge.partition(" ")
        account = account_for(self._host, self._repository, self._tools)
        if account is not None and account.access_token:
            return f"Bearer {account.access_token}"
        if kind.lower() == "basic":
            if account is None:
                raise FetchError(f"{self._host} asks for a login, and there are no credentials for it")
            return basic_authorization(account.user, account.password)
        given = dict(_PARAMETER.findall(rest))
        if kind.lower() != "bearer" or not given.get("realm", "").startswith("https://"):
            raise FetchError(f"{self._host} asks for a login of a kind that is not known")
        try:
            return f"Bearer {self._token(given, account)}"
        except NetworkError as error:
            raise FetchError(f"cannot log in to {self._host}: {error}") from None

    def _token(self, given: Mapping[str, str], account: Account | None) -> str:
        query = {"scope": given.get("scope") or f"repository:{self._repository}:pull"}
        if given.get("service"):
            query["service"] = given["service"]
        client, realm = self._tools.client, given["realm"]
        if account is not None and account.refresh_token:
            form = {**query, "grant_type": "refresh_token", "refresh_token": account.refresh_token, "client_id": "iacctl"}
            response = client.request(
                "POST",
                realm,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
                body=urllib.parse.urlencode(form).encode(),
            )
        else:
            private = {} if account is None else {"Authorization": basic_authorization(account.user, account.password)}
            mark = "&" if "?" in realm else "?"
            response = client.request("GET", f"{realm}{mark}{urllib.parse.urlencode(query)}", private=private)
        with response:
            if not response.ok:
                raise FetchError(f"cannot log in to {self._host}: {response.status_text}")
            try:
                answer = json.loads(response.read(1 << 20))
                token = answer.get("token") or answer["access_token"]
            except (ValueError, KeyError, AttributeError, TypeError):
                raise FetchError(f"cannot log in to {self._host}: the answer holds no token") from None
        return str(token)


def account_for(host: str, repository: str, tools: Tools) -> Account | None:
    """The login for a repository, the most particular first; None if there is none.

    Raises:
        FetchError: a credential helper fails.
    """
    wanted = f"{host}/{repository}"
    config = tools.cli_config
    fitting = [item for item in config.oci_credentials if item.prefix and _covers(item.prefix, wanted)]
    if fitting:
        best = max(fitting, key=lambda item: len(item.prefix))
        if best.helper:
            return _from_helper(best.helper, host, tools)
        return Account(best.username, best.password, access_token=best.access_token)
    if config.oci_ambient:
        for document in _docker_files(tools):
            account = _from_docker(document, host, wanted, tools)
            if account is not None:
                return account
    general = next((item for item in config.oci_credentials if not item.prefix and item.helper), None)
    return None if general is None else _from_helper(general.helper, host, tools)


def _covers(prefix: str, wanted: str) -> bool:
    return wanted == prefix or wanted.startswith(f"{prefix.rstrip('/')}/")


def _docker_files(tools: Tools) -> Iterator[Any]:
    environment = tools.environment
    home = environment.get("HOME", "")
    paths = tools.cli_config.oci_docker_files
    if paths is None:
        docker = environment.get("DOCKER_CONFIG") or os.path.join(home, ".docker")  # noqa: PTH118
        podman = environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")  # noqa: PTH118
        paths = (
            *([environment["REGISTRY_AUTH_FILE"]] if environment.get("REGISTRY_AUTH_FILE") else []),
            *([f"{environment['XDG_RUNTIME_DIR']}/containers/auth.json"] if environment.get("XDG_RUNTIME_DIR") else []),
            os.path.join(podman, "containers", "auth.json"),  # noqa: PTH118
            os.path.join(docker, "config.json"),  # noqa: PTH118
        )
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                yield json.load(file)
        except OSError:
            continue
        except ValueError as error:
            raise FetchError(f"cannot read the credentials in {path}: {error}") from None


def _from_docker(document: Any, host: str, wanted: str, tools: Tools) -> Account | None:
    try:
        helpers = document.get("credHelpers") or {}
        logins = {_bare(key): value for key, value in (document.get("auths") or {}).items()}
        store = document.get("credsStore")
        if host in helpers:
            return _from_helper(str(helpers[host]), host, tools)
        fitting = [key for key in logins if _covers(key, wanted)]
        if fitting:
            entry = logins[max(fitting, key=len)]
            if entry.get("identitytoken"):
                return Account(refresh_token=str(entry["identitytoken"]))
            if entry.get("auth"):
                user, _, password = base64.b64decode(entry["auth"]).decode().partition(":")
                return Account(user, password.rstrip("\0"))
            if entry.get("username"):
                return Account(str(entry["username"]), str(entry.get("password", "")))
    except (AttributeError, TypeError, ValueError):
        raise FetchError(f"the Docker configuration's credentials for {host} cannot be read") from None
    return _from_helper(str(store), host, tools) if store else None


def _bare(key: str) -> str:
    """A registry as Docker's file names it, without what surrounds its host."""
    return key.removeprefix("https://").removeprefix("http://").removesuffix("/").removesuffix("/v1").removesuffix("/v2")


def _from_helper(name: str, host: str, tools: Tools) -> Account | None:
    """What a program `docker-credential-NAME` knows. See https://github.com/docker/docker-credential-helpers."""
    import shutil
    import subprocess

    if not _HELPER_NAME.match(name):
        raise FetchError(f'"{name}" is no name of a credential helper')
    program = shutil.which(f"docker-credential-{name}", path=tools.environment.get("PATH"))
    if program is None:
        raise FetchError(f"the credential helper docker-credential-{name} is not on the PATH")
    done = subprocess.run(
        [program, "get"], input=host.encode(), capture_output=True, env=tools.environment, check=False, timeout=120
    )
    if done.returncode:
        if b"not found" in done.stdout.lower():
            return None
        raise FetchError(f"the credential helper docker-credential-{name} failed with exit status {done.returncode}")
    try:
        answer = json.loads(done.stdout)
        user, secret = str(answer["Username"]), str(answer["Secret"])
    except (ValueError, KeyError, TypeError):
        raise FetchError(f"the credential helper docker-credential-{name} gave no usable answer") from None
    return Account(refresh_token=secret) if user == _TOKEN_USER else Account(user, secret)
