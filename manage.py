#!/usr/bin/env python
"""Django's command line for Newsdesk."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # no word of ours stops a command where a terminal lacks it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
    try:
        settings.DEBUG  # noqa: B018 - reads the settings here, so that a bad one stops every command with its sentence
    except ImproperlyConfigured as error:
        sys.exit(f"Newsdesk does not start: {error}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sys.exit(f"The database that DATABASE_URL names cannot be used: {str(error).splitlines()[0]}")
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports an interrupted program
