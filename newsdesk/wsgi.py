"""The application that a WSGI server runs."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from newsdesk.checks import serving_problems

GIVE_UP = 3  # the exit status on which gunicorn stops, instead of starting the next worker for ever


def start() -> WSGIHandler:
    """The application; a setting that cannot work ends the process with its sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
    try:
        started = get_wsgi_application()
        problems = serving_problems()
    except ImproperlyConfigured as error:
        problems = [str(error)]
    if problems:
        print(*(f"Newsdesk does not start: {problem}" for problem in problems), sep="\n", file=sys.stderr, flush=True)
        sys.exit(GIVE_UP)
    return started


application = start()
