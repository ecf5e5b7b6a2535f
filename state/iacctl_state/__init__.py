"""State: the document, the journal, locks and backends. Imports no engine package."""
