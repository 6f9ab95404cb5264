"""The register procurement: schema, facts, pages."""
