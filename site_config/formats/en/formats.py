"""How English writes dates here; forms accept what the admin's date fields write, as Poles do, in any language."""

from django.conf.locale.en import formats as english

DATE_INPUT_FORMATS = ["%d.%m.%Y", *english.DATE_INPUT_FORMATS]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", *english.DATETIME_INPUT_FORMATS]

# British, and the hours as everybody in Poland reads them: programmes and running words say 18:00, too.
DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
