"""The register grassroots: schema, facts, pages."""
