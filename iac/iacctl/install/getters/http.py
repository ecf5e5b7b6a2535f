"""Packages that a web server has: archives, or addresses of packages that it names in answers."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING, Final

from iacctl.install.fetching import FetchError, Tools, fetch, place_folder
from iacctl.network.client import NetworkError, basic_authorization

if TYPE_CHECKING:
    from iacctl.network.client import Response

_MOST_HOPS: Final = 10
_LONGEST_PAGE: Final = 4 << 20


def fetch_folder(url: str, destination: str, tools: Tools, hops: int) -> None:
    """Ask the server for the address of the package, and fetch that.

    The answer's header field `X-Terraform-Get` has it, or else an element `<meta name="terraform-get" content="…">`.
    """
    import tempfile

    from iacctl.config.module_sources import split_subdirectory

    with _request(_asking(url), url, tools) as response:
        if not response.ok:
            raise FetchError(f"bad response code: {response.status}")
        address = response.headers.get("x-terraform-get") or ""
        if not address:
            try:
                address = _named_in_page(response.read(_LONGEST_PAGE).decode("utf-8", "replace"))
            except NetworkError as error:
                raise FetchError(str(error)) from None
    if not address:
        raise FetchError("no source URL was returned")
    if hops >= _MOST_HOPS:
        raise FetchError(f"too many X-Terraform-Get redirects: {hops + 1}")
    try:
        package, directory = split_subdirectory(address)
    except ValueError as error:
        raise FetchError(str(error)) from None
    if not directory:
        fetch(package, destination, tools, hops=hops + 1)
        return
    with tempfile.TemporaryDirectory(prefix=".package-", dir=os.path.dirname(destination) or ".") as folder:  # noqa: PTH120
        whole = os.path.join(folder, "package")  # noqa: PTH118
        fetch(package, whole, tools, hops=hops + 1)
        place_folder(whole, destination, directory)


def fetch_file(url: str, path: str, tools: Tools) -> None:
    """Download an archive."""
    with _request(url, url, tools) as response:
        if not response.ok:
            raise FetchError(f"bad response code: {response.status}")
        save(response, path, tools)


def save(response: Response, path: str, tools: Tools) -> None:
    """Write an answer's body to a file, and tell of the progress.

    Raises:
        FetchError: it breaks off.
    """
    length = response.headers.get("content-length", "")
    total = int(length) if length.isdigit() else None
    received = 0
    try:
        with open(path, "wb") as file:
            for piece in response.pieces():
                file.write(piece)
                received += len(piece)
                if tools.progress is not None:
                    tools.progress(received, total)
    except NetworkError as error:
        raise FetchError(str(error)) from None
    if total is not None and received < total and "content-encoding" not in response.headers:
        raise FetchError("unexpected EOF")


def _request(url: str, asked: str, tools: Tools) -> Response:
    private = {}
    if "@" not in urllib.parse.urlsplit(asked).netloc:
        login = _from_netrc(urllib.parse.urlsplit(asked).hostname or "", tools)
        if login is not None:
            private["Authorization"] = login
    try:
        return tools.client.request("GET", url, private=private)
    except NetworkError as error:
        raise FetchError(str(error)) from None


def _asking(url: str) -> str:
    """The URL with the parameter by which servers know that the package's address is wanted."""
    parts = urllib.parse.urlsplit(url)
    query = f"{parts.query}&terraform-get=1" if parts.query else "terraform-get=1"
    return urllib.parse.urlunsplit(parts._replace(query=query))


def _from_netrc(host: str, tools: Tools) -> str | None:
    """The value of an `Authorization` field for a host that the file `.netrc` has a login for."""
    path = tools.environment.get("NETRC") or os.path.join(tools.environment.get("HOME", ""), ".netrc")  # noqa: PTH118
    if not os.path.isfile(path):  # noqa: PTH113
        return None
    import netrc

    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError) as error:
        raise FetchError(f"Error loading netrc file at {path!r}: {error}") from None
    return None if found is None else basic_authorization(found[0], found[2] or "")


def _named_in_page(text: str) -> str:
    """The address in a page's head."""
    import html.parser

    class Head(html.parser.HTMLParser):
        found = ""
        over = False

        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            self.over = self.over or tag == "body"
            given = dict(attributes)
            if tag == "meta" and not self.over and given.get("name") == "terraform-get" and not self.found:
                self.found = given.get("content") or ""

        def handle_endtag(self, tag: str) -> None:
            self.over = self.over or tag == "head"

    head = Head()
    head.feed(text)
    return head.found
