"""The register associations: schema, facts, pages."""
