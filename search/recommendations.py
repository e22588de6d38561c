"""Pages that staff chose for some words: they come first, and are marked."""

from collections.abc import Callable, Sequence

Provider = Callable[[str, str], Sequence[int]]
"""Words as they were typed, and the language → keys of pages in their order."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Called once, when the apps are ready. It is asked at every search: it remembers what it knows."""
    if provider not in _providers:
        _providers.append(provider)


def keys_for(words: str, language: str) -> list[int]:
    """The pages that were chosen for `words`, each once."""
    return list(dict.fromkeys(key for provider in _providers for key in provider(words, language)))
