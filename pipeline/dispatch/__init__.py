"""From the approved text to every recipient, once (签发、印发、分发).

What lives here: signing, issuing, packages, transports, receipts. Whatever is frozen here is never written again. What must not:
computing figures, wording, layout.
"""
