"""Power cuts: a clear page in the middle of an import, nothing half there, nothing acknowledged lost or double."""

import os
import signal
import tempfile
import time
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest

from api.trials.crashing.running import try_crashes
from huiguan.embedded import logins
from huiguan.embedded.postgres import Postgres
from tests.journeys.house import WITHIN_SECONDS, on_database
from tests.support.database import carry_to

MEMBERS = 40
ROWS = [f"西安第{n}茶业有限公司,何小满,138{n:08d},农产品,2020-03-01" for n in range(1, MEMBERS + 1)]
HELD = "select format('lock table %%I.members_contact in share mode', schema_name) from tenancy_chamber where slug = %s"
WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def server(place):
    """A server of this house's own: it is killed, and others use the tests' common one."""
    with Postgres(place / "postgres") as started:
        yield started


@pytest.fixture(scope="module")
def house(server, place):
    with on_database(server, carry_to(server), place).open("web") as opened:
        yield opened


def cut_power_while(server, act):
    """The members are written, their contacts have to wait: there the postmaster is killed, and with it everything."""
    with psycopg.connect(server.url("postgres", "huiguan")) as holder, server_side(server) as watcher:
        holder.execute(holder.execute(HELD, ["changde"]).fetchone()[0])
        act()
        until(lambda: watcher.execute(WAITING).fetchone()[0])
        os.kill(server.pid, signal.SIGKILL)
        holder.close()


def server_side(server):
    return psycopg.connect(server.url("postgres", "huiguan"), autocommit=True)


def until(is_so):
    deadline = time.monotonic() + WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "waited a minute in vain"
        time.sleep(0.01)


@pytest.fixture
def checking(visitor, tmp_path):
    """The register is read; the button waits to be pressed."""
    path = tmp_path / "会员.csv"
    path.write_text("\n".join(["企业名称,联系人,电话,行业,入会时间", *ROWS]))
    at = visitor("changde", "qin").open("/members/import/")
    at.page.set_input_files("input[type=file]", path)
    return at.press("读取文件").sees(f"将导入 {MEMBERS} 名会员")


def test_a_power_cut_in_the_middle_of_an_import_leaves_nothing_half_there(checking, server):
    at, address = checking, checking.page.url
    button = at.page.get_by_role("button", name="导入", exact=True)
    with at.page.expect_navigation(wait_until="load"):
        cut_power_while(server, lambda: button.click(no_wait_after=True))
    at.look(at_error=True).sees("系统出错了", "没有保存", "回到首页")

    at.page.goto(address)
    at.waits_for(f"将导入 {MEMBERS} 名会员").open("/members/member/").sees("还没有会员")
    at.open("/audit/entry/").does_not_see("西安第1茶业有限公司")
    at.open(address).press("导入").sees("已导入").open("/members/member/").sees(f"共 {MEMBERS} 条")


@pytest.fixture
def folder():
    """Run data of a house that opens at once: the cast is there, and it knows that its tables are at head."""
    made = Path(tempfile.mkdtemp(prefix="huiguan-crash-"))
    made.chmod(0o711)
    with Postgres(made / "postgres") as own:
        carry_to(own)
        fingerprint = on_database(own, logins.DATABASE, made).fingerprint()
    (made / "migrated").write_text(fingerprint)
    (made / "secrets").mkdir(mode=0o700)
    (made / "secrets" / "master_key").write_text(os.environ["MASTER_KEY"])
    yield made
    rmtree(made, ignore_errors=True)


def test_nothing_acknowledged_is_lost_or_double_when_every_program_is_killed(folder):
    """The short form of `huiguan verify crash`; how soon it is back is that command's, on a machine of its own."""
    told = []
    report = try_crashes(minutes=0.2, kills=4, seed=7, say=told.append, folder=folder)
    assert (report.lost, report.double, report.broken) == ([], [], [])
    assert len(report.kills) == 4 and all(report.acknowledged.values()), (report.acknowledged, told)
