"""What is done in the background. A worker runs it: `manage.py db_worker --queue-name '*'`."""

from django_tasks import task

from stories.fetching.filling import fetch_into


@task()
def fetch_details(article_id: int) -> None:
    """Fill in what an Article lacks from its own page; a temporary failure is tried again later."""
    again = fetch_into(article_id)
    if again is not None:
        fetch_details.using(run_after=again).enqueue(article_id)
