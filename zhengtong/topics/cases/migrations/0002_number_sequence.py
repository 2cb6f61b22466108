"""The serial of case numbers: one sequence for all, round again after a million."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_number MINVALUE 1 MAXVALUE 999999 CYCLE CACHE 1",
            "DROP SEQUENCE cases_number",
        )
    ]
