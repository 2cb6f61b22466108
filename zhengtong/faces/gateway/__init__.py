"""For machines: OAuth2 client credentials, JSON, problem+json, idempotency keys; described by OpenAPI 3.1.

`api` holds the ordinary routes, `lane` answers the one hot route (filing a case) before Django and gathers concurrent
filings into one transaction; both call the same `submit_cases`.
"""
