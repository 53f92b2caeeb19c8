"""The site as a browser shows it; needs Debian's chromium."""
