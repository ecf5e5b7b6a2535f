"""AWS clients as a ``backend "s3"`` block configures them. boto3 is imported when the first is made."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from iacctl_state.errors import BackendConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iacctl_state.document import Json

_OLD_ENDPOINTS: Final = {
    "s3": "endpoint",
    "dynamodb": "dynamodb_endpoint",
    "sts": "sts_endpoint",
    "iam": "iam_endpoint",
}
_ENDPOINT_VARIABLES: Final = {
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT"),
    "dynamodb": ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_DYNAMODB_ENDPOINT"),
    "sts": ("AWS_ENDPOINT_URL_STS", "AWS_STS_ENDPOINT"),
    "iam": ("AWS_ENDPOINT_URL_IAM", "AWS_IAM_ENDPOINT"),
}
_DEFAULT_RETRIES: Final = 5
_SECONDS: Final = {"h": 3600, "m": 60, "s": 1}


def region() -> str:
    """The region that the environment gives."""
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or ""


class AwsClients:
    """Makes clients.

    Args:
        config: the arguments of the block; null stands for one that was not given.

    Raises:
        BackendConfigError: the credentials cannot be used.
    """

    def __init__(self, config: Mapping[str, Json]) -> None:
        self._config = config
        self._clients: dict[str, Any] = {}
        self._session = self._make_session()
        self._check_account()

    def get(self, service: str) -> Any:
        """The client of a service, such as ``s3``."""
        if service not in self._clients:
            self._clients[service] = self._client(self._session, service)
        return self._clients[service]

    def _make_session(self) -> Any:
        import boto3
        from botocore.session import Session

        config = self._config
        core = Session(profile=config.get("profile"))
        files = config.get("shared_credentials_files") or _listed(config.get("shared_credentials_file"))
        if files:
            core.set_config_variable("credentials_file", os.path.expanduser(files[0]))  # noqa: PTH111
        if config.get("shared_config_files"):
            core.set_config_variable("config_file", os.path.expanduser(config["shared_config_files"][0]))  # noqa: PTH111
        session = boto3.Session(
            aws_access_key_id=config.get("access_key"),
            aws_secret_access_key=config.get("secret_key"),
            aws_session_token=config.get("token"),
            region_name=config.get("region") or region(),
            botocore_session=core,
        )
        for argument, call in (
            ("assume_role_with_web_identity", "assume_role_with_web_identity"),
            ("assume_role", "assume_role"),
        ):
            if config.get(argument):
                session = self._with_role(session, call, config[argument])
        return session

    def _with_role(self, session: Any, call: str, role: Mapping[str, Json]) -> Any:
        """A session with the credentials of a role, which are renewed when they run out."""
        import boto3
        from botocore.credentials import RefreshableCredentials
        from botocore.session import Session

        region_name = self._config.get("sts_region") or session.region_name
        sts = self._client(session, "sts", region_name)
        wanted = _role_request(role, web_identity=call == "assume_role_with_web_identity")

        def renew() -> dict[str, str]:
            found = getattr(sts, call)(**wanted())["Credentials"]
            return {
                "access_key": found["AccessKeyId"],
                "secret_key": found["SecretAccessKey"],
                "token": found["SessionToken"],
                "expiry_time": found["Expiration"].isoformat(),
            }

        core = Session()
        try:
            core._credentials = RefreshableCredentials.create_from_metadata(renew(), renew, call)
        except Exception as error:
            raise BackendConfigError(
                "Cannot assume IAM Role", f"IAM Role ({role.get('role_arn')}) cannot be assumed: {error}", call
            ) from error
        return boto3.Session(botocore_session=core, region_name=session.region_name)

    def _client(self, session: Any, service: str, region_name: str | None = None) -> Any:
        from botocore.config import Config

        config = self._config
        path_style = config.get("use_path_style") or config.get("force_path_style")
        proxies = {name[:-6]: config[name] for name in ("http_proxy", "https_proxy") if config.get(name)}
        settings = Config(
            retries={
                # botocore counts the first try as well where Terraform counts it, too
                "total_max_attempts": int(config.get("max_retries") or _DEFAULT_RETRIES),
                "mode": config.get("retry_mode") or "standard",
            },
            s3={"addressing_style": "path"} if path_style else None,
            proxies=proxies or None,
            use_fips_endpoint=config.get("use_fips_endpoint"),
            use_dualstack_endpoint=config.get("use_dualstack_endpoint"),
            request_checksum_calculation="when_required" if config.get("skip_s3_checksum") else "when_supported",
            response_checksum_validation="when_required" if config.get("skip_s3_checksum") else "when_supported",
        )
        verify: bool | str | None = None
        if config.get("insecure"):
            verify = False
        elif config.get("custom_ca_bundle"):
            verify = config["custom_ca_bundle"]
        return session.client(
            service,
            endpoint_url=self._endpoint(service),
            config=settings,
            verify=verify,
            region_name=region_name or session.region_name,
        )

    def _endpoint(self, service: str) -> str | None:
        given = (self._config.get("endpoints") or {}).get(service) or self._config.get(_OLD_ENDPOINTS[service])
        if not given:
            given = next((os.environ[name] for name in _ENDPOINT_VARIABLES[service] if os.environ.get(name)), None)
        if not given:
            return None
        return given if "://" in given else f"https://{given}"

    def _check_account(self) -> None:
        """Make sure that the credentials are of an account that may be used.

        Raises:
            BackendConfigError: they are not.
        """
        config = self._config
        allowed, forbidden = config.get("allowed_account_ids"), config.get("forbidden_account_ids")
        if config.get("skip_credentials_validation") and not (allowed or forbidden):
            return
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            account = self.get("sts").get_caller_identity()["Account"]
        except (BotoCoreError, ClientError) as error:
            raise BackendConfigError(
                "No valid credential sources found",
                f"Please see the documentation of the s3 backend for more information about providing credentials.\n\n"
                f"Error: {error}",
            ) from error
        if (allowed and account not in allowed) or (forbidden and account in forbidden):
            raise BackendConfigError("Invalid account ID", f"AWS account ID not allowed: {account}")


def _listed(item: Json) -> list[Json]:
    return [item] if item else []


def _role_request(role: Mapping[str, Json], *, web_identity: bool) -> Callable[[], dict[str, Any]]:
    """A function that gives the arguments of the call by which a role is assumed."""
    fixed: dict[str, Any] = {
        "RoleArn": role.get("role_arn") or os.environ.get("AWS_ROLE_ARN"),
        "RoleSessionName": role.get("session_name") or "iacctl",
        "Policy": role.get("policy"),
        "PolicyArns": [{"arn": arn} for arn in role.get("policy_arns") or ()],
        "DurationSeconds": _seconds(role.get("duration")),
        "ExternalId": role.get("external_id"),
        "SourceIdentity": role.get("source_identity"),
        "Tags": [{"Key": key, "Value": value} for key, value in (role.get("tags") or {}).items()],
        "TransitiveTagKeys": list(role.get("transitive_tag_keys") or ()),
    }
    request = {name: value for name, value in fixed.items() if value}

    def make() -> dict[str, Any]:
        if not web_identity:
            return request
        token = role.get("web_identity_token")
        if not token:
            path = role.get("web_identity_token_file") or os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE", "")
            with open(path, encoding="utf-8") as file:
                token = file.read().strip()
        return {**request, "WebIdentityToken": token}

    return make


def _seconds(text: str | None) -> int | None:
    """Seconds of a duration in Go's notation, such as ``1h30m``."""
    if not text:
        return None
    import re

    parts = re.findall(r"(\d+(?:\.\d+)?)([hms])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise BackendConfigError("Invalid Duration", f"The value {text!r} is no duration such as 1h30m.", "assume_role")
    return int(sum(float(number) * _SECONDS[unit] for number, unit in parts))
