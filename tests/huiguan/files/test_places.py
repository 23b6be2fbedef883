"""Files lie in a folder or in a bucket: one address says where, and both behave alike."""

import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from huiguan.files import storage
from huiguan.files.places import BadAddress, backend_at
from huiguan.tenancy.keeping.contents import is_same_place

KEY, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture(params=["folder", "bucket"])
def place(request: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "folder":
        settings.STORAGES = {**settings.STORAGES, "files": backend_at(f"file://{tmp_path / 'a%20b'}")}
        yield
        return
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.client("s3", aws_access_key_id="k", aws_secret_access_key="s").create_bucket(Bucket="chambers")
        backend = backend_at("s3://chambers/files?region=us-east-1", key_id="k", secret="s")
        settings.STORAGES = {**settings.STORAGES, "files": backend}
        yield


def test_an_object_is_written_read_listed_measured_and_removed(place: None) -> None:
    for key, name in ((KEY, "a"), (KEY, "b-small"), (OTHER, "c")):
        storage.write(key, name, io.BytesIO(name.encode() * 1000))
    with storage.opened(KEY, "a") as file:
        assert file.read() == b"a" * 1000
    assert storage.names(KEY) == ["a", "b-small"]
    assert (storage.size_of(KEY, "a"), storage.size_of(KEY, "nothing")) == (1000, None)
    assert storage.written_at(KEY, "a").tzinfo
    storage.remove(KEY, ["a", "nothing"])
    assert storage.names(KEY) == ["b-small"]
    with pytest.raises(FileNotFoundError), storage.opened(KEY, "a") as gone:
        gone.read()


def test_all_of_a_chamber_is_removed_and_nothing_of_another(place: None) -> None:
    for key, name in ((KEY, "a"), (KEY, "b"), (OTHER, "c")):
        storage.write(key, name, io.BytesIO(b"x"))
    assert storage.remove_all(KEY) == 2
    assert (storage.names(KEY), storage.names(OTHER)) == ([], ["c"])
    assert storage.remove_all(KEY) == 0


def test_a_bucket_is_private_and_never_linked_to() -> None:
    backend = backend_at(
        "s3://chambers/a/b/?endpoint=https://oss.example.com&region=cn-1&addressing=virtual", key_id="k"
    )
    options = backend["OPTIONS"]
    assert (options["bucket_name"], options["location"], options["endpoint_url"]) == (
        "chambers",
        "a/b",
        "https://oss.example.com",
    )
    assert (options["default_acl"], options["file_overwrite"]) == (None, False)


@pytest.mark.parametrize(
    "address", ["", "/folder", "file://relative/x", "ftp://x/y", "s3:///x", "s3://b?acl=public-read", "file:"]
)
def test_an_address_that_names_no_place_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        backend_at(address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("file:///a", "file:///a", True),
        ("file:///a/", "file:///b/../a", True),
        ("file:///a", "file:///b", False),
        ("s3://a/x", "s3://a/x/", True),
        ("s3://a/x", "s3://a/y", False),
        ("s3://a/x?endpoint=https://one", "s3://a/x?endpoint=https://two", False),
        ("file:///a", "s3://a", False),
    ],
)
def test_two_addresses_of_one_place_are_known(one: str, other: str, same: bool) -> None:
    assert is_same_place(backend_at(one), backend_at(other)) is same
