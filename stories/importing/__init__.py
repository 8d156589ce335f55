"""Stories from outside: text in, a StoryDocument and a report of every guess out; then the draft."""
