"""Everything that is said of a statement as a whole and of rows that could not be read."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    "no_headings": _("Sheet “%(sheet)s” has no headings of a bank statement (date and amount); nothing was read."),
    "sheet_hidden": _("Sheet “%(sheet)s” is hidden and was not read."),
    "date_unreadable": _("Row %(row)s: “%(value)s” is not a date. The row was left out."),
    "amount_unreadable": _("Row %(row)s: “%(value)s” is not an amount. The row was left out."),
    "both_sides": _("Row %(row)s shows income and expense at once. The row was left out."),
    "direction_unknown": _("Row %(row)s does not say whether money came or went. The row was left out."),
    "sides_swapped": _(
        "On sheet “%(sheet)s” the balance only adds up when income and expense change places; they were taken so."
    ),
    "balance_breaks": _(
        "Row %(row)s: the balance should be %(expected_fen)s, the file says %(found_fen)s. Is a row missing above it?"
    ),
    "opening_differs": _(
        "The first balance on sheet “%(sheet)s” means %(expected_fen)s before it; the file says %(found_fen)s."
    ),
    "closing_differs": _("The last balance is %(expected_fen)s; the file says %(found_fen)s at its end."),
    "total_differs": _("Row %(row)s: the sum should be %(expected_fen)s, the file says %(found_fen)s."),
    "count_differs": _("Row %(row)s counts %(found)s transactions; %(expected)s were read."),
    "outside_period": _("Row %(row)s is dated %(date)s, outside the time that the statement names."),
    "currency_foreign": _("The account is kept in %(currency)s. Amounts are read as yuan; check them."),
}
