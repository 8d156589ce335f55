"""What every page offers beside its subject: the topics that readers can open."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from stories.models import Topic, Version


def live_topics(at: datetime) -> list[Topic]:
    """Topics with at least one live story, in their order."""
    return list(Topic.objects.filter(Exists(Version.objects.live(at).filter(topic=OuterRef("pk")))))
