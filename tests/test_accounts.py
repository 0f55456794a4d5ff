"""Accounts: added, proved, throttled, suspended, removed, logged; what is kept of a secret is never the secret."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread

import pytest

from assistant.accounts.database import Database
from assistant.accounts.errors import AccountsFailed, BadUser, NotAdmitted, TooManyAttempts, UnknownUser
from assistant.accounts.keys import SESSION_SECONDS, Keys
from assistant.accounts.passwords import Passwords
from assistant.accounts.users import PREFIX, Users
from assistant.accounts.values import Right, Role, checked_display, checked_name
from assistant.compose_accounts import open_accounts
from assistant.settings import Settings
from ui.cli import main

SECRET = "mật khẩu đủ dài 2026"


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Office:
    """Accounts with their clock and their file."""

    users: Users
    keys: Keys
    clock: Clock
    file: Path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock, file, passwords = Clock(), tmp_path / "accounts.sqlite3", Passwords()
    database = Database.open(f"sqlite:///{file}", clock)
    yield Office(Users(database, passwords), Keys(database, passwords), clock, file)
    database.close()


def test_a_user_signs_in_and_out(office: Office) -> None:
    assert not office.users.any()
    made = office.users.add("  Lan.Anh@MOFA ", SECRET, "curator", "Lan <b>Anh</b>\u202e")
    assert (made.name, made.role, made.display) == ("lan.anh@mofa", Role.CURATOR, "Lan <b>Anh</b>") and office.users.all() == (made,)
    session = office.keys.sign_in("LAN.ANH@mofa", SECRET, "::1")
    assert office.keys.by_session(session) == made and office.keys.by_token(session) is None and len(session) >= 43
    office.keys.sign_out(session, "::1")
    assert office.keys.by_session(session) is None
    assert [entry.event for entry in office.users.log()] == ["signed out", "signed in", "added"]


def test_roles_hold_what_they_may() -> None:
    from assistant.accounts.values import RIGHTS

    assert [role for role in Role if Right.EVALUATE in RIGHTS[role]] == [Role.EVALUATOR, Role.ADMIN]
    assert [role for role in Role if Right.CURATE in RIGHTS[role]] == [Role.CURATOR, Role.ADMIN]
    assert all(Right.READ in RIGHTS[role] for role in Role) and [r for r in Role if Right.ADMINISTER in RIGHTS[r]] == [Role.ADMIN]


@pytest.mark.parametrize("name", ["", " ", "a b", "a/b", "<script>", "a" * 65, "..", "@", "a\x00b", "а\u0301\n"])
def test_names_that_cannot_be_used(name: str) -> None:
    with pytest.raises(BadUser):
        checked_name(name)


@pytest.mark.parametrize("password", ["", "short", "x" * 40, "x" * 1001, "lan is my password", "aaaabbbb" * 3])
def test_passwords_that_are_easy_to_guess_are_refused(office: Office, password: str) -> None:
    with pytest.raises(BadUser):
        office.users.add("lan", password)


def test_a_name_is_taken_once_and_roles_are_known(office: Office) -> None:
    office.users.add("lan", SECRET)
    for name, role in (("LAN", "reader"), ("minh", "root")):
        with pytest.raises(BadUser) as told:
            office.users.add(name, SECRET, role)
        assert told.value.advice
    for act in (office.users.suspend, office.users.remove, lambda n: office.users.set_role(n, "admin"), lambda n: office.users.make_token(n, "x")):
        with pytest.raises(UnknownUser):
            act("nobody")
    with pytest.raises(BadUser):
        checked_display("x" * 121)


def test_no_secret_is_in_the_file(office: Office) -> None:
    office.users.add("lan", SECRET)
    token, session = office.users.make_token("lan", "máy"), office.keys.sign_in("lan", SECRET, "")
    held = b"".join(path.read_bytes() for path in office.file.parent.iterdir())
    for secret in (SECRET, token, token.removeprefix(PREFIX), session):
        assert secret.encode() not in held
    with sqlite3.connect(office.file) as connection:
        kept = connection.execute("SELECT password FROM account_users").fetchone()[0]
    connection.close()
    memory, passes = (int(part.partition("=")[2]) for part in kept.split("$")[3].split(",")[:2])
    assert kept.startswith("$argon2id$") and memory >= 19 * 1024 and passes >= 2  # what OWASP asks for at least


def test_a_wrong_password_and_an_unknown_name_sound_alike(office: Office) -> None:
    office.users.add("lan", SECRET)
    told = set()
    for name in ("lan", "nobody", "<b>", ""):
        with pytest.raises(NotAdmitted) as refused:
            office.keys.sign_in(name, "another password", "")
        told.add(str(refused.value))
    assert len(told) == 1


def test_attempts_are_throttled_and_then_heard_again(office: Office) -> None:
    office.users.add("lan", SECRET)
    for _ in range(5):
        with pytest.raises(NotAdmitted):
            office.keys.sign_in("lan", "another password", "10.0.0.1")
    with pytest.raises(TooManyAttempts) as told:
        office.keys.sign_in("lan", SECRET, "10.0.0.1")  # the right one is not heard either
    assert 0 < told.value.seconds <= 900
    assert office.keys.by_session(office.keys.sign_in("lan", SECRET, "10.0.0.2"))  # nobody is locked out by another's attempts
    office.clock.at += 901
    assert office.keys.by_session(office.keys.sign_in("lan", SECRET, "10.0.0.1"))
    assert "sign-in throttled" in {entry.event for entry in office.users.log()}


def test_many_attempts_at_once_are_counted_too(office: Office) -> None:
    office.users.add("lan", SECRET)
    heard: list[type[Exception]] = []
    together = Barrier(10)

    def attempt() -> None:
        together.wait()
        try:
            office.keys.sign_in("lan", "another password", "10.0.0.1")
        except (NotAdmitted, TooManyAttempts) as error:
            heard.append(type(error))

    threads = [Thread(target=attempt) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard.count(NotAdmitted) == 5 and heard.count(TooManyAttempts) == 5


def test_sessions_end_by_time_by_idleness_by_a_new_password_and_by_suspension(office: Office) -> None:
    office.users.add("lan", SECRET)

    def session() -> str:
        return office.keys.sign_in("lan", SECRET, "")

    first = session()
    for _ in range(4):  # used every three hours, it ends after twelve
        assert office.keys.by_session(first)
        office.clock.at += 3 * 3600
    assert SESSION_SECONDS == 12 * 3600 and office.keys.by_session(first) is None
    idle = session()
    office.clock.at += 4 * 3600
    assert office.keys.by_session(idle) is None
    old = session()
    office.users.set_password("lan", f"{SECRET} mới")
    assert office.keys.by_session(old) is None
    kept = office.keys.sign_in("lan", f"{SECRET} mới", "")
    office.users.suspend("lan")
    assert office.keys.by_session(kept) is None
    with pytest.raises(NotAdmitted):
        office.keys.sign_in("lan", f"{SECRET} mới", "")
    office.users.suspend("lan", suspended=False)
    assert office.keys.by_session(kept) is None and office.keys.sign_in("lan", f"{SECRET} mới", "")


def test_tokens_end_by_time_by_revocation_by_suspension_and_with_their_user(office: Office) -> None:
    office.users.add("lan", SECRET)
    short, long = office.users.make_token("lan", "một ngày", 1), office.users.make_token("lan", "một năm")
    office.clock.at += 86_400
    assert office.keys.by_token(short) is None and office.keys.by_token(long)
    assert office.keys.by_session(long) is None  # a token is no session
    office.users.suspend("lan")
    assert office.keys.by_token(long) is None
    office.users.suspend("lan", suspended=False)
    assert office.keys.by_token(long) and {token.label: token.used > 0 for token in office.users.tokens("lan")} == {
        "một ngày": False,
        "một năm": True,
    }
    office.users.revoke_token("lan", "một năm")
    assert office.keys.by_token(long) is None
    with pytest.raises(UnknownUser):
        office.users.revoke_token("lan", "một năm")
    last = office.users.make_token("lan", "cuối")
    with pytest.raises(BadUser):
        office.users.make_token("lan", "cuối")
    office.users.remove("lan")
    assert office.keys.by_token(last) is None
    office.users.add("lan", SECRET)
    assert office.keys.by_token(last) is None  # a new user of the name has none of the old one's keys


def test_the_file_is_for_its_owner_alone_and_a_later_version_s_is_refused(tmp_path: Path) -> None:
    with open_accounts(Settings(home=tmp_path)) as accounts:
        assert not accounts.users.any()
    file = tmp_path / "accounts.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO account_version VALUES (99)")
    connection.close()
    with pytest.raises(AccountsFailed, match="later version"), open_accounts(Settings(home=tmp_path)):
        pass


def test_the_command_line_makes_and_unmakes_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path))

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["user", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    assert run("add", "lan", "--role", "admin", "--display", "Lan Anh", typed=f"{SECRET}\n")[0] == 0
    status, _, err = run("add", "lan", typed=f"{SECRET}\n")
    assert status == 1 and "already" in err and "Traceback" not in err
    assert run("add", "minh", typed="short\n")[0] == 1
    token = run("token", "lan", "--label", "máy tính")[1].strip()
    assert token.startswith(PREFIX) and "máy tính" in run("token", "lan", "--list")[1]
    assert run("role", "lan", "reader")[0] == 0 and '"role": "reader"' in run("list", "--json")[1] and "Lan Anh" in run("list")[1]
    assert run("password", "lan", typed=f"{SECRET} 2\n")[0] == 0
    assert run("suspend", "lan")[0] == 0 and '"suspended": true' in run("list", "--json")[1]
    assert run("suspend", "lan", "--undo")[0] == 0 and run("token", "lan", "--label", "máy tính", "--revoke")[0] == 0
    assert run("remove", "lan")[0] == 0 and "removed" in run("log")[1] and token not in run("log")[1]


def test_another_address_is_refused_without_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path))
    assert main(["ui", "--host", "0.0.0.0"]) == 1
    said = capsys.readouterr().err
    assert "listens on this machine only" in said and "attache user add" in said and len(said.strip().splitlines()) <= 2
    from tests.fake_assistant import FakeAssistant
    from ui.web import PageNotServed, serve

    with open_accounts(Settings(home=tmp_path)) as accounts, pytest.raises(PageNotServed, match="this machine only"):
        serve(FakeAssistant(), host="0.0.0.0", port=1, accounts=accounts)
