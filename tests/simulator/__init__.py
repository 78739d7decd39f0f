"""A simulated round: a plan with many offices, truthful answers, and the ways in which returns go wrong."""
