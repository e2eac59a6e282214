"""Papers that clerks send: where they are kept, and how they are read in while questions go on."""
