-- Cells of records that were read whole (完整读取的记录). A record with an unreadable cell is left out of core;
-- its finding blocks the quarter, so nothing is computed without it.
CREATE OR REPLACE VIEW raw.sound AS
SELECT delivered.*
FROM raw.cell AS delivered
ANTI JOIN (SELECT file, sheet, row_no FROM raw.cell WHERE state = 'bad') AS bad
    USING (file, sheet, row_no)
