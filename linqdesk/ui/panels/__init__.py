"""What stands beside the thread: details and participants."""
