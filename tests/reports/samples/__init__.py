"""Reports that tests are made with."""
