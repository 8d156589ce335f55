"""Deleting what nothing rests on; a sentence, not a list of rows, for what is in use."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stories.admin.audit import Audited
from stories.admin.scripts import modules
from stories.models import Version


class KeptWhileUsed(Audited):
    """Subclasses say what uses a row: `uses(obj)` gives a phrase each, such as “the story “Harbour talks””."""

    shown_uses = 5

    class Media:
        js = modules("record-form")

    @abstractmethod
    def uses(self, obj: Any) -> list[str]: ...

    def published_in(self, obj: Any) -> Iterable[Version]:
        """The Versions that rest on the row, whatever the drafts do by now."""
        return ()

    def why_kept(self, obj: Model) -> str:
        """The sentence that says why the row cannot be deleted, "" where it can."""
        if uses := self.uses(obj):
            return f"“{obj}” is used by {self._some(uses)}. Remove it there first."
        if versions := [f"“{version}”" for version in self.published_in(obj)]:
            return f"“{obj}” stays, since readers were shown it in {self._some(versions)}, which stays readable."
        return ""

    def _some(self, uses: list[str]) -> str:
        more = f" and {len(uses) - self.shown_uses} more" if len(uses) > self.shown_uses else ""
        return ", ".join(uses[: self.shown_uses]) + more

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_delete_permission(request, obj) or not (sentence := self.why_kept(obj)):
            return super().delete_view(request, object_id, extra_context)
        self.message_user(request, sentence, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", obj.pk)

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)  # type: ignore[arg-type]
        sentences = [sentence for obj in objs if (sentence := self.why_kept(obj))]
        return deleted, counts, perms_needed, sentences or protected
