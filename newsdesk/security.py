"""Which answer carries which policy, and who is answered in debug mode."""

import ipaddress
from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django_permissions_policy import PermissionsPolicyMiddleware

from stories.audit import acting_from

ADMIN = "/admin/"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy for everything that readers get, the wider one that CKEditor needs under /admin/ only."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN):
            # A followed link would tell a source's site, before publication, which newsroom is reading it.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(ADMIN):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class PermissionsPolicy(PermissionsPolicyMiddleware):
    """What a page may use of a reader's device: nothing. Files say nothing of it: it binds documents alone, and is as
    long as a small script."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = super().__call__(request)
        assert isinstance(response, HttpResponseBase)  # nothing here is asynchronous
        if not response.headers.get("Content-Type", "text/html").startswith(("text/html", "image/svg")):
            del response.headers["Permissions-Policy"]
        return response


class ActingFrom:
    """Tells the audit trail, and who counts readers' reports, from which network address somebody acts.

    Behind a proxy that is trusted (see SECURE_PROXY_SSL_HEADER) that is the last address which the proxy was asked
    from; what a client itself says of earlier ones is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADMIN) and request.method != "POST":
            return self.get_response(request)
        token = acting_from.set(_address_of(request))
        try:
            return self.get_response(request)
        finally:
            acting_from.reset(token)


def _address_of(request: HttpRequest) -> str:
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def readers_policy() -> str:
    """The strict policy, for a page to which django-csp adds none: in debug mode it leaves error pages alone."""
    return build_policy()


class LoopbackOnly:
    """In debug mode, refuses requests that come from elsewhere, directly or through a proxy.

    Error pages then show source and settings, and the signing key is known to all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(header in request.META for header in FORWARDED) or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
            sentence = "Newsdesk is in debug mode and answers this machine only. Set DEBUG=false to serve others.\n"
            return HttpResponseForbidden(sentence, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _is_loopback(address: Any) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
