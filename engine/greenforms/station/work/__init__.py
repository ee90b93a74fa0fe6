"""Long work: uploads taken in, and jobs over the ledger of batches, which go on where a killed server left them."""
