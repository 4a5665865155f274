"""A store of objects to publish in, S3 or one that speaks like it. The one module that knows boto3.

New things go first, pages next, and what is gone last, each with its type and how long it may be kept. Stopped on the way, what is
there is pages of the last edition and of this one, each with its parts; the next run goes on from there.
"""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from argument.hosting import ASKED_FOR, KEPT
from argument.plans import HOME, MARK, Mark, Plan, PublishingError, There, kind, lasting

AT_ONCE = 16
AT_MOST = 1000  # keys in one request to delete
# Stores that only speak like S3 may not know its newer checksums.
HOW = Config(
    retries={"mode": "standard", "max_attempts": 5},
    max_pool_connections=AT_ONCE,
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
NOT_ALONE = "Somebody else has published there at the same time. When they have ended, publish again: that puts all right."
NOT_THERE = (403, 404)  # the first says so to whoever may not list
WHERE = "Credentials, region and address are those that the AWS tools use: AWS_PROFILE, AWS_ENDPOINT_URL and so on."


@dataclass(frozen=True)
class Store:
    """A folder of a bucket; `folder` ends in a slash, or is empty."""

    client: Any
    bucket: str
    folder: str

    @classmethod
    def at(cls, rest: str) -> "Store":
        """The one at `//bucket/folder`."""
        bucket, _, folder = rest.removeprefix("//").partition("/")
        if not bucket:
            raise PublishingError("s3: wants the name of a bucket: s3://bucket/folder")
        with told():
            return cls(boto3.client("s3", config=HOW), bucket, f"{folder.strip('/')}/" if folder.strip("/") else "")

    def digest(self, content: bytes) -> str:
        """As a store tells it of what was put there at once: MD5."""
        return hashlib.md5(content, usedforsecurity=False).hexdigest()

    def there(self) -> There:
        with told():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.folder)
            listed = {one["Key"]: one["ETag"].strip('"') for page in pages for one in page.get("Contents", ())}
            files = {key.removeprefix(self.folder): digest for key, digest in listed.items() if key != self.folder}
            # The address of the folder is sent with the first page.
            lost = self.folder and listed.get(self.folder) != files.get(HOME)
            mark = self.mark(known=True) if files.pop(MARK, None) else None
            return There(files, mark, frozenset([HOME]) if lost else frozenset())

    def turn(self) -> AbstractContextManager[None]:
        """No store lets others wait: who was not alone sees it in the end, by the mark."""
        return nullcontext()

    def mark(self, *, known: bool) -> Mark | None:
        """What is said there of what was put there; None where nothing is, as far as that is not known."""
        try:
            return Mark.of(self.client.get_object(Bucket=self.bucket, Key=self.key(MARK))["Body"].read())
        except ClientError as error:
            if not known and error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in NOT_THERE:
                return None
            raise

    def publish(self, site: Path, plan: Plan) -> None:
        lasts = lasting(site)
        with told(), ThreadPoolExecutor(AT_ONCE) as pool:
            if self.mark(known=plan.before is not None) != plan.before:  # since it was looked what is there
                raise PublishingError(NOT_ALONE)
            self.put(MARK, plan.begun.content)  # what is begun is ours
            for names in plan.groups:  # list() raises what went wrong
                list(pool.map(lambda name: self.put(name, (site / name).read_bytes(), lasts=dirname(name) in lasts), names))
            if self.folder:  # the address of the folder is a key of its own
                self.put("", (site / HOME).read_bytes(), name_of=HOME)
            self.delete(plan.deleted)
            if (now := self.mark(known=False) or Mark()) != plan.begun:
                both = Mark(plan.mark.site, plan.begun.files | now.files, plan.mark.kept | now.kept)
                self.put(MARK, both.content)  # of whoever comes next, to be put right
                raise PublishingError(NOT_ALONE)
            self.put(MARK, plan.mark.content)

    def put(self, name: str, content: bytes, *, lasts: bool = False, name_of: str = "") -> None:
        """Put one file there."""
        how = {"ContentType": kind(name_of or name), "CacheControl": KEPT if lasts else ASKED_FOR}
        self.client.put_object(Bucket=self.bucket, Key=self.key(name), Body=content, **how)

    def delete(self, names: Iterable[str]) -> None:
        """Delete some files, in their order. Raises PublishingError if any stays."""
        keys = [{"Key": self.key(name)} for name in names]
        for start in range(0, len(keys), AT_MOST):
            some = {"Objects": keys[start : start + AT_MOST], "Quiet": True}
            if wrong := self.client.delete_objects(Bucket=self.bucket, Delete=some).get("Errors"):
                raise PublishingError(
                    f"{len(wrong)} files could not be deleted, such as {wrong[0]['Key']}: {wrong[0].get('Message')}"
                )

    def key(self, name: str) -> str:
        """The key of a file of the site."""
        return f"{self.folder}{name}"


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong between us and the store, as words. Raises PublishingError."""
    try:
        yield
    except (BotoCoreError, ClientError, ValueError) as error:  # the last of an address that is none
        raise PublishingError(f"The store does not do it: {error}\n{WHERE}") from error
