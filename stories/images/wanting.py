"""What a picture lacks before readers may see it, as conditions on the library."""

from django.db.models import F, Q

AWAITING = Q(file="")
WITHOUT_ALT_TEXT = Q(alt_text="", decorative=False)
WITHOUT_CREDIT = Q(credit_line="")
# Nobody describes what was recalled, nor what nobody can see yet.
WITHOUT_WORDS = (WITHOUT_ALT_TEXT | WITHOUT_CREDIT) & Q(killed_at=None) & ~AWAITING
ALT_TEXT_IS_THE_CAPTION = Q(alt_text=F("caption")) & ~Q(alt_text="")
