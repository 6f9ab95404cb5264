"""The register execution: schema, facts, pages."""
