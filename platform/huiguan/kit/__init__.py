"""The UI kit: the template tags, filters and pictures that every page is put together from."""
