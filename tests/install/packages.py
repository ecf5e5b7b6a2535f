"""Archives, Git repositories and registries for tests, as sites of an `Internet`."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import tarfile
import urllib.parse
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.install.internet import Answer, Request, Site

MODULE = {"main.tf": 'output "x" {\n  value = 1\n}\n', "sub/s.tf": "", "two/a b/c.tf": "", ".hidden": "x"}


def zipped(files: Mapping[str, str | bytes], modes: Mapping[str, int] | None = None) -> bytes:
    """A ZIP archive; `modes` are whole Unix modes, with the kind of file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
            info.create_system = 3
            info.external_attr = (modes or {}).get(name, 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, str | bytes], mode: str = "w:gz") -> bytes:
    """A TAR archive of plain files."""
    return tar([(name, tarfile.REGTYPE, content, 0o644) for name, content in files.items()], mode)


def tar(entries: Sequence[tuple[str, bytes, str | bytes, int]], mode: str = "w:gz") -> bytes:
    """A TAR archive of entries: name, type, content or the link's target, permissions."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, kind, content, permissions in entries:
            info = tarfile.TarInfo(name)
            info.type, info.mode, info.mtime = kind, permissions, 1_600_000_000
            if kind == tarfile.REGTYPE:
                data = content.encode() if isinstance(content, str) else content
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                info.linkname = content if isinstance(content, str) else ""
                archive.addfile(info)
    return buffer.getvalue()


TOP = {f"top-1.0/{name}": content for name, content in MODULE.items()}
ARCHIVES: dict[str, bytes] = {
    "x.zip": zipped(MODULE),
    "x.tar.gz": tarred(MODULE),
    "x.tgz": tarred(MODULE),
    "x.tar.bz2": tarred(MODULE, "w:bz2"),
    "x.tbz2": tarred(MODULE, "w:bz2"),
    "x.tar.xz": tarred(MODULE, "w:xz"),
    "x.txz": tarred(MODULE, "w:xz"),
    "top.zip": zipped(TOP),
    "plain": zipped(MODULE),
    "empty.zip": zipped({}),
    "bad.zip": b"garbage",
    "bad.tar.gz": b"garbage" * 100,
    "empty.tar.gz": gzip.compress(b""),
    "cut.tar.gz": tarred({"main.tf": os.urandom(9000)})[:4000],
    "no.tar.gz": gzip.compress(b"hello" * 300),
    "up.zip": zipped({"../e": ""}),
    "up.tar.gz": tarred({"a/../e": ""}),
    "x.gz": tarred(MODULE),
    "x.bz2": b"x",
    "x.xz": b"x",
    "main.tf": b"",
    "calls.zip": zipped(
        {
            "a/main.tf": 'module "b" {\n  source = "./b"\n}\nmodule "up" {\n  source = "../c"\n}\n',
            "a/b/main.tf": "",
            "c/main.tf": "",
        }
    ),
    "escapes.zip": zipped({"a/main.tf": 'module "esc" {\n  source = "../../c"\n}\n'}),
}


def page(address: str) -> bytes:
    """A web page that names a package."""
    return f'<!doctype html><html><head><meta name="terraform-get" content="{address}"></head></html>'.encode()


def files(request: Request) -> Answer:
    """A web server with archives, and answers that lead to them."""
    name = request.path.lstrip("/")
    if name in ARCHIVES:
        return Answer(200, ARCHIVES[name])
    leading = {
        "head": "https://files.test/x.zip",
        "head-sub": "https://files.test/x.zip//sub",
        "head-no-sub": "https://files.test/x.zip//nope",
        "head-relative": "./x.zip",
        "head-loop": "https://files.test/head-loop",
    }
    if name in leading:
        return Answer(204 if name == "head" else 200, b"", (("X-Terraform-Get", leading[name]),))
    redirects = {
        "moved.zip": "https://other.test/x.zip",
        "downgraded.zip": "http://other.test/x.zip",
        "loop.zip": "https://files.test/loop.zip",
        "to-file.zip": "file:///etc/passwd",
    }
    if name in redirects:
        return Answer(302, b"", (("Location", redirects[name]),))
    whole = ARCHIVES["x.zip"]
    special = {
        "meta": Answer(200, page("https://files.test/x.zip")),
        "meta-sub": Answer(200, page("https://files.test/x.zip//two")),
        "no-meta": Answer(200, b"<html></html>"),
        "401.zip": Answer(401),
        "short.zip": Answer(200, whole, (), len(whole) + 10),
        "SHA256SUMS": Answer(200, sums()),
    }
    return special.get(name, Answer(404))


def sums() -> bytes:
    """A list of checksums."""
    import hashlib

    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ARCHIVES.items()).encode()


def answer_json(document: Any, status: int = 200) -> Answer:
    """A JSON document as an answer."""
    return Answer(status, json.dumps(document).encode(), (("Content-Type", "application/json"),))


def versions(*numbers: str) -> Answer:
    """What a registry says of the versions of a module."""
    return answer_json({"modules": [{"versions": [{"version": number} for number in numbers]}]})


VERSIONS: dict[str, Answer] = {
    "many": versions("1.0.0", "1.1.0", "2.0.0-beta1", "2.0.0", "0.9.9", "1.1.0-rc1"),
    "pre": versions("1.0.0-a", "1.0.0-b"),
    "none": answer_json({"modules": [{"versions": []}]}),
    "nothing": answer_json({"modules": []}),
    "odd": versions("x", "1.0.0"),
    "built": versions("1.0.0+a", "1.0.0+b", "1.0.0"),
    "page": Answer(200, b"<html>"),
    "e401": Answer(401),
    "e500": Answer(500),
    "moved": Answer(302, b"", (("Location", "https://reg.test/api/n/many/x/versions"),)),
}
LOCATIONS = {
    "many": "https://files.test/x.zip",
    "relative": "./files/x.zip",
    "absolute": "/x.zip",
    "parent": "../x.zip",
    "sub": "https://files.test/x.zip//two",
    "top": "https://files.test/top.zip//*?archive=zip",
    "empty": "",
    "registry": "n/many/x",
    "short": "git@github.com:a",
    "here": "./x",
}


def registry(request: Request) -> Answer:
    """A registry whose modules' names say how it answers."""
    if request.path == "/.well-known/terraform.json":
        return answer_json({"modules.v1": "/api/", "providers.v1": "https://reg.test/p/"})
    if request.path.endswith("x.zip"):
        return Answer(200, ARCHIVES["x.zip"])
    parts = request.path.strip("/").split("/")
    if parts[0] != "api" or len(parts) < 5:
        return Answer(404)
    name = parts[2]
    if parts[-1] == "versions":
        known = name in LOCATIONS or name.startswith("d")
        return VERSIONS.get(name, versions("1.0.0") if known else Answer(404))
    special = {
        "d404": Answer(404),
        "d500": Answer(500, b"oops"),
        "d200": Answer(200),
        "d401": Answer(401, b'{"errors":["denied"]}'),
    }
    return special.get(name, Answer(204, b"", (("X-Terraform-Get", LOCATIONS.get(name, LOCATIONS["many"])),)))


def announcing(document: Any, kind: str = "application/json", status: int = 200) -> Site:
    """A host with a discovery document of its own, and a registry under any path."""

    def answer(request: Request) -> Answer:
        if ".well-known" in request.path:
            data = document if isinstance(document, bytes) else json.dumps(document).encode()
            return Answer(status, data, (("Content-Type", kind),))
        if request.path.endswith("versions"):
            return versions("1.0.0")
        return Answer(204, b"", (("X-Terraform-Get", "https://files.test/x.zip"),))

    return answer


HOSTS: dict[str, Site] = {
    "files.test": files,
    "other.test": files,
    "reg.test": registry,
    "reg.test:8443": registry,
    "registry.terraform.io": registry,
    "d1.test": announcing({}),
    "d2.test": announcing(b"garbage"),
    "d3.test": announcing({"modules.v1": "/x"}),
    "d4.test": announcing({"modules.v1": "https://reg.test/api/"}),
    "d5.test": announcing({"modules.v1": "/x/"}, "text/html"),
    "d6.test": announcing({"modules.v1": 5}),
    "d7.test": announcing({"modules.v1": "ftp://x/"}),
    "d8.test": announcing({"modules.v2": "/x/"}),
    "d9.test": announcing({"modules.v1": "/x/"}, "application/json; charset=utf-8"),
    "d10.test": announcing({}, status=401),
    "d11.test": lambda request: Answer(302, b"", (("Location", "https://reg.test/.well-known/terraform.json"),)),
}


def git(folder: Path, *words: str) -> str:
    """Run git as an author of the tests."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *author, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def make_repository(folder: Path) -> dict[str, str]:
    """Repositories `r.git` and, as its submodule on the branch `with-sub`, `s.git`; the ids of two commits."""
    work = folder / "work"
    (work / "sub").mkdir(parents=True)
    git(work, "init", "-q", "-b", "trunk", ".")
    (work / "main.tf").write_text("# one\n")
    (work / "sub" / "s.tf").write_text("")
    git(work, "add", ".")
    git(work, "commit", "-qm", "1")
    git(work, "tag", "v1")
    commits = {"first": git(work, "rev-parse", "HEAD")}
    (work / "main.tf").write_text("# two\n")
    git(work, "commit", "-qam", "2")
    git(work, "branch", "feature")
    (work / "link.tf").symlink_to("main.tf")
    git(work, "add", ".")
    git(work, "commit", "-qm", "3")
    commits["last"] = git(work, "rev-parse", "HEAD")
    git(folder, "clone", "-q", "--bare", "work", "r.git")
    return commits


def git_site(folder: Path) -> Site:
    """Repositories in a folder, by Git's own web server."""

    def answer(request: Request) -> Answer:
        parts = urllib.parse.urlsplit(request.url)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": urllib.parse.unquote(parts.path),
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": request.method,
            "CONTENT_TYPE": request.headers.get("content-type", ""),
            "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
            "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", "http-backend"],
            env=environment,
            input=request.body,
            capture_output=True,
            check=False,
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        fields = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n") if line]
        status = next((int(value.split()[0]) for name, value in fields if name == "Status"), 200)
        return Answer(status, body, tuple((name, value) for name, value in fields if name != "Status"))

    return answer
