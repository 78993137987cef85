"""Tables in files that strangers have made: read with located faults, written so that no
spreadsheet takes a value for a formula."""
