"""The register evaluations: schema, facts, pages."""
