"""The Cabildo of the demo municipality. All invented."""
