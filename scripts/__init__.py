"""From published tables to Markdown pages: data -> facts -> comparisons -> grids -> pages. Never imports Pelican."""
