"""`attache user`: who may use the server, and for what."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from getpass import getpass

from rich.markup import escape
from rich.table import Table

from assistant.accounts.errors import BadUser
from assistant.compose_accounts import Accounts, open_accounts
from assistant.settings import Settings
from ui.console import ERR, OUT, write

__all__ = ["user"]


def user(options: Namespace) -> int:
    """Run one action of `attache user`; returns the exit status."""
    actions: dict[str, Callable[[Accounts, Namespace], None]] = {
        "add": _add, "list": _list, "role": _role, "password": _password, "suspend": _suspend, "token": _token, "remove": _remove, "log": _log,
    }  # fmt: skip
    with open_accounts(Settings.read()) as accounts:
        actions[str(options.action)](accounts, options)
    return 0


def _add(accounts: Accounts, options: Namespace) -> None:
    """Add a user."""
    first = not accounts.users.any()
    made = accounts.users.add(options.name, _asked(), options.role, options.display)
    OUT.print(f"{escape(made.name)}: {made.role}")
    if first:
        ERR.print("[yellow]From now on everybody must sign in, on this machine too.[/]")


def _asked() -> str:
    """Return a password: typed twice, unseen, or the first line of the standard input. Raises BadUser."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Mật khẩu / Password: ")
    if getpass("Nhập lại / Again: ") != password:
        raise BadUser("The two are not the same.", advice="Run the command again.")
    return password


def _list(accounts: Accounts, options: Namespace) -> None:
    """List the users."""
    everybody = accounts.users.all()
    if options.json:
        write(json.dumps([asdict(one) for one in everybody], ensure_ascii=False))
        return
    table = Table("Tên / Name", "Hiển thị / Shown as", "Vai trò / Role", "Tạm khóa / Suspended", "Từ / Since")
    for one in everybody:
        table.add_row(escape(one.name), escape(one.display), one.role, "×" if one.suspended else "", _day(one.created))
    OUT.print(table)


def _role(accounts: Accounts, options: Namespace) -> None:
    """Give a user another role."""
    accounts.users.set_role(options.name, options.role)


def _password(accounts: Accounts, options: Namespace) -> None:
    """Give a user another password."""
    accounts.users.set_password(options.name, _asked())


def _suspend(accounts: Accounts, options: Namespace) -> None:
    """Suspend a user, or let them in again."""
    accounts.users.suspend(options.name, suspended=not options.undo)


def _token(accounts: Accounts, options: Namespace) -> None:
    """Make, list or revoke a token."""
    if options.list:
        for one in accounts.users.tokens(options.name):
            OUT.print(f"{escape(one.label)} · {_day(one.created)} – {_day(one.expires)} · {_day(one.used) if one.used else '–'}")
    elif options.revoke:
        accounts.users.revoke_token(options.name, options.label)
    else:
        write(accounts.users.make_token(options.name, options.label, options.days))
        ERR.print("[dim]It is not told again. Send it as `Authorization: Bearer …`.[/]")


def _remove(accounts: Accounts, options: Namespace) -> None:
    """Remove a user."""
    accounts.users.remove(options.name)
    left = "" if accounts.users.any() else " Nobody is left: the server asks nobody to sign in, and listens on this machine alone."
    ERR.print(f"[dim]Conversations are kept; `attache history` shows and deletes them.{left}[/]")


def _log(accounts: Accounts, options: Namespace) -> None:
    """Print the log."""
    for entry in accounts.users.log(options.n):
        at = datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="seconds")
        OUT.print(escape(" · ".join(part for part in (at, entry.event, entry.name, entry.address, entry.detail) if part)), soft_wrap=True)


def _day(second: int) -> str:
    """Return the day of a second."""
    return datetime.fromtimestamp(second, UTC).date().isoformat()
