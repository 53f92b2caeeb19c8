#!/usr/bin/env python3
"""
Recomputes every draw of a term, and names what was tampered with.

    python3 verify.py TERM.json [KEY-HASH [FRAME-HASH]]

One file, Python's standard library alone (3.9 or later); it knows nothing
of the program that drew. The two hashes are those that were published and
stamped at the start of the term: without them this file can only tell
whether the term's file agrees with itself.

重新计算一个学期的每一次抽取，指出被改动的地方。只用 Python 标准库，
与抽取程序无关。后面两个数是学期初公布并盖章的密钥摘要、名单摘要。

How a day is drawn, in whole numbers only; ‖ joins bytes, text is UTF-8,
0 is a zero byte, H is SHA-256, every hash counts as one large number:

 1. K is 32 random bytes. H(K) and H(frame) are published beforehand. A
    frame is hashed as JSON with sorted keys and without blanks.
 2. Visit days: the units owed a visit, sorted by H(K ‖ "visit" ‖ unit),
    are dealt over the frame's days like cards, one after the other.
 3. seed = HMAC-SHA256(K, number ‖ newline ‖ H(frame) ‖ newline ‖ value),
    the number in decimals; the value is the lottery's number or the dice,
    empty if it was missing.
 4. Units are sorted by H(seed ‖ unit). The day's visits come first, then
    the others until the places are filled.
 5. Way: H(seed ‖ "way" ‖ 0 ‖ unit) mod 100, below the percentages of
    on site, video, telephone added up.
 6. Time in minutes from midnight, in steps of five. On site 510 to 1200.
    Else, if H(seed ‖ "night" ‖ 0 ‖ unit) mod 100 is below the share of
    the night, 1320 to 1795, else 480 to 1315 and 1800 to 1915 (the
    morning after). Which of them: H(seed ‖ "minute" ‖ 0 ‖ unit) mod how
    many there are.
 7. Inspectors: on site those of the pool who declared the day; else those
    on duty at that minute; without those recused for the unit. Sorted by
    how many places they have that day already, then by
    H(seed ‖ "inspector" ‖ 0 ‖ unit ‖ 0 ‖ label); the first make the check.
    Who recused themselves afterwards are passed over, the others stay.
 8. Each record of a draw holds the hash of the record before it.
"""

from __future__ import annotations

import hmac
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

# A published thing, and where something is wrong with what.
Document = dict[str, Any]
Faults = list[tuple[str, str]]
Drawn = tuple[str, str, int, list[str], int]

FORMAT = "duty-roster-draw/1"
FIRST = "0" * 64
WAYS = ("on_site", "video", "phone")
ON_SITE = list(range(510, 1201, 5))
NIGHT = list(range(1320, 1800, 5))
BY_DAY = list(range(480, 1320, 5)) + list(range(1800, 1920, 5))

FILE = {"format", "key", "key_hash", "frames", "draws"}
FRAME = {"hash", "frame"}
RECORD = {
    "number", "day", "frame", "value", "drawn_at", "state", "reason",
    "places", "before", "hash",
}  # fmt: skip
PLACE = {"unit", "way", "minute", "inspectors", "missing", "recused"}

SAID = {
    "not-utf8": ("不是 UTF-8 文字", "is not UTF-8"),
    "not-json": ("不是 JSON", "is not JSON"),
    "fields": ("缺少或多出内容", "lacks something or has too much"),
    "form": ("与公布时的写法不同", "is not written as it was published"),
    "format": ("格式不认识", "has a format unknown here"),
    "key": ("密钥与公布的摘要不符", "does not have the published hash"),
    "stamped": ("与盖章的摘要不符", "differs from the stamped hash"),
    "hash": ("内容与摘要不符", "does not have its hash"),
    "version": ("版本或时间不连续", "is out of order"),
    "number": ("编号不连续", "is out of order"),
    "before": ("与上一条记录接不上", "does not follow the one before"),
    "frame": ("用的不是当时有效的名单", "is not of the frame then in force"),
    "day": ("这一天不该抽", "is of a day not to be drawn"),
    "twice": ("同一天抽了两次", "is of a day drawn twice"),
    "early": ("公共值公布之前就抽了", "was made before its public value"),
    "state": ("状态不认识", "has an unknown state"),
    "places": ("结果与重新计算的不同", "is not what is computed again"),
    "missing": ("没有抽取", "was not drawn"),
}  # fmt: skip


def canonical(thing: Any) -> bytes:
    """JSON with sorted keys and without blanks."""
    text = json.dumps(
        thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8")


def digest(thing: Any) -> str:
    """The hash of a thing written so."""
    return sha256(canonical(thing)).hexdigest()


def below(ticket: bytes, bound: int) -> int:
    """A ticket as a number below a bound."""
    return int.from_bytes(ticket, "big") % bound


def lot(seed: bytes, *words: str) -> bytes:
    """A ticket of one draw."""
    return sha256(seed + "\0".join(words).encode("utf-8")).digest()


def visit_days(key: bytes, frame: Document) -> dict[str, str]:
    """The day on which each unit is sure to come."""
    order = sorted(frame["owed"], key=lambda unit: lot(key + b"visit", unit))
    days = frame["days"]
    return {unit: days[n % len(days)] for n, unit in enumerate(order) if days}


def draw(
    key: bytes, frame: Document, number: int, day: str, value: str
) -> list[Drawn]:
    """The places of a day: unit, way, minute, all who may go, how many."""
    message = f"{number}\n{digest(frame)}\n{value}"
    seed = hmac.new(key, message.encode("utf-8"), sha256).digest()
    visits = {u for u, on in visit_days(key, frame).items() if on == day}
    units = sorted(
        (unit for unit, _ in frame["units"]), key=lambda unit: lot(seed, unit)
    )
    due = [unit for unit in units if unit in visits]
    rest = [unit for unit in units if unit not in visits]
    load: dict[str, int] = {}
    places = []
    for unit in due + rest[: max(0, frame["places"] - len(due))]:
        way, minute = way_and_minute(seed, frame, unit)
        order = sorted(
            able(frame, day, unit, way, minute),
            key=lambda one: (
                load.get(one, 0),
                lot(seed, "inspector", unit, one),
            ),
        )
        need = frame["need"]["on_site" if way == "on_site" else "remote"]
        for label in order[:need]:
            load[label] = load.get(label, 0) + 1
        places.append((unit, way, minute, order, need))
    return places


def way_and_minute(seed: bytes, frame: Document, unit: str) -> tuple[str, int]:
    """How and when a unit is checked."""
    drawn, end, way = below(lot(seed, "way", unit), 100), 0, ""
    for way in WAYS:
        end += frame["ways"][way]
        if drawn < end:
            break
    hours = BY_DAY
    if way == "on_site":
        hours = ON_SITE
    elif below(lot(seed, "night", unit), 100) < frame["night"]:
        hours = NIGHT
    return way, hours[below(lot(seed, "minute", unit), len(hours))]


def able(
    frame: Document, day: str, unit: str, way: str, minute: int
) -> set[str]:
    """Who may make a check: there that day, and not recused."""
    if way == "on_site":
        there = [one for one, days in frame["pool"].items() if day in days]
    else:
        there = [
            one
            for one, start, end in frame["duty"].get(day, [])
            if start <= minute < end
        ]
    recused = frame["recused"]
    return {one for one in there if unit not in recused.get(one, [])}


def published(place: Drawn, recused: Sequence[str]) -> Document:
    """A place as its record has it."""
    unit, way, minute, order, need = place
    able = [one for one in order if one not in recused][:need]
    return {
        "unit": unit,
        "way": way,
        "minute": minute,
        "inspectors": able,
        "missing": need - len(able),
        "recused": sorted(recused),
    }


def evening(day: str, clock: str) -> str:
    """A clock's time on the evening before a day, as a stamp."""
    before = date.fromisoformat(day) - timedelta(days=1)
    return f"{before}T{clock}:00"


def in_force(frames: Sequence[Document], day: str) -> Document | None:
    """The newest frame committed to before the day's public value."""
    found = None
    for frame in frames:
        if frame["committed_at"] < evening(day, frame["value"]["at"]):
            found = frame
    return found


def verify(
    content: bytes, key_hash: str | None = None, frame_hash: str | None = None
) -> Faults:
    """Every fault of a term's file, as (where, what)."""
    try:
        document = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return [("file", "not-utf8")]
    except ValueError:
        return [("file", "not-json")]
    if not isinstance(document, dict) or set(document) != FILE:
        return [("file", "fields")]
    if not isinstance(document["frames"], list):
        return [("file", "fields")]
    if not isinstance(document["draws"], list):
        return [("file", "fields")]

    faults: Faults = []
    if canonical(document) + b"\n" != content:
        faults.append(("file", "form"))
    if document["format"] != FORMAT:
        faults.append(("file", "format"))
    key = read_key(document, key_hash, faults)
    frames = read_frames(document["frames"], frame_hash, faults)
    check_draws(document["draws"], key, frames, faults)
    return faults


def read_key(
    document: Document, key_hash: str | None, faults: Faults
) -> bytes | None:
    """The key, or None if it is not the one committed to."""
    key, stated = document["key"], document["key_hash"]
    if key_hash is not None and stated != key_hash:
        faults.append(("key", "stamped"))
    try:
        found = bytes.fromhex(key)
        right = len(found) == 32 and found.hex() == key
    except (TypeError, ValueError):
        right = False
    if not right or sha256(found).hexdigest() != stated:
        faults.append(("key", "key"))
        return None
    return found


def read_frames(
    entries: Sequence[Any], frame_hash: str | None, faults: Faults
) -> list[Document | None]:
    """The frames by their place; None for one that was tampered with."""
    frames: list[Document | None] = []
    stamp = ""
    for n, entry in enumerate(entries, 1):
        where, frame = f"frame {n}", None
        if not isinstance(entry, dict) or set(entry) != FRAME:
            faults.append((where, "fields"))
        elif digest(entry["frame"]) != entry["hash"]:
            faults.append((where, "hash"))
        elif n == 1 and frame_hash is not None and entry["hash"] != frame_hash:
            faults.append((where, "stamped"))
        else:
            frame = entry["frame"]
            try:
                if frame["version"] != n or frame["committed_at"] <= stamp:
                    faults.append((where, "version"))
                stamp = frame["committed_at"]
            except (KeyError, TypeError):
                faults.append((where, "fields"))
                frame = None
        frames.append(frame)
    return frames


def check_draws(
    records: Sequence[Any],
    key: bytes | None,
    frames: Sequence[Document | None],
    faults: Faults,
) -> None:
    """The records one by one, and what each says against a new draw."""
    before: str | None = FIRST
    live: set[str] = set()
    whole = [frame for frame in frames if frame is not None]
    known = key if len(whole) == len(frames) else None
    named = len(faults)
    for n, record in enumerate(records, 1):
        where = f"draw {n}"
        if not isinstance(record, dict) or set(record) != RECORD:
            faults.append((where, "fields"))
            before = record.get("hash") if isinstance(record, dict) else None
            continue

        bare = {name: record[name] for name in record if name != "hash"}
        if digest(bare) != record["hash"]:
            faults.append((where, "hash"))
        if record["before"] != before:
            faults.append((where, "before"))
        before = record["hash"]
        if record["number"] != n:
            faults.append((where, "number"))
        try:
            what = check_draw(record, n, known, whole, live)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            what = "fields"
        if what:
            faults.append((where, what))

    if len(whole) == len(frames) and len(faults) == named:
        faults.extend(missing_days(records, whole))


def check_draw(
    record: Document,
    number: int,
    key: bytes | None,
    frames: Sequence[Document],
    live: set[str],
) -> str | None:
    """What is wrong with a draw; None if nothing is."""
    day, state = record["day"], record["state"]
    if state not in ("drawn", "cancelled"):
        return "state"
    if state == "drawn":
        if day in live:
            return "twice"
        live.add(day)
    if key is None:
        return None  # nothing can be computed; that has been named

    frame = in_force(frames, day)
    if frame is None or frame["version"] != record["frame"]:
        return "frame"
    if day not in frame["days"]:
        return "day"
    if record["drawn_at"] < evening(day, frame["value"]["at"]):
        return "early"

    if any(set(place) != PLACE for place in record["places"]):
        return "fields"
    late = {place["unit"]: place["recused"] for place in record["places"]}
    places = draw(key, frame, number, day, record["value"])
    again = [published(one, late.get(one[0], [])) for one in places]
    if state == "cancelled":  # only what was sent out before
        again = [place for place in again if place["unit"] in late]
    again.sort(key=lambda place: (place["minute"], place["unit"]))
    return None if record["places"] == again else "places"


def missing_days(
    records: Sequence[Document], frames: Sequence[Document]
) -> Iterator[tuple[str, str]]:
    """Days that should have been drawn, and have no record at all."""
    drawn = {record["day"] for record in records}
    due = {day for frame in frames for day in frame["days"]}
    for day in sorted(due - drawn):
        frame = in_force(frames, day)
        if frame is not None and day in frame["days"]:
            yield f"day {day}", "missing"


def told_of(content: bytes) -> Iterator[str]:
    """What a file that holds has in it, a line each."""
    document = json.loads(content.decode("utf-8"))
    frames, draws = document["frames"], document["draws"]
    live = [one for one in draws if one["state"] == "drawn"]
    empty = sum(one["value"] == "" for one in live)
    seen = {place["unit"] for one in live for place in one["places"]}
    units = frames[-1]["frame"]["units"] if frames else []
    covered = sum(unit in seen for unit, _ in units)
    yield f"密钥摘要 key hash    {document['key_hash']}"
    if frames:
        yield f"名单摘要 frame hash  {frames[0]['hash']}"
    yield (
        f"抽取 draws {len(draws)}，作废 cancelled {len(draws) - len(live)}，"
        f"公共值缺失 no public value {empty}"
    )
    yield f"单位 units {len(units)}，抽到过 drawn at least once {covered}"


def main(arguments: Sequence[str]) -> int:
    """Prints every fault; 0 if there is none."""
    if not 2 <= len(arguments) <= 4:
        print(__doc__)
        return 2
    with open(arguments[1], "rb") as file:
        content = file.read()
    faults = verify(content, *arguments[2:])
    for where, what in faults:
        chinese, english = SAID[what]
        print(f"✗ {where}：{chinese} / {english}")
    if faults:
        return 1
    for line in told_of(content):
        print(line)
    print("✓ 全部相符 / everything agrees")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
