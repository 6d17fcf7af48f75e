"""What of 语句选择 a kind of statement heeds (语句可改的列).

What lives here: which columns change what a statement prints, by its form. What must not: defaults, which are data
(`statements.toml`), and wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.reference.models import Statement

CUT = frozenset(
    {
        "site_register", "unit_results", "rises", "standings", "full", "without_deduction", "clean_indicators", "bonus",
        "bonus_stage", "owner_rate", "error_report_types", "error_report_concentration", "clean_units",
    }
)  # fmt: skip
"""Forms that print a list of names which may be cut."""
GROUPED = frozenset({"standings", "account_concentration", "error_report_concentration"})
"""Forms that tell of so many tie groups, or units."""
ROUNDED = frozenset(
    {
        "scope", "site_rate", "average", "bands", "deduction", "bonus", "account_rate", "account_platform_rates",
        "account_owners", "owner_rate", "owner_average", "account_concentration", "error_report_on_time",
        "error_report_concentration", "reposts", "superior_check", "ipv6", "rectification", "rectified_on_time",
    }
)  # fmt: skip
"""Forms that print a mean or a rate of their own."""
COLUMNS = {
    "list_form": "列名方式",
    "list_count": "列名个数",
    "groups": "并列组数",
    "decimals": "小数位数",
    "place": "次序",
    "decided_by": "点名决定人",
}


def unheeded(item: Statement, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The columns that are filled for a statement and change nothing, each with the reason (没有作用的选择).

    ``given`` holds the filled cells of the statement's row. What another finding tells is left to it: 点名 (I545), 措辞
    (I544).
    """
    listed = given.get("list_form", item.list_form)
    cut = listed == "first" or (item.form == "error_report_types" and listed != "all")
    idle = {
        "list_form": item.form not in CUT and "这条语句没有可以省略的名单",
        "list_count": "这条语句没有可以省略的名单" if item.form not in CUT else not cut and "列名方式不是“前若干”",
        "groups": item.form not in GROUPED and "这条语句不按名次分组",
        "decimals": item.form not in ROUNDED and "这条语句不印平均分、比率",
        "place": "这条语句的位置固定"
        if not item.section
        else item.joins and item.needs and "这条语句接在所依附的语句之后",
        "decided_by": given.get("naming", item.naming) != "named" and "这条语句没有设为点名",
    }
    yield from ((column, reason) for column, reason in idle.items() if reason and given.get(column))
