"""The register institutions: schema, facts, pages."""
