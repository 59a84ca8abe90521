# SPDX-License-Identifier: Apache-2.0
"""What a run against programs from elsewhere has shown: a row for each check, as Markdown and JSON."""
import json
from dataclasses import asdict, dataclass

GREEN, RED, NO_PEER = "green", "red", "no peer"
SEEN_LIMIT = 300


@dataclass
class Row:
    case: str
    what: str
    peers: str
    state: str
    seen: str


def one_line(text):
    """Fits into a cell; the end of a long text is dropped, and that shows."""
    line = " ".join(str(text).split())
    return line if len(line) <= SEEN_LIMIT else line[:SEEN_LIMIT - 3] + "..."


class Report:
    def __init__(self, versions):
        self.versions = versions
        self.rows = []

    def add(self, case, what, peers, state, seen=""):
        row = Row(case, what, " ".join(f"{peer} {self.versions.get(peer, '')}".strip() for peer in peers),
                  state, one_line(seen))
        self.rows.append(row)
        print(f"  {row.state:8} {row.case}: {row.what}" + (f"\n           {row.seen}" if row.seen else ""),
              flush=True)

    def count(self, state):
        return sum(row.state == state for row in self.rows)

    def all_green(self):
        """Nothing to see is no success."""
        return bool(self.rows) and self.count(GREEN) == len(self.rows)

    def as_json(self):
        return json.dumps({"versions": self.versions, "rows": [asdict(row) for row in self.rows]},
                          indent=2, ensure_ascii=False) + "\n"

    def as_markdown(self):
        lines = ["# Programs from elsewhere", "", "| program | version |", "|---|---|"]
        lines += [f"| {name} | {cell(version)} |" for name, version in self.versions.items()]
        lines += ["", "| case | check | with | result | seen |", "|---|---|---|---|---|"]
        lines += ["| " + " | ".join(map(cell, (row.case, row.what, row.peers, row.state, row.seen))) + " |"
                  for row in self.rows]
        lines += ["", ", ".join(f"{self.count(state)} {state}" for state in (GREEN, RED, NO_PEER))]
        return "\n".join(lines) + "\n"

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "interop.json").write_text(self.as_json())
        (folder / "interop.md").write_text(self.as_markdown())


def cell(text):
    return text.replace("|", "\\|")
