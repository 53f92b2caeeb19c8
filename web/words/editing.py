"""What editors do to drafts: refusals, and the lines of the log."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from roster.edits import Delta, Edit, EditVerb
from roster.problem import Assignment
from web.language import CHINESE
from web.words.conflicts import post_word

Pair = tuple[str, str]

SENTENCES: dict[str, Pair] = {
    "not-editable": (
        "只有草稿才能改：这一版已送审、已发布或已撤销；送审的请先撤回",
        "Only a draft can be edited; this one is under review, published or "
        "withdrawn. Take back one that was submitted first",
    ),
    "stale-draft": (
        "您打开以后，{who} 改过这份草稿；您的改动没有保存，别人的也没有被覆盖",
        "{who} has changed this draft since you opened it; your change was "
        "not saved, and nothing was overwritten",
    ),
    "edit-impossible": (
        "不能这样排：",
        "This cannot be:",
    ),
    "edit-breaks": (
        "这样改违反必须遵守的条款：",
        "This would break mandatory articles:",
    ),
    "not-on-shift": (
        "这个人现在不在这一班上，请看现在的草稿",
        "That person is not on that shift now: look at the draft as it is",
    ),
    "no-room": ("这一班没有空缺", "That shift has no open place"),
    "on-shift-already": (
        "这个人已经在这一班上",
        "That person is on that shift already",
    ),
    "pinned-cell": (
        "这一格已固定，要改请先取消固定",
        "This cell is pinned: unpin it first",
    ),
    "already-pinned": ("这一格已经固定了", "This cell is pinned already"),
    "not-pinned": ("这一格没有固定", "This cell is not pinned"),
    "nothing-changed": ("没有改动", "Nothing was changed"),
    "nothing-to-undo": ("没有可以撤销的改动", "There is nothing to undo"),
    "draft-there": (
        "“{unit}”已经有第 {number} 版草稿：请在它上面改",
        "“{unit}” has a draft already, version {number}: edit that one",
    ),
    "base-in-force": (
        "这份草稿就是按现行版编的，没有要接受的改动",
        "This draft is based on the version in force: there is nothing to "
        "take over",
    ),
    "other-shifts": (
        "现行的第 {number} 版班次也不一样（{shifts}），光换人接不上：请重新"
        "生成，或按现行版调整",
        "Version {number} in force has other shifts ({shifts}), which no "
        "change of people makes good: generate anew, or repair the version "
        "in force",
    ),
    "choose-each": (
        "两边都改过的班要逐条选定，还没有选：{shifts}",
        "Of shifts that both have changed each is to be chosen; still open: "
        "{shifts}",
    ),
    "nothing-to-redo": ("没有可以重做的改动", "There is nothing to redo"),
}

LINES: dict[str, Pair] = {
    "change": ("{cell}：{old} 改为 {new}", "{cell}: {old} → {new}"),
    "pin": ("固定 {cell} {new}", "pinned {new} on {cell}"),
    "unpin": ("取消固定 {cell} {new}", "unpinned {new} on {cell}"),
    "note": ("{cell} 备注“{new}”", "note on {cell}: “{new}”"),
    "unnote": ("删去 {cell} 的备注", "removed the note on {cell}"),
    "base": ("改以第 {number} 版为准", "now based on version {number}"),
    "more": ("……共 {count} 班", "… {count} shifts in all"),
    "same": ("没有改动", "nothing had to change"),
    "resolve": ("其余重排：{what}", "the rest solved anew: {what}"),
    "rebase": (
        "接受第 {number} 版的改动：{what}",
        "taken over from version {number}: {what}",
    ),
    "begin": ("由第 {number} 版起草", "begun from version {number}"),
    "undo": ("撤销：{what}", "undone: {what}"),
    "redo": ("重做：{what}", "done again: {what}"),
}
NIGHT: Pair = ("（夜）", " (night)")
OWN_LINES = {
    EditVerb.UNDO,
    EditVerb.REDO,
    EditVerb.RESOLVE,
    EditVerb.REBASE,
    EditVerb.BEGIN,
}
OPEN: Pair = ("空缺", "open")
TOLD = 6  # shifts of a long edit
WHOLE: Pair = ("整份草稿", "the whole draft")


def delta_sentence(
    delta: Delta, names: Mapping[str, str], language: str = CHINESE
) -> str:
    """What an edit did, cell by cell."""
    which = 0 if language == CHINESE else 1
    said = [
        *_some(_changes(delta, names, which), which),
        *(
            LINES[line][which].format(
                cell=_cell(cell.shift, which), new=_name(cell, names)
            )
            for line, cells in (
                ("pin", delta.pinned),
                ("unpin", delta.unpinned),
            )
            for cell in sorted(cells)
        ),
        *(
            LINES["note" if new else "unnote"][which].format(
                cell=_cell(shift, which), new=new
            )
            for shift, (_, new) in sorted(delta.notes.items())
        ),
    ]
    if delta.base:
        said.append(LINES["base"][which].format(number=delta.base[1]))

    return ("；", "; ")[which].join(said)


def pins_sentence(
    pins: Iterable[Assignment],
    names: Mapping[str, str],
    language: str = CHINESE,
) -> str:
    """Who is held fast where."""
    which = 0 if language == CHINESE else 1
    return ("、", ", ")[which].join(
        f"{_cell(cell.shift, which)} {_name(cell, names)}"
        for cell in sorted(pins)
    )


def _some(changes: list[str], which: int) -> list[str]:
    """All of a few shifts; the first of many."""
    if len(changes) <= TOLD:
        return changes

    more = LINES["more"][which].format(count=len(changes))
    return [*changes[:TOLD], more]


def edit_sentence(
    edit: Edit, names: Mapping[str, str], language: str = CHINESE
) -> str:
    """One line of the log, without who and when."""
    which = 0 if language == CHINESE else 1
    delta = edit.delta
    facts: dict[str, object] = {}
    if edit.verb is EditVerb.UNDO:
        delta = delta.back()
    elif delta.base:
        # The sentence itself tells of it.
        facts["number"] = delta.base[1]
        if edit.verb is not EditVerb.REDO:
            delta = replace(delta, base=None)

    what = delta_sentence(delta, names, language)
    if edit.verb not in OWN_LINES:
        return what

    what = what or LINES["same"][which]
    return LINES[edit.verb.value][which].format(what=what, **facts)


def _changes(delta: Delta, names: Mapping[str, str], which: int) -> list[str]:
    shifts = sorted({cell.shift for cell in delta.gone | delta.come})
    return [
        LINES["change"][which].format(
            cell=_cell(shift, which),
            old=_people(delta.gone, shift, names, which),
            new=_people(delta.come, shift, names, which),
        )
        for shift in shifts
    ]


def _people(
    cells: frozenset[Assignment],
    shift: str,
    names: Mapping[str, str],
    which: int,
) -> str:
    found = [_name(c, names) for c in sorted(cells) if c.shift == shift]
    return ("、", ", ")[which].join(found) or OPEN[which]


def _name(cell: Assignment, names: Mapping[str, str]) -> str:
    return names.get(cell.staff, cell.staff)


def _cell(shift: str, which: int) -> str:
    """A shift by its id, ``2026-10-01/lead``."""
    if not shift:
        return WHOLE[which]

    # 2026-10-01/duty-night
    day, _, post = shift.partition("/")
    post, _, part = post.partition("-")
    night = NIGHT[which] if part == "night" else ""
    return f"{day} {post_word(post, which)}{night}"
