"""The register budget: schema, facts, pages."""
