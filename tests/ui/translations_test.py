# SPDX-License-Identifier: Apache-2.0
"""Compares the catalogues in translations/ with the texts of the sources."""
import copy
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import catalogue_checks as checks

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "translations").glob("weft_*.ts"))
LUPDATE = next((path for path in ("/usr/lib/qt6/bin/lupdate", shutil.which("lupdate"))
                if path and Path(path).exists()), None)


class Translations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "weft_xx.ts"
            subprocess.run([LUPDATE, "-silent", "-locations", "none", "-source-language", "en",
                            "-I", ".", "ui", "app/gui", "-ts", str(fresh)],
                           cwd=ROOT, check=True, capture_output=True, timeout=60)
            cls.sources = checks.read(fresh)
        cls.catalogues = {file.stem.removeprefix("weft_"): checks.read(file)
                          for file in CATALOGUES}

    def test_there_is_something_to_compare(self):
        self.assertGreater(len(self.sources), 300)
        self.assertLessEqual({"de", "en"}, set(self.catalogues))

    def test_the_rules_of_every_language_are_known(self):
        self.assertLessEqual(set(self.catalogues), set(checks.LANGUAGES))

    def test_every_catalogue_is_complete_and_right(self):
        for language, catalogue in self.catalogues.items():
            for check in checks.CHECKS:
                with self.subTest(language=language, check=check.__name__):
                    self.assertEqual(list(check(language, catalogue, self.sources)), [])

    def test_the_build_compiles_every_catalogue(self):
        # No glob there: a catalogue that nobody named would be left out silently.
        listed = (ROOT / "ui/qml/CMakeLists.txt").read_text(encoding="utf-8")
        line = next(line for line in listed.splitlines() if "weft_translations(" in line)
        self.assertEqual(set(line.strip(" )").split()[1:]), set(self.catalogues))


SAMPLE = """<TS version="2.1"><context><name>Page</name>
<message><source>Search %1 (Ctrl+K)</source><translation>Suche %1 (Strg+K)</translation></message>
<message><source>Name of the member</source><translation>Name des Mitglieds</translation></message>
<message><source>Open…</source><translation>Öffnen…</translation></message>
<message><source> on %1</source><translation> auf %1</translation></message>
<message><source>Run sudo ip link set up.</source>
<translation>Starte sudo ip link set up.</translation></message>
<message><source>&amp;File</source><translation>&amp;Datei</translation></message>
<message><source>like 10.1.0.0/24</source><translation>wie 10.1.0.0/24</translation></message>
<message numerus="yes"><source>%n member(s) of %1</source><translation>
<numerusform>%n Mitglied von %1</numerusform><numerusform>%n Mitglieder von %1</numerusform>
</translation></message></context></TS>"""


class DamagedCopies(unittest.TestCase):
    """The checks prove nothing unless each can fail."""

    def setUp(self):
        self.root = xml.fromstring(SAMPLE)
        self.sources = checks.entries(copy.deepcopy(self.root))

    def found(self, language="de"):
        """{check: what it says} of the damaged catalogue."""
        catalogue = checks.entries(self.root)
        return {check.__name__: list(check(language, catalogue, self.sources))
                for check in checks.CHECKS if list(check(language, catalogue, self.sources))}

    def message(self, source):
        return next(one for one in self.root.iter("message") if one.findtext("source") == source)

    def translate(self, source, text):
        self.message(source).find("translation").text = text

    def assert_found(self, *names, language="de"):
        self.assertEqual(set(self.found(language)), set(names))

    def test_the_sample_is_right(self):
        self.assert_found()

    def test_an_entry_that_is_gone(self):
        self.root.find("context").remove(self.message("Open…"))
        self.assert_found("missing")

    def test_an_entry_of_no_source(self):
        self.message("Name of the member").find("source").text = "Name of a member"
        self.assert_found("missing")

    def test_english_needs_its_plurals_alone(self):
        for message in list(self.root.iter("message")):
            if not checks.is_plural(message):
                self.root.find("context").remove(message)
        self.assert_found(language="en")
        self.root.find("context").remove(self.message("%n member(s) of %1"))
        self.assert_found("missing", language="en")

    def test_an_unfinished_entry(self):
        self.message("Open…").find("translation").set("type", "unfinished")
        self.assert_found("unfinished")

    def test_an_empty_entry(self):
        self.translate("Name of the member", "")
        self.assert_found("unfinished")

    def test_a_plural_form_that_is_gone(self):
        forms = self.message("%n member(s) of %1").find("translation")
        forms.remove(forms[0])
        self.assert_found("wrong_plurals")

    def test_a_plural_form_too_many(self):
        forms = self.message("%n member(s) of %1").find("translation")
        xml.SubElement(forms, "numerusform").text = "%n von %1"
        self.assert_found("wrong_plurals")

    def test_a_plural_form_that_stands_twice(self):
        forms = self.message("%n member(s) of %1").find("translation")
        forms[0].text = forms[1].text
        self.assert_found("wrong_plurals")

    def test_a_plural_that_is_written_as_a_plain_text(self):
        message = self.message("%n member(s) of %1")
        del message.attrib["numerus"]
        self.assert_found("wrong_plurals")

    def test_a_placeholder_that_is_lost(self):
        self.translate(" on %1", " auf etwas")
        self.assert_found("wrong_placeholders")

    def test_a_placeholder_that_is_added(self):
        self.translate("Name of the member", "Name des Mitglieds %1")
        self.assert_found("wrong_placeholders")

    def test_a_number_that_is_lost_in_one_plural_form(self):
        self.message("%n member(s) of %1").find("translation")[0].text = "Ein Mitglied von %1"
        self.assert_found("wrong_placeholders")

    def test_a_number_may_be_a_word_where_the_form_stands_for_it_alone(self):
        forms = self.message("%n member(s) of %1").find("translation")
        forms.clear()
        words = ["لا أعضاء في %1", "عضو واحد في %1", "عضوان في %1", "%n أعضاء في %1",
                 "%n عضوًا في %1", "%n عضو في %1"]
        for words_of_form in words:
            xml.SubElement(forms, "numerusform").text = words_of_form
        only = {key: one for key, one in checks.entries(self.root).items() if key[1][:2] == "%n"}
        self.assertEqual(list(checks.wrong_placeholders("ar", only, self.sources)), [])
        self.assertEqual(list(checks.wrong_plurals("ar", only, self.sources)), [])
        forms[1].text = "عضو واحد"
        forms[3].text = "أعضاء في %1"
        self.assertEqual(len(list(checks.wrong_placeholders("ar", only, self.sources))), 2)

    def test_dots_that_are_lost(self):
        self.translate("Open…", "Öffnen")
        self.assert_found("wrong_ends")

    def test_a_space_that_is_lost_or_moved_to_the_other_end(self):
        for text in ("auf %1", "auf %1 "):
            self.translate(" on %1", text)
            self.assert_found("wrong_ends")

    def test_a_shortcut_that_is_another_or_not_in_the_language(self):
        for text in ("Suche %1 (Strg+L)", "Suche %1 (Ctrl+K)"):
            self.translate("Search %1 (Ctrl+K)", text)
            self.assert_found("wrong_keys")

    def test_a_mnemonic_that_is_lost(self):
        self.translate("&File", "Datei")
        self.assert_found("wrong_keys")

    def test_a_command_that_is_translated(self):
        self.translate("Run sudo ip link set up.", "Starte sudo ip verbinde.")
        self.assert_found("wrong_keys")

    def test_an_address_that_is_another(self):
        self.translate("like 10.1.0.0/24", "wie 10.1.0.0/8")
        self.assert_found("wrong_keys")

    def test_a_text_that_is_still_english(self):
        self.translate("Name of the member", "Name of the member")
        self.assert_found("untranslated")

    def test_latin_words_in_another_script(self):
        catalogue = checks.entries(self.root)
        self.translate("Name of the member", "اسم member")
        self.translate("like 10.1.0.0/24", "مثل 10.1.0.0/24 في Weft")
        found = {key[1] for key, _ in checks.untranslated("ar", catalogue, self.sources)}
        self.assertIn("Name of the member", found)
        self.assertNotIn("like 10.1.0.0/24", found)


if __name__ == "__main__":
    if not LUPDATE:
        print("no lupdate (qt6-l10n-tools)")
        sys.exit(77)
    unittest.main()
