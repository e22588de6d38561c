"""Support for the tests: where the browser and PostgreSQL come from. Standard library only, so that
`make test` can ask before anything is installed."""
