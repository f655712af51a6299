"""The one door to a project: rules, steps, history, retrieval."""
