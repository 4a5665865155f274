"""The pages of the writer's guide that follow from the code: keys and options, commands, and the words of every problem.

`python3 tasks.py test -k guide --update` writes them into content/writers-guide/pages/.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import tasks
from invoke.parser import ParserContext

from argument.schemas import meaning, schemas
from messages import Message
from problem_examples import MESSAGES, Example, shown_by

FILES = "content/writers-guide/pages"
FROM_CODE = "This page follows from the program itself, so it leaves nothing out."
# The tasks for those who write, in the order in which they are needed.
OF_WRITERS = ("livereload", "new", "lint", "links", "build", "addresses", "serve", "paper", "pack", "bundle", "import-sources")
# What a problem is about, by the module that tells it: the page, its title, what stands there.
SUBJECTS = {
    "front-matter": ("Problems with front matter", ("frontmatter", "reader", "reading", "topics")),
    "text": (
        "Problems with text and links",
        (
            "accessibility",
            "allowed",
            "brackets",
            "browsers",
            "characters",
            "headings",
            "misplaced",
            "misreadings",
            "near_misses",
            "references",
        ),
    ),
    "blocks": ("Problems with blocks", ("blocks", "options", "scanner")),
    "quotations": ("Problems with quotations and sources", ("quoting", "verbatim")),
    "tables": ("Problems with comparisons and pictures", ("comparisons", "pictures")),
    "argument": (
        "Problems with the argument as a whole",
        ("assembling", "checking", "copied", "inventory", "resolving", "structure", "unpublished"),
    ),
    "addresses": ("Problems with addresses", ("addresses", "ledger", "offline", "share_pages")),
    "words": ("Problems and advice from lint", ("language", "mending", "proofreading", "readability", "staleness", "links")),
    "making": (
        "Problems with settings, what is written, papers and packs",
        (
            "context",
            "output",
            "settings",
            "pelican_log",
            "packs",
            "papers",
            "paper_tree",
            "printing",
            "search",
            "share_images",
            "style_sheets",
        ),
    ),
    "beginning": ("Problems with new files and imports", ("entries", "imports", "new", "scaffolds")),
}


def generated() -> dict[str, str]:
    """The text of each page by its path."""
    pages = {"keys": keys(), "commands": commands(), "problems": problems(), **dict(problems_by_subject())}
    return {f"{FILES}/{name}.md": text for name, text in pages.items()}


def page(title: str, description: str, *more: str, text: Iterable[str]) -> str:
    """A page of the guide."""
    front = "\n".join([f"Title: {title}", f"Description: {description}", *more])
    return f"{front}\n\n{''.join(text).rstrip()}\n"


def escaped(words: str) -> str:
    """Words with nothing in them that Markdown would take for a sign, and in marks that quote nobody."""
    single = re.sub(r"[“\"]([^”\"]*)[”\"]", r"‘\1’", words)
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", single)


def keys() -> str:
    """Every key of front matter and every option of a block."""

    def text() -> Iterator[str]:
        yield f"{FROM_CODE} A key with a star must be there.\n\n"
        for name, schema in schemas().items():
            block = name.removesuffix("-options")
            yield f"## {f'Options of /// {block}' if block != name else f'Keys of a file in content/{name}/'}\n\n"
            for key, shape in schema["properties"].items():
                yield f"- `{key}`{chr(92) + '*' if key in schema['required'] else ''}: {escaped(meaning(shape))}\n"
            yield "\n" if schema["properties"] else "It has none.\n\n"

    return page("Keys and options", "Every key of front matter, every option of a block.", "Nav: Keys", "Order: 13", text=text())


def commands() -> str:
    """Every task with its options."""

    def text() -> Iterator[str]:
        yield f"{FROM_CODE} Each is typed in a terminal, in the folder of the project.\n\n"
        yield "## For those who write\n\n"
        contexts = {context.name: context for context in tasks.namespace.to_contexts()}  # once: invoke forgets what it said
        for name in OF_WRITERS:
            yield from command(contexts.pop(name))
        yield "## For those who look after the program\n\nYou will hardly need them to write.\n\n"
        for name in sorted(contexts):
            yield from command(contexts[name])

    return page("Commands", "Everything that the project can be told to do.", "Nav: Commands", "Order: 14", text=text())


def command(context: ParserContext) -> Iterator[str]:
    """One task, and its options."""
    words = (tasks.namespace[context.name].__doc__ or "").strip()
    yield f"### `python3 tasks.py {context.name}`\n\n{escaped(words)}\n\n"
    for argument in dict.fromkeys(context.args.values()):
        name = argument.names[0].replace("_", "-")
        name = f"no-{name}" if argument.kind is bool and argument.default else name
        says = f": {escaped(argument.help)}" if argument.help else ""
        yield f"- `{name.upper() if argument.positional else f'--{name}'}`{says}.\n"
    yield "\n" if context.args else ""


def problems() -> str:
    """How a problem is told, and every one by its first words."""

    def text() -> Iterator[str]:
        yield "A problem says in which file and line it is, shows the line, says what is wrong and, below it, what to do. "
        yield "All problems of a run are told at once. As long as there is one, nothing is published and nothing is lost.\n\n"
        yield "One slip can lead to several problems: where a block is not closed, or a key is misspelt, mend that first, "
        yield "save, and look again. By what they are about:\n\n"
        for subject, (title, _) in SUBJECTS.items():
            yield f"- [{title}]({{filename}}/pages/problems-{subject}.md)\n"
        yield "\n## By their first words\n\n"
        yield "What is set like this, `word`, is what you have written, and so is another word in each case.\n\n"
        by_words = {heading(example): subject for subject, examples in examples_by_subject().items() for example in examples}
        for words in sorted(by_words, key=lambda words: re.sub(r"`[^`]*`|[^a-z ]", "", words.lower()).strip()):
            yield f"- [{words}]({{filename}}/pages/problems-{by_words[words]}.md)\n"

    return page("What problems say", "The words of every problem, and what to do.", "Nav: Problems", "Order: 15", text=text())


def problems_by_subject() -> Iterator[tuple[str, str]]:
    """The words of every problem, by what it is about."""
    found = examples_by_subject()
    for number, (subject, (title, _)) in enumerate(SUBJECTS.items(), 1):
        text = (f"## {heading(one)}\n\n```\n{printable(one.words)}\n```\n\n" for one in sorted(found[subject], key=heading))
        description = f"{title}: what each says, and what to do."
        yield f"problems-{subject}", page(title, description, "Part-Of: problems", f"Order: {number}", text=text)


@cache
def examples_by_subject() -> dict[str, list[Example]]:
    """An example of every problem, or several where a message has many forms, by what it is about; each heading once."""
    found: dict[str, dict[str, Example]] = defaultdict(dict)
    for message in MESSAGES:
        for example in shown_by(message):
            found[subject_of(message)].setdefault(heading(example), example)
    return {subject: list(examples.values()) for subject, examples in found.items()}


def heading(example: Example) -> str:
    """What a problem says is wrong, as a heading; what it quotes is code."""
    parts = re.split(r'(?<![^\s(])"(.+?)"(?=[\s).,:;]|$)', printable(example.rule).rstrip("."))
    return "".join(code(part) if number % 2 else escaped(part) for number, part in enumerate(parts))


def code(words: str) -> str:
    """The words as code within a line."""
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def printable(words: str) -> str:
    """The words without signs that no font of the theme has; one of the problems is about these."""
    return re.sub("[☼漢字]", "?", words)


def subject_of(message: Message) -> str:
    """What a message is about. Raises LookupError for one of a module that SUBJECTS does not name."""
    module = message.where.partition(":")[0]
    for subject, (_, modules) in SUBJECTS.items():
        if module in modules:
            return subject
    raise LookupError(f"{module} is not in SUBJECTS")
