"""The whole product as processes: command line, Dagster's own commands, a browser."""
