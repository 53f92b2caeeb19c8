"""Backups: everything in one file, and a whole installation out of it."""

from roster.services.keeping.archive import Manifest as Manifest
from roster.services.keeping.archive import Part as Part
from roster.services.keeping.archive import checked as checked
from roster.services.keeping.backing_up import backup as backup
from roster.services.keeping.backing_up import prune as prune
from roster.services.keeping.restoring import Restored as Restored
from roster.services.keeping.restoring import restore as restore
