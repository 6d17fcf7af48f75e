-- Which figures a statement prints or rests on (语句所用的数字), for a draft that says what is not yet sure.
SELECT
    statement_id,
    figure
FROM reference.printed
