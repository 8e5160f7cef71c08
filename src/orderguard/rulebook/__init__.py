"""What must hold: the condition language, rules, packs, and how they are read from YAML."""
