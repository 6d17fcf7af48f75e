-- Two whole numbers divided and rounded once (修约): the half goes away from zero, or to the even neighbour.
CREATE OR REPLACE MACRO rounded(numerator, denominator, half_even) AS sign(numerator) * (
    abs(numerator) // denominator
    + CASE
        WHEN 2 * (abs(numerator) % denominator) > denominator THEN 1
        WHEN 2 * (abs(numerator) % denominator) < denominator THEN 0
        WHEN half_even THEN (abs(numerator) // denominator) % 2
        ELSE 1
    END
)
