"""How operations look to people and to programs.

`protocols` says what a command's view can do; `human` and `json` hold the two implementations of each, and `choice`
picks one. Operations know nothing of this package: they emit events (`view.event` is a listener) and return results.
Text is built as plain strings and written to a `terminal.Terminal`; rich is loaded only to draw live progress for
somebody who watches.
"""
