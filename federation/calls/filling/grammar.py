"""The part of jinja that a template may use: names, loops over lists that are known, conditions on both. Nothing else.

The sandbox keeps a template from our objects; this keeps it from everything but its places: no calls, no filters.
"""

from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from federation.calls.filling.vocabulary import Found, NotATemplate, Vocabulary, plain

HARMLESS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or)
COUNTERS = ("index", "index0", "first", "last", "length")
Scope = dict[str, str]  # the list that each loop variable goes through


class Grammar(ImmutableSandboxedEnvironment):
    """Whatever is made a template of by it, wherever in a file, was read first."""

    def __init__(self, vocabulary: Vocabulary, *, is_strict: bool = True) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=plain)
        for names in (self.globals, self.filters, self.tests):
            names.clear()
        self.vocabulary, self.found, self.is_strict = vocabulary, Found(), is_strict

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._read(tree, {})
        if self.is_strict and self.found.unknown:
            raise NotATemplate("grammar", self.found.unknown[0])
        return tree

    def _read(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.For():
                self._read_loop(node, scope)
            case nodes.Name(name=name):
                self.found.note(name, is_known=name in self.vocabulary.singles and name not in scope)
            case nodes.Getattr(node=nodes.Name(name=item), attr=column):
                self._read_column(item, column, scope)
            case nodes.Getitem(node=nodes.Name(name=item), arg=nodes.Const(value=str(column))):
                self._read_column(item, column, scope)
            case _ if isinstance(node, HARMLESS):
                self._read_all(node, scope)
            case _:
                raise NotATemplate("grammar", type(node).__name__.lower())

    def _read_all(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            self._read(child, scope)

    def _read_loop(self, loop: nodes.For, scope: Scope) -> None:
        target, source = loop.target, loop.iter
        if not (isinstance(target, nodes.Name) and isinstance(source, nodes.Name)) or loop.test or loop.recursive:
            raise NotATemplate("grammar", "for")
        is_known = source.name in self.vocabulary.lists
        self.found.note(source.name, is_known=is_known)
        inner = {**scope, target.name: source.name} if is_known else scope
        for child in [*loop.body, *loop.else_] if is_known else []:
            self._read(child, inner)

    def _read_column(self, item: str, column: str, scope: Scope) -> None:
        if item == "loop" and scope and column in COUNTERS:
            return
        listed = self.vocabulary.lists.get(scope.get(item, ""))
        self.found.note(f"{scope.get(item, item)}.{column}", is_known=listed is not None and column in listed.columns)


class Untouched:
    """Stands in for a template while its places are only looked for."""

    def __init__(self, source: str) -> None:
        self.source = source

    def render(self, *_args: Any, **_kwargs: Any) -> str:
        return self.source


class Looking(Grammar):
    """Reads every template of a file, and renders none."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary, is_strict=False)

    def from_string(self, source: Any, *_args: Any, **_kwargs: Any) -> Any:
        self._parse(str(source), None, None)
        return Untouched(str(source))
