"""The register rules: schema, facts, pages."""
