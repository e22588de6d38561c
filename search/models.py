"""The tables of the database index. What is matched stands in others, as each database has them (search/database/)."""

from django.db import models


class Entry(models.Model):
    """One page of the index: what its hits are ordered and counted by. Small: a search reads one for each hit.

    `ends`: seconds since 1970; `day`: as `datetime.date.toordinal()` counts; `labels`: sorted, one a line.
    """

    page_id = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=15)
    title_words = models.PositiveSmallIntegerField()
    day = models.IntegerField(null=True)
    ends = models.BigIntegerField(null=True)
    weight = models.FloatField()
    labels = models.TextField()
    analyser = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return str(self.page_id)


class StoredDocument(models.Model):
    """What an entry was made of: `document` without its passages, which can be long and are needed for a few hits."""

    page_id = models.BigIntegerField(primary_key=True)
    language = models.CharField(max_length=15)
    document = models.JSONField()
    passages = models.JSONField()
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.page_id)


class Word(models.Model):
    """In how many more documents a word stands (or fewer: `count` below 0) since the line before of the same word.

    Lines are only added, so that two who publish never wait for each other; now and then they are summed up
    (`search.database.vocabulary`).
    """

    language = models.CharField(max_length=15)
    word = models.CharField(max_length=100)
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["language", "word"], name="search_word_by_language")]

    def __str__(self) -> str:
        return self.word
