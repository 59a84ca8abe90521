# SPDX-License-Identifier: Apache-2.0
"""Writes a source of C++ anew with every change that `scripts/mutate` tries, each behind its number."""
import dataclasses
import re
import sys

SUPPORT = """// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
#include <type_traits>
#include <utility>
inline const int kWeftMutant = std::getenv("WEFT_MUTANT") ? std::atoi(std::getenv("WEFT_MUTANT")) : 0;
constexpr bool weft_mutant(int number) {
    return !std::is_constant_evaluated() && number == kWeftMutant;
}
template <typename Number>
constexpr Number weft_grown(int number, Number value) {
    return weft_mutant(number) ? static_cast<Number>(value + 1) : value;
}
// `a < b` becomes `a < WEFT_LESS(n) < b`, which binds as the original does.
template <int Kind>
struct WeftProbe { int neighbour; int opposite; };
template <int Kind, typename Left>
struct WeftHalf { Left left; WeftProbe<Kind> probe; };
#define WEFT_RELATION(KIND, OP, NEIGHBOUR, OPPOSITE)                                              \\
    template <typename Left>                                                                      \\
    constexpr auto operator OP(Left&& left, WeftProbe<KIND> probe) {                              \\
        return WeftHalf<KIND, Left&&>{std::forward<Left>(left), probe};                           \\
    }                                                                                             \\
    template <typename Left, typename Right>                                                      \\
    constexpr bool operator OP(const WeftHalf<KIND, Left>& half, Right&& right) {                 \\
        return weft_mutant(half.probe.neighbour) ? half.left NEIGHBOUR right                      \\
               : weft_mutant(half.probe.opposite) ? half.left OPPOSITE right                      \\
                                                  : half.left OP right;                           \\
    }
WEFT_RELATION(1, ==, !=, !=)
WEFT_RELATION(2, !=, ==, ==)
WEFT_RELATION(3, <, <=, >=)
WEFT_RELATION(4, <=, <, >)
WEFT_RELATION(5, >, >=, <=)
WEFT_RELATION(6, >=, >, <)
"""
RELATIONS = {"==": (1, "!=", None), "!=": (2, "==", None), "<": (3, "<=", ">="),
             "<=": (4, "<", ">"), ">": (5, ">=", "<="), ">=": (6, ">", "<")}

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)
      |(?P<text>(?:u8|u|U|L)?R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|(?:u8|u|U|L)?"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+')
      |(?P<number>\d(?:'?[\w.])*)
      |(?P<name>[A-Za-z_]\w*)
      |(?P<mark2>\[\[|\]\]|<=>|->|::|\+\+|--|<<=|>>=|<<|>=|<=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%&|^!~<>=?:;,.(){}\[\]])""",
    re.S | re.X | re.M)


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    space: str  # what stands before it
    line: int
    at: int = 0  # its place among all
    binary: bool = False  # an operator with white space on both sides


@dataclasses.dataclass
class Mutant:
    number: int
    file: str
    line: int
    what: str
    source: str
    at: int
    # Of those in the file whose line and change read the same, in their order.
    occurrence: int = 0

    def key(self):
        return f"{self.file} | {self.source} | {self.what} | {self.occurrence}"

    def __str__(self):
        which = f" ({self.occurrence})" if self.occurrence > 1 else ""
        return f"{self.file}:{self.line}: {self.what}{which}: {self.source}"


def tokens_of(source):
    result, space, line = [], "", 1
    at = 0
    while at < len(source):
        found = TOKEN.match(source, at)
        if not found:
            sys.exit(f"mutate: cannot read {source[at:at + 30]!r}")
        text = found.group()
        if found.lastgroup == "space" or found.group("space") is not None:
            space += text
        else:
            kind = "text" if found.group("text") else found.lastgroup
            result.append(Token(kind, text, space, line, len(result)))
            space = ""
        line += text.count("\n")
        at = found.end()
    for here, after in zip(result, result[1:] + [Token("end", "", space, line)]):
        here.binary = bool(here.space) and bool(after.space)
    return result, space


OPEN = {"(": ")", "{": "}", "[": "]", "[[": "]]"}


class Writer:
    """Writes one source anew with every change in it."""

    def __init__(self, root, file, first, disabled):
        self.file = file
        source = (root / file).read_text()
        self.lines = source.split("\n")
        self.tokens, self.tail = tokens_of(source)
        # Those that do not compile as well: what compiles does not change the names of the others.
        self.places = []
        self.next = first
        self.disabled = disabled
        self.close = {}
        stack = []
        for at, token in enumerate(self.tokens):
            if token.text in OPEN:
                stack.append(at)
            elif stack and token.text == OPEN[self.tokens[stack[-1]].text]:
                self.close[stack.pop()] = at

    def mutant(self, token, what):
        """The number of a new change, or None if it does not compile."""
        number = self.next
        self.next += 1
        self.places.append(Mutant(number, self.file, token.line, what,
                                  self.lines[token.line - 1].strip(), token.at))
        return None if number in self.disabled else number

    def write(self):
        """The text, and the changes in it."""
        text = self.outside(0, len(self.tokens)) + self.tail
        seen = {}
        for place in sorted(self.places, key=lambda place: place.at):
            alike = (place.source, place.what)
            place.occurrence = seen[alike] = seen.get(alike, 0) + 1
        return text, [place for place in self.places if place.number not in self.disabled]

    # --- outside of functions everything stays

    def outside(self, start, end):
        out, at, head = [], start, start
        while at < end:
            token = self.tokens[at]
            if token.text == "{" and at in self.close:
                stop = self.close[at]
                out.append(token.space + "{")
                body = self.is_body(head, at)
                out.append(self.block(at + 1, stop) if body else
                           self.outside(at + 1, stop) if self.is_scope(head, at) else
                           self.plain(at + 1, stop))
                out.append(self.tokens[stop].space + "}")
                at = head = stop + 1
                continue
            out.append(token.space + token.text)
            at += 1
            if token.text == ";":
                head = at
        return "".join(out)

    def plain(self, start, end):
        return "".join(token.space + token.text for token in self.tokens[start:end])

    def is_scope(self, head, at):
        return self.tokens[head].text in ("namespace", "class", "struct", "template", "friend") \
            and not self.is_body(head, at)

    def is_body(self, head, at):
        words = {token.text for token in self.tokens[head:at]}
        return bool({")", "noexcept"} & {self.tokens[at - 1].text, self.tokens[max(at - 2, 0)].text}
                    or (")" in words and "=" not in words and "namespace" not in words
                        and "enum" not in words)) and "constexpr" not in words

    # --- statements

    def block(self, start, end):
        out, at = [], start
        while at < end:
            token = self.tokens[at]
            if token.text == "{" and at in self.close:
                out.append(token.space + "{" + self.block(at + 1, self.close[at]))
                at = self.close[at]
                out.append(self.tokens[at].space + "}")
                at += 1
            elif token.text in ("constexpr", "static", "using", "static_assert", "case"):
                stop = self.find(at, end, (";", ":") if token.text == "case" else (";",))
                out.append(self.plain(at, stop + 1))
                at = stop + 1
            elif token.text in ("if", "while") and self.tokens[at + 1].text == "(":
                stop = self.close[at + 1]
                out.append(token.space + token.text + self.tokens[at + 1].space + "("
                           + self.condition(at, at + 2, stop) + self.tokens[stop].space + ")")
                at = stop + 1
            elif token.text in ("for", "switch") and self.tokens[at + 1].text == "(":
                stop = self.close[at + 1]
                out.append(token.space + token.text + self.tokens[at + 1].space + "("
                           + self.parts(at + 2, stop) + self.tokens[stop].space + ")")
                at = stop + 1
            elif token.text == "WEFT_RETURN_IF_ERROR":
                stop = self.close[at + 1]
                number = self.mutant(token, "the failure is dropped")
                inner = self.parts(at + 2, stop)
                if number is not None:
                    inner = f"weft_mutant({number}) ? ::weft::okStatus() : ({inner})"
                out.append(f"{token.space}{token.text}({inner})")
                at = stop + 1
            else:
                stop = self.find(at, end, (";",))
                out.append(self.parts(at, stop))
                if stop < end:
                    out.append(self.tokens[stop].space + ";")
                at = stop + 1
        return "".join(out)

    def find(self, at, end, wanted):
        """The place of the first of `wanted` at this depth; a block in front of it ends the search
        when it is no value."""
        while at < end and self.tokens[at].text not in wanted:
            at = self.close.get(at, at) + 1
        return min(at, end)

    def condition(self, keyword, start, end):
        token = self.tokens[keyword]
        out = ""
        last = start
        at = self.find(start, end, (";",))
        if at < end:
            out = self.parts(start, at) + self.tokens[at].space + ";"
            last = at + 1
        # A declaration is what it declares.
        if any(t.text == "=" for t in self.flat(last, end)) or self.tokens[last].text == "constexpr":
            return out + self.parts(last, end)
        inner = self.parts(last, end)
        if self.is_worth_negating(last, end):
            number = self.mutant(token, "the condition is negated")
            if number is not None:
                inner = f"weft_mutant({number}) != static_cast<bool>({inner})"
        if self.leaves(end + 1):
            number = self.mutant(token, "the early end does not happen")
            if number is not None:
                inner = f"!weft_mutant({number}) && ({inner})"
        return out + inner

    def is_worth_negating(self, start, end):
        """A lone relation becomes its opposite anyway."""
        here = [token.text for token in self.flat(start, end) if token.binary]
        return "&&" in here or "||" in here or not RELATIONS.keys() & set(here)

    def leaves(self, at):
        if at >= len(self.tokens) or self.tokens[at].text != "{":
            return False
        return self.tokens[at + 1].text in ("return", "continue", "break")

    def flat(self, start, end):
        at = start
        while at < end:
            yield self.tokens[at]
            at = self.close.get(at, at) + 1

    # --- expressions

    BREAKS = (",", ";", "?", ":", "=", "return", "+=", "-=", "|=", "co_return")

    def parts(self, start, end):
        """Expressions, one after another, with what stands between them."""
        out, first, at = [], start, start
        while at < end:
            token = self.tokens[at]
            if token.text in self.BREAKS:
                out.append(self.choice(first, at) if token.text == "?" else self.junction(first, at))
                out.append(token.space + token.text)
                first = at + 1
            at = self.close.get(at, at) + 1
        out.append(self.junction(first, end))
        return "".join(out)

    def choice(self, start, end):
        """What stands before a question mark."""
        inner = self.junction(start, end)
        if start == end or not self.is_worth_negating(start, end):
            return inner
        number = self.mutant(self.tokens[end], "the condition is negated")
        return inner if number is None else \
            f" (weft_mutant({number}) != static_cast<bool>({inner}))"

    def junction(self, start, end):
        for operator, other in (("||", "&&"), ("&&", "||")):
            at, last = start, None
            while at < end:
                if self.tokens[at].text == operator and self.tokens[at].binary:
                    last = at
                at = self.close.get(at, at) + 1
            if last is not None:
                number = self.mutant(self.tokens[last], f"{operator} becomes {other}")
                left, right = self.junction(start, last), self.junction(last + 1, end)
                if number is None:
                    return f"{left}{self.tokens[last].space}{operator}{right}"
                # Where it stands as an operand of something, it stood in brackets already.
                return (f" (weft_mutant({number}) ? (({left}) {other} ({right}))"
                        f" : (({left}) {operator} ({right})))")
        return self.operands(start, end)

    def operands(self, start, end):
        out, at = [], start
        while at < end:
            token = self.tokens[at]
            before = self.tokens[at - 1].text if at > 0 else ""
            if at in self.close:
                stop = self.close[at]
                out.append(token.space + token.text)
                is_body = token.text == "{" and self.is_lambda(at)
                inner = self.block if is_body else self.parts
                out.append(self.plain(at + 1, stop) if token.text == "[[" or self.is_capture(at)
                           else inner(at + 1, stop))
                out.append(self.tokens[stop].space + self.tokens[stop].text)
                at = stop + 1
                continue
            out.append(token.space + self.one(token, before))
            at += 1
        return "".join(out)

    def is_capture(self, at):
        if self.tokens[at].text == "(":  # the parameters of a lambda
            return self.tokens[at - 1].text == "]" and self.tokens[self.close[at] + 1].text in ("{", "->", "mutable")
        return self.tokens[at].text == "[" and self.tokens[self.close[at] + 1].text in ("(", "{")

    def is_lambda(self, at):
        if self.tokens[at - 1].text in (")", "]", "mutable"):
            return True
        return any(token.text == "->" for token in self.tokens[max(at - 8, 0):at]) \
            and self.tokens[at - 1].kind != "mark2"

    def one(self, token, before):
        text = token.text
        if text in RELATIONS and token.binary:
            kind, neighbour, opposite = RELATIONS[text]
            first = self.mutant(token, f"{text} becomes {neighbour}")
            second = self.mutant(token, f"{text} becomes {opposite}") if opposite else None
            if first is None and second is None:
                return text
            return f"{text} WeftProbe<{kind}>{{{first or -1}, {second or -1}}} {text}"
        if text == "!" and before not in ("operator",):
            number = self.mutant(token, "! is left out")
            return text if number is None else f"weft_mutant({number}) ^ !"
        if text in ("true", "false"):
            number = self.mutant(token, f"{text} becomes {'false' if text == 'true' else 'true'}")
            return text if number is None else f"(weft_mutant({number}) != {text})"
        if token.kind == "number" and re.fullmatch(r"(0[xX][0-9a-fA-F']+|[0-9']+)[uU]?[lL]{0,2}", text):
            number = self.mutant(token, f"{text} grows by one")
            return text if number is None else f"weft_grown({number}, {text})"
        return text
