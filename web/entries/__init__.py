"""Pages of records that are kept one at a time, whatever their kind."""
