"""The newsroom's own side: forms, lists and buttons. Each module registers what it shows."""

import stories.admin.people  # noqa: F401
