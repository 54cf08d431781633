"""Documents of the demo municipality, in every state, by its people. All invented."""
