# SPDX-License-Identifier: Apache-2.0
"""Compares the catalogues in translations/ with the texts of the sources."""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "translations").glob("weft_*.ts"))
LUPDATE = next((path for path in ("/usr/lib/qt6/bin/lupdate", shutil.which("lupdate"))
                if path and Path(path).exists()), None)
# Of the languages that we have. Another one adds its number here.
PLURAL_FORMS = {"de": 2, "en": 2}


def entries(file):
    """{(context, source, comment): message element} of a catalogue."""
    found = {}
    for context in xml.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name"), message.findtext("source"),
                   message.findtext("comment") or "")
            found[key] = message
    return found


def texts(message):
    """The translation: one text, or one for each plural form."""
    translation = message.find("translation")
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return forms or [translation.text or ""]


def placeholders(text):
    return sorted(re.findall(r"%L?\d+|%n", text))


class Translations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "weft_xx.ts"
            subprocess.run([LUPDATE, "-silent", "-locations", "none", "-source-language", "en",
                            "-I", ".", "ui", "app/gui", "-ts", str(fresh)],
                           cwd=ROOT, check=True, capture_output=True, timeout=60)
            cls.sources = entries(fresh)
        cls.catalogues = {file.stem.removeprefix("weft_"): entries(file) for file in CATALOGUES}

    def each(self):
        for language, catalogue in self.catalogues.items():
            for key, message in catalogue.items():
                yield language, key, message

    def test_there_is_something_to_compare(self):
        self.assertGreater(len(self.sources), 300)
        self.assertLessEqual({"de", "en"}, set(self.catalogues))

    def test_every_text_of_the_sources_has_an_entry_and_no_other(self):
        plurals = {key for key, message in self.sources.items()
                   if message.get("numerus") == "yes"}
        for language, catalogue in self.catalogues.items():
            wanted = plurals if language == "en" else set(self.sources)
            self.assertEqual(set(catalogue) ^ wanted, set(),
                             f"weft_{language}.ts: run scripts/translate")

    def test_every_entry_is_finished(self):
        for language, key, message in self.each():
            with self.subTest(language=language, key=key):
                self.assertIsNone(message.find("translation").get("type"))
                self.assertTrue(all(text.strip() for text in texts(message)))

    def test_placeholders_are_kept(self):
        for language, key, message in self.each():
            for text in texts(message):
                with self.subTest(language=language, key=key):
                    self.assertEqual(placeholders(text), placeholders(key[1]))

    def test_every_plural_has_all_forms(self):
        for language, key, message in self.each():
            if message.get("numerus") == "yes":
                with self.subTest(language=language, key=key):
                    self.assertEqual(len(texts(message)), PLURAL_FORMS[language])
                    self.assertEqual(len(set(texts(message))), PLURAL_FORMS[language])

    def test_ends_and_dots_are_kept(self):
        for language, key, message in self.each():
            for text in texts(message):
                with self.subTest(language=language, key=key):
                    self.assertEqual(text.endswith("…"), key[1].endswith("…"))
                    self.assertEqual(text != text.strip(), key[1] != key[1].strip())


if __name__ == "__main__":
    if not LUPDATE:
        print("no lupdate (qt6-l10n-tools)")
        sys.exit(77)
    unittest.main()
