"""Document -> Article: language, furniture, sentences, words. Start with article.py."""
