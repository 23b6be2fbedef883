"""What people write in the exchange."""

from tenants.exchange.forms.introductions import AcceptForm, ContactForm, DeclineForm, QuestionForm, WordsForm
from tenants.exchange.forms.listings import ListingForm, PublishForm, ReturnForm
from tenants.exchange.forms.progress import (
    AgreementForm,
    DeliveryForm,
    DisputeForm,
    MediationForm,
    MeetingForm,
    NoDealForm,
    OutcomeForm,
)
from tenants.exchange.forms.readings import ReadingForm
from tenants.exchange.forms.searches import SavedSearchForm, ShelfForm

__all__ = [
    "AcceptForm",
    "AgreementForm",
    "ContactForm",
    "DeclineForm",
    "DeliveryForm",
    "DisputeForm",
    "ListingForm",
    "MediationForm",
    "MeetingForm",
    "NoDealForm",
    "OutcomeForm",
    "PublishForm",
    "QuestionForm",
    "ReadingForm",
    "ReturnForm",
    "SavedSearchForm",
    "ShelfForm",
    "WordsForm",
]
