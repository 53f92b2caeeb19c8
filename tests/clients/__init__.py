"""Calendar programs that others wrote, reading our feeds."""
