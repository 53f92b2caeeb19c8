"""What offices exchange: workbooks in, workbooks, lists and prints out."""
