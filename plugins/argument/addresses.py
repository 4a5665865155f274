"""What has an address, and where the addresses lead that it had before. Knows no Pelican, and of files only what they say."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from argument.argument import Argument
from argument.ledger import Ledger
from argument.model import Alias, Quotation
from argument.problems import Place, Problem, did_you_mean, nearest
from argument.resolving import ids_on
from argument.tables import shared_address

NOT_FOUND = "404.html"  # what hosts show at an address where there is nothing; nobody is sent there


@dataclass(frozen=True)
class Moved:
    """Something that has moved: the ids that it had on a page, its address now, what a reader calls it, and of a table its rows.

    A table whose rows alone were on the page has no ids.
    """

    ids: tuple[str, ...]
    address: str
    title: str
    rows: tuple["Moved", ...] = ()

    def with_ids(self, free: Callable[[str], object]) -> "Moved":
        """The same without the ids that are not free."""
        return replace(self, ids=tuple(filter(free, self.ids)), rows=tuple(row.with_ids(free) for row in self.rows))


@dataclass(frozen=True)
class Redirect:
    """A page that is no more, where it leads, and where each thing that had an address on it is now."""

    old: str
    address: str
    title: str
    parts: tuple[Moved, ...]


@dataclass(frozen=True)
class Moves:
    """Every former address: `leads` says where to, `names` what a reader calls the present ones."""

    leads: Mapping[str, str]
    names: Mapping[str, str]

    def onto(self, address: str) -> list[str]:
        """The ids that something had before on the page that it is on."""
        return self.stayed.get(address, [])

    def away(self, page: str) -> tuple[Moved, ...]:
        """What had an address on that page and is on another one now, in the order in which it stands there."""
        ids: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))  # by whole, by address
        for old, new in self.gone.get(page, ()):
            ids[whole(new)][new].append(old)
        return tuple(self.moved(place, ids[place]) for place in sorted(ids, key=self.order.__getitem__))

    @cached_property
    def stayed(self) -> Mapping[str, list[str]]:
        """The former ids of what is still on the page that it was on, by its address now."""
        found: dict[str, list[str]] = defaultdict(list)
        for old, new in self.leads.items():
            page, mark, name = old.partition("#")
            if mark and new.partition("#")[0] == page:
                found[new].append(name)
        return found

    @cached_property
    def gone(self) -> Mapping[str, list[tuple[str, str]]]:
        """What is no more on the page that it was on, by that page: its former id, and its address now."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for old, new in self.leads.items():
            page, mark, name = old.partition("#")
            if mark and new.partition("#")[0] != page:
                found[page].append((name, new))
        return found

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each present address among all."""
        return {address: place for place, address in enumerate(self.names)}

    def moved(self, place: str, ids: Mapping[str, list[str]]) -> Moved:
        """One thing and the rows that it has, of those with former ids."""
        rows = sorted(ids.keys() - {place}, key=self.order.__getitem__)
        told = tuple(Moved(tuple(ids[row]), row, self.within(place, row)) for row in rows)
        return Moved(tuple(ids.get(place, ())), place, self.names[place], told)

    def within(self, place: str, row: str) -> str:
        """What a row is called beside its table: its heading, if that is more than a figure and so means something by itself."""
        heading = self.names[row].removeprefix(f"{self.names[place]}: ")
        return heading if any(map(str.isalpha, heading)) else self.names[row]

    def redirects(self) -> Iterator[Redirect]:
        """A page for each that is no more."""
        for old, new in self.leads.items():
            if "#" not in old:
                yield Redirect(old, new, self.names[new], self.away(old))


def moves(argument: Argument, recorded: Collection[str]) -> Moves:
    """Where each former address leads, of those that aliases name and those that are `recorded` in the ledger."""
    names = argument.names
    given = {alias.old: alias.new for alias in aliases(argument) if alias.old not in names}
    given = {**rows_with_their_points(argument, given), **given}
    leads = {old: lead(old, given, names) for old in sorted({*given, *recorded} - names.keys())}
    leads = {old: new for old, new in leads.items() if new}
    return Moves({**share_pages_of(argument.shared, leads, recorded, names), **leads}, names)


def share_pages_of(
    shared: Mapping[str, str], leads: Mapping[str, str], recorded: Collection[str], names: Collection[str]
) -> dict[str, str]:
    """Where each recorded share page leads that is no more: to that of what its table or row is now.

    `shared` are the present ones by what they are of, a few of which have kept the address of a former name.
    """
    if not (gone := [old for old in recorded if old not in names]):
        return {}
    by_name = {shared_address(place): page for place, page in shared.items()}
    by_former = {shared_address(old): shared[new] for old, new in leads.items() if "#" in old and new in shared}
    present = {**by_name, **by_former}
    return {old: present[old] for old in gone if old in present}


def aliases(argument: Argument) -> list[Alias]:
    """Every alias of the argument, in the order of the files."""
    return [alias for document in argument.documents.values() for alias in document.aliases]


def rows_with_their_points(argument: Argument, given: Mapping[str, str]) -> dict[str, str]:
    """The former addresses of gathered rows: where a point was called something else, so was its row."""
    found = {}
    for document in argument.documents.values():
        for comparison in (argument.comparisons[table.id] for table in document.comparisons):
            present = {row.about: f"{document.address}#{comparison.row_id(row)}" for row in comparison.rows if row.about}
            for old, new in given.items():
                if new in present and old.partition("/")[0] == new.partition("/")[0]:
                    slug = old.partition("/")[2].removesuffix(".html")
                    found[f"{document.address}#{comparison.id}--{slug}"] = present[new]
    return found


def lead(old: str, given: Mapping[str, str], names: Collection[str]) -> str:
    """The present address that a former one leads to, empty if there is none.

    Where a table is called something else, its rows are where they were in it, or else the table is what is left of
    them; so is one row that another table takes over. Where a page is, what stands on it under the same id has moved with it.
    """
    page, table, row = parts(old)
    if old in given:
        return f"{given[old]}--{row}" if row and f"{given[old]}--{row}" in names else given[old]
    whole = f"{page}#{table}" if row else page if table else ""
    above = lead(whole, given, names) if whole else ""
    if not above:
        return ""
    same = f"{above}--{row}" if row else f"{above}#{table}"
    return same if same in names else lead(same, given, names) or (above if row and whole in given else "")


def wrong_aliases(argument: Argument, recorded: Collection[str]) -> Iterator[Problem]:
    """A problem for each alias that cannot lead anywhere: its address is in use, or named twice, or on no page."""
    names = argument.names
    every = aliases(argument)
    pages = {alias.old.partition("#")[0] for alias in every}
    named = (document for document in argument.documents.values() if document.address in pages)
    ids = {f"{document.address}#{name}" for document in named for name in ids_on(document, argument)}
    first: dict[str, Alias] = {}
    for alias in every:
        page = alias.old.partition("#")[0]
        if alias.old in names or alias.old in ids or page == NOT_FOUND:
            rule = f'the alias "{alias.old}" is an address in use.'
            yield Problem(alias.place, rule, "An alias is what something was called before. Take it out, or rename the other.")
        elif alias.old in first:
            other = first[alias.old].place
            rule = f'the alias "{alias.old}" stands twice; the other is in {other.path}:{other.line}.'
            yield Problem(alias.place, rule, "An address leads to one place. Take one of them out.")
        elif page not in names and page not in recorded and page not in {other.old for other in every}:
            rule = f'the alias "{alias.old}" is on no page: there is no "{page}".'
            near = did_you_mean(page, [name for name in names if "#" not in name])
            yield Problem(alias.place, rule, f'{near} If there was one, make "{page}" an alias too.'.strip())
        first.setdefault(alias.old, alias)


def taken(argument: Argument) -> Iterator[Problem]:
    """A problem for a page that would stand where hosts look for the one that is shown where there is nothing."""
    for document in argument.documents.values():
        if document.address == NOT_FOUND:
            rule = f'"{NOT_FOUND}" is the page that hosts show at an address where there is nothing.'
            yield Problem(
                Place(document.path), rule, "Give this file another name; theme/templates/404.html is what is shown there."
            )


def gone(argument: Argument, ledger: Ledger, now: Moves, broken: Collection[str]) -> Iterator[Problem]:
    """A problem for each address of the ledger that has disappeared: nothing has it, and it leads nowhere.

    What goes and comes with a table, page or point is not told besides, nor are share pages. The files that are `broken`
    may hold what seems to have gone: because of them only pages are told that no block defines.
    """
    lost = ledger.places.keys() - now.names.keys() - now.leads.keys()
    shared = {shared_address(address) for address in ledger.places if "#" in address}
    for old in lost:
        page, table, row = parts(old)
        if old in shared:
            continue
        if broken and (table or page.startswith(f"{Quotation.folder}/")):
            continue
        if row and (f"{page}#{table}" in lost or point_of(argument, table, row) in lost):
            continue
        if table and page in lost and any(name.partition("#")[2] == table for name in now.names):
            continue
        rule = f'"{old}" was published and has disappeared.'
        yield Problem(ledger.places[old], rule, remedy(old, now.names))


def point_of(argument: Argument, table: str, row: str) -> str:
    """The address of the point that a row was gathered from, if its table gathers any."""
    comparison = argument.comparisons.get(table)
    folders = {present.about.partition("/")[0] for present in comparison.rows if present.about} if comparison else ()
    return next((f"{folder}/{row}.html" for folder in folders), "")


def remedy(old: str, names: Collection[str]) -> str:
    """How to keep the address that has gone, or how to lead on from it."""
    page, table, row = parts(old)
    if row:
        alike = {name: parts(name)[2] for name in names if name.startswith(f"{page}#{table}--")}
    elif table:
        alike = {name: parts(name)[1] for name in names if "#" in name and "--" not in name}
    else:
        alike = {name: stem(name) for name in names if "#" not in name and name.rpartition("/")[0] == page.rpartition("/")[0]}
    near = nearest(row or table or stem(page), alike)
    now = [f'Is it "{near}" now?'] if near else []
    where = "the options of the comparison or picture that takes its place" if table else "the front matter of what takes its place"
    keep = f"Keep it with {{#{row}}} at the end of the row’s heading" if row else "Bring it back"
    return " ".join([*now, f'{keep}, or write "{"aliases" if table else "Aliases"}: {old}" in {where}.'])


def parts(address: str) -> tuple[str, str, str]:
    """`page.html#table--row` → its page, table and row, empty where it has none."""
    page, _, fragment = address.partition("#")
    table, _, row = fragment.partition("--")
    return page, table, row


def whole(address: str) -> str:
    """The address of a row's table, and of all else its own."""
    page, table, row = parts(address)
    return f"{page}#{table}" if row else address


def stem(page: str) -> str:
    """`risks/cost.html` → `cost`."""
    return page.rpartition("/")[2].removesuffix(".html")
