"""Where Pelican begins with the plugin. Nothing heavy is loaded before it is known that there is anything to do."""

from typing import TYPE_CHECKING

from argument.unchanged import LastBuild

if TYPE_CHECKING:
    from pelican import Pelican


def start(pelican: "Pelican") -> None:
    """initialized: the settings are known and nothing has begun. What has not changed since the last build is not built again."""
    last = LastBuild(pelican.settings)
    said = last.said()
    if said is None:
        from argument import plugin  # noqa: PLC0415 - and with it everything

        plugin.start(pelican, last)
        return
    for line in said:
        print(line)
    raise SystemExit(0)


def register() -> None:
    """Called by Pelican once, for each process."""
    from pelican.plugins import signals  # noqa: PLC0415 - who uses the plugin without Pelican has no need of it

    signals.initialized.connect(start)
