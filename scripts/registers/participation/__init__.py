"""The register participation: schema, facts, pages."""
