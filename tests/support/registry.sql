-- A small registry for tests of SQL: two units, three sites, three indicators, ten points and a bonus of five.
INSERT INTO reference.unit VALUES
('2021Q3', 'dongcheng', 'district', 1, '东城区', '北京市东城区人民政府'),
('2021Q3', 'reform', 'department', 2, '市发展改革委', '北京市发展和改革委员会');
INSERT INTO reference.site VALUES
('2021Q3', '1101010001', '东城门户', 'portal', 'district', 'dongcheng', TRUE, 1),
('2021Q3', '1100000001', '发改网站', 'department', 'department', 'reform', TRUE, 2),
('2021Q3', '1100000002', '信用专栏', 'special', 'department', 'reform', FALSE, 3);
INSERT INTO reference.site_group VALUES
('2021Q3', 'district', '区政府门户网站', 10, 5, 6, NULL, 8, 0, 4, 3),
('2021Q3', 'department', '市级部门政府网站', 10, 0, 6, NULL, 8, 0, 4, 3);
INSERT INTO reference.policy VALUES
('2021Q3', '2019', '2019Q2', '2019', FALSE, TRUE, 0.5, 0.01, FALSE, NULL, NULL, NULL, 1, 1, FALSE, 10, 3, '2019、2022');
INSERT INTO reference.indicator VALUES
('2021Q3', 'overview', 1, '发布解读', '概况信息', 'deduct', 6, '概况信息', FALSE),
('2021Q3', 'guides', 2, '办事服务', '办事指南', 'deduct', 4, '办事指南', TRUE),
('2021Q3', 'innovation', 3, '加分指标', '创新发展', 'bonus', 5, '创新发展', FALSE);
INSERT INTO reference.citation VALUES
('2021Q3', '概况信息', 'indicator', 'overview'),
('2021Q3', '办事指南', 'indicator', 'guides'),
('2021Q3', '办事服务', 'indicator', 'guides'),
('2021Q3', '站点无法访问', 'site_veto', 'W-V2'),
('2021Q3', '内容不更新', 'account_veto', '内容不更新'),
('2021Q3', '政务新媒体', 'account', ''),
('2021Q3', '找错留言', 'message', 'all'),
('2021Q3', '错别字留言', 'message', 'type typo'),
('2021Q3', '转办留言', 'message', 'status 16'),
('2021Q3', '未按期办结留言', 'message', 'late'),
('2021Q3', '未办结留言', 'message', 'open');
INSERT INTO reference.error_status VALUES
('2021Q3', '1', '已办结', TRUE, TRUE), ('2021Q3', '11', '不属实', FALSE, TRUE), ('2021Q3', '16', '转办', TRUE, FALSE);
INSERT INTO reference.platform VALUES ('2021Q3', 'wechat', 1, '微信'), ('2021Q3', 'weibo', 2, '微博');
INSERT INTO reference.supplement VALUES
('2021Q3', 'ipv6', '支持IPv6的网站', 'share', '', TRUE),
('2021Q3', 'visits', '检查访问次数', 'count', '', FALSE),
('2021Q3', 'rectified', '问题整改情况', 'share', '', FALSE),
('2021Q3', 'rectified_on_time', '按期整改情况', 'share', 'rectified', FALSE),
('2021Q3', 'silent_units', '未报送单位', 'units', '', FALSE);
INSERT INTO reference.statement VALUES
('2021Q3', 'scope', '检查范围', 1, TRUE, 'all', 3, 1, NULL, 'free', ''),
('2021Q3', 'change', '平均分变化', 2, TRUE, 'all', 3, 1, NULL, 'free', '比…提高、较…提升'),
('2021Q3', 'lowest', '最低分', 3, TRUE, 'all', 3, 1, NULL, 'none', ''),
('2021Q3', 'problem_units', '问题涉及单位', 4, TRUE, 'all', 3, 1, NULL, 'none', '');
INSERT INTO reference.figure_name VALUES
('2021Q3', '网站数', 'sites.inspected'), ('2021Q3', '平均分', 'district_sites.average');
INSERT INTO reference.number_pattern VALUES
('2021Q3', 'typed', '数字', '\d+(?:\.\d+)?%?'),
('2021Q3', 'plain', '期限', '\d+个?(?:工作日|周)'),
('2021Q3', 'plain', '热线', '12345');
INSERT INTO reference.quantifier VALUES
('2021Q3', 1, '个别', '网站', 'site', '个别网站', 0, 40),
('2021Q3', 1, '个别', '单位', 'unit', '个别单位', 0, 40),
('2021Q3', 1, '个别', '账号', 'account', '个别账号', 0, 40),
('2021Q3', 1, '个别', '留言', 'message', '个别留言', 0, 40),
('2021Q3', 2, '多数', '留言', 'message', '多数留言', 50, 100),
('2021Q3', 2, '多数', '网站', 'site', '多数网站', 50, 100),
('2021Q3', 2, '多数', '部门网站', 'department_site', '多数部门网站', 50, 100),
('2021Q3', 3, '均', '网站', 'site', '各网站[^，。]*均', 100, 100);
INSERT INTO reference.workday
SELECT '2021Q3', day::DATE, TRUE, 1 FROM range(DATE '2021-01-01', DATE '2022-01-01', INTERVAL 1 DAY) AS days (day);
INSERT INTO reference.layout_column VALUES
('2021Q3', 'site_score', 'site_code', '评分表', '网站标识码', FALSE),
('2021Q3', 'site_score', 'printed_base', '评分表', '扣分项得分', FALSE),
('2021Q3', 'site_score', 'printed_bonus', '评分表', '加分', FALSE),
('2021Q3', 'site_score', 'printed_total', '评分表', '总分', FALSE),
('2021Q3', 'site_function', 'site_code', '功能表', '网站标识码', FALSE),
('2021Q3', 'account', 'inspected_on', '检查表', '检查日期', TRUE),
('2021Q3', 'error_report', 'created_at', '找错台账', '留言时间', TRUE),
('2021Q3', 'error_report', 'closed_at', '找错台账', '办结时间', TRUE),
('2021Q3', 'info_item', 'item', '基本信息表', '项目', FALSE),
('2021Q3', 'info_window', 'table', '时间范围表', '表', FALSE);
-- A delivered record: its fields from column A on. '' is blank, 不涉及 is not applicable, a text that starts with ? is
-- bad, 'score:overview' is the field score of the member overview.
CREATE MACRO record(file, sheet, row_no, layout, fields) AS TABLE
SELECT
    '2021Q3' AS quarter,
    file AS file,
    sheet AS sheet,
    row_no AS row_no,
    chr(64 + place::INTEGER) || row_no AS cell,
    layout AS layout,
    split_part(name, ':', 1) AS field,
    split_part(name, ':', 2) AS member,
    text,
    CASE WHEN text = '不涉及' OR text LIKE '?%' THEN '' ELSE text END AS value,
    CASE WHEN text = '' THEN 'blank' WHEN text = '不涉及' THEN 'not_applicable' WHEN text LIKE '?%' THEN 'bad' ELSE 'ok' END AS state
FROM (
    SELECT unnest(map_keys(fields)) AS name, unnest(map_values(fields)) AS text, generate_subscripts(map_keys(fields), 1) AS place
);
