"""What is sent to people: the kinds of message, and the channels."""
