"""The only place that knows all: settings, routes, the two servers, the command line."""
