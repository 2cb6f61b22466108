"""`zt manage …`: Django's own commands, on this installation's database."""


def run(argv: list[str]) -> int:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zt manage", *argv])
    return 0
