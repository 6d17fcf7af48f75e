"""Names that no registry knows: one finding per name, with the count of its places."""

from __future__ import annotations

from tests.findings.defects.form import Defect, both, put, rework
from tests.support.quarter import ACCOUNTS, DEPARTMENTS, FUNCTIONS, INFO, LEDGER, PORTALS, REPORTS, SCORES
from tests.support.told import Told

NAMES = (
    Defect(
        "主办单位未登记",
        put(SCORES, PORTALS, D5="东城新区"),
        Told("N301", SCORES, PORTALS, "D5", "东城新区", says="东城区"),
    ),
    Defect(
        "主办单位有错字", put(SCORES, DEPARTMENTS, D6="市教育委"), Told("N301", SCORES, DEPARTMENTS, "D6", "市教育委")
    ),
    Defect(
        "归口单位未登记共三行",
        put(ACCOUNTS, "检查情况", E10="市大数据局", E20="市大数据局", E30="市大数据局"),
        Told("N301", ACCOUNTS, "检查情况", "E10", "市大数据局", 3),
    ),
    Defect(
        "典型账号的归口单位未登记",
        put(ACCOUNTS, "检查情况", E54="市公安交通局"),
        Told("N301", ACCOUNTS, "检查情况", "E54", "市公安交通局"),
    ),
    Defect("受理单位未登记", put(REPORTS, "", D2="市住房局"), Told("N301", REPORTS, "", "D2", "市住房局")),
    Defect(
        "做法所列单位未登记",
        put(INFO, "典型做法", C2="东城新区"),
        Told("N301", INFO, "典型做法", "C2", "东城新区"),
    ),
    Defect(
        "区门户表头指标未登记",
        put(SCORES, PORTALS, F4="概况资讯\n（3分）"),
        Told("N304", SCORES, PORTALS, "F4", "概况资讯", says="概况信息"),
    ),
    Defect(
        "两表表头同一指标未登记",
        both(put(SCORES, PORTALS, F4="概况资讯（3分）"), put(SCORES, DEPARTMENTS, F4="概况资讯（3分）")),
        Told("N304", SCORES, PORTALS, "F4", "概况资讯", 2),
    ),
    Defect(
        "缺少指标列",
        put(SCORES, DEPARTMENTS, **{f"G{row}": None for row in range(4, 64)}),
        Told("N305", SCORES, DEPARTMENTS, "", "机构职能"),
    ),
    Defect(
        "明细的指标未登记",
        put(LEDGER, "扣分明细", E6="动态新闻"),
        Told("N304", LEDGER, "扣分明细", "E6", "动态新闻", says="动态要闻"),
    ),
    Defect(
        "标识码不在名录两表三处",
        both(put(SCORES, PORTALS, B5="1101019999"), put(REPORTS, "", B8="1101019999", B10="1101019999")),
        Told("N302", SCORES, PORTALS, "B5", "1101019999", 3),
    ),
    Defect(
        "平台类型未登记", put(ACCOUNTS, "检查情况", C3="电子邮件"), Told("N303", ACCOUNTS, "检查情况", "C3", "电子邮件")
    ),
    Defect("留言类型未登记", put(REPORTS, "", E2="错字连篇"), Told("N306", REPORTS, "", "E2", "错字连篇")),
    Defect("办理状态未登记", put(REPORTS, "", I3="处理完毕"), Told("N306", REPORTS, "", "I3", "处理完毕")),
    Defect(
        "语句名称未登记",
        put(INFO, "语句选择", A3="区门户排名"),
        Told("I503", INFO, "语句选择", "A3", "区门户排名", says="区门户得分名次"),
    ),
    Defect("缺少功能列", put(FUNCTIONS, "功能建设", G1="备注"), Told("N307", FUNCTIONS, "功能建设", "", "智能问答")),
    Defect(
        "功能列两列同名",
        put(FUNCTIONS, "功能建设", H1="无障碍", **{f"H{row}": "否" for row in range(2, 77)}),
        Told("N308", FUNCTIONS, "功能建设", "H1", "无障碍", says="首次在 D1"),
    ),
    Defect(
        "检查结果两列同名",
        put(ACCOUNTS, "检查情况", K1="检查结果"),
        Told("N308", ACCOUNTS, "检查情况", "K1", "检查结果", says="首次在 F1"),
    ),
    Defect(
        "指标列两列同名",
        rework(SCORES, lambda book: book[PORTALS].cell(4, 7, "概况信息\n（3分）")),
        Told("N308", SCORES, PORTALS, "G4", "概况信息(3分)", says="首次在 F4"),
    ),
)
