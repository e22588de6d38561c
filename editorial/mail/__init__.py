"""Mail that helps: who hears of what, in which words, and how it leaves the house.

events.py     what happened → who hears of it → rows of the outbox, in the same transaction
reminders.py  days that come near → rows of the outbox
outbox.py     writing a row: once per event and receiver, at the time the person chose
kinds.py      the words of each kind of mail
letters.py    rows → a letter in the receiver's language, as text and HTML
delivery.py   rows → the mail server: tries and growing pauses
queue.py      the job that sends a row outside the request
health.py     what an operator should see
account.py    each person's choice, in "My account"
comments.py   Wagtail's mails about comments, and
password.py   its mail about a new password: through the outbox too
"""
