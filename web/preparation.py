"""Units, people and what limits them: lists with search, and forms."""

from flask import Blueprint

from web.entries.desk import desk_of
from web.entries.forms import Answer, change_page, new_page
from web.entries.lists import list_page
from web.entries.removal import remove_page

pages = Blueprint("preparation", __name__)


@pages.get("/units/<unit_id>/records/<kind>")
def listing(unit_id: str, kind: str) -> str:
    """A unit's entries of a kind, with search."""
    return list_page(desk_of(kind, unit_id))


@pages.get("/county/<kind>")
def county(kind: str) -> str:
    """The county's units or terms."""
    return list_page(desk_of(kind))


@pages.route("/units/<unit_id>/records/<kind>/new", methods=["GET", "POST"])
def new(unit_id: str, kind: str) -> Answer:
    """A new entry of a unit."""
    return new_page(desk_of(kind, unit_id))


@pages.route("/county/<kind>/new", methods=["GET", "POST"])
def county_new(kind: str) -> Answer:
    """A new unit or term."""
    return new_page(desk_of(kind))


@pages.route(
    "/units/<unit_id>/records/<kind>/<row_id>", methods=["GET", "POST"]
)
def change(unit_id: str, kind: str, row_id: str) -> Answer:
    """Changes an entry of a unit."""
    return change_page(desk_of(kind, unit_id), row_id)


@pages.route("/county/<kind>/<row_id>", methods=["GET", "POST"])
def county_change(kind: str, row_id: str) -> Answer:
    """Changes a unit or a term."""
    return change_page(desk_of(kind), row_id)


@pages.route(
    "/units/<unit_id>/records/<kind>/<row_id>/remove", methods=["GET", "POST"]
)
def remove(unit_id: str, kind: str, row_id: str) -> Answer:
    """Asks before an entry is taken out."""
    return remove_page(desk_of(kind, unit_id), row_id)


@pages.route("/county/<kind>/<row_id>/remove", methods=["GET", "POST"])
def county_remove(kind: str, row_id: str) -> Answer:
    """Asks before a unit or a term is taken out."""
    return remove_page(desk_of(kind), row_id)
