"""The ledger of figures: every printed number answers for itself (数字台账).

What lives here: what each figure means, which cells it comes from, where it is printed, and that no number of the notice
is left without an answer. What must not: computing figures, wording sentences.
"""
