"""Defects that come together: each is told as if it were alone, and nothing else is."""

from __future__ import annotations

import pytest

from tests.findings.defects import DEFECTS
from tests.support.quarter import Delivered
from tests.support.told import assert_told

BY_NAME = {defect.name: defect for defect in DEFECTS}
MANY = (
    "缺少网站功能建设情况表 网页另存为xls 扫描件 照片 压缩包改名为xlsx 别的表格 文件名含不可见字符 有隐藏行",
    "得分填成等次 得分超过分值 标识码变成科学计数 主办单位有错字 得分录错与明细不符 表题是上季度的 免检的指标填了得分",
    "日期不存在 复核状态写成存疑 明细的指标未登记 证据文件没有交",
    "日期没有年份 账号名称含零宽字符 账号没有主办单位 归口单位未登记共三行 平台类型未登记",
    "留言时间缺日 办理状态未登记 受理单位不是网站的单位 留言编号重复",
    "成文日期不存在 发文字号用方括号 同意状态写法不明 统计截至不是年月 依据文件的年份用方括号 没有填写结束语 标题自带序号",
    "要求没有句号 做法重复主语 做法列错了部分 列名个数为零 前期数据的项目不存在 更正个人信息 工作簿正在编辑",
)
TOGETHER = {
    "很多": " ".join(MANY).split(),
    "读不出的文件不掩盖缺表": ["压缩包改名为xlsx", "缺少扣分明细"],
    "个数不对不掩盖得分不对": ["列名个数为零", "得分超过分值"],
    "两个单位未登记": ["归口单位未登记共三行", "典型账号的归口单位未登记"],
}


@pytest.mark.parametrize("names", TOGETHER.values(), ids=TOGETHER)
def test_defects_together_are_told_as_each_alone(delivered: Delivered, names: list[str]) -> None:
    """`test_defects.py` shows that each of them alone is one finding: here none is a consequence of another."""
    for name in names:
        BY_NAME[name].change(delivered)
    assert_told(delivered, *(BY_NAME[name].told for name in names))


def test_thirty_and_more_are_told_in_one_pass() -> None:
    assert len(TOGETHER["很多"]) >= 30
    assert len({BY_NAME[name].told.code for name in TOGETHER["很多"]}) >= 30
