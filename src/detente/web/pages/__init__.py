"""One module a screen: plain functions from a look and a query to a :class:`detente.web.page.Page`."""
