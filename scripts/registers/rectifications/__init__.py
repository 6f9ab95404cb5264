"""The register rectifications: schema, states, facts, pages."""
