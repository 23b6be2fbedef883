"""Links of contacts, and mailings that send them to many."""

from huiguan.own.models.links import LIFE, Link, end_of_life
from huiguan.own.models.mailings import Invited, Mailing

__all__ = ["LIFE", "Invited", "Link", "Mailing", "end_of_life"]
