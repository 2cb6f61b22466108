"""What was published stays as it was, in the database itself; periods of one item never overlap."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE items_itemversion ADD CONSTRAINT items_version_no_overlap EXCLUDE USING gist (
    item_id WITH =,
    (CASE WHEN closed_on < valid_from THEN 'empty'::daterange
          ELSE daterange(valid_from, LEAST(valid_to, closed_on), '[]') END) WITH &&
) WHERE (state <> 'draft') DEFERRABLE INITIALLY IMMEDIATE;

CREATE FUNCTION items_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published version of an item is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    -- May change: how it is found and reached, and when it ceased to be in force.
    IF NEW.state = 'draft' OR (to_jsonb(NEW) - '{editorial,events,closed_on,state,search_document,search_pieces}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{editorial,events,closed_on,state,search_document,search_pieces}'::text[]) THEN
        RAISE EXCEPTION 'a published version of an item is never rewritten' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER items_version_is_immutable BEFORE UPDATE OR DELETE ON items_itemversion
    FOR EACH ROW EXECUTE FUNCTION items_version_is_immutable();
"""
BACK = """
DROP TRIGGER items_version_is_immutable ON items_itemversion;
DROP FUNCTION items_version_is_immutable();
ALTER TABLE items_itemversion DROP CONSTRAINT items_version_no_overlap;
"""


class Migration(migrations.Migration):
    dependencies = [("items", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
