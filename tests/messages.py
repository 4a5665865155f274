"""Every message that the code can raise, read from the code itself, as patterns of the words that a build prints.

What carries a message is anything with a parameter or field called `rule`: `Problem`, and whatever passes one on to it.
An argument is followed through names, constants, f-strings, `a if b else c` and functions that return strings; what is
known only when the code runs is `.+`.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ANYTHING = ".+"
SUGGESTION = 'Did you mean ".+"\\?'
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Message:
    """One place in the code that raises a problem: patterns of its rule and of its remedy, of which each can come."""

    where: str
    rules: tuple[str, ...]
    remedies: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """A module's tree; `parents` leads up in it."""

    name: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST]

    @classmethod
    def parsed(cls, name: str, code: str) -> "Module":
        tree = ast.parse(code)
        return cls(name, tree, {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)})

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """The node's parent, its parent, and so on."""
        while node := self.parents.get(node):
            yield node


def modules(folder: Path) -> list[Module]:
    return [Module.parsed(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))]


class Messages:
    """The messages of some modules, which know each other's constants, functions and carriers by name."""

    def __init__(self, found: Sequence[Module]) -> None:
        self.modules = found
        nodes = [node for module in found for node in ast.walk(module.tree)]
        self.functions = {node.name: node for node in nodes if isinstance(node, FUNCTIONS)}
        self.carriers = {node.name: names for node in nodes if "rule" in (names := parameters(node))}
        self.constants = {
            target.id: [node.value]
            for module in found
            for node in module.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self.home = {node: module for module in found for node in ast.walk(module.tree)}

    def all(self) -> Iterator[Message]:
        """Each place that raises one, but for those that pass on what was raised elsewhere."""
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and (names := self.carriers.get(called(node))):
                    given = dict(zip(names, node.args, strict=False)) | {word.arg: word.value for word in node.keywords}
                    if "rule" in given and not self.passed_on(given["rule"], module):
                        remedy = self.patterns(given["remedy"]) if "remedy" in given else [""]
                        yield Message(f"{module.name}:{node.lineno}", tuple(self.patterns(given["rule"])), tuple(remedy))
                elif module.name == "matter" and isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                    rules = [f'".+" must be {words}.*' for words in self.patterns(node.exc.args[0])]
                    yield Message(f"{module.name}:{node.lineno}", tuple(rules), (ANYTHING,))

    def passed_on(self, rule: ast.expr, module: Module) -> bool:
        """Whether a rule is another carrier's, or the parameter of the carrier that the call stands in."""
        if any(isinstance(part, ast.Attribute) and part.attr == "rule" for part in ast.walk(rule)):
            return True
        around = next((node for node in module.above(rule) if isinstance(node, FUNCTIONS)), None)
        return isinstance(rule, ast.Name) and around is not None and rule.id in parameters(around)

    def patterns(self, words: ast.expr) -> list[str]:
        """What an expression can be, as regular expressions."""
        match words:
            case ast.Constant(value=str(value)):
                found = [re.escape(value).replace(r"\{\}", ANYTHING)]
            case ast.JoinedStr(values=parts):
                found = ["".join(chosen) for chosen in product(*map(self.patterns, parts))]
            case ast.FormattedValue(value=ast.Call() as call) if called(call) != "did_you_mean":
                found = [ANYTHING]
            case ast.FormattedValue(value=value):
                found = [pattern or ANYTHING for pattern in self.patterns(value)]
            case ast.BinOp(op=ast.Mult()):
                found = [".*"]
            case ast.Call() if called(words) == "did_you_mean":
                rest = self.patterns(words.args[2]) if len(words.args) > 2 else [""]
                found = [f"(?:{SUGGESTION}|{'|'.join(rest)})"]
            case _:
                found = [pattern for value in self.values(words) for pattern in self.patterns(value)] or [ANYTHING]
        return list(dict.fromkeys(found))

    def values(self, words: ast.expr) -> list[ast.expr]:
        """The expressions that one stands for: its branches, what a name was given, what a function returns."""
        match words:
            case ast.IfExp(body=body, orelse=orelse):
                return [body, orelse]
            case ast.Call(func=ast.Attribute(attr="strip", value=value)):
                return [value]
            case ast.Call(func=ast.Name(id=name)) if name in self.functions:
                return [node.value for node in ast.walk(self.functions[name]) if isinstance(node, ast.Return) and node.value]
            case ast.Name(id=name):
                return list(self.reaching(name, words)) or self.constants.get(name, [])
        return []

    def reaching(self, name: str, node: ast.AST) -> Iterator[ast.expr]:
        """The values that a name may have at a node: the assignment before it, and those that a branch before it makes."""
        module = self.home[node]
        for outer in module.above(node):
            if isinstance(outer, ast.Module):
                return
            for block in (part for _, part in ast.iter_fields(outer) if isinstance(part, list) and node in part):
                for before in reversed(block[: block.index(node)]):
                    yield from (value for target, value in assignments(before) if target == name)
                    if isinstance(before, ast.Assign) and any(target == name for target, _ in assignments(before)):
                        return
            if isinstance(outer, FUNCTIONS):
                return
            node = outer


def assignments(statement: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The names that a statement, or one within it, assigns, each with its value."""
    for node in ast.walk(statement):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))


def parameters(node: ast.AST) -> list[str]:
    """The parameters of a function but for `self`, or the fields of a class."""
    if isinstance(node, FUNCTIONS):
        names = [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
        return names[1:] if names[:1] == ["self"] else names
    if isinstance(node, ast.ClassDef):
        return [part.target.id for part in node.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)]
    return []


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
