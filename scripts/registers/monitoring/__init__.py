"""The register monitoring: schema, facts, pages."""
