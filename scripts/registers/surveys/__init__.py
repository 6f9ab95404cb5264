"""The register surveys: schema, facts, pages."""
