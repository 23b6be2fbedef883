"""What a password must be, said in the person's language."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own text for this is in no catalogue but the English one."""

    def get_error_message(self) -> str:
        return _("This password is too short. It needs at least {n} characters.").format(n=self.min_length)
