"""What must hold whatever fails: kills, lost databases, refused rows, malformed updates."""
