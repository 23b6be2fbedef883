"""Everything this folder says to a person: what is wrong with a file, a sheet or a row, and what is asked."""

from django.utils.translation import gettext_lazy as _

PROBLEMS = {
    # a sheet
    "sheet_hidden": _("This sheet is hidden and was not read. Show it if its members should be imported."),
    "sheet_without_members": _("No headings of a member list were found on this sheet; nothing was read from it."),
    "sheet_without_headings": _(
        "This sheet has no headings. What its columns hold was told from their values: check it."
    ),
    "column_unknown": _("Nobody knows what the column “%(value)s” holds. It is kept with each member as a note."),
    "column_repeats": _("The column “%(value)s” holds the same as another one. It is kept with each member as a note."),
    "list_beside": _(
        "Two lists stand beside each other (“%(value)s”); only the left one was read. Move the right one below it."
    ),
    "column_guessed": _("The column “%(value)s” was taken for %(field)s. Check it."),
    "paid_year_assumed": _("The heading “%(value)s” names no year. It was taken for %(year)s."),
    "capital_unit_assumed": _("The heading “%(value)s” names no unit. Check the amounts."),
    "section_not_understood": _("Nobody knows what the line “%(value)s” means for the rows below it."),
    # rows that need a person
    "no_name": _("There is no name of a company or person in this row. Who is it?"),
    "vacant_seat": _("This seat is vacant; nothing is imported."),
    "placeholder_name": _("“%(value)s” is not yet a name. Enter the name when it is known."),
    "two_members_in_one_row": _("Several members stand in one row: “%(value)s”. Give each its own row."),
    "shifted_columns": _("The cells of this row stand in the wrong columns. Move them to their headings."),
    "test_row": _("This row looks like a test or an example; nothing is imported."),
    "void_struck_out": _("This row is marked as void; nothing is imported."),
    "error_value_as_name": _("The name shows the error %(value)s. Enter the name."),
    "formula_as_name": _("The name is a formula that was never calculated. Enter the name."),
    "refers_to_row_above": _("“%(value)s” refers to the row above. Is it a second contact or another member?"),
    "contact_without_member": _(
        "This row has only a person. Is it another contact of the member above, or an individual member?"
    ),
    "name_is_code": _("The name contains program code: “%(value)s”. Enter the name."),
    "name_is_number": _("“%(value)s” is not a name. Enter the name."),
    "name_too_long": _("The name has more than 100 characters. Shorten it."),
    "name_damaged": _("Characters of the name are lost: “%(value)s”. Enter the name."),
    "cells_missing": _("This row has fewer cells than the others; they may stand under wrong headings. Check it."),
    "cells_too_many": _("This row has more cells than the others; they may stand under wrong headings. Check it."),
    # fields
    "cell_has_error": _("%(field)s shows the error %(value)s."),
    "formula_not_calculated": _("%(field)s is a formula that was never calculated: %(value)s. Enter the value."),
    "hidden_characters_removed": _("Invisible characters were removed from %(field)s."),
    "text_too_long": _("%(field)s is too long to be kept. Shorten it."),
    "kind_assumed": _("“%(value)s”: taken for an enterprise, because the name does not say what it is."),
    "kind_contradicts_name": _(
        "The register says “%(value)s”, but the name is that of an organisation. Which is right?"
    ),
    "person_only_surname": _("“%(value)s” is a form of address. What is the full name?"),
    "person_damaged": _("Characters of the name “%(value)s” are lost. What is the full name?"),
    "person_unreadable": _("%(field)s: “%(value)s” does not read like a person's name. Who is it?"),
    "phone_lost_digits": _("The spreadsheet has lost digits of the telephone number: %(value)s. Enter it again."),
    "phone_unreadable": _("%(value)s has too few or too many digits for a telephone number. Enter it again."),
    "phone_not_a_number": _("“%(value)s” is not a telephone number."),
    "phone_without_area": _("The telephone number %(value)s has no area code."),
    "code_pending": _("There is no credit code yet (%(value)s)."),
    "code_wrong_check": _(
        "The credit code %(value)s is wrong: its check character does not agree. Possible: %(options)s"
    ),
    "code_wrong": _("The credit code %(value)s is wrong: its check character does not agree. Look at the licence."),
    "code_wrong_length": _("The credit code %(value)s does not have 18 characters."),
    "code_lost_digits": _("The spreadsheet has lost digits of the credit code: %(value)s. Enter it again."),
    "code_is_old_registration": _("%(value)s is an old registration number of 15 digits. Enter the credit code."),
    "date_january_or_october": _("%(field)s %(value)s: January or October? A spreadsheet writes both like this."),
    "date_ambiguous": _("%(field)s “%(value)s” can be read in several ways: %(options)s"),
    "date_only_year": _("%(field)s “%(value)s”: only the year was taken."),
    "date_impossible": _("%(field)s “%(value)s”: there is no such day."),
    "date_future": _("%(field)s “%(value)s” lies in the future."),
    "date_out_of_range": _("%(field)s “%(value)s” is too long ago to be true."),
    "date_unreadable": _("%(field)s “%(value)s” is not a date."),
    "dues_unreadable": _("Dues “%(value)s” are not an amount. How much is it?"),
    "amount_unreadable": _("%(field)s “%(value)s” is not an amount. How much is it?"),
    "amount_several": _("%(field)s “%(value)s” names several amounts. Which one?"),
    "amount_negative": _("%(field)s “%(value)s” is negative."),
    "amount_out_of_range": _("%(field)s “%(value)s” is too large to be true."),
    "amount_foreign_currency": _("%(field)s “%(value)s” is in a foreign currency. How much is it in yuan?"),
    "payment_unreadable": _("Payment “%(value)s” was not understood. How much was paid?"),
    "payment_amount_missing": _("“%(value)s”: paid in part. How much?"),
    "payment_without_year": _("Payment “%(value)s” names no year. For which year?"),
    "position_unknown": _("The chamber has no position “%(value)s”. Which one is meant?"),
    "position_unclear": _("“%(value)s” can mean several positions: %(options)s"),
    "position_missing": _("No position is given. Which one is it?"),
    "section_unknown": _("The position was not taken from the line “%(value)s”, because nobody knows what it means."),
    "industry_unknown": _("The sector “%(value)s” is not known. Which one is meant?"),
    "industry_unclear": _("The sector “%(value)s” can mean: %(options)s"),
    "industry_several": _("Several sectors are named; the first was taken: %(options)s"),
    "membership_unclear": _("“%(value)s”: is it still a member?"),
    # two rows
    "also_withdrawn": _(
        "It also stands among those who left (sheet %(sheet)s, row %(row)s, %(value)s). Is it still a member?"
    ),
    "member_came_back": _("It left earlier (sheet %(sheet)s, row %(row)s, %(value)s) and joined again later."),
    "maybe_same_person": _("Row %(row)s has the same name, but no telephone number agrees. Is it the same person?"),
    "maybe_same_name": _("Row %(row)s has the same name, but no person and no number agrees. Is it the same member?"),
    "maybe_name_variant": _("“%(name)s” in row %(row)s is nearly the same name. Is it the same member?"),
    "maybe_other_place": _(
        "“%(name)s” in row %(row)s has the same person and number in another place. Are they two companies?"
    ),
    "maybe_other_code": _("Row %(row)s has the same name with another credit code. Are they two companies?"),
    "maybe_wrong_code": _("“%(name)s” in row %(row)s has the same credit code. One of the two codes is wrong."),
}

# What is only mentioned; every other problem asks a person.
NOTICES = frozenset(
    {
        "kind_assumed",
        "hidden_characters_removed",
        "date_only_year",
        "industry_several",
        "phone_without_area",
        "code_pending",
        "column_unknown",
        "column_repeats",
        "member_came_back",
        "cell_has_error",
    }
)


FIELDS = {
    "name": _("Name"),
    "former_name": _("Former name"),
    "short_name": _("Short name"),
    "kind": _("Kind of member"),
    "status": _("State"),
    "credit_code": _("Credit code"),
    "legal_representative": _("Legal representative"),
    "position": _("Position"),
    "contact": _("Contact"),
    "contact_phone": _("Contact and telephone"),
    "contact_role": _("Contact's post"),
    "phone": _("Telephone"),
    "industry": _("Sector"),
    "business": _("Business"),
    "registered_capital_wan": _("Registered capital"),
    "joined": _("Date of joining"),
    "left_on": _("Date of leaving"),
    "left_reason": _("Reason for leaving"),
    "dues": _("Dues standard"),
    "paid": _("Payment"),
    "wechat": _("WeChat"),
    "email": _("E-mail"),
    "address": _("Address"),
    "remarks": _("Remarks"),
    "native_place": _("Native place"),
    "referrer": _("Introduced by"),
    "serial": _("Serial number"),
}

# Why two rows are the same member, for the screen on which they are merged.
DUPLICATES = {
    "pasted_twice": _("The same row stands twice."),
    "same_code": _("The credit code is the same."),
    "same_code_lower_case": _("The credit code is the same, in small letters."),
    "same_code_name_variant": _("The credit code is the same, the name is written a little differently."),
    "same_code_other_name": _("The credit code and the person are the same under another name."),
    "former_name_same_code": _("It stands here under its former name; the credit code is the same."),
    "former_name": _("It stands here under its former name."),
    "name_spacing_no_code": _("The name is the same but for spaces."),
    "same_name": _("The name is the same."),
    "name_variant_same_person_and_phone": _(
        "The name is written a little differently; person and telephone are the same."
    ),
    "short_name_same_person_and_phone": _("The short name is given; person and telephone are the same."),
    "same_person_and_phone": _("Person and telephone are the same."),
}
