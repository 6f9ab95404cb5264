"""The register committee: schema, facts, pages."""
