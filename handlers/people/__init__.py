"""Who comes in and who is who: invitations, roles, PINs, absences."""
