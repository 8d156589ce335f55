"""The newsroom's own side: forms, lists and buttons. Each module registers what it shows."""

import stories.admin.articles
import stories.admin.images
import stories.admin.outlets
import stories.admin.people
import stories.admin.story
import stories.admin.topics  # noqa: F401
