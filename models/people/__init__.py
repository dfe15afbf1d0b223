"""People: invitations, roles and units, PINs, deputies, limits for strangers."""
