"""What the texts say: pure functions over the model and a campaign. No session, no clock."""
