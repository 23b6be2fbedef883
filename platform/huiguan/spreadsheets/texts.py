"""Everything this folder says to a person: why a file is not read, and what to do."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "file_is_empty": _("The file is empty."),
    "file_is_too_large": _(
        "The file is larger than %(most)s MB. Delete pictures and sheets that are not needed, and save it again."
    ),
    "file_is_old_excel": _(
        "This is an old .xls file or one with a password. Open it, remove the password, and save it as .xlsx."
    ),
    "file_has_password": _("The file has a password. Open it, remove the password, and save it again."),
    "file_has_macros": _(
        "The file contains macros, so it is not opened. Save it as .xlsx (a workbook without macros)."
    ),
    "file_is_web_page": _(
        "This is a web page with the name of a spreadsheet. Open it in a spreadsheet program and save it as .xlsx."
    ),
    "file_is_not_a_table": _("This is not a spreadsheet. Choose an .xlsx or .csv file."),
    "file_is_damaged": _(
        "The file is damaged and cannot be opened. Open it in a spreadsheet program and save it as .xlsx again."
    ),
    "file_unpacks_too_large": _("The file becomes far too large when it is opened, so it is not read."),
    "file_has_entities": _("The file contains declarations that no spreadsheet program writes, so it is not opened."),
    "too_many_rows": _("The file has more than %(most)s rows. Delete empty rows or split it into several files."),
    "too_many_sheets": _("The file has more than %(most)s sheets. Keep only those that are needed."),
    "sheet_unknown": _("The file has no sheet named “%(sheet)s”."),
}
