"""What a view needs before it answers. A view that does not say so is refused by the mechanism."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpRequest, HttpResponseNotAllowed

if TYPE_CHECKING:
    from huiguan.rates import Rate

PUBLIC = "public"  # anyone, signed in or not
SIGNED_IN = "signed in"  # any person with a role here
OWN = "own link"  # a member's contact who came by their link (huiguan.own)
NO_SESSION = frozenset({PUBLIC, OWN})  # answered without anybody signed in

View = TypeVar("View", bound=Callable[..., Any])


def page(
    permission: str,
    *,
    methods: tuple[str, ...] = ("GET", "POST", "HEAD"),
    on_shared_tables: bool = False,
    rate: "Rate | None" = None,
    on_the_way_in: bool = False,
) -> Callable[[View], View]:
    """Declare the permission a function view needs; checked before the view is called.

    `rate` is how often one address may ask. A public page with a token in its address has one without saying so.

    `on_shared_tables` runs it as the site even on a chamber's host: for people, plans and other rows
    that no chamber's role may read.

    `on_the_way_in` is open to somebody who must first set up a second factor, and to nothing else of the place.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if ((permission == PUBLIC and "token" in kwargs) or rate) and not _is_within(request, view, rate):
                return _too_often(request)
            return view(request, *args, **kwargs)

        answered.permission = permission  # type: ignore[attr-defined]
        answered.on_shared_tables = on_shared_tables  # type: ignore[attr-defined]
        answered.on_the_way_in = on_the_way_in  # type: ignore[attr-defined]
        return answered  # type: ignore[return-value]

    return declare


def permission_of(callback: Any) -> str | None:
    """The permission a resolved view declares; None when it declares nothing."""
    declared: str | None = _declared(callback, "permission")
    return declared or None


def works_on_shared_tables(callback: Any) -> bool:
    return bool(_declared(callback, "on_shared_tables"))


def is_on_the_way_in(callback: Any) -> bool:
    return bool(_declared(callback, "on_the_way_in"))


def _is_within(request: HttpRequest, view: Any, rate: "Rate | None") -> bool:
    from huiguan import rates

    return rates.is_within_for(request, f"{view.__module__}.{view.__name__}", rate or rates.BY_LINK)


def _too_often(request: HttpRequest) -> Any:
    from huiguan import rates

    return rates.too_often(request)


def _declared(callback: Any, name: str) -> Any:
    given = getattr(callback, "view_initkwargs", {}).get(name)
    return given or getattr(callback, name, None) or getattr(getattr(callback, "view_class", None), name, None)
