"""An imaginary Linq, served over real HTTP, written from the API's documents alone.

It imports nothing else of LinqDesk, so the client and the sandbox cannot share a mistake. `server`
serves it, `world` is its state, `routes` its API side, `cdn` its second origin, `control` the
outside's handle on it, `faults` what goes wrong and `stories` the ready-made worlds.
"""
