"""Word files, by docxtpl: tables repeat a row with {%tr for … %}, the rest is places."""

import io
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from federation.calls.filling.grammar import Grammar, Looking
from federation.calls.filling.vocabulary import Found, NotATemplate, Values, Vocabulary


def look(content: bytes, vocabulary: Vocabulary, values: Values | None = None) -> Found:
    """Every place of body, headers, footers, notes and properties. With values: filled once, for trial."""
    looking = Looking(vocabulary)
    _render(content, looking, {})
    if values and not looking.found.unknown:
        fill(content, vocabulary, values)
    return looking.found


def fill(content: bytes, vocabulary: Vocabulary, values: Values) -> bytes:
    """Raises NotATemplate for whatever the vocabulary does not know."""
    return _render(content, Grammar(vocabulary), {**values.singles, **values.lists})


def _render(content: bytes, grammar: Grammar, values: dict[str, Any]) -> bytes:
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.render(values, jinja_env=grammar, autoescape=True)
        made = io.BytesIO()
        template.save(made)
    except TemplateError as error:
        raise NotATemplate("grammar", str(error)[:200]) from error
    except NotATemplate:
        raise
    except Exception as error:  # python-docx raises nearly anything for files that others wrote badly
        raise NotATemplate("broken") from error
    return made.getvalue()
