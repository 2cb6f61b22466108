"""Main's own commands, one file each: `run(argv) -> exit code`."""
