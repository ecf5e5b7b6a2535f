"""What the local provider's resources and data sources say about a file's content."""

from __future__ import annotations

from iacctl_providers import sdk


def reason(problem: OSError) -> str:
    """Why a file operation failed, in one line."""
    text = (problem.strerror or str(problem)).lower()
    return f"{problem.filename}: {text}" if problem.filename else text


class Checksums(sdk.Nested):
    """The computed attributes of everything that stands for a file."""

    content_md5 = sdk.string(computed=True, description="MD5 checksum of the content.")
    content_sha1 = sdk.string(computed=True, description="SHA1 checksum of the content.")
    content_sha256 = sdk.string(computed=True, description="SHA256 checksum of the content.")
    content_base64sha256 = sdk.string(computed=True, description="SHA256 checksum of the content, in base64.")
    content_sha512 = sdk.string(computed=True, description="SHA512 checksum of the content.")
    content_base64sha512 = sdk.string(computed=True, description="SHA512 checksum of the content, in base64.")
    id = sdk.string(computed=True, description="SHA1 checksum of the content, in hexadecimal.")

    def take_checksums(self, content: bytes) -> None:
        """Fill in the attributes for a content."""
        import hashlib
        from base64 import b64encode

        sha256, sha512 = hashlib.sha256(content), hashlib.sha512(content)
        self.content_md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        self.content_sha1 = self.id = sha1(content)
        self.content_sha256 = sha256.hexdigest()
        self.content_base64sha256 = b64encode(sha256.digest()).decode()
        self.content_sha512 = sha512.hexdigest()
        self.content_base64sha512 = b64encode(sha512.digest()).decode()


def sha1(content: bytes) -> str:
    """The SHA1 checksum in hexadecimal: the id of a file."""
    import hashlib

    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
