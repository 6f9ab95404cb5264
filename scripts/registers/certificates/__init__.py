"""The register certificates: schema, facts, pages."""
