"""The timelines app."""

from django.apps import AppConfig


class TimelinesConfig(AppConfig):
    name = "timelines"
