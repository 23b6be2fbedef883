"""Shows what a message says in the reader's words: the keys get labels, the values stay as they were sent."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as _in

LABELS = {
    "about": _in("told", "About"),
    "accepts": _in("told", "Agrees"),
    "action_id": _in("told", "Action item no."),
    "amount": _in("told", "Amount"),
    "amount_band": _in("told", "Amount"),
    "anonymous": _in("told", "Without a name"),
    "answer": _in("told", "Answer"),
    "answers": _in("told", "Answers"),
    "attendees": _in("told", "Attendees"),
    "budget": _in("told", "Budget"),
    "call": _in("told", "Notice or data call"),
    "capacity": _in("told", "How many"),
    "category": _in("told", "Category"),
    "chamber": _in("told", "Chamber"),
    "code": _in("told", "Code"),
    "columns": _in("told", "Columns"),
    "coming": _in("told", "Will come"),
    "contact": _in("told", "Contact"),
    "contact_name": _in("told", "Contact"),
    "contact_phone": _in("told", "Telephone"),
    "count": _in("told", "Count"),
    "date": _in("told", "Day"),
    "delivered_on": _in("told", "Delivered on"),
    "description": _in("told", "Description"),
    "detail": _in("told", "Details"),
    "digest": _in("told", "SHA-256 of the words"),
    "dispute_id": _in("told", "Dispute no."),
    "due_on": _in("told", "Due"),
    "email": _in("told", "E-mail"),
    "ends": _in("told", "What ended with it"),
    "ends_on": _in("told", "Until"),
    "evidence": _in("told", "Evidence"),
    "figures": _in("told", "Key figures"),
    "for": _in("told", "For"),
    "head": _in("told", "Head of the delegation"),
    "for_topics": _in("told", "May count for topics"),
    "held_on": _in("told", "Met on"),
    "home_region": _in("told", "Home region"),
    "industry": _in("told", "Industry"),
    "interest_id": _in("told", "Introduction no."),
    "introduction": _in("told", "Introduction"),
    "invitation_id": _in("told", "Invitation no."),
    "is_online": _in("told", "Joins online"),
    "items": _in("told", "Items"),
    "jobs": _in("told", "Jobs"),
    "kind": _in("told", "Kind"),
    "kpi": _in("told", "Figure"),
    "lead_time_hours": _in("told", "Hours of notice it needs"),
    "listing_id": _in("told", "No. in the chamber"),
    "mediation": _in("told", "Asks for mediation"),
    "members": _in("told", "Number of members"),
    "message": _in("told", "Message"),
    "met_on": _in("told", "Met on"),
    "name": _in("told", "Name"),
    "need": _in("told", "Need"),
    "need_id": _in("told", "Need no."),
    "note": _in("told", "A few words"),
    "offer": _in("told", "Offer"),
    "offer_id": _in("told", "Offer no."),
    "organisation": _in("told", "Code instead of the name"),
    "pairing_id": _in("told", "Exchange no."),
    "people": _in("told", "Number of people"),
    "period": _in("told", "Period"),
    "phone": _in("told", "Telephone"),
    "price": _in("told", "Price"),
    "products": _in("told", "Products"),
    "quantity": _in("told", "Quantity"),
    "quarter": _in("told", "Quarter"),
    "question": _in("told", "Question"),
    "reason": _in("told", "Reason"),
    "region": _in("told", "Region"),
    "region_hard": _in("told", "Only there"),
    "regions": _in("told", "Regions"),
    "remarks": _in("told", "Remarks"),
    "report_names_chambers": _in("told", "The report names chambers"),
    "result": _in("told", "Result"),
    "review_id": _in("told", "Reading no."),
    "series_id": _in("told", "Series no."),
    "session_id": _in("told", "Session no."),
    "short_name": _in("told", "Short name"),
    "signed_by": _in("told", "Signed by"),
    "signed_on": _in("told", "Signed on"),
    "size": _in("told", "Size"),
    "slots": _in("told", "How many times"),
    "stars": _in("told", "Stars, 1 to 5"),
    "starts_on": _in("told", "From"),
    "state": _in("told", "State"),
    "status": _in("told", "State"),
    "strengths": _in("told", "Strengths"),
    "success": _in("told", "Success, 1 to 5"),
    "summary": _in("told", "Summary"),
    "swap_id": _in("told", "Swap no."),
    "tags": _in("told", "Words"),
    "taker_id": _in("told", "Chamber asked, no."),
    "takes_mentees": _in("told", "Receives other chambers"),
    "target": _in("told", "Target"),
    "target_by": _in("told", "Target by"),
    "text": _in("told", "Text"),
    "title": _in("told", "Title"),
    "topic": _in("told", "Topic"),
    "topic_id": _in("told", "Topic no."),
    "unit": _in("told", "Unit"),
    "url": _in("told", "Address on the web"),
    "valid_until": _in("told", "Valid until"),
    "value": _in("told", "Value"),
    "value_band": _in("told", "Value"),
    "verdict": _in("told", "Verdict"),
    "version": _in("told", "Version"),
    "visibility": _in("told", "Who may see it"),
    "visible_to": _in("told", "Only for"),
    "way": _in("told", "How"),
    "website": _in("told", "Website"),
    "why": _in("told", "Reason"),
    "wish": _in("told", "Would like to hear"),
    "words": _in("told", "Words"),
    "year": _in("told", "Year"),
}

Entry = tuple[str, str, list[Mapping[str, Any]]]


def entries_of(content: Mapping[str, Any]) -> Iterator[Entry]:
    """A label, the value as text, and the parts when the value is itself made of entries."""
    for key, value in content.items():
        yield str(LABELS.get(key, key.replace("_", " "))), _text(value), _parts(value)


def verbatim(content: object) -> str:
    """The very content, indented for the eye."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def _parts(value: object) -> list[Mapping[str, Any]]:
    each = value if isinstance(value, list) else [value]
    return [part for part in each if isinstance(part, Mapping)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return _(", ").join(str(each) for each in value)
    return "" if value is None else str(value)
