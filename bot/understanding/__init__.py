"""From free text to intent, slots and times. Pure: no database, no platform, no network."""
