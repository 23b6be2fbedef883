"""A house that strangers can reach does not start with what is public in one for trying out."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from huiguan.embedded import environment, up
from huiguan.embedded.folder import PROJECT, Unusable
from huiguan.embedded.house import House
from huiguan.production import is_production, require_own_secrets

OWN: dict[str, Any] = {
    "demo": False,
    "secret_key": "k" * 40,
    "master_key": base64.b64encode(b"m" * 32).decode(),
    "stripe_key": "sk_live_own",
    "webhook_secret": "whsec_own",
    "stripe_base": "",
}


@pytest.mark.parametrize(
    ("base_domain", "tls", "debug", "expected"),
    [
        ("localhost", False, False, False),
        ("house.localhost", False, False, False),
        ("huiguan.example.org", False, False, True),
        ("localhost", True, False, True),
        ("localhost.example.org", False, False, True),
        ("huiguan.example.org", True, True, False),
    ],
)
def test_a_name_of_its_own_or_tls_is_production(base_domain: str, tls: bool, debug: bool, expected: bool) -> None:
    assert is_production(base_domain=base_domain, tls=tls, debug=debug) is expected
    variables = {"BASE_DOMAIN": base_domain, "TLS": str(int(tls)), "DEBUG": "true" if debug else ""}
    assert environment.is_production(variables) is expected


def test_secrets_of_its_own_are_accepted() -> None:
    require_own_secrets(**OWN)
    require_own_secrets(**OWN | {"stripe_key": "sk_test_huiguan", "webhook_secret": ""})  # payments are not set up


@pytest.mark.parametrize(
    ("public", "named"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "build"}, "SECRET_KEY"),
        ({"master_key": ""}, "MASTER_KEY"),
        ({"master_key": "c2hvcnQ="}, "MASTER_KEY"),
        ({"webhook_secret": "whsec_huiguan"}, "STRIPE_WEBHOOK_SECRET"),
        ({"webhook_secret": ""}, "STRIPE_WEBHOOK_SECRET"),
        ({"stripe_base": "http://localhost:8001"}, "STRIPE_API_BASE"),
        ({"demo": True}, "DEMO"),
    ],
)
def test_each_public_value_is_refused_by_name(public: dict[str, Any], named: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        require_own_secrets(**OWN | public)
    said = str(refused.value)
    assert said.startswith(named)
    assert "请" in said
    assert len(said.splitlines()) == 1
    assert "whsec_huiguan" not in said


def test_the_settings_themselves_refuse_with_every_reason_at_once() -> None:
    variables = {"TLS": "1", "DEMO": "1", "STRIPE_SECRET_KEY": "sk_live_own"}
    done = subprocess.run(
        [sys.executable, "-c", "import huiguan.settings"], env=variables, cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode
    reasons = done.stderr.partition("ImproperlyConfigured: ")[2].splitlines()
    assert [each.split()[0] for each in reasons] == ["SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "MASTER_KEY", "DEMO=1"]


def test_the_demo_is_not_loaded_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="public"):
        call_command("demo", "load")


def house(folder: Path, **variables: str) -> House:
    return House(folder=folder, port=8000, environment=variables, tell=print)


def test_a_house_for_the_world_has_neither_demo_nor_stand_in_for_payments(tmp_path: Path) -> None:
    here, world = house(tmp_path), house(tmp_path, TLS="1")
    assert (here.environment["DEMO"], world.environment["DEMO"]) == ("1", "0")
    assert [program.name for program in world.programs()] == ["web", "worker", "worker-2", "clock"]
    assert "STRIPE_API_BASE" not in world.environment


def test_each_house_signs_the_payments_it_tries_out_with_a_secret_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STRIPE_API_BASE", "STRIPE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    one, other = house(tmp_path / "one"), house(tmp_path / "other")
    found = [
        {program.environment["STRIPE_WEBHOOK_SECRET"] for program in each.programs() if program.name != "clock"}
        for each in (one, other, house(tmp_path / "one"))
    ]
    assert all(len(each) == 1 for each in found)
    assert found[0] != found[1]
    assert found[0] == found[2]


def test_a_folder_with_the_demo_is_not_opened_to_the_world(tmp_path: Path) -> None:
    up.refuse_public_sign_ins(house(tmp_path, TLS="1"))
    (tmp_path / "demo.json").write_text(json.dumps([]))
    up.refuse_public_sign_ins(house(tmp_path))
    with pytest.raises(Unusable, match="HUIGUAN_RUN_DIR"):
        up.refuse_public_sign_ins(house(tmp_path, TLS="1"))
