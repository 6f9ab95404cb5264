"""The register governance: schema, facts, pages."""
