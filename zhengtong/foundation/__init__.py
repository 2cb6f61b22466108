"""What every request needs, upward: clock, refusals, wiring, codes, expressions, crypto
→ audit, outbox, idempotency → access → params, files, links → directory → accounts → packs → ui."""
