"""The unified social credit code 统一社会信用代码 of an organisation. [GB 32100]"""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

CREDIT_CODE = RegexValidator(
    r"^[0-9A-HJ-NPQRTUWXY]{18}$", _("A unified social credit code has 18 digits and capital letters.")
)
