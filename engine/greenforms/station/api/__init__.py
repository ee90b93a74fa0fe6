"""The interface for programs (OpenAPI 3.1 at /api/v1/openapi.json): one module a resource, over the same functions."""
