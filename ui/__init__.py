"""The assistant shown to people: the chat page and the command line. Imports assistant, never index or corpus directly."""
