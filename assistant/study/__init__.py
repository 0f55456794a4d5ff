"""Study: items, marks and cards made from the words of the documents, each with its provision. Nothing here needs a model."""
