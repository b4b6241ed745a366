"""The event type model: training and card."""
