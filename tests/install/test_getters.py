"""Every way to fetch packages, each with the servers it is for."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import subprocess
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import asyncssh
import boto3
import pytest
from moto.server import ThreadedMotoServer

from iacctl.config.cli_config import CliConfig, OciCredentials
from iacctl.install.fetching import FetchError, Tools, fetch
from iacctl.install.getters import oci_login, s3
from tests.install import packages
from tests.install.internet import Answer, Internet, Request
from tests.install.packages import MODULE, git, zipped
from tests.install.tools import calls, environment, install, terraform


@pytest.fixture
def tools(net: Internet, home: Path) -> Tools:
    net.requests.clear()
    return Tools(environment(net, home))


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}


VISIBLE = set(MODULE) - {".hidden"}


# Git


def test_submodules_come_along(net: Internet, tools: Tools, tmp_path: Path) -> None:
    folder = tmp_path / "repositories"
    folder.mkdir()
    packages.make_repository(folder)
    net.sites["git.test"] = packages.git_site(folder)
    outer = folder / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main", ".")
    git(outer, "submodule", "add", "-q", str(folder / "r.git"), "inner")
    git(outer, "config", "-f", ".gitmodules", "submodule.inner.url", "https://git.test/r.git")
    git(outer, "add", ".")
    git(outer, "commit", "-qm", "1")
    git(folder, "clone", "-q", "--bare", "outer", "outer.git")
    fetch("git::https://git.test/outer.git", str(tmp_path / "got"), tools)
    assert (tmp_path / "got" / "inner" / "main.tf").read_text() == "# two\n"


class GitServer(asyncssh.SSHServer):
    """Lets in whoever has the key."""

    def __init__(self, key: str) -> None:
        self._key = key

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == "git" and key.export_public_key().decode() == self._key


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[tuple[str, bytes]]:
    """A server of the repositories in `repositories`: its address, and the private key that it wants."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    started: list[int] = []
    loop = asyncio.new_event_loop()

    async def copy(source: Any, target: Any) -> None:
        while data := await source.read(1 << 16):
            target.write(data)
            await target.drain()

    async def serve(process: Any) -> None:
        program, _, path = str(process.command).partition(" ")
        child = await asyncio.create_subprocess_exec(
            "git",
            program.removeprefix("git-"),
            path.strip("'"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        asking = asyncio.ensure_future(copy(process.stdin, child.stdin))
        await copy(child.stdout, process.stdout)
        code = await child.wait()
        asking.cancel()
        await asyncio.wait([asking])
        process.exit(code)

    async def start() -> asyncssh.SSHAcceptor:
        public = key.export_public_key().decode()
        return await asyncssh.create_server(
            lambda: GitServer(public),
            "127.0.0.1",
            0,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            process_factory=serve,
            encoding=None,
        )

    ready = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(start())
        started.append(server.get_port())
        ready.set()
        loop.run_forever()
        server.close()
        loop.run_until_complete(server.wait_closed())
        for task in asyncio.all_tasks(loop):
            task.cancel()
            loop.run_until_complete(asyncio.wait([task]))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(30)
    yield f"127.0.0.1:{started[0]}", key.export_private_key()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def test_git_over_ssh(ssh: tuple[str, bytes], net: Internet, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "repositories"
    folder.mkdir()
    packages.make_repository(folder)
    address, key = ssh
    hosts = "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
    tools = Tools(environment(net, home, {"GIT_SSH_COMMAND": hosts}))
    url = f"git::ssh://git@{address}{folder}/r.git"
    encoded = urllib.parse.quote(base64.b64encode(key).decode(), safe="")
    fetch(f"{url}?ref=v1&sshkey={encoded}", str(tmp_path / "got"), tools)
    assert (tmp_path / "got" / "main.tf").read_text() == "# one\n"
    with pytest.raises(FetchError, match="Permission denied"):
        fetch(url, str(tmp_path / "none"), tools)
    other = base64.b64encode(asyncssh.generate_private_key("ssh-ed25519").export_private_key()).decode()
    with pytest.raises(FetchError, match=r"sshkey=redacted.*Permission denied") as caught:
        fetch(f"{url}?sshkey={urllib.parse.quote(other, safe='')}", str(tmp_path / "none"), tools)
    assert other not in str(caught.value)
    with pytest.raises(FetchError, match="illegal base64"):
        fetch(f"{url}?sshkey=abc", str(tmp_path / "none"), tools)


def test_git_archives_within_repositories(net: Internet, tools: Tools, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main", ".")
    (work / "m.zip").write_bytes(zipped(MODULE))
    git(work, "add", ".")
    git(work, "commit", "-qm", "1")
    fetch(f"git::file://{work}/m.zip", str(tmp_path / "got"), tools)
    assert names(tmp_path / "got") == set(MODULE)


def test_git_is_needed(net: Internet, home: Path, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="git must be available and on the PATH"):
        fetch(
            "git::https://git.test/r.git", str(tmp_path / "got"), Tools(environment(net, home, {"PATH": str(tmp_path)}))
        )


# Mercurial, played by a program that notes its arguments: the real one has to be compiled


HG = """#!/bin/sh
echo "$*" >> {log}
if [ "$1" = clone ]; then for last; do :; done; mkdir -p "$last"; echo '# hg' > "$last/main.tf"; fi
"""


def test_mercurial_is_asked_as_terraform_asks(net: Internet, home: Path, tmp_path: Path) -> None:
    logs: list[list[str]] = []
    for name in ("ours", "theirs"):
        folder = tmp_path / name
        (folder / "bin").mkdir(parents=True)
        program = folder / "bin" / "hg"
        program.write_text(HG.format(log=folder / "log"))
        program.chmod(0o755)
        environ = environment(net, home, {"PATH": f"{folder}/bin{os.pathsep}{os.environ['PATH']}"})
        (folder / "main.tf").write_text(calls(["hg::https://hg.test/a?rev=5"]))
        outcome = (install if name == "ours" else terraform)(folder, environ)
        assert outcome.found == []
        logs.append([line.replace(".terraform/modules/", "") for line in (folder / "log").read_text().splitlines()])
    assert logs[0][0].startswith("clone -U -- https://hg.test/a ")
    assert logs[1][0] == "clone -U -- https://hg.test/a m000"
    assert logs[0][1:] == logs[1][1:] == ["pull", "update -- 5"]


# Files


def test_files_of_this_machine(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m.zip").write_bytes(zipped(MODULE))
    fetch(f"file://{tmp_path}/m", str(tmp_path / "link"), tools)
    assert (tmp_path / "link").readlink() == tmp_path / "m"
    fetch(f"file://{tmp_path}/m.zip", str(tmp_path / "unpacked"), tools)
    assert names(tmp_path / "unpacked") == set(MODULE)
    for address, problem in (("m.zip?archive=false", "must be a directory"), ("m?archive=zip", "must be a file")):
        with pytest.raises(FetchError, match=problem):
            fetch(f"file://{tmp_path}/{address}", str(tmp_path / "none"), tools)


# Web servers


def test_netrc(net: Internet, home: Path, tmp_path: Path) -> None:
    (home / ".netrc").write_text("machine files.test login user password hunter2\n")
    net.sites.update(packages.HOSTS)
    net.requests.clear()
    fetch("https://files.test/moved.zip", str(tmp_path / "got"), Tools(environment(net, home)))
    login = "Basic " + base64.b64encode(b"user:hunter2").decode()
    assert [request.headers.get("authorization") for request in net.requests] == [login, None]
    net.requests.clear()
    fetch("https://me:too@files.test/x.zip", str(tmp_path / "again"), Tools(environment(net, home)))
    assert net.requests[0].headers["authorization"] == "Basic " + base64.b64encode(b"me:too").decode()
    (home / ".netrc").write_text("machine\n")
    with pytest.raises(FetchError, match="netrc"):
        fetch("https://files.test/x.zip", str(tmp_path / "none"), Tools(environment(net, home)))


def test_checksums(net: Internet, tools: Tools, tmp_path: Path) -> None:
    net.sites.update(packages.HOSTS)
    data = packages.ARCHIVES["x.zip"]
    sums = tmp_path / "sums"
    sums.write_text(f"SHA1 (x.zip) = {hashlib.sha1(data).hexdigest()}\n")
    good = [
        hashlib.sha512(data).hexdigest(),
        f"sha256:{hashlib.sha256(data).hexdigest().upper()}",
        "file:https://files.test/SHA256SUMS",
        f"file:{sums}",
        f"file:file://{sums}",
    ]
    for number, checksum in enumerate(good):
        fetch(f"https://files.test/x.zip?checksum={checksum}", str(tmp_path / str(number)), tools)
    bad = {
        f"sha256:{'0' * 64}": "did not match",
        "crc:00": "unsupported checksum type",
        "md5:zz": "invalid byte",
        "file:https://files.test/nothing": "bad response code: 404",
        "file:/nowhere/at/all": "no such file",
        f"file:{tmp_path / 'empty'}": "no checksum found",
    }
    (tmp_path / "empty").write_text("nothing here\n")
    for checksum, problem in bad.items():
        with pytest.raises(FetchError, match=problem):
            fetch(f"https://files.test/x.zip?checksum={checksum}", str(tmp_path / "none"), tools)
    with pytest.raises(FetchError, match="cannot be specified for directory"):
        fetch("https://files.test/meta?checksum=" + "0" * 32, str(tmp_path / "none"), tools)


def test_progress_is_told(net: Internet, home: Path, tmp_path: Path) -> None:
    data = zipped({"main.tf": os.urandom(300_000)})
    net.sites["big.test"] = lambda request: Answer(200, data)
    told: list[tuple[int, int | None]] = []
    tools = Tools(environment(net, home), progress=lambda received, total: told.append((received, total)))
    fetch("https://big.test/m.zip", str(tmp_path / "got"), tools)
    assert told[-1] == (len(data), len(data))
    assert len(told) > 3


# S3


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"127.0.0.1:{port}"
    server.stop()


KEYS = "aws_access_key_id=a&aws_access_key_secret=hunter2"


def test_s3(store: str, net: Internet, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3", endpoint_url=f"http://{store}", region_name="us-east-1")
    client.create_bucket(Bucket="modules")
    client.put_bucket_versioning(Bucket="modules", VersioningConfiguration={"Status": "Enabled"})
    old = client.put_object(Bucket="modules", Key="a/m.zip", Body=zipped({"old.tf": ""}))["VersionId"]
    client.put_object(Bucket="modules", Key="a/m.zip", Body=zipped(MODULE))
    for name, content in MODULE.items():
        client.put_object(Bucket="modules", Key=f"folder/{name}", Body=content.encode())
    base = f"s3::http://{store}/modules"
    sources = [
        f"{base}/a/m.zip",
        f"{base}/a/m.zip?{KEYS}",
        f"{base}/a/m.zip?version={old}",
        f"{base}/folder",
        f"{base}/a/m.zip//sub",
    ]
    outcomes = []
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(calls(sources))
        outcomes.append((install if name == "ours" else terraform)(tmp_path / name, environment(net, home)))
    assert outcomes[0].found == outcomes[1].found == []
    assert outcomes[0].manifest == outcomes[1].manifest
    places = [tmp_path / name / ".terraform" / "modules" for name in ("ours", "theirs")]
    for number in range(len(sources)):
        ours, theirs = (names(place / f"m{number:03}") for place in places)
        assert ours - {".hidden"} == theirs - {".hidden"}
    assert names(places[0] / "m002") == {"old.tf"}
    assert "hunter2" not in " ".join(outcomes[0].said)
    tools = Tools(environment(net, home))
    for address, problem in (
        (f"{base}/a/none.zip", "StatusCode: 404.*api error NoSuchKey"),
        (f"s3::http://{store}/none/m.zip", "NoSuchBucket"),
        (f"{base}/none", "no objects with the prefix none/"),
        (f"{base}/a/m.zip?aws_profile=none", "none"),
        (f"s3::http://{store}/modules", "not a valid S3"),
    ):
        with pytest.raises(FetchError, match=problem):
            fetch(address, str(tmp_path / "none"), tools)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://s3.amazonaws.com/b/k/f.zip", ("b", "k/f.zip", "us-east-1", None)),
        ("https://s3-eu-west-1.amazonaws.com/b/k.zip", ("b", "k.zip", "eu-west-1", None)),
        ("https://s3.eu-west-1.amazonaws.com/b/k.zip", ("b", "k.zip", "eu-west-1", None)),
        ("https://b.s3-eu-west-1.amazonaws.com/k.zip", ("b", "k.zip", "eu-west-1", None)),
        ("https://b.s3.eu-west-1.amazonaws.com/k.zip", ("b", "k.zip", "eu-west-1", None)),
        ("https://s3.cn-north-1.amazonaws.com.cn/b/k.zip", ("b", "k.zip", "cn-north-1", None)),
        ("https://minio.test:9000/b/k.zip?region=x", ("b", "k.zip", "x", "https://minio.test:9000")),
    ],
)
def test_places_in_s3(url: str, expected: tuple[str, str, str, str | None]) -> None:
    assert s3.parse(url)[:4] == expected


# Google Cloud Storage


def google(objects: Mapping[str, bytes], token: str = "") -> Any:
    def answer(request: Request) -> Answer:
        if token and request.headers.get("authorization") != f"Bearer {token}":
            return packages.answer_json({"error": {"message": "Anonymous caller does not have access."}}, 401)
        _, _, rest = request.path.partition("/storage/v1/b/bucket/o")
        if rest:
            name = urllib.parse.unquote(rest[1:])
            return Answer(200, objects[name]) if name in objects else Answer(404, b"{}")
        found = sorted(name for name in objects if name.startswith(request.query["prefix"]))
        start = int(request.query.get("pageToken", "0"))
        page = {"items": [{"name": name} for name in found[start : start + 2]]}
        return packages.answer_json({**page, "nextPageToken": str(start + 2)} if found[start + 2 :] else page)

    return answer


def test_google_storage(net: Internet, home: Path, tmp_path: Path) -> None:
    objects = {"a/m.zip": zipped(MODULE), **{f"folder/{name}": text.encode() for name, text in MODULE.items()}}
    net.sites["storage.googleapis.com"] = google(objects, "hunter2")
    tools = Tools(environment(net, home, {"GOOGLE_OAUTH_ACCESS_TOKEN": "hunter2"}))
    base = "gcs::https://www.googleapis.com/storage/v1/bucket"
    fetch(f"{base}/a/m.zip", str(tmp_path / "archive"), tools)
    fetch(f"{base}/folder", str(tmp_path / "folder"), tools)
    assert names(tmp_path / "archive") == names(tmp_path / "folder") == set(MODULE)
    for address, problem in (
        (f"{base}/none.zip", "object doesn't exist"),
        (f"{base}/none", "no objects"),
        ("gcs::https://a.test/x.zip", "not a valid GCS URL"),
    ):
        with pytest.raises(FetchError, match=problem):
            fetch(address, str(tmp_path / "none"), tools)
    with pytest.raises(FetchError, match="Error 401: Anonymous caller"):
        fetch(
            f"{base}/a/m.zip", str(tmp_path / "none"), Tools(environment(net, home, {"GOOGLE_OAUTH_ACCESS_TOKEN": "x"}))
        )
    net.sites["emulator.test"] = google(objects)
    emulated = Tools(environment(net, home, {"STORAGE_EMULATOR_HOST": "https://emulator.test"}))
    fetch(f"{base}/a/m.zip", str(tmp_path / "emulated"), emulated)


# OCI registries


class OciRegistry:
    """A registry with one repository, `org/module`, as the distribution specification describes it."""

    def __init__(self, archive: bytes, **changes: Any) -> None:
        self.blobs = {self.digest(archive): archive, self.digest(b"{}"): b"{}"}
        layer = {"mediaType": "archive/zip", "digest": self.digest(archive), "size": len(archive)}
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "artifactType": "application/vnd.opentofu.modulepkg",
            "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": self.digest(b"{}"), "size": 2},
            "layers": [layer],
            **changes,
        }
        data = json.dumps(manifest).encode()
        self.manifests = {"latest": data, "1.0": data, self.digest(data): data}
        self.scheme = ""
        self.login = ""

    @staticmethod
    def digest(data: bytes) -> str:
        return f"sha256:{hashlib.sha256(data).hexdigest()}"

    def __call__(self, request: Request) -> Answer:
        given = request.headers.get("authorization", "")
        if request.path == "/token":
            form = dict(urllib.parse.parse_qsl(request.body.decode()))
            if request.query.get("scope", form.get("scope")) != "repository:org/module:pull":
                return Answer(400)
            if given not in ("", self.login) or (form and form["refresh_token"] != self.login):
                return Answer(401)
            token = "anonymous" if not given and not form else "known"
            return packages.answer_json({"token": token})
        if self.scheme == "basic" and given != self.login:
            return Answer(401, b"", (("WWW-Authenticate", 'Basic realm="r"'),))
        if self.scheme == "bearer" and given != ("Bearer known" if self.login else "Bearer anonymous"):
            challenge = 'Bearer realm="https://oci.test/token",service="oci.test",scope="repository:org/module:pull"'
            return Answer(401, b"", (("WWW-Authenticate", challenge),))
        kind, _, name = request.path.removeprefix("/v2/org/module/").partition("/")
        if kind == "blobs" and name in self.blobs:
            return Answer(307, b"", (("Location", f"https://blobs.test/{name}"),))
        return Answer(200, self.manifests[name]) if kind == "manifests" and name in self.manifests else Answer(404)

    def content(self, request: Request) -> Answer:
        """The server that holds the blobs; it would refuse the registry's credentials."""
        return Answer(400) if "authorization" in request.headers else Answer(200, self.blobs[request.path[1:]])


@pytest.fixture
def oci(net: Internet) -> OciRegistry:
    registry = OciRegistry(zipped(MODULE))
    net.sites["oci.test"] = registry
    net.sites["blobs.test"] = registry.content
    return registry


def test_oci_packages(oci: OciRegistry, net: Internet, home: Path, tmp_path: Path) -> None:
    digest = next(name for name in oci.manifests if ":" in name)
    sources = [
        "oci://oci.test/org/module",
        "oci://oci.test/org/module?tag=1.0",
        f"oci://oci.test/org/module//sub?digest={digest}",
    ]
    (tmp_path / "main.tf").write_text(calls(sources))
    outcome = install(tmp_path, environment(net, home))
    assert outcome.found == []
    assert names(tmp_path / ".terraform" / "modules" / "m000") == set(MODULE)
    assert "- m002 in .terraform/modules/m002/sub" in outcome.said


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_oci_logins(scheme: str, oci: OciRegistry, net: Internet, home: Path, tmp_path: Path) -> None:
    oci.scheme = scheme
    if scheme == "bearer":
        fetch("oci://oci.test/org/module", str(tmp_path / "anonymous"), Tools(environment(net, home)))
    oci.login = "Basic " + base64.b64encode(b"user:hunter2").decode()
    with pytest.raises(FetchError, match=r"there are no credentials|401"):
        fetch("oci://oci.test/org/module", str(tmp_path / "none"), Tools(environment(net, home)))
    auth = base64.b64encode(b"user:hunter2").decode()
    (home / ".docker").mkdir()
    (home / ".docker" / "config.json").write_text(json.dumps({"auths": {"https://oci.test": {"auth": auth}}}))
    fetch("oci://oci.test/org/module", str(tmp_path / "docker"), Tools(environment(net, home)))
    (home / ".docker" / "config.json").write_text(json.dumps({"credsStore": "test"}))
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    helper = bin_folder / "docker-credential-test"
    helper.write_text(
        '#!/bin/sh\nread host\n[ "$host" = oci.test ] && echo \'{"Username":"user","Secret":"hunter2"}\'\n'
    )
    helper.chmod(0o755)
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    fetch("oci://oci.test/org/module", str(tmp_path / "helper"), Tools(environment(net, home, {"PATH": path})))
    config = CliConfig(
        oci_credentials=(OciCredentials("oci.test/org", "user", "hunter2"), OciCredentials("oci.test", "x", "y"))
    )
    fetch("oci://oci.test/org/module", str(tmp_path / "config"), Tools(environment(net, home), lambda: config))
    assert names(tmp_path / "config") == set(MODULE)


def test_oci_refresh_tokens(oci: OciRegistry, net: Internet, home: Path, tmp_path: Path) -> None:
    oci.scheme, oci.login = "bearer", "refresh-me"
    (home / ".docker").mkdir()
    (home / ".docker" / "config.json").write_text(json.dumps({"auths": {"oci.test": {"identitytoken": "refresh-me"}}}))
    fetch("oci://oci.test/org/module", str(tmp_path / "got"), Tools(environment(net, home)))


OCI_MISTAKES = {
    "oci://oci.test/org/module?tag=none": "there is no",
    "oci://oci.test/org/module?digest=sha256:1": "invalid digest",
    "oci://oci.test/org/module?tag=a&digest=b": "cannot set both",
    "oci://oci.test/org/module?tag=a&tag=b": "too many values",
    "oci://oci.test/org/module?ref=a": 'unsupported argument "ref"',
    "oci://oci.test/Org/Module": "invalid repository name",
    "oci://oci.test/org/module?tag=-": "invalid tag",
    "oci://u:p@oci.test/org/module": "invalid registry host",
    "oci://oci.test/org/module?archive=zip": "cannot be used with an OCI source address",
}


@pytest.mark.parametrize("address", OCI_MISTAKES)
def test_oci_mistakes(address: str, oci: OciRegistry, tools: Tools, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=OCI_MISTAKES[address]):
        fetch(address, str(tmp_path / "none"), tools)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"artifactType": "application/x"}, "artifact of the type application/x"),
        ({"mediaType": "application/vnd.oci.image.index.v1+json"}, "no image manifest"),
        ({"layers": []}, "no layer"),
        ({"layers": [{"mediaType": "archive/zip", "digest": "sha256:1"}]}, "invalid digest"),
        ({"layers": 5}, "invalid manifest"),
    ],
)
def test_other_artifacts_are_refused(
    changes: dict[str, Any], problem: str, net: Internet, tools: Tools, tmp_path: Path
) -> None:
    net.sites["oci.test"] = OciRegistry(zipped(MODULE), **changes)
    with pytest.raises(FetchError, match=problem):
        fetch("oci://oci.test/org/module", str(tmp_path / "none"), tools)


def test_forged_content_is_refused(oci: OciRegistry, net: Internet, tools: Tools, tmp_path: Path) -> None:
    net.sites["blobs.test"] = lambda request: Answer(200, zipped({"evil.tf": ""}))
    with pytest.raises(FetchError, match="does not have the digest"):
        fetch("oci://oci.test/org/module", str(tmp_path / "none"), tools)
    digest = f"sha256:{'0' * 64}"
    oci.manifests[digest] = oci.manifests["latest"]
    with pytest.raises(FetchError, match="manifest does not have the digest"):
        fetch(f"oci://oci.test/org/module?digest={digest}", str(tmp_path / "none"), tools)
    assert not (tmp_path / "none").exists()


def test_unreadable_logins(tools: Tools, home: Path) -> None:
    (home / ".docker").mkdir()
    for text, problem in (
        ("{", "cannot read the credentials"),
        ('{"auths": 5}', "cannot be read"),
        ('{"credHelpers": {"a.test": "../x"}}', "no name"),
    ):
        (home / ".docker" / "config.json").write_text(text)
        with pytest.raises(FetchError, match=problem):
            oci_login.account_for("a.test", "x", tools)


def test_programs_that_fail(tools: Tools) -> None:
    with pytest.raises(FetchError, match="exited with 3: said so"):
        tools.run(["sh", "-c", "printf 'said so'; exit 3"])
    with pytest.raises(FetchError, match="was interrupted"):
        tools.run(["sh", "-c", "kill -9 $$"])
    assert subprocess.run(["git", "--version"], check=True, capture_output=True).stdout
