"""Exchange 资源对接: the chamber's own needs and offers, their best matches in the federation, and introductions."""
