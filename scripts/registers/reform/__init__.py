"""The register reform: schema, facts, pages."""
