"""All questions that the auditor asks of a set of printed figures (逐项核对).

What lives here: ``audit``. What must not: the questions themselves, files, the terminal, our own facts.
"""

from __future__ import annotations

from pipeline.review.audit.answers import Answer, Verdict
from pipeline.review.audit.bands import ask_bands
from pipeline.review.audit.changes import ask_change
from pipeline.review.audit.groups import ask_overall
from pipeline.review.audit.model import Figures
from pipeline.review.audit.single import ask_average, ask_count, ask_rate
from pipeline.review.audit.sums import ask_sum


def audit(figures: Figures) -> list[Answer]:
    """All answers about a set of printed figures, table by table (复核).

    Whether a group fits the whole is not asked where one of them is wrong itself.
    """
    answers = [
        *(answer for count in figures.count for answer in ask_count(figures, count)),
        *(answer for rate in figures.rate for answer in ask_rate(figures, rate)),
        *(answer for average in figures.average for answer in ask_average(figures, average)),
    ]
    wrong = {answer.figure for answer in answers if answer.verdict is Verdict.WRONG}
    return [
        *answers,
        *(answer for change in figures.change for answer in ask_change(figures, change)),
        *(ask_sum(figures, total) for total in figures.sum),
        *(answer for bands in figures.bands for answer in ask_bands(figures, bands)),
        *(ask_overall(figures, overall, wrong) for overall in figures.overall),
    ]
