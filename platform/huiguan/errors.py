"""Pages for what went wrong, in the person's language; a partner of the API gets the same as problem+json."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from huiguan.actors import NoRoleHere

TITLES = {
    400: _("This request could not be understood."),
    403: _("You may not do this."),
    404: _("There is no such page here."),
    500: _("Something went wrong on our side."),
}


def _handler(status: int) -> Any:
    def answer(request: HttpRequest, exception: Exception | None = None, **kwargs: Any) -> HttpResponse:
        if request.path.startswith("/api/"):
            problem = {"type": "about:blank", "title": str(TITLES[status]), "status": status}
            return JsonResponse(problem, status=status, content_type="application/problem+json")
        page = "account/no_role_here.html" if isinstance(exception, NoRoleHere) else f"{status}.html"
        return render(request, page, {"title": TITLES[status]}, status=status)

    return answer


handlers = tuple(_handler(status) for status in (400, 403, 404, 500))
