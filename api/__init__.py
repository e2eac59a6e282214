"""Api: where people and other programs come in; settings, wiring, routes, pages, commands."""
