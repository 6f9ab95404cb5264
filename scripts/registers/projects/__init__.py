"""The register projects: schema, facts, pages."""
