"""The member's own pages 会员链接: what member enterprises read and do on a phone, without an account. [S1, T12]

A contact of a member is given one link. It opens the member's portal in this chamber: what waits for them, and the
pages that capabilities added. The link leaves the address at once; a cookie of this host keeps the visit for a day.

**How a capability adds a page.** In its `urls.py` an address, in its views a function, in its `capability.py` a line:

    path("mine/", mine.my_dues, name="dues-mine"),

    @own_page(rights={"dues.pay"})                      # from huiguan.own.pages
    def my_dues(request):
        member, contact = request.own.member, request.own.contact
        charge = get_object_or_404(member.charges.standing(), pk=...)   # always from the member: nothing else is theirs
        return render(request, "dues/my_dues.html", {"charges": ...})   # {% extends "own/base.html" %}

    own_pages=[OwnPage(_("Our dues"), "dues-mine", icon="coins", order=20, waits=waiting.dues_of)],   # huiguan.parts

`waits(own)` yields `Item`s (huiguan.capability) for what waits for `own.member` or `own.contact`.

**Who acts.** While such a view runs, `current_actor()` is the link's: it holds only the view's `rights`, the trail
names it 会员链接 with the contact's key, and a record whose `member` is another cannot be written at all. Reading is
the view's own care: look everything up through `request.own.member`.

**To send somebody straight to a page**: `invite(contact, channel=..., to="dues-mine")` of `huiguan.own.actions`, or
`address_of(link_for(contact), to="dues-mine")` in words of your own. `to` is the url name of an own page.
"""
