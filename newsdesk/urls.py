"""All addresses."""

from django.contrib import admin
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from newsdesk.languages import in_each_language
from stories.urls import files_and_data

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include(files_and_data)),
    in_each_language(path("", include("stories.urls"))),
]
