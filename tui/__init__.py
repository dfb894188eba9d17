"""What a person types at: the command line."""
