"""What was found and what it means: journal, store, session, scoring, findings."""
