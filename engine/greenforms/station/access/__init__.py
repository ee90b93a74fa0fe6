"""Who may come in, from where, with how much and how fast: layers of ASGI around the application, the outermost first.

`hosts` (the address that was called), `visitors` (token, session, key), `origins` (requests that other pages cause),
`bounds` (size and time of bodies), `headers` (what the browser is told). Sources: OWASP Cheat Sheets on cross-site
request forgery, session management and Content Security Policy (level 3).
"""
