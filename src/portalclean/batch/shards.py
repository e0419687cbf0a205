"""A folder of shards: what is in it is whole, and a run that was killed goes on where it ended.

The input is a sequence of pages. Shard k holds the pages from k × size to (k + 1) × size, records and rejects, in
their order: what is in a shard follows from the input, never from when which page was done. A shard's files get
their names when they are whole and on the disk; then a line in the journal says that the shard is done. Without
its line it is made again, and comes out the same.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from portalclean.batch.cleaner import Form
from portalclean.batch.durable import PART, Journal, commit, discard, lock, sync
from portalclean.batch.record import Failure, Identity, InputPage, Outcome, Reason, reject
from portalclean.batch.summary import Tally
from portalclean.batch.writers import ShardWriter, writer_of
from portalclean.errors import PortalCleanError
from portalclean.render.record import json_line

if TYPE_CHECKING:
    from portalclean.page import Json

__all__ = ["FolderInUse", "InputChanged", "Shards"]

STATE = ".run"
"""The folder beside the shards that knows what is done."""
SETTINGS = "settings.json"
DONE = "done.jsonl"
ENDED = "ended.jsonl"
"""Pages that cost a worker its life, written down at once: they are not tried again."""
LOCK = "lock"
NOT_AGAIN = frozenset({Reason.TIME_LIMIT, Reason.CRASH})


class FolderInUse(PortalCleanError, ValueError):
    """The folder holds a run that this one cannot go on with."""


class InputChanged(PortalCleanError, ValueError):
    """The input is not what it was when the run began: going on would lose pages or give them twice."""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard, as the journal has it."""

    pages: int
    first: Mapping[str, Json]
    last: Mapping[str, Json]
    counts: Mapping[str, Json]


class Shards:
    """The folder that a run writes to. Use it in a ``with``: no other run can have it meanwhile."""

    def __init__(self, folder: Path, form: Form, blocks: bool, size: int) -> None:
        self._folder = folder
        self._size = size
        self._ending, self._open_writer = writer_of(form, blocks)
        self._state = folder / STATE
        self._journal = Journal(self._state / DONE)
        self._ended_journal = Journal(self._state / ENDED)
        self._done: dict[int, Done] = {}
        self._ended: dict[int, Failure] = {}
        self._lock: IO[bytes] | None = None
        self.passed_bytes = 0
        """Stored bytes of the pages so far that are done already."""

    def __enter__(self) -> Shards:
        self._state.mkdir(parents=True, exist_ok=True)
        self._lock = (self._state / LOCK).open("ab")
        try:
            lock(self._lock)
        except OSError as error:
            self._lock.close()
            raise FolderInUse(f"{self._folder}: another run is writing here") from error
        return self

    def __exit__(self, *_: object) -> None:
        assert self._lock is not None
        self._lock.close()

    def begin(self, settings: Mapping[str, Json], *, resume: bool) -> None:
        """Begin a run with these settings, or go on with the one that was begun with the same.

        Raises `FolderInUse` when there is a run and ``resume`` is not set, or one with other settings.
        """
        place = self._state / SETTINGS
        if not place.exists():
            part = place.with_name(place.name + PART)
            with part.open("w", encoding="utf-8") as stream:
                json.dump(settings, stream, ensure_ascii=True, indent=2)
                sync(stream)
            commit(part, place)
        elif not resume:
            raise FolderInUse(f"{self._folder}: there is a run here already; --resume goes on with it")
        before = json.loads(place.read_text(encoding="utf-8"))
        other = [name for name in settings if settings[name] != before.get(name)]
        if other:
            told = "; ".join(f"{name} was {before.get(name)!r} and is {settings[name]!r}" for name in other)
            raise FolderInUse(f"{self._folder}: the run here was begun with other settings: {told}")
        self._take_stock()

    def retry(self) -> None:
        """Take back the shards that have rejects: their pages are tried again, those that cost a worker too."""
        for number in [number for number, done in self._done.items() if done.counts["errors"]]:
            self._journal.append({"shard": number, "again": True})
            del self._done[number]
        discard(self._state / ENDED)
        self._ended = {}

    def tally(self) -> Tally:
        """Return the counts of all shards that are done."""
        tally = Tally()
        for _, done in sorted(self._done.items()):
            tally.merge(done.counts)
        return tally

    def missing(self, pages: Iterable[InputPage]) -> Iterator[tuple[int, InputPage]]:
        """Yield the pages, with their numbers, of the shards that are not done.

        A page that is known to cost a worker its life comes with that as its problem. Raises `InputChanged`
        when the pages of a shard that is done are not those that it was made of.
        """
        number = -1
        for number, page in enumerate(pages):
            done = self._done.get(number // self._size)
            if done is None:
                yield number, self._known(number, page)
            else:
                self._compare(done, number, page)
                self.passed_bytes += page.weight
        pages_done = [shard * self._size + done.pages for shard, done in self._done.items()]
        if pages_done and max(pages_done) > number + 1:
            raise InputChanged(f"the input has {number + 1:,} pages and had {max(pages_done):,} or more; {START_ANEW}")

    def note(self, number: int, outcome: Outcome) -> None:
        """Write down at once what cost a worker its life, before the shard is done."""
        if outcome.failure is not None and outcome.failure.reason in NOT_AGAIN and number not in self._ended:
            self._ended[number] = outcome.failure
            failure = outcome.failure
            self._ended_journal.append({"page": number, "reason": failure.reason.value, "detail": failure.detail})

    def write(self, outcomes: Iterable[tuple[int, Outcome]]) -> Generator[tuple[int, Outcome], None, None]:
        """Write outcomes, which come in order, to their shards; yield each again when it is written.

        Raises ``OSError`` when the disk takes no more; the shards that are done stay.
        """
        shard: OpenShard | None = None
        try:
            for number, outcome in outcomes:
                if shard is not None and shard.number != number // self._size:
                    self._close(shard)
                    shard = None
                if shard is None:
                    shard = OpenShard(self._folder, number // self._size, self._ending, self._open_writer)
                shard.add(number, outcome)
                yield number, outcome
            if shard is not None:
                self._close(shard)
                shard = None
        finally:
            if shard is not None:
                shard.abandon()

    def _close(self, shard: OpenShard) -> None:
        done = shard.close()
        self._journal.append({"shard": shard.number, **asdict(done)})
        self._done[shard.number] = done

    def _take_stock(self) -> None:
        """Read the journals, and clear away what an ended run left unfinished."""
        self._journal.mend()
        for line in self._journal.read():
            number = int(str(line.pop("shard")))
            if line.pop("again", False):
                self._done.pop(number, None)
            else:
                self._done[number] = Done(**line)  # type: ignore[arg-type]
        self._ended_journal.mend()
        for line in self._ended_journal.read():
            self._ended[int(str(line["page"]))] = Failure(Reason(str(line["reason"])), str(line["detail"]))
        for path in self._folder.glob(f"*{PART}"):
            discard(path)

    def _known(self, number: int, page: InputPage) -> InputPage:
        ended = self._ended.get(number)
        return page if ended is None else replace(page, problem=ended)

    def _compare(self, done: Done, number: int, page: InputPage) -> None:
        """Hold a page against what its shard was made of; the first and the last of a shard are known."""
        turn = number % self._size
        known = done.first if turn == 0 else done.last if turn == done.pages - 1 else None
        if turn >= done.pages or (known is not None and known != asdict(page.identity)):
            was = "nothing" if known is None else known["file"]
            place = f"page {number:,} is {page.identity.file} and was {was}, or stood elsewhere in it"
            raise InputChanged(f"the input has changed: {place}; {START_ANEW}")


START_ANEW = "clean it into a new folder"


class OpenShard:
    """A shard that is being written."""

    def __init__(self, folder: Path, number: int, ending: str, open_writer: Callable[[Path], ShardWriter]) -> None:
        self.number = number
        self._records = folder / f"shard-{number:06d}{ending}"
        self._rejects = folder / f"rejects-{number:06d}.jsonl"
        self._records_part = self._records.with_name(self._records.name + PART)
        self._rejects_part = self._rejects.with_name(self._rejects.name + PART)
        self._tally = Tally()
        self._first: Identity | None = None
        self._last: Identity | None = None
        discard(self._records_part)
        self._writer = open_writer(self._records_part)
        self._reject_stream = self._rejects_part.open("wb")

    def add(self, number: int, outcome: Outcome) -> None:
        """Write a page's record or its reject."""
        self._first = self._first or outcome.identity
        self._last = outcome.identity
        self._tally.add(outcome)
        if outcome.failure is None:
            self._writer.write(number, outcome)
        else:
            self._reject_stream.write(json_line(reject(outcome)).encode() + b"\n")

    def close(self) -> Done:
        """Put the shard's files in their place: the rejects first, none when nothing was rejected."""
        assert self._first is not None
        assert self._last is not None
        sync(self._reject_stream)
        self._reject_stream.close()
        self._writer.finish()
        if self._tally.errors:
            commit(self._rejects_part, self._rejects)
        else:
            discard(self._rejects_part)
            discard(self._rejects)
        commit(self._records_part, self._records)
        return Done(self._tally.pages, asdict(self._first), asdict(self._last), self._tally.as_dict())

    def abandon(self) -> None:
        """Leave the shard as if it had not been begun."""
        for close in (self._writer.abandon, self._reject_stream.close):
            with contextlib.suppress(OSError):
                close()
        for part in (self._records_part, self._rejects_part):
            with contextlib.suppress(OSError):
                discard(part)
