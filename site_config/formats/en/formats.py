"""What English forms accept besides Django's own: the admin's date fields write dates as Poles do, in any language."""

from django.conf.locale.en import formats as english

DATE_INPUT_FORMATS = ["%d.%m.%Y", *english.DATE_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", *english.DATETIME_INPUT_FORMATS]
