"""People: invitations, roles, PINs, deputies."""
