"""Which answers are sent compressed, where the browser takes that: text of every kind, and nothing else."""

import re

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXT = re.compile(r"text/|(application/([\w.+-]+\+)?(json|xml|javascript)|image/svg\+xml)\b")
TAKES_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
QUALITY = 5  # a page is a sixth smaller than by gzip, in about the same time
LEAST = 200  # bytes; what is shorter gains nothing


class Compression(GZipMiddleware):
    """Pictures are compressed by themselves; what is streamed keeps its length, by which a download says how far it is.

    A form's token cannot be guessed by the length of what is sent (BREACH): Django masks it anew in each answer.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 304:  # it renews what a cache holds, so it says of it what the page said
            return renewed(request, response)
        if not isinstance(response, HttpResponse) or not TEXT.match(response.headers.get("Content-Type", "")):
            return response
        takes = TAKES_BROTLI.search(request.headers.get("Accept-Encoding", ""))
        if takes and len(response.content) >= LEAST and not response.has_header("Content-Encoding"):
            return in_brotli(response)
        return super().process_response(request, response)


def in_brotli(response: HttpResponse) -> HttpResponse:
    response.content = brotli.compress(response.content, quality=QUALITY)
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Content-Encoding"] = "br"
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"  # these are other bytes of the same page (RFC 9110, 8.8.1)
    return response


def renewed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer without words, under the name that the words were sent by, and said to vary as they do."""
    patch_vary_headers(response, ("Accept-Encoding",))
    etag = response.headers.get("ETag", "")
    if etag.startswith('"') and f"W/{etag}" in request.headers.get("If-None-Match", ""):
        response.headers["ETag"] = f"W/{etag}"
    return response
