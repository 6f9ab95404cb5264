"""The register performance: schema, facts, pages."""
