"""The register donations: a schema, data and sentences."""
