# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a catalogue of translations. Each check yields (key, what is wrong)."""
import re
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rules:
    """Of one language. `exact` are the plural forms that stand for one number alone: they may say
    it as a word. `same` are whole texts that are the same words as in English. `keys` are the names
    of keys that differ."""
    forms: int
    exact: frozenset = frozenset()
    same: frozenset = frozenset()
    keys: dict = field(default_factory=dict)
    latin: bool = True


# Another language adds itself here.
LANGUAGES = {
    "ar": Rules(forms=6, exact=frozenset({0, 1, 2}), latin=False),
    "de": Rules(forms=2, keys={"Ctrl": "Strg"}, same=frozenset((
        "%1 %2 min", "%1 h", "%1 min", "%1 ms", "%1 s", "%1/s", "30 s", "5 min", "60 s", "Debug",
        "Details", "Diagnose", "Domain", "Firewall", "Graph", "Handshake", "Handshakes", "in %1",
        "Info", "Mesh", "Mesh: %1", "Meshes", "ms", "Name", "Normal", "Online", "Ping", "Proxy",
        "Route", "Router", "Socket", "System", "Tests", "Trace", "Tunnel", "Zone", "Zone: %1", "Zone…"))),
    "en": Rules(forms=2),
}
# What is called the same in every language: products, protocols, formats, keys, commands.
NAMES = frozenset((
    "API Apache B CSV DNS DOT Enter Esc Graphviz ICE IP IPv4 IPv6 JSON KWallet KiB L License MB MiB "
    "NAT PCAP PNG QR Qt SVG TCP TOML TURN UDP Weft Webmesh WireGuard YAML kB libp2p nas weft "
    # Values of options.
    "attach create debug error info join off overview peers settings trace warn").split())
PLACEHOLDER = re.compile(r"%L?\d+|%n")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# Addresses, domains and settings: 10.1.0.0/24, fd00:1::/64, home.internal, mesh.routes, weft1-...
LITERAL = re.compile(r"(?<![%\w])\$?[A-Za-z0-9]+(?:[./:]+[A-Za-z0-9]+)+")
KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+\w+")
COMMAND = re.compile(r"\bsudo [a-z][^.]*")
# Names of which a word alone would need a translation.
PHRASE = re.compile(r"Secret Service|systemd-resolved")
# A word with two forms in English: "member(s)". "%n new" is the same for any number.
VARIES = re.compile(r"\(\w+\)")
MNEMONIC = re.compile(r"&(?=\w)")


def entries(root):
    """{(context, source, comment): message element} of a catalogue."""
    found = {}
    for context in root.iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"),
                   message.findtext("comment") or "")
            found[key] = message
    return found


def read(file):
    return entries(xml.parse(file).getroot())


def is_plural(message):
    return message.get("numerus") == "yes"


def texts(message):
    """The translation: one text, or one for each plural form."""
    translation = message.find("translation")
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return forms or [translation.text or ""]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def missing(language, catalogue, sources):
    plurals = {key for key, message in sources.items() if is_plural(message)}
    wanted = plurals if language == "en" else set(sources)
    for key in wanted - set(catalogue):
        yield key, "has no entry: run scripts/translate"
    for key in set(catalogue) - wanted:
        yield key, "is in no source: run scripts/translate"


def unfinished(_language, catalogue, _sources):
    for key, message in catalogue.items():
        if message.find("translation").get("type"):
            yield key, "is unfinished"
        if not all(text.strip() for text in texts(message)):
            yield key, "is empty"


def wrong_plurals(language, catalogue, sources):
    forms = LANGUAGES[language].forms
    for key, message in catalogue.items():
        if key in sources and is_plural(message) != is_plural(sources[key]):
            yield key, "is a plural on one side alone"
        elif is_plural(message) and len(texts(message)) != forms:
            yield key, f"has {len(texts(message))} of {forms} plural forms"
        elif is_plural(message) and VARIES.search(key[1]) and len(set(texts(message))) != forms:
            yield key, "has the same plural form twice"


def wrong_placeholders(language, catalogue, _sources):
    for key, message in catalogue.items():
        wanted = placeholders(key[1])
        for form, text in enumerate(texts(message)):
            without = [one for one in wanted if one != "%n"]
            spelt = is_plural(message) and form in LANGUAGES[language].exact
            if placeholders(text) != wanted and not (spelt and placeholders(text) == without):
                yield key, f"should have {wanted}: {text}"


def wrong_ends(_language, catalogue, _sources):
    for key, message in catalogue.items():
        for text in texts(message):
            if text.endswith("…") != key[1].endswith("…"):
                yield key, f"differs by its dots: {text}"
            for strip in (str.lstrip, str.rstrip):
                if (text != strip(text)) != (key[1] != strip(key[1])):
                    yield key, f"differs by a space at an end: “{text}”"


def wrong_keys(language, catalogue, _sources):
    """Shortcuts, mnemonics of menus, commands, addresses and settings."""
    for key, message in catalogue.items():
        source = key[1]
        wanted = set(LITERAL.findall(source)) | set(COMMAND.findall(source))
        for shortcut in KEYS.findall(source):
            for name, other in LANGUAGES[language].keys.items():
                shortcut = shortcut.replace(name, other)
            wanted.add(shortcut)
        for text in texts(message):
            lost = {one for one in wanted if one not in text}
            if lost:
                yield key, f"lost {sorted(lost)}: {text}"
            if len(MNEMONIC.findall(text)) != len(MNEMONIC.findall(source)):
                yield key, f"has other mnemonics: {text}"


def words_to_translate(text):
    """The Latin words of a text that are neither names nor literals nor placeholders."""
    for literal in (COMMAND, LITERAL, KEYS, PHRASE, PLACEHOLDER):
        text = literal.sub(" ", text)
    return [word for word in WORD.findall(text) if word not in NAMES]


def untranslated(language, catalogue, _sources):
    rules = LANGUAGES[language]
    if language == "en":
        return
    for key, message in catalogue.items():
        for text in texts(message):
            left = words_to_translate(text)
            if text == key[1] and left and text not in rules.same:
                yield key, "is the English text"
            elif left and not rules.latin:
                yield key, f"has words in Latin letters that are no names: {left}"


CHECKS = (missing, unfinished, wrong_plurals, wrong_placeholders, wrong_ends, wrong_keys,
          untranslated)
