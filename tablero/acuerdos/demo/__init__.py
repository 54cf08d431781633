"""What the demo's acuerdos charged and published. All invented."""
