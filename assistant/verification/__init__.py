"""Does a sentence say what the words that it cites say? Pure values and rules: nothing here opens a file or a connection."""
