"""The options of `attache history`. Nothing heavy is imported: the help of the command line reads them too."""

from __future__ import annotations

import argparse

__all__ = ["add_export", "add_feedback", "add_history"]


def add_history(history: argparse.ArgumentParser) -> None:
    """Add the commands of `attache history` and their arguments."""
    commands = history.add_subparsers(dest="action", metavar="ACTION", required=True)
    _whose(commands.add_parser("list", help="list the conversations, the last changed first"))
    show = commands.add_parser("show", help="print a conversation with its sources")
    search = commands.add_parser("search", help="find conversations by words in titles, questions and answers; diacritics may be left out")
    search.add_argument("words", help="all of them must be there")
    _whose(search)
    rename = commands.add_parser("rename", help="give a conversation another title")
    delete = commands.add_parser("delete", help="delete a conversation for good: nothing of it stays in the database file")
    for command in (show, rename, delete):
        command.add_argument("conversation", metavar="ID", help="as `attache history list` prints it; its beginning will do")
    rename.add_argument("title", help="the new title")
    delete.add_argument("--yes", action="store_true", help="do not ask before it is deleted")
    for command in (show, rename, delete):
        _whose(command)


def add_export(export: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache export`."""
    export.add_argument("conversation", metavar="ID", help="as `attache history list` prints it; its beginning will do")
    export.add_argument("--answer", action="append", default=[], type=int, metavar="N", help="only this answer (its number in the conversation)")
    export.add_argument("--format", choices=("docx", "md", "html"), default="docx", help="Word, Markdown, or HTML to print (default docx)")
    export.add_argument("--lang", choices=("vi", "en", "both"), default="vi", help="language of the headings (default vi)")
    export.add_argument("--title", default="", help="title of the note (default: the conversation's)")
    export.add_argument("--out", metavar="FILE", help="file to write (default: attache-ID.docx in this folder)")
    _whose(export)


def add_feedback(feedback: argparse.ArgumentParser) -> None:
    """Add the arguments of `attache feedback`."""
    feedback.add_argument("action", choices=("export",), help="write the reports as cases for `attache eval`, one JSON object a line")
    feedback.add_argument("--out", metavar="FILE.jsonl", help="file to write (default: the output)")
    feedback.add_argument("--user", default=None, metavar="NAME", help="only what this user reported (default everybody; nobody is named in it)")


def _whose(command: argparse.ArgumentParser) -> None:
    """Add whose conversations they are, and how they are printed."""
    command.add_argument("--user", default="local", metavar="NAME", help="whose conversations (default local, who is everybody without accounts)")
    command.add_argument("--json", action="store_true", help="print JSON")
