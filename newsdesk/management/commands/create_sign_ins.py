"""`manage.py create_sign_ins`: accounts for trying Newsdesk out, in debug mode only."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from newsdesk.sign_ins import NoRoles, SignIn, create_sign_ins


class Command(BaseCommand):
    help = "Make an account for each role, with a generated password that is kept in var/ (debug mode only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="set new passwords, also where one was changed by hand")

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Generated passwords are for debug mode only. Use `manage.py createsuperuser`.")
        try:
            sign_ins = create_sign_ins(settings.VAR / "sign-ins.json", anew=anew)
        except NoRoles:
            raise CommandError("The roles are not in the database yet. Run `manage.py migrate` first.") from None
        except OSError as error:
            raise CommandError(f"The passwords cannot be kept: {error}") from None
        self.stdout.write("".join(f"  {line(sign_in)}\n" for sign_in in sign_ins), ending="")


def line(sign_in: SignIn) -> str:
    changed = "(changed by hand; `manage.py create_sign_ins --anew` sets a new password)"
    return f"{sign_in.role:<12}{sign_in.name:<9}{sign_in.password or changed}"
