"""What of a URL may be shown, and where it leads."""

from __future__ import annotations

import re
from typing import Final

_USER: Final = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s:\"']*):(?P<password>[^/?#\s\"']*)@")
_SECRET: Final = re.compile(
    r"(?P<name>[?&](?:sshkey|aws_access_key_secret|aws_access_token|access_token|private_token|token|password|x-amz-signature"
    r"|x-amz-security-token|x-amz-credential|x-goog-signature|x-goog-credential|sig|signature)=)[^&#\s\"']*",
    re.IGNORECASE,
)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def redact(text: str) -> str:
    """A text with the passwords, keys and signatures of all URLs in it replaced by the word `redacted`.

    Args:
        text: an address, or a message that may hold some.
    """
    if "://" not in text:
        return text
    return _SECRET.sub(r"\g<name>redacted", _USER.sub(r"\g<before>:redacted@", text))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a URL, in lower case; port 0 if it is unknown."""
    import urllib.parse

    parts = urllib.parse.urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.scheme.lower(), (parts.hostname or "").lower(), port or _DEFAULT_PORTS.get(parts.scheme.lower(), 0)
