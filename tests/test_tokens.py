from corpus.tokens import EstimatedTokens, TiktokenTokens, open_counter


def test_the_vocabulary_is_installed_and_counts_known_texts() -> None:
    counter = TiktokenTokens()
    assert counter.exact
    assert counter.count("hello world") == 2
    assert counter.count("") == 0


def test_vietnamese_takes_more_tokens_than_words() -> None:
    text = "Chương trình Chuyển đổi số quốc gia đến năm 2025"
    assert TiktokenTokens().count(text) > len(text.split())


def test_control_tokens_in_a_document_are_ordinary_text() -> None:
    assert TiktokenTokens().count("<|endoftext|>") > 1


def test_the_estimate_is_a_second_counter_that_says_it_is_one() -> None:
    assert not EstimatedTokens().exact
    assert EstimatedTokens().count("abcdef") == 3
    assert open_counter().exact
