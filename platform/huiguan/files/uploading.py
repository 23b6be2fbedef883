"""Keeps a huge upload off the disk: what comes after the limit is read and forgotten, and its form refuses it."""

from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 64 * 1024 * 1024  # no purpose takes as much


class LimitedUpload(FileUploadHandler):
    """First in the row. The file that the form sees is cut off there, and larger than anything it takes."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
