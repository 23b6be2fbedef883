"""Fills the authority's forms. What is here runs in a child process without our secrets: it opens files of others."""
