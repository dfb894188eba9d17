"""What is asked: the checklist model, the scoring rules, authoring, and the packaged checklists."""
