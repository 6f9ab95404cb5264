"""The register organisation: schema, facts, pages."""
