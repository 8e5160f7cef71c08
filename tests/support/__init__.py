"""What tests in several folders share: order documents, where their fields are, packs, the command line."""
