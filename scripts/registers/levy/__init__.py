"""The register levy: schema, facts, pages."""
