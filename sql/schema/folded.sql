-- Two spellings of one name are one (名称规范化): white space dropped, full-width letters, digits and brackets folded.
-- The last two of the first list, the wide space and the no-break space, have no counterpart and are dropped.
CREATE OR REPLACE MACRO folded(spelling) AS translate(
    regexp_replace(spelling, '\s', '', 'g'),
    '（）０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－　 ',
    '()0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-'
)
