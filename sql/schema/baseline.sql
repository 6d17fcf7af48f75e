-- The figures that 前期数据 of 季度信息 may declare (前期数据可填的项目), by the id of the figure.
CREATE OR REPLACE VIEW reference.baseline AS
SELECT known.*
FROM (
    VALUES
    (1, '区门户平均分', 'district_sites'),
    (2, '部门网站平均分', 'department_sites'),
    (3, '区新媒体平均分', 'new_media.districts'),
    (4, '部门新媒体平均分', 'new_media.departments')
) AS known (item_no, item, section)
