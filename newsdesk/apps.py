"""The project as an app, for its checks and commands."""

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils import translation

from newsdesk import checks  # noqa: F401 - importing registers them


class NewsdeskConfig(AppConfig):
    name = "newsdesk"
    verbose_name = "Newsdesk"

    def ready(self) -> None:
        translation.activate(settings.DESK_LANGUAGE)  # for commands and background work, which no request asked for
        apps.get_app_config("auth").verbose_name = "People"  # as the newsroom calls them
