"""The options of `attache user`. Nothing heavy is imported: the help of the command line reads them too."""

from __future__ import annotations

import argparse
from collections.abc import Callable

__all__ = ["ROLES", "add_users"]

ROLES = ("reader", "curator", "evaluator", "admin")


def add_users(user: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    """Add the commands of `attache user` and their arguments; `positive` reads a whole number above nought."""
    commands = user.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = commands.add_parser("add", help="add a user; the password is asked for, or read from the first line of the standard input")
    add.add_argument("--role", choices=ROLES, default="reader", help="what the user may do (default reader)")
    add.add_argument("--display", default="", metavar="WORDS", help="the name that others read (default NAME)")
    commands.add_parser("list", help="list the users").add_argument("--json", action="store_true", help="print JSON")
    role = commands.add_parser("role", help="give a user another role")
    password = commands.add_parser("password", help="give a user another password, which ends their sessions")
    suspend = commands.add_parser("suspend", help="refuse a user's sessions and tokens from now on")
    suspend.add_argument("--undo", action="store_true", help="let the user in again")
    token = commands.add_parser("token", help="make a token for the HTTP API, which is printed once and kept as a hash alone")
    remove = commands.add_parser("remove", help="remove a user with sessions and tokens; the log stays")
    for command in (add, role, password, suspend, token, remove):
        command.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=ROLES)
    token.add_argument("--label", default="default", help="what the token is called (default “default”)")
    token.add_argument("--days", type=positive, default=365, help="for how many days it is good (default 365)")
    what = token.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the user's tokens instead")
    what.add_argument("--revoke", action="store_true", help="revoke the token of that label instead")
    log = commands.add_parser("log", help="print what happened: sign-ins, refusals, changes of accounts")
    log.add_argument("-n", type=positive, default=50, help="how many lines, the newest first (default 50)")
