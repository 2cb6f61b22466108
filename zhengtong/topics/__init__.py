"""What an official would name, on stairs: know → proceed → outcome → watch."""
