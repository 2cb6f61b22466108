"""Two periods of one key never overlap; an apply may move two of them, so the check can wait for its end."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE params_parameter ADD CONSTRAINT params_parameter_no_overlap EXCLUDE USING gist (
    key WITH =,
    (CASE WHEN ended_on < valid_from THEN 'empty'::daterange
          ELSE daterange(valid_from, LEAST(valid_to, ended_on), '[]') END) WITH &&
) DEFERRABLE INITIALLY IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("params", "0001_initial")]
    operations = [
        migrations.RunSQL(FORWARD, "ALTER TABLE params_parameter DROP CONSTRAINT params_parameter_no_overlap")
    ]
