"""The words a person sees: collected from the code, translated in `.po` files, checked and compiled without system gettext."""
