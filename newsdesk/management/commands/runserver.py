"""Django's server for one machine, without its wait of 40 ms before each answer on a kept-open connection.

Head and body of an answer are sent apart; unless told otherwise, the system holds the second back until the browser has
acknowledged the first, which it is in no hurry to do. A page of the newsroom has sixty files.
"""

from typing import Any

from django.core.servers.basehttp import WSGIRequestHandler
from whitenoise.runserver_nostatic.management.commands import runserver


class Command(runserver.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        WSGIRequestHandler.disable_nagle_algorithm = True
        super().handle(*args, **options)
