"""Statements about new-media accounts (政务新媒体部分的语句).

What lives here: conditions and forms of statements about the facts of accounts. What must not: wording, numbers.
"""

from __future__ import annotations

from pipeline.bulletin.facts import NewMediaFacts, OwnerFacts
from pipeline.bulletin.statements.common import Forms, all_but_few, direction, how_many


def _change(media: NewMediaFacts) -> str | None:
    return direction(media.accounts_change) if media.accounts.value else None


def _platform_changes(media: NewMediaFacts) -> str | None:
    """Said where every platform can be compared, so that what is not named has not changed."""
    changes = {direction(platform.change) for platform in media.platforms}
    if not media.accounts.value or None in changes:
        return None
    return "level" if changes == {"level"} else "some"


def _owners(media: NewMediaFacts) -> str | None:
    owned = {"districts": media.districts.accounts.value, "departments": media.departments.accounts.value}
    having = [name for name, accounts in owned.items() if accounts]
    return "both" if len(having) > 1 else having[0] if having else None


def _rate(media: NewMediaFacts) -> str | None:
    return None if media.rate is None else "all" if media.rate.complete else "some"


def _owner_rate(owners: OwnerFacts) -> str | None:
    return None if owners.rate is None else how_many(owners.units_at_100)


def _average(owners: OwnerFacts) -> str | None:
    return None if owners.average is None else how_many(owners.scored)


def _failures(media: NewMediaFacts) -> str | None:
    return how_many(media.unqualified)


def _failed(media: NewMediaFacts) -> str | None:
    return None if not media.unqualified.value else "one" if media.unqualified.value == 1 else "several"


def _reasons(media: NewMediaFacts) -> str | None:
    return None if not media.vetoes else "one" if len(media.vetoes) == 1 else "several"


def _concentration(media: NewMediaFacts) -> str | None:
    """Said of some of the units concerned, never of all of them."""
    return "some" if media.worst_share and media.worst.value < media.worst.of else None


FORMS: Forms = {
    "account_scope": lambda media: "plain" if media.accounts.value else "none",
    "account_change": _change,
    "account_platforms": lambda media: "plain" if media.accounts.value else None,
    "account_platform_changes": _platform_changes,
    "account_owners": _owners,
    "account_rate": _rate,
    "account_platform_rates": lambda media: "plain" if _rate(media) == "some" else None,
    "account_rate_change": lambda media: direction(media.rate_change),
    "owner_rate": _owner_rate,
    "owner_rate_below": lambda owners: all_but_few(owners.units_at_100, owners.units_below),
    "owner_average": _average,
    "account_failures": _failures,
    "account_failure_list": _failed,
    "account_failure_reasons": _reasons,
    "account_concentration": _concentration,
}
