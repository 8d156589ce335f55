"""Who acts."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def editor_of(request: HttpRequest) -> User:
    """The signed-in member of staff; the admin answers nobody else."""
    return cast(User, request.user)
