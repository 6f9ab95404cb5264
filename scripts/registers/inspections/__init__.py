"""The register inspections: schema, draw, facts, pages."""
