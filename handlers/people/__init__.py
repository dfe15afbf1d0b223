"""People: invitations, access, roles, PINs and absences."""
