"""The newsroom's own side: forms, lists and buttons. Each module registers what it shows."""

from django.contrib import admin

import stories.admin.articles
import stories.admin.audit
import stories.admin.error_reports
import stories.admin.images
import stories.admin.metadata_templates
import stories.admin.outlets
import stories.admin.people
import stories.admin.policies
import stories.admin.story
import stories.admin.topics  # noqa: F401

admin.site.index_title = "Newsroom"
