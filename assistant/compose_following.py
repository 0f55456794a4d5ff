"""Where the settings become what follows a catalogue that other processes write to."""

from __future__ import annotations

from assistant.following import Following
from assistant.live import Live
from assistant.settings import Settings
from index.catalogue import Catalogue
from index.home import Home

__all__ = ["open_following"]


def open_following(settings: Settings, live: Live) -> Following:
    """Return what opens the assistant anew when the catalogue has changed, whoever changed it. Raises StoreFailed."""
    catalogue = Catalogue.open(settings.database or Home(settings.home).catalogue_url)
    return Following(catalogue.state, live.renew)
