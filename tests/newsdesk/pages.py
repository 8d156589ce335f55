"""Addresses for the tests of headers: a page, an error, an editor under /admin/, an inline script under each policy."""

from typing import NoReturn

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsdesk import urls

SCRIPT = "<!doctype html><title>waiting</title><script>document.title = 'the script ran'</script>"


class EditorForm(forms.Form):
    body = forms.CharField(widget=CKEditorWidget())


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Page</title><p>Words.</p>")


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("This address breaks on purpose.")


def script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SCRIPT)


def editor(request: HttpRequest) -> HttpResponse:
    form = EditorForm(initial={"body": '<p>One <em>berth</em> opened.</p><script>1</script><p onclick="x()">Two.</p>'})
    return HttpResponse(f"<!doctype html><title>Editor</title>{form.media}<form method=post>{form}</form>")


urlpatterns = [
    path("page/", page),
    path("broken/", broken),
    path("script/", script),
    path("admin/script/", script),
    path("admin/editor/", editor),
    *urls.urlpatterns,
]
