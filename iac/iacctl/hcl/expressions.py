"""Reading expressions: precedence climbing over the tokens."""

from __future__ import annotations

from typing import Final

from iacctl.hcl.ast import (
    CONSTANTS,
    AnonymousSymbol,
    AttributeStep,
    BinaryOperation,
    Conditional,
    Expression,
    Index,
    IndexStep,
    Invalid,
    Literal,
    Parentheses,
    RelativeTraversal,
    ScopeTraversal,
    Splat,
    Step,
    UnaryOperation,
)
from iacctl.hcl.constructors import ConstructorReader
from iacctl.hcl.normalization import nfc

_PRECEDENCE: Final = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}

# Most expressions are one token, and what follows it shows that: no operator will come.
_WHOLE: Final = frozenset(("id", "str", "num"))
_LAST: Final = frozenset(("nl", ",", ")", "]", "}", "te", "eof"))


class ExpressionReader(ConstructorReader):
    """Reads expressions."""

    __slots__ = ()

    def expression(self) -> Expression:
        """Read an expression, with the lowest precedence."""
        token = self.at
        if self.kinds[token + 1] in _LAST and self.kinds[token] in _WHOLE:
            return self._operand()
        start = self.starts[token]
        mark = len(self.problems)
        condition = self._binary(1)
        if self.kinds[self.at] != "?" or self.failed(mark):
            return condition
        self.at += 1
        then = self.expression()
        if self.failed(mark):
            return condition
        if self.kinds[self.at] != ":":
            detail = "The conditional operator (...?...:...) requires a false expression, delimited by a colon."
            self.error("Missing false expression in conditional", detail, self.at, start)
            return condition
        self.at += 1
        otherwise = self.expression()
        if self.failed(mark):
            return condition
        return Conditional(self.file, condition.start, otherwise.end, condition, then, otherwise)

    def _binary(self, least: int) -> Expression:
        """Read operations whose operators have at least this precedence; all of them associate to the left."""
        mark = len(self.problems)
        left = self._operand()
        kinds = self.kinds
        while True:
            operator = kinds[self.at]
            precedence = _PRECEDENCE.get(operator)
            if precedence is None or precedence < least or self.failed(mark):
                return left
            at = self.starts[self.at]
            self.at += 1
            right = self._binary(precedence + 1)
            if self.failed(mark):
                return left
            left = BinaryOperation(self.file, left.start, right.end, operator, left, right, at)

    def _operand(self) -> Expression:
        """Read a term and the traversals after it."""
        token = self.at
        kind = self.kinds[token]
        if kind == "id":
            term = self._named(token)
        elif kind == "str":
            start, end = self.starts[token], self.ends[token]
            term = Literal(self.file, start, end, nfc(self.text[start + 1 : end - 1]))
            self.at = token + 1
        elif kind == "num":
            term = self.number(token)
            self.at = token + 1
        elif kind == "oq":
            term = self.template("cq")
        elif kind == "[":
            term = self.tuple_constructor()
        elif kind == "{":
            term = self.object_constructor()
        elif kind == "(":
            term = self._parentheses()
        elif kind == "-" or kind == "!":
            self.at = token + 1
            operand = self._operand()
            return UnaryOperation(self.file, self.starts[token], operand.end, kind, operand)
        elif kind == "oh":
            term = self.template("ch")
        else:
            term = self._no_expression(token)
        following = self.kinds[self.at]
        if following == "." or following == "[":
            return self._traversals(term)
        return term

    def _named(self, token: int) -> Expression:
        """Read a reference, a call, `true`, `false` or `null`."""
        file, start, end = self.file, self.starts[token], self.ends[token]
        name = self.text[start:end]
        following = self.kinds[token + 1]
        if (following == "(" or following == "::") and "." not in name:
            return self.call(token)
        self.at = token + 1
        if "." not in name:
            if name in CONSTANTS:
                return Literal(file, start, end, CONSTANTS[name])
            return ScopeTraversal(file, start, end, name, ())
        root, *rest = name.split(".")
        position = start + len(root)
        steps: list[Step] = []
        for part in rest:
            after = position + 1 + len(part)
            steps.append(AttributeStep(file, position, after, part))
            position = after
        if root in CONSTANTS:
            constant = Literal(file, start, start + len(root), CONSTANTS[root])
            return RelativeTraversal(file, start, end, constant, tuple(steps))
        return ScopeTraversal(file, start, end, root, tuple(steps))

    def number(self, token: int) -> Expression:
        """The literal of a number token, which is not read."""
        text = self.text[self.starts[token] : self.ends[token]]
        if text.isdigit() and len(text) < 100:
            return Literal(self.file, self.starts[token], self.ends[token], int(text))
        from iacctl.values import numbers

        try:
            return Literal(self.file, self.starts[token], self.ends[token], numbers.parse(text))
        except ValueError:
            self.error("Invalid number literal", "Failed to recognize the value of this number literal.", token)
            return Invalid(self.file, self.starts[token], self.ends[token])

    def _parentheses(self) -> Expression:
        opening = self.at
        self.at = opening + 1
        mark = len(self.problems)
        inner = self.expression()
        if len(self.problems) > mark:
            # HCL gives the inner expression back then, without the parentheses.
            self.recover(")")
            return inner
        if self.kinds[self.at] != ")":
            detail = "Expected a closing parenthesis to terminate the expression."
            self.error("Unbalanced parentheses", detail, self.at, self.starts[opening])
            self.recovering = True
        closing = self.take()
        return Parentheses(self.file, self.starts[opening], self.ends[closing], inner)

    def _no_expression(self, token: int) -> Expression:
        if not self.recovering:
            if self.kinds[token] == "eof":
                detail = "Expected the start of an expression, but found the end of the file."
                self.error("Missing expression", detail, token)
            else:
                detail = "Expected the start of an expression, but found an invalid expression token."
                self.error("Invalid expression", detail, token)
        self.recovering = True
        place = self.range_of(token)
        return Invalid(self.file, place.start, place.end)

    def _traversals(self, term: Expression) -> Expression:
        """Read attributes, indexes and splats after a term."""
        kinds = self.kinds
        first = term.start
        while True:
            kind = kinds[self.at]
            if kind == ".":
                following = kinds[self.at + 1]
                if following == "id":
                    term = self._attributes(term)
                elif following == "num":
                    term = _extended(term, (self._legacy_index(self.at),))
                    self.at += 2
                elif following == "*":
                    term = self._attribute_splat(term, first)
                else:
                    term = Invalid(self.file, first, self.ends[self.at])
                    self.at += 1
                    detail = "An attribute name is required after a dot."
                    self.error("Invalid attribute name", detail, self.at)
                    self.recovering = True
            elif kind == "[":
                if kinds[self.at + 1] == "*" and not self._newline_between(self.at, self.at + 1):
                    term = self._full_splat(term, first)
                else:
                    term = self._index(term, first)
            else:
                return term

    def _attributes(self, term: Expression) -> Expression:
        """Read a dot and the name or dotted names after it."""
        dot, name = self.starts[self.at], self.at + 1
        position = self.starts[name]
        steps: list[Step] = []
        for part in self.text[position : self.ends[name]].split("."):
            after = position + len(part)
            steps.append(AttributeStep(self.file, dot, after, part))
            dot, position = after, after + 1
        self.at += 2
        return _extended(term, tuple(steps))

    def _legacy_index(self, dot: int) -> IndexStep:
        """The step of a dot and the number after it, which are not read."""
        start, end = self.starts[dot], self.ends[dot + 1]
        text = self.text[self.starts[dot + 1] : end]
        if "." in text:
            first, _, second = text.partition(".")
            detail = (
                "When using the legacy index syntax, chaining two indexes together is not permitted."
                f" Use the proper index syntax instead, like [{first}][{second}]."
            )
            self.error("Invalid legacy index syntax", detail, dot + 1)
            return IndexStep(self.file, start, end, 0)
        number = self.number(dot + 1)
        return IndexStep(self.file, start, end, number.value if type(number) is Literal else 0)

    def _attribute_splat(self, source: Expression, first: int) -> Expression:
        """Read `.*` and the attributes and legacy indexes after it."""
        kinds = self.kinds
        dot, star = self.at, self.at + 1
        self.at += 2
        after_marker = self.starts[self.at]
        steps: list[Step] = []
        end = self.ends[star]
        while kinds[self.at] == ".":
            following = kinds[self.at + 1]
            if following == "num":
                number = self.number(self.at + 1)
                end = self.ends[self.at + 1]
                steps.append(
                    IndexStep(self.file, self.starts[self.at], end, number.value if type(number) is Literal else 0)
                )
                self.at += 2
            elif following == "id":
                attributes = self._attributes(AnonymousSymbol(self.file, 0, 0))
                assert type(attributes) is RelativeTraversal
                steps += attributes.steps
                end = attributes.end
            else:
                self.at += 1
                if not self.recovering:
                    if following == "*":
                        detail = "A splat expression (*) cannot be used inside another attribute-only splat expression."
                        self.error("Nested splat expression not allowed", detail, self.at)
                    else:
                        self.error("Invalid attribute name", "An attribute name is required after a dot.", star)
                self.recovering = True
                return source
        item = AnonymousSymbol(self.file, self.starts[dot], self.ends[star])
        each: Expression = item
        if steps:
            each = RelativeTraversal(self.file, after_marker, end, item, tuple(steps))
        return Splat(self.file, first, end, source, each, item)

    def _full_splat(self, source: Expression, first: int) -> Expression:
        """Read `[*]` and all the traversals after it."""
        opening = self.at
        self.at += 2
        closing = self.take()
        if self.kinds[closing] != "]" or self._newline_between(opening + 1, closing):
            silent = self.recovering
            if self.kinds[closing] != "]":
                closing = self.recover("]")
            if not silent:
                detail = 'The star for a full splat operator must be immediately followed by a closing bracket ("]").'
                self.error("Missing close bracket on splat index", detail, closing)
            self.recovering = True
        item = AnonymousSymbol(self.file, self.starts[opening], self.ends[closing])
        each = self._traversals(item)
        return Splat(self.file, first, each.end, source, each, item)

    def _index(self, source: Expression, first: int) -> Expression:
        """Read `[key]`."""
        opening = self.at
        self.at += 1
        mark = len(self.problems)
        key = self.expression()
        if self.failed(mark):
            closing = self.recover("]")
        else:
            closing = self.take()
            if self.kinds[closing] != "]" and not self.recovering:
                closing = self.recover("]")
                detail = 'The index operator must end with a closing bracket ("]").'
                self.error("Missing close bracket on index", detail, closing)
        start, end = self.starts[opening], self.ends[closing]
        if type(key) is Literal:
            return _extended(source, (IndexStep(self.file, start, end, key.value),))
        return Index(self.file, first, end, source, key, start)

    def _newline_between(self, left: int, right: int) -> bool:
        """Whether a newline stands between two tokens, for the places within brackets where it has a meaning."""
        return "\n" in self.text[self.ends[left] : self.starts[right]]


def _extended(source: Expression, steps: tuple[Step, ...]) -> Expression:
    """The traversal with more steps; a new one if the source is anything else."""
    end = steps[-1].end
    if type(source) is ScopeTraversal or type(source) is RelativeTraversal:
        source.steps += steps
        source.end = end
        return source
    return RelativeTraversal(source.file, source.start, end, source, steps)
