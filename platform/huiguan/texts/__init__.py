"""The words a person sees: collected from the code, translated in `.po` files, checked, compiled without gettext."""
