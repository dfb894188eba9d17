"""The booklet: a checklist as a printed book to score with on paper."""
