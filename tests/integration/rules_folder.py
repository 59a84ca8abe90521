# SPDX-License-Identifier: Apache-2.0
"""The rules of a mesh as the folder that weftctl writes and reads, for tests that change them."""
import datetime
from pathlib import Path

import mesh_net

GROUP = 'kind: "group"\nname: "{name}"\nsubjects:\n'
SUBJECT = '  -\n    kind: "node"\n    name: "{node}"\n'
ACL = ('kind: "acl"\nname: "{name}"\npriority: {priority}\naction: "deny"\n'
       'sourceNodes:\n  - "{source}"\ndestinationNodes:\n  - "{target}"\n'
       'sourceCidrs:{cidrs}\ndestinationCidrs:\n  - "*"\n')


class RulesFolder:
    """A folder that holds the rules as a node exported them, with edits."""

    def __init__(self, path):
        self.path = Path(path)

    def export(self, node):
        """As the mesh is now; edits that were not applied are gone."""
        node.must("policy", "export", str(self.path))
        return self

    def contents(self):
        """Each file's bytes."""
        return {str(path.relative_to(self.path)): path.read_bytes()
                for path in sorted(self.path.rglob("*")) if path.is_file()}

    def restore(self, contents):
        for path in set(self.contents()) - set(contents):
            (self.path / path).unlink()
        for path, data in contents.items():
            (self.path / path).parent.mkdir(parents=True, exist_ok=True)
            (self.path / path).write_bytes(data)

    def _write(self, kind, name, text):
        path = self.path / kind / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def group(self, name, *nodes):
        self._write("groups", name, GROUP.format(name=name) + "".join(
            SUBJECT.format(node=node) for node in nodes))

    def deny(self, name, source="*", target="*", priority=1000, cidrs=("*",)):
        self._write("networkacls", name, ACL.format(
            name=name, source=source, target=target, priority=priority,
            cidrs="".join(f'\n  - "{cidr}"' for cidr in cidrs)))

    def remove(self, kind, name):
        (self.path / kind / f"{name}.yaml").unlink()

    def words(self, *options):
        return ["policy", "apply", str(self.path), "--yes", *options]

    def apply(self, node, *options):
        """What weftctl says of it."""
        return node.ctl(*self.words(*options))

    def must_apply(self, node, *options):
        """Its number, and when it goes back."""
        return node.read(*self.words(*options))


def history(node):
    """All changes, the newest first."""
    return node.read("policy", "history", "--limit=500")


def change_of(changes, note):
    """The change of this note, or nothing; one that came twice is a failure."""
    found = [change for change in changes if change["note"] == note]
    if len(found) > 1:
        raise mesh_net.Failure(f"made {len(found)} times: {note}")
    return found[0] if found else None


def waiting(changes):
    """The change that goes back unless it is confirmed."""
    return next((change for change in changes if change["revertAt"]), None)


def is_taken_back(changes, number):
    return any(change["reverts"] == number for change in changes)


def wait_reverted(node, number, limit):
    """Waits until this change was taken back; the change that did it."""
    return mesh_net.wait_until(
        f"change {number} is taken back", lambda: next(
            (change for change in history(node) if change["reverts"] == number), None),
        limit=limit)


def seconds(text):
    """A time of weftctl's, since 1970."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
