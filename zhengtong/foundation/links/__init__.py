"""All traffic with the outside: systems of the province, the city, the ministries.

Nouns: port (a named neighbour and how to reach it), exchange (one recorded call), breaker (whether it is called).
Verbs: `call` a port; `zt links` shows all ports and what is wrong with them. No page ever waits for a neighbour: calls
are made by jobs. A port's address may be `simulator:NAME`: the same client then talks to a program in this process.
"""
