"""The register allowances: schema, facts, pages."""
