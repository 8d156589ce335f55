from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.newsroom import member


@pytest.fixture
def sign_in(client: Client, db: None) -> Callable[[str], User]:
    """Signs a member of the newsroom in under a role."""

    def sign_in(role: str) -> User:
        user = member(role)
        client.force_login(user)
        return user

    return sign_in
