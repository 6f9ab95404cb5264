"""The register final_accounts: schema, facts, pages."""
