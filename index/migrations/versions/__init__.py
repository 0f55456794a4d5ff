"""One step a version, each small enough to be read before it runs on somebody's documents."""
