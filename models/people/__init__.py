"""People: invitations, roles, PINs, who stands in for whom."""
