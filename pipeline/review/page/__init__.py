"""The review page: the notice with figures that answer for themselves, charts, findings, in one offline file (核稿页).

What lives here: what the page shows, as plain data. What must not: HTML, which is `templates/review/page.html.j2`.
"""
