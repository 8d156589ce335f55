"""The project as an app, for its checks and commands."""

from django.apps import AppConfig

from newsdesk import checks  # noqa: F401 - importing registers them


class NewsdeskConfig(AppConfig):
    name = "newsdesk"
    verbose_name = "Newsdesk"
