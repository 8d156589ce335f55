from django.core.management import call_command, get_commands
from django.core.servers.basehttp import WSGIRequestHandler
from whitenoise.runserver_nostatic.management.commands import runserver


def test_the_server_of_the_demo_does_not_hold_answers_back(monkeypatch):
    served = []
    monkeypatch.setattr(runserver.Command, "handle", lambda self, *args, **options: served.append(options["addrport"]))
    monkeypatch.setattr(WSGIRequestHandler, "disable_nagle_algorithm", False)
    assert get_commands()["runserver"] == "newsdesk"
    call_command("runserver", "127.0.0.1:8000", skip_checks=True)
    assert served == ["127.0.0.1:8000"]
    assert WSGIRequestHandler.disable_nagle_algorithm
