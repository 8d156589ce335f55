"""The demo edition: invented places, their pictures, and what becomes of each story when it is loaded."""
