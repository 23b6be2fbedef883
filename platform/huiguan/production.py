"""What a house that strangers can reach must bring of its own: everything that is public in one for trying out."""

import base64
from collections.abc import Iterator
from urllib.parse import urlsplit

HERE = ("localhost", "127.0.0.1", "::1")
TRYING_OUT = (".localhost", ".test", ".example", ".invalid")  # names that lead nowhere [RFC 2606]
PUBLIC_SECRETS = {"whsec_huiguan", "sk_test_huiguan"}  # written in this repository or in its history
LEAST_CHARACTERS = 32
MASTER_BYTES = 32


def is_production(*, base_domain: str, tls: bool, debug: bool) -> bool:
    """A name of its own or TLS: then people other than the one who started it will trust it."""
    return not debug and (tls or not (base_domain in HERE or base_domain.endswith(TRYING_OUT)))


def require_own_secrets(
    *, demo: bool, secret_key: str, master_key: str, stripe_key: str, webhook_secret: str, stripe_base: str
) -> None:
    """Raises ImproperlyConfigured: a sentence for each reason in English and Chinese, and no value."""
    reasons = [
        *_of_keys(secret_key, stripe_key, webhook_secret),
        *_of_the_master_key(master_key),
        *_of_trying_out(demo, stripe_base),
    ]
    if reasons:
        from django.core.exceptions import ImproperlyConfigured  # imported late: `make up` itself does without Django

        raise ImproperlyConfigured("\n".join(reasons))


def master_key_of(text: str) -> bytes:
    """From base64, of either alphabet. Raises ValueError when it is not of 32 bytes."""
    key = base64.b64decode(text.strip().rstrip("=").replace("-", "+").replace("_", "/") + "=", validate=True)
    if len(key) != MASTER_BYTES:
        raise ValueError(f"{len(key)} bytes")
    return key


def _of_keys(secret_key: str, stripe_key: str, webhook_secret: str) -> Iterator[str]:
    if len(secret_key) < LEAST_CHARACTERS:
        yield (
            f"SECRET_KEY must be set to at least {LEAST_CHARACTERS} random characters: whoever knows it signs in as "
            f"anybody. 请设置 SECRET_KEY（至少 {LEAST_CHARACTERS} 个随机字符），否则他人可冒充任何人登录。"
        )
    if webhook_secret in PUBLIC_SECRETS or (_is_own(stripe_key) and not webhook_secret):
        yield (
            "STRIPE_WEBHOOK_SECRET must be the one that Stripe shows for this webhook: without it payments can be "
            "forged, or are never noticed. 请设置 STRIPE_WEBHOOK_SECRET（Stripe 为本站回调给出的密钥），"
            "否则付款可被伪造，或到账后无人知晓。"
        )


def _of_the_master_key(given: str) -> Iterator[str]:
    if not _is_key(given):
        yield (
            "MASTER_KEY must be base64 of 32 random bytes (openssl rand -base64 32), kept apart from the database and "
            "its backups: it opens the keys that sensitive fields are encrypted with. 请设置 MASTER_KEY"
            "（32 个随机字节的 base64，用 openssl rand -base64 32 生成），与数据库及其备份分开保管；"
            "敏感字段的密钥由它打开。"
        )


def _is_key(text: str) -> bool:
    try:
        return bool(master_key_of(text))
    except ValueError:
        return False


def _of_trying_out(demo: bool, stripe_base: str) -> Iterator[str]:
    if urlsplit(stripe_base).hostname in HERE:
        yield (
            "STRIPE_API_BASE leads to the stand-in for payments, where no money moves: leave it unset. "
            "STRIPE_API_BASE 指向模拟支付，不会真正收款，请不要设置。"
        )
    if demo:
        yield (
            "DEMO=1 opens sign-ins whose passwords everybody knows: leave it unset. "
            "DEMO=1 会启用密码公开的演示账号，请不要设置。"
        )


def _is_own(stripe_key: str) -> bool:
    return bool(stripe_key) and stripe_key not in PUBLIC_SECRETS
