"""Fields whose values are encrypted wherever they are written, and read again wherever they come from.

Whatever way a value takes to the database, it passes `get_db_prep_save`, which takes no other text than what was
encrypted for its record: `save`, `bulk_create`, `bulk_update` and COPY do that; `update` cannot, and raises.
"""

import base64
import json
import uuid
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import cached_property

from huiguan.ciphers.lookups import LOOKUPS
from huiguan.ciphers.ring import cipher_named, ring_of
from huiguan.ciphers.values import Altered, Ciphertext, Scope, is_encrypted, key_name
from huiguan.tenancy.binding import engine

EMPTY = ("", "{}", "[]")  # said as they are: an empty column is asked for, and tells nothing


class NotEncrypted(TypeError):
    """A way of writing that cannot encrypt for each record. Nothing was written: save the records."""


class Opened(str):
    """A text that was encrypted for the record `record`."""

    record: bytes
    __slots__ = ("record",)


class Encrypted(models.Field[Any, Any]):
    """What both kinds have in common. `is_searched`: by beginnings and ends too, not only by the whole value."""

    is_encrypted = True
    is_found = True

    def __init__(self, *args: Any, is_searched: bool = False, **kwargs: Any) -> None:
        self.is_searched = is_searched
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "is_searched": True} if self.is_searched else kwargs

    def db_type(self, connection: Any) -> str:
        return "text"

    def get_lookup(self, lookup_name: str) -> Any:
        """None, which Django tells as a FieldError, for whatever would compare ciphertexts."""
        return LOOKUPS.get(lookup_name)

    @cached_property
    def scope(self) -> Scope:
        return f"{self.model._meta.label}.{self.name}".encode()

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Encrypted for the record that is being written."""
        value = getattr(model_instance, self.attname)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        text = self.text_of(value)
        if text in EMPTY:
            return Ciphertext(text)
        cipher = ring_of(chamber_of(engine())).writer
        return cipher.encrypt(text, model_instance.pk, self.scope, found=self.is_found, searched=self.is_searched)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or isinstance(value, Ciphertext) or value == "":
            return None if value is None else str(value)
        raise NotEncrypted(f"{self.scope.decode()} is encrypted for each record: save the records instead")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """A value from before it was encrypted is read as it is, until `huiguan keys encrypt` has come by."""
        if value is None or not is_encrypted(value):
            return self.value_of(value)
        text, record = cipher_named(chamber_of(connection), key_name(value)).decrypt(value, self.scope)
        return self.value_of(text, record)

    def text_of(self, value: Any) -> str:
        raise NotImplementedError

    def value_of(self, text: str | None, record: bytes = b"") -> Any:
        raise NotImplementedError


class EncryptedTextMixin(Encrypted):
    """A text."""

    def text_of(self, value: Any) -> str:
        return str(value)

    def value_of(self, text: str | None, record: bytes = b"") -> Any:
        if text is None or not record:
            return text
        opened = Opened(text)
        opened.record = record
        return opened


class EncryptedCharField(EncryptedTextMixin, models.CharField[str, str]):
    """In forms a text of at most `max_length` characters."""


class EncryptedEmailField(EncryptedTextMixin, models.EmailField[str, str]):
    """In forms an e-mail address."""


class EncryptedTextField(EncryptedTextMixin, models.TextField[str, str]):
    """In forms a text of several lines."""


class EncryptedJSONField(Encrypted, models.JSONField[Any, Any]):
    """Read and written whole: nothing in it can be asked for by the database."""

    is_found = False

    def text_of(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, cls=self.encoder or DjangoJSONEncoder, separators=(",", ":"))

    def value_of(self, text: str | None, record: bytes = b"") -> Any:
        return None if text is None else json.loads(text, cls=self.decoder)

    def get_transform(self, name: str) -> Any:
        return None


class EncryptedBinaryField(Encrypted, models.BinaryField[Any, Any]):
    """A whole file. From before it was encrypted: in PostgreSQL's hexadecimal form."""

    is_found = False

    def text_of(self, value: Any) -> str:
        return base64.b64encode(bytes(value)).decode()

    def value_of(self, text: str | None, record: bytes = b"") -> Any:
        if text is None:
            return None
        return base64.b64decode(text) if record else bytes.fromhex(text.removeprefix("\\x"))


def encrypted_fields(model: Any) -> list[Encrypted]:
    return [f for f in model._meta.concrete_fields if getattr(f, "is_encrypted", False)]


def secrets_of(table: str) -> dict[str, Encrypted]:
    """The encrypted columns of a table."""
    models_of_it = (m for m in apps.get_models() if m._meta.db_table == table)
    return {str(f.column): f for model in models_of_it for f in encrypted_fields(model)}


def readable(row: str, secrets: dict[str, Encrypted], connection: Any) -> str:
    """A row that the database gave as JSON, as the chamber reads it."""
    if not secrets:
        return row
    said = json.loads(row)
    for column, secret in secrets.items():
        said[column] = secret.from_db_value(said[column], None, connection)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_as_base64)


def _as_base64(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode()


def settle(record: Any) -> None:
    """Of a record that was read: each value was encrypted for it and no other. Raises Altered."""
    for name in _names(type(record)):
        value = record.__dict__.get(name)
        if isinstance(value, Opened):
            if value.record != record.pk.bytes:
                raise Altered(f"{record._meta.label}.{name} of {record.pk} belongs to another record")
            record.__dict__[name] = str.__str__(value)


def chamber_of(connection: Any) -> uuid.UUID:
    """Whose keys: of the schema that the connection works in, which may be one beside the chamber's own."""
    return uuid.UUID(hex=connection.schema_name.removeprefix("ch_")[:32])


def _names(model: Any) -> tuple[str, ...]:
    found: tuple[str, ...] | None = model.__dict__.get("_encrypted_names")
    if found is None:
        found = tuple(f.attname for f in encrypted_fields(model))
        model._encrypted_names = found
    return found
