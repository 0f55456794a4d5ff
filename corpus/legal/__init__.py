"""From paragraphs to a legal document: pieces → openings → nodes → provisions, with metadata and relations read beside them."""
