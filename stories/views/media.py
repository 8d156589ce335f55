"""Pictures as readers get them, served without a web server in front."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from stories.images.files import MEDIA_TYPES

YEAR = 365 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of the library. Its name is made of its content, so it never changes and is its own ETag.

    Its type is that of its name, which is ours: no browser guesses another, nor runs what an upload may have hidden.

    Where pictures lie in a bucket, addresses from before they did lead there.
    """
    if not (address := default_storage.url(name)).startswith("/"):
        return redirect(address, permanent=True)
    etag = f'"{name}"'
    response: HttpResponse | FileResponse
    if request.headers.get("If-None-Match") == etag and default_storage.exists(name):
        response = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(default_storage.open(name), content_type=MEDIA_TYPES[name.rpartition(".")[2]])
        except FileNotFoundError as error:
            raise Http404("There is no such picture.") from error
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, immutable=True, max_age=YEAR)
    return response
