"""How Polish writes short dates here: with dots, as people do and as the forms read them."""

SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
