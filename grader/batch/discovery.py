"""SUBMISSIONS_DIR → the submissions in it, sorted by name.

An entry is a student: a folder, or a zip. Its name becomes the name of the folder of results, so a name that is not safe
as one is replaced by one that is, and that is said. `alice` and `alice.zip` side by side are an error of whoever collected
them: nobody else can say which one counts, and guessing would grade the wrong one without a word.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from grader.batch.submission import Submission
from grader.errors import UsageError
from grader.report.plain import plain_line

MEANT_ELSEWHERE = frozenset('<>:"/\\|?*')
"""Characters that some system does not take in a file's name."""
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
OURS = {"class.json", "gradebook.csv"}
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies in a folder of submissions."""

    submissions: tuple[Submission, ...]
    ignored: tuple[str, ...]
    """Names of what is neither a folder nor a zip."""


def discover(folder: Path) -> Discovery:
    """Find the submissions.

    Raises:
        UsageError: there is no such folder, there is nothing in it, or a student is there twice.
    """
    if not folder.exists():
        raise UsageError(f"there is no folder {folder}; give the one that holds a folder or a zip for each student")
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; give the one that holds a folder or a zip for each student")
    try:
        entries = sorted((entry for entry in os.scandir(folder) if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(f"{folder} cannot be read ({error.strerror}); allow reading it, or give another folder") from None
    taken = [entry for entry in entries if entry.is_dir() or entry.name.lower().endswith(".zip") or entry.is_symlink()]
    if not taken:
        raise UsageError(f"{folder} holds no submission; put a folder or a zip for each student there")
    names = [_student(entry.name, is_folder=entry.is_dir()) for entry in taken]
    _refuse_twice(names, folder)
    alike = Counter(name.casefold() for name in names)
    submissions = [_submission(Path(entry.path), name, alike[name.casefold()] > 1) for entry, name in zip(taken, names)]
    left = tuple(plain_line(entry.name, 80) for entry in entries if entry not in taken)
    return Discovery(tuple(sorted(submissions, key=lambda submission: submission.student)), left)


def safe_name(name: str, *, force: bool = False) -> str:
    """The name, where it is safe as a folder's on every system; else a safe one that no other name becomes."""
    kept = "".join(c if c.isprintable() and c not in MEANT_ELSEWHERE else "_" for c in name).strip(" .")
    reserved = kept.casefold().partition(".")[0] in {"", *DEVICES} or kept.casefold() in OURS
    if kept == name and len(name.encode()) <= LONGEST_NAME and not reserved and not force:
        return name
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    short = kept.encode()[: LONGEST_NAME // 2].decode(errors="ignore").rstrip(" .")
    return f"{'student-' if reserved else ''}{short}{'-' if short else ''}{mark}"


def _student(name: str, *, is_folder: bool) -> str:
    return name[:-4] if not is_folder and name.lower().endswith(".zip") else name


def _submission(source: Path, name: str, alike: bool) -> Submission:
    student = safe_name(name, force=alike)
    if student == name:
        return Submission(name, source)
    why = "another one differs in case alone" if alike else "that is not safe as the name of a folder"
    return Submission(student, source, (f'handed in as "{plain_line(name, 120)}": {why}',))


def _refuse_twice(names: list[str], folder: Path) -> None:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        shown = "; ".join(plain_line(name, 60) for name in twice[:5])
        raise UsageError(f"{folder} holds some students twice, as a folder and as a zip: {shown}; take one of the two away")
