<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutGroup</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Weft %1</source>
        <translation>Weft %1</translation>
    </message>
    <message>
        <source>A desktop node and console for Webmesh networks. Apache License 2.0. Built with Qt %1.</source>
        <translation>Ein Knoten und eine Konsole für Webmesh-Netze auf dem Desktop. Apache License 2.0. Gebaut mit Qt %1.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Node key</source>
        <translation>Schlüssel des Knotens</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
</context>
<context>
    <name>Access</name>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Given to</source>
        <translation>Gegeben an</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>From networks</source>
        <translation>Aus Netzen</translation>
    </message>
    <message>
        <source>To networks</source>
        <translation>In Netze</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>Nächster Knoten</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source> from %1</source>
        <translation> aus %1</translation>
    </message>
    <message>
        <source> on %1</source>
        <translation> in %1</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>Es braucht einen Namen.</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>Ein Name hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>A name has no spaces; use a hyphen.</source>
        <translation>Ein Name hat keine Leerzeichen; nehmen Sie einen Bindestrich.</translation>
    </message>
    <message>
        <source>A name has none of / \ : * ? &quot; &apos; &lt; &gt; | and comma.</source>
        <translation>Ein Name enthält weder / \ : * ? &quot; &apos; &lt; &gt; | noch Komma.</translation>
    </message>
    <message>
        <source>%1 is one address; write %1/%2 for it alone.</source>
        <translation>%1 ist eine Adresse; schreiben Sie %1/%2 für sie allein.</translation>
    </message>
    <message>
        <source>%1 is no network. Networks look like 10.1.0.0/24 or fd00:1::/64.</source>
        <translation>%1 ist kein Netz. Netze sehen aus wie 10.1.0.0/24 oder fd00:1::/64.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>an enumeration and its last item</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>Gruppe %1</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Verbieten</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Role bindings</source>
        <translation>Rollenbindungen</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Access rules</source>
        <translation>Zugriffsregeln</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Data channels</source>
        <translation>Datenkanäle</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Observers</source>
        <translation>Beobachter</translation>
    </message>
    <message>
        <source>Shared keys</source>
        <translation>Gemeinsame Schlüssel</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Do everything</source>
        <translation>Alles tun</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>verbs: resources</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, only %2</source>
        <translation>%1, nur %2</translation>
    </message>
    <message>
        <source>Let %1 reach %2</source>
        <translation>%1 darf %2 erreichen</translation>
    </message>
    <message>
        <source>Keep %1 from reaching %2</source>
        <translation>%1 darf %2 nicht erreichen</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>Benutzer %1</translation>
    </message>
    <message>
        <source>%1: %2 there, %3 here</source>
        <comment>field: their value, my value</comment>
        <translation>%1: dort %2, hier %3</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <comment>an enumeration and how many it leaves out</comment>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>%1 is an address inside a network: write %2.</source>
        <translation>%1 ist eine Adresse in einem Netz: Schreiben Sie %2.</translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Who reaches whom, and who may change the mesh</source>
        <translation>Wer wen erreicht und wer das Mesh ändern darf</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>No rules</source>
        <translation>Keine Regeln</translation>
    </message>
    <message>
        <source>Without a rule that allows it, no member reaches any other.</source>
        <translation>Ohne eine Regel, die es erlaubt, erreicht kein Mitglied ein anderes.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Keine Gruppen</translation>
    </message>
    <message>
        <source>A group stands for several members in rules and bindings.</source>
        <translation>Eine Gruppe steht in Regeln und Bindungen für mehrere Mitglieder.</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>Neue Rolle</translation>
    </message>
    <message>
        <source>No roles</source>
        <translation>Keine Rollen</translation>
    </message>
    <message>
        <source>A role is a set of rights to change the mesh.</source>
        <translation>Eine Rolle ist eine Menge von Rechten, das Mesh zu ändern.</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>Bindungen</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>Neue Bindung</translation>
    </message>
    <message>
        <source>No bindings</source>
        <translation>Keine Bindungen</translation>
    </message>
    <message>
        <source>A binding gives a role to members, users or groups.</source>
        <translation>Eine Bindung gibt Mitgliedern, Benutzern oder Gruppen eine Rolle.</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>New edge</source>
        <translation>Neue Kante</translation>
    </message>
    <message>
        <source>No edges</source>
        <translation>Keine Kanten</translation>
    </message>
    <message>
        <source>An edge says that two members connect to each other.</source>
        <translation>Eine Kante sagt, dass sich zwei Mitglieder verbinden.</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>Wer erreicht wen?</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>New test</source>
        <translation>Neuer Test</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>The test is not run any more. The rules stay as they are.</source>
        <translation>Der Test läuft nicht mehr. Die Regeln bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>AdvancedGroup</name>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>Socket</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandkasten</translation>
    </message>
    <message>
        <source>A simulated mesh of 30 nodes, where nothing is real and nothing can break. Your meshes go on beside it.</source>
        <translation>Ein simuliertes Mesh aus 30 Knoten, in dem nichts echt ist und nichts kaputtgeht. Die eigenen Meshes laufen daneben weiter.</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>Mit einem Sandkasten erkunden</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>Sandkasten verlassen</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>Alle Einstellungen</translation>
    </message>
    <message>
        <source>Puts every setting of this program back to its default. Meshes and the start at login stay.</source>
        <translation>Setzt jede Einstellung dieses Programms auf ihren Vorgabewert zurück. Meshes und der Start beim Anmelden bleiben.</translation>
    </message>
    <message>
        <source>Reset all…</source>
        <translation>Alle zurücksetzen …</translation>
    </message>
    <message>
        <source>Every setting has its default.</source>
        <translation>Jede Einstellung hat ihren Vorgabewert.</translation>
    </message>
    <message>
        <source>Reset all settings?</source>
        <translation>Alle Einstellungen zurücksetzen?</translation>
    </message>
    <message>
        <source>How the program looks, speaks, begins, ends and notifies goes back to the defaults. Meshes stay as they are.</source>
        <translation>Aussehen, Sprache, Start, Ende und Benachrichtigungen gehen auf die Vorgabewerte zurück. Meshes bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
</context>
<context>
    <name>AppearanceGroup</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>System follows the desktop.</source>
        <translation>System folgt dem Desktop.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>High is black and white with strong borders, in the light and in the dark theme.</source>
        <translation>Hoch heißt schwarz und weiß mit starken Rändern, im hellen und im dunklen Design.</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Compact shows more rows at once.</source>
        <translation>Kompakt zeigt mehr Zeilen auf einmal.</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>From 90 to 150 percent, in this window only.</source>
        <translation>Von 90 bis 150 Prozent, nur in diesem Fenster.</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Without motion, changes show at once instead of moving there.</source>
        <translation>Ohne Bewegung ist eine Änderung sofort zu sehen, statt sich dorthin zu bewegen.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Volle</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Symbol in der Leiste</translation>
    </message>
    <message>
        <source>Light and dark are without colour, for panels that are dark or light.</source>
        <translation>Hell und dunkel sind ohne Farbe, für dunkle oder helle Leisten.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Coloured</source>
        <translation>Farbig</translation>
    </message>
</context>
<context>
    <name>ApplySheet</name>
    <message>
        <source>Apply the draft?</source>
        <translation>Entwurf anwenden?</translation>
    </message>
    <message>
        <source>Apply with auto-revert</source>
        <translation>Anwenden mit Rücknahme</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>%1. All of it is made in the mesh at once, or nothing.</source>
        <translation>%1. Alles davon wird im Mesh auf einmal gemacht, oder nichts.</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Why, for the history</source>
        <translation>Warum, für den Verlauf</translation>
    </message>
    <message>
        <source>Take it back unless I keep it</source>
        <translation>Zurücknehmen, wenn ich es nicht behalte</translation>
    </message>
    <message>
        <source>The mesh goes back by itself, also when the change cuts this computer off.</source>
        <translation>Das Mesh kehrt von selbst zurück, auch wenn die Änderung diesen Rechner abschneidet.</translation>
    </message>
    <message>
        <source>Taken back after</source>
        <translation>Zurückgenommen nach</translation>
    </message>
    <message>
        <source>30 s</source>
        <translation>30 s</translation>
    </message>
    <message>
        <source>60 s</source>
        <translation>60 s</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
</context>
<context>
    <name>AttachForm</name>
    <message>
        <source>Attach to a service</source>
        <translation>An einen Dienst anschließen</translation>
    </message>
    <message>
        <source>The window works with its built-in core now. A service goes on when the window is closed and nobody is logged in.</source>
        <translation>Das Fenster arbeitet jetzt mit seinem eingebauten Kern. Ein Dienst läuft weiter, wenn das Fenster zu ist und niemand angemeldet ist.</translation>
    </message>
    <message>
        <source>The window works with the service at %1 now.</source>
        <translation>Das Fenster arbeitet jetzt mit dem Dienst unter %1.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>Auf diesem Computer gefunden</translation>
    </message>
    <message>
        <source>No service was found at the usual places.</source>
        <translation>An den üblichen Stellen wurde kein Dienst gefunden.</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anschließen</translation>
    </message>
    <message>
        <source>Another socket</source>
        <translation>Anderer Socket</translation>
    </message>
    <message>
        <source>A path on this computer. Weft never talks to its service over the network.</source>
        <translation>Ein Pfad auf diesem Computer. Weft spricht nie über das Netz mit seinem Dienst.</translation>
    </message>
    <message>
        <source>Enter the path of a socket.</source>
        <translation>Geben Sie den Pfad eines Sockets ein.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Use the built-in core</source>
        <translation>Eingebauten Kern verwenden</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>BindingForm</name>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Every member and every user has the role.</source>
        <translation>Jedes Mitglied und jeder Benutzer hat die Rolle.</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Group name</source>
        <translation>Name der Gruppe</translation>
    </message>
</context>
<context>
    <name>ChangeCard</name>
    <message>
        <source>Change %1, %2: %3, %4, %5</source>
        <translation>Änderung %1, %2: %3, %4, %5</translation>
    </message>
    <message>
        <source>#%1</source>
        <translation>#%1</translation>
    </message>
    <message>
        <source>Waits to be kept</source>
        <translation>Wartet auf Bestätigung</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>relative time, exact time, who</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Takes back #%1</source>
        <translation>Nimmt #%1 zurück</translation>
    </message>
    <message>
        <source>Taken back by #%1</source>
        <translation>Zurückgenommen durch #%1</translation>
    </message>
    <message>
        <source>Undo this</source>
        <translation>Dies zurücknehmen</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>%1 zurücknehmen</translation>
    </message>
    <message>
        <source>Undo the whole change…</source>
        <translation>Ganze Änderung zurücknehmen…</translation>
    </message>
    <message>
        <source>Undo the change…</source>
        <translation>Änderung zurücknehmen…</translation>
    </message>
    <message>
        <source>change #%1</source>
        <translation>Änderung #%1</translation>
    </message>
    <message>
        <source>Restore to here…</source>
        <translation>Bis hierher wiederherstellen…</translation>
    </message>
    <message>
        <source>Restore the rules to what they were after change #%1</source>
        <translation>Die Regeln so wiederherstellen, wie sie nach Änderung #%1 waren</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>Bindung</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>Bindungen</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>the two ends of an edge</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind of an object, its name</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Removed</source>
        <comment>an object in a draft or change</comment>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>New</source>
        <comment>an object in a draft or change</comment>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>an object in a draft or change</comment>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>ChangesPage</name>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Your draft: %1</source>
        <translation>Ihr Entwurf: %1</translation>
    </message>
    <message>
        <source>Edits before they are made, and what was made</source>
        <translation>Was geändert werden soll und was geändert wurde</translation>
    </message>
    <message>
        <source>Draft (%1)</source>
        <translation>Entwurf (%1)</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Conflicts (%1)</source>
        <translation>Konflikte (%1)</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Konflikte</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Span</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Show as chart</source>
        <translation>Als Diagramm zeigen</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>ChartWords</name>
    <message>
        <source>%1 %2</source>
        <comment>a number and its unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>, %1: %2</source>
        <translation>, %1: %2</translation>
    </message>
    <message>
        <source>B</source>
        <comment>bytes</comment>
        <translation>B</translation>
    </message>
    <message>
        <source>ms</source>
        <comment>milliseconds</comment>
        <translation>ms</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 at most, %4 on average.</source>
        <translation>%1: jetzt %2, höchstens %3, im Mittel %4.</translation>
    </message>
</context>
<context>
    <name>ChecklistCard</name>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>The checks run once this node is in the mesh.</source>
        <translation>Geprüft wird, sobald dieser Knoten im Mesh ist.</translation>
    </message>
</context>
<context>
    <name>ChipsField</name>
    <message>
        <source>Take away %1</source>
        <translation>%1 wegnehmen</translation>
    </message>
    <message>
        <source>Add to %1</source>
        <translation>Hinzufügen zu %1</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 is not in the mesh</source>
        <translation>%1 ist nicht im Mesh</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
</context>
<context>
    <name>ChosenNode</name>
    <message>
        <source>Choose a node: click it, or go there with the arrow keys.</source>
        <translation>Wählen Sie einen Knoten: mit einem Klick oder mit den Pfeiltasten.</translation>
    </message>
    <message>
        <source>What if it were gone</source>
        <translation>Was, wenn er fehlte</translation>
    </message>
    <message>
        <source>Connect first: the mesh is asked about it.</source>
        <translation>Verbinden Sie sich zuerst: Das Mesh wird danach gefragt.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>ColourWords</name>
    <message>
        <source>No group</source>
        <translation>Keine Gruppe</translation>
    </message>
    <message>
        <source>No service</source>
        <translation>Kein Dienst</translation>
    </message>
    <message>
        <source>No zone</source>
        <translation>Keine Zone</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Übrige</translation>
    </message>
</context>
<context>
    <name>ColumnMenu</name>
    <message>
        <source>Name and state are always shown. Columns without room wait for a wider window.</source>
        <translation>Name und Zustand sind immer zu sehen. Spalten ohne Platz warten auf ein breiteres Fenster.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Choose by the width</source>
        <translation>Nach der Breite wählen</translation>
    </message>
    <message>
        <source>This is what is done now.</source>
        <translation>So ist es jetzt.</translation>
    </message>
</context>
<context>
    <name>CommandField</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Hide the command</source>
        <translation>Befehl ausblenden</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>Befehl zeigen</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search commands, meshes and members</source>
        <translation>Befehle, Meshes und Mitglieder suchen</translation>
    </message>
    <message>
        <source>What do you want to do? A page, a mesh, a member</source>
        <translation>Was möchten Sie tun? Eine Seite, ein Mesh, ein Mitglied</translation>
    </message>
    <message>
        <source>Nothing matches. Try fewer letters, or the name of a member.</source>
        <translation>Nichts passt. Versuchen Sie weniger Buchstaben oder den Namen eines Mitglieds.</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Deren</translation>
    </message>
    <message>
        <source>%1 (differs)</source>
        <translation>%1 (verschieden)</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Keep mine: %1</source>
        <translation>Meine behalten: %1</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Deren übernehmen</translation>
    </message>
    <message>
        <source>Take theirs: %1</source>
        <translation>Deren übernehmen: %1</translation>
    </message>
</context>
<context>
    <name>ConflictsTab</name>
    <message>
        <source>Others changed these since your edits began. The draft can be applied once you have decided; nothing you typed is lost.</source>
        <translation>Andere haben dies geändert, seit Sie damit begonnen haben. Der Entwurf kann angewendet werden, sobald Sie entschieden haben; nichts von Ihrer Eingabe geht verloren.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Keine Konflikte</translation>
    </message>
    <message>
        <source>When somebody changes the same as your draft, both stand here beside each other.</source>
        <translation>Ändert jemand dasselbe wie Ihr Entwurf, steht hier beides nebeneinander.</translation>
    </message>
</context>
<context>
    <name>CopyField</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Copies it</source>
        <translation>Kopiert es</translation>
    </message>
</context>
<context>
    <name>CreateMeshForm</name>
    <message>
        <source>Create a mesh</source>
        <translation>Mesh anlegen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Zuhause</translation>
    </message>
    <message>
        <source>What you call it. Shown on this computer only.</source>
        <translation>Wie Sie es nennen. Nur auf diesem Computer zu sehen.</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Domain</translation>
    </message>
    <message>
        <source>The names of all members end with it. It cannot be changed later.</source>
        <translation>Die Namen aller Mitglieder enden damit. Später nicht mehr zu ändern.</translation>
    </message>
    <message>
        <source>Name of this computer in the mesh</source>
        <translation>Name dieses Computers im Mesh</translation>
    </message>
    <message>
        <source>Empty takes the one shown.</source>
        <translation>Leer gilt der gezeigte.</translation>
    </message>
    <message>
        <source>Who may talk to whom</source>
        <translation>Wer mit wem sprechen darf</translation>
    </message>
    <message>
        <source>All members</source>
        <translation>Alle Mitglieder</translation>
    </message>
    <message>
        <source>Nobody until allowed</source>
        <translation>Niemand ohne Erlaubnis</translation>
    </message>
    <message>
        <source>Every member may reach every other. Rules can narrow it later.</source>
        <translation>Jedes Mitglied darf jedes andere erreichen. Regeln können das später einschränken.</translation>
    </message>
    <message>
        <source>Members are let in by invitation only, and prove who they are with certificates of this mesh.</source>
        <translation>Mitglied wird man nur durch eine Einladung, und jedes weist sich mit einem Zertifikat dieses Meshs aus.</translation>
    </message>
    <message>
        <source>Create the mesh</source>
        <translation>Mesh anlegen</translation>
    </message>
    <message>
        <source>No member reaches another until a rule allows it. A new device seems cut off until you write one.</source>
        <translation>Kein Mitglied erreicht ein anderes, bis eine Regel es erlaubt. Ein neues Gerät scheint bis dahin abgeschnitten.</translation>
    </message>
    <message>
        <source>This is what will be made</source>
        <translation>Das wird angelegt</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Who may talk</source>
        <translation>Wer darf sprechen</translation>
    </message>
    <message>
        <source>Who may join</source>
        <translation>Wer darf beitreten</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>DiagnosePage</name>
    <message>
        <source>Diagnose</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>What works, what does not, and why</source>
        <translation>Was geht, was nicht, und warum</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
</context>
<context>
    <name>DraftTab</name>
    <message>
        <source>Edits of the draft</source>
        <translation>Änderungen im Entwurf</translation>
    </message>
    <message>
        <source>Apply…</source>
        <translation>Anwenden…</translation>
    </message>
    <message>
        <source>Apply with auto-revert…</source>
        <translation>Anwenden mit Rücknahme…</translation>
    </message>
    <message>
        <source>Discard all…</source>
        <translation>Alles verwerfen…</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>Befehl ausblenden</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>Befehl zeigen</translation>
    </message>
    <message>
        <source>The draft is empty</source>
        <translation>Der Entwurf ist leer</translation>
    </message>
    <message>
        <source>This service keeps no drafts</source>
        <translation>Dieser Dienst führt keine Entwürfe</translation>
    </message>
    <message>
        <source>Choose “Add to draft” when you edit a rule, a group or a route: you see what it would do before it is made.</source>
        <translation>Wählen Sie „In den Entwurf“, wenn Sie eine Regel, Gruppe oder Route bearbeiten: Sie sehen, was es bewirken würde, bevor es gilt.</translation>
    </message>
    <message>
        <source>What you edit under Access is made at once. A newer service collects edits and shows first what they would do.</source>
        <translation>Was Sie unter Zugriff bearbeiten, gilt sofort. Ein neuerer Dienst sammelt Änderungen und zeigt zuerst, was sie bewirken würden.</translation>
    </message>
    <message>
        <source>Go to Access</source>
        <translation>Zum Zugriff</translation>
    </message>
    <message>
        <source>Discard the draft?</source>
        <translation>Entwurf verwerfen?</translation>
    </message>
    <message>
        <source>%1. Nothing of it was made in the mesh.</source>
        <translation>%1. Nichts davon wurde im Mesh gemacht.</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>Alles verwerfen</translation>
    </message>
</context>
<context>
    <name>EdgeDrawer</name>
    <message>
        <source>Throw away what you typed?</source>
        <translation>Eingaben verwerfen?</translation>
    </message>
    <message>
        <source>%1 is not saved.</source>
        <translation>%1 ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>EdgeForm</name>
    <message>
        <source>One member</source>
        <translation>Ein Mitglied</translation>
    </message>
    <message>
        <source>The other member</source>
        <translation>Das andere Mitglied</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Of several ways the one with the smaller sum is taken.</source>
        <translation>Von mehreren Wegen wird der mit der kleineren Summe genommen.</translation>
    </message>
    <message>
        <source>How they connect</source>
        <translation>Wie sie sich verbinden</translation>
    </message>
    <message>
        <source>Directly</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>libp2p</source>
        <translation>libp2p</translation>
    </message>
    <message>
        <source>To change it, delete the edge and make it anew.</source>
        <translation>Um das zu ändern, löschen Sie die Kante und legen sie neu an.</translation>
    </message>
</context>
<context>
    <name>EditCard</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Discard the edit of %1</source>
        <translation>Änderung von %1 verwerfen</translation>
    </message>
</context>
<context>
    <name>EffectPanel</name>
    <message>
        <source>Effect of the draft</source>
        <translation>Wirkung des Entwurfs</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Your draft is empty. Drag a rule to another place, or add an edit to the draft: what it would do is seen here before it is made.</source>
        <translation>Der Entwurf ist leer. Eine Regel an eine andere Stelle ziehen oder eine Änderung in den Entwurf legen: Hier steht, was sie täte, bevor sie gemacht wird.</translation>
    </message>
</context>
<context>
    <name>ExportFile</name>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>Geben Sie an, wohin die Datei geschrieben werden soll.</translation>
    </message>
    <message>
        <source>That is a folder: add the name of a file.</source>
        <translation>Das ist ein Ordner: Fügen Sie den Namen einer Datei an.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>There is such a file already. It will be replaced.</source>
        <translation>Diese Datei gibt es schon. Sie wird ersetzt.</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>DOT</source>
        <translation>DOT</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Export as %1</source>
        <translation>Als %1 exportieren</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Datei schreiben</translation>
    </message>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>Geben Sie an, wohin die Datei geschrieben werden soll.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
</context>
<context>
    <name>Features</name>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Joins</source>
        <translation>Beitritt</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>TURN</source>
        <translation>TURN</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Abfrage</translation>
    </message>
</context>
<context>
    <name>FieldDiff</name>
    <message>
        <source>%1: was %2, is %3</source>
        <translation>%1: war %2, ist %3</translation>
    </message>
    <message>
        <source>%1: is %2</source>
        <translation>%1: ist %2</translation>
    </message>
    <message>
        <source>%1: was %2</source>
        <translation>%1: war %2</translation>
    </message>
    <message>
        <source>− %1</source>
        <comment>what goes</comment>
        <translation>− %1</translation>
    </message>
    <message>
        <source>+ %1</source>
        <comment>what comes</comment>
        <translation>+ %1</translation>
    </message>
</context>
<context>
    <name>FinishSheet</name>
    <message>
        <source>Ready</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Invite your first device</source>
        <translation>Das erste Gerät einladen</translation>
    </message>
    <message>
        <source>Everything here can be changed later in the settings.</source>
        <translation>Alles hier lässt sich später in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Weft starts when you log in on this computer.</source>
        <translation>Weft startet mit der Anmeldung an diesem Computer.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>A mesh was lost, is back, or could not be connected.</source>
        <translation>Ein Mesh ging verloren, ist zurück oder ließ sich nicht verbinden.</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>Symbol in der Leiste</translation>
    </message>
    <message>
        <source>In the panel of the desktop, where it shows such icons: it tells the state of the mesh, and its menu opens this window again.</source>
        <translation>In der Leiste der Arbeitsfläche, wo sie solche Symbole zeigt: Es zeigt den Zustand des Mesh, und sein Menü öffnet dieses Fenster wieder.</translation>
    </message>
</context>
<context>
    <name>FirstRunChoice</name>
    <message>
        <source>Welcome to Weft</source>
        <translation>Willkommen bei Weft</translation>
    </message>
    <message>
        <source>Add a mesh</source>
        <translation>Mesh hinzufügen</translation>
    </message>
    <message>
        <source>A mesh is a private network of your own devices. Nobody else runs it, and it needs no account.</source>
        <translation>Ein Mesh ist ein privates Netz Ihrer eigenen Geräte. Niemand sonst betreibt es, und es braucht kein Konto.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Create a mesh</source>
        <translation>Mesh anlegen</translation>
    </message>
    <message>
        <source>This computer starts a new mesh and keeps its records. Then invite your other devices.</source>
        <translation>Dieser Computer beginnt ein neues Mesh und führt seine Daten. Laden Sie dann Ihre anderen Geräte ein.</translation>
    </message>
    <message>
        <source>Join with a code</source>
        <translation>Mit einem Code beitreten</translation>
    </message>
    <message>
        <source>Somebody in the mesh made an invitation for you. You see what it says before anything happens.</source>
        <translation>Jemand im Mesh hat Sie eingeladen. Sie sehen, was der Code sagt, bevor etwas geschieht.</translation>
    </message>
    <message>
        <source>Attach to a service</source>
        <translation>An einen Dienst anschließen</translation>
    </message>
    <message>
        <source>Weft already runs in the background on this computer. Use that one instead of the built-in core.</source>
        <translation>Weft läuft auf diesem Computer schon im Hintergrund. Verwenden Sie dieses statt des eingebauten Kerns.</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>Mit einem Sandkasten erkunden</translation>
    </message>
    <message>
        <source>A simulated mesh of 30 nodes, where nothing is real.</source>
        <translation>Ein simuliertes Mesh aus 30 Knoten, in dem nichts echt ist.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>GeneralGroup</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Weft starts when you log in on this computer.</source>
        <translation>Weft startet mit der Anmeldung an diesem Computer.</translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation>Verborgen starten</translation>
    </message>
    <message>
        <source>At login only the icon in the tray shows. A start by hand always opens the window.</source>
        <translation>Beim Anmelden zeigt sich nur das Symbol in der Leiste. Ein Start von Hand öffnet immer das Fenster.</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>Schließen des Fensters</translation>
    </message>
    <message>
        <source>Automatic hides it where there is a tray, and minimises it otherwise.</source>
        <translation>Automatisch verbirgt es, wo es eine Leiste für Symbole gibt, und verkleinert es sonst.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Hides it</source>
        <translation>Verbirgt es</translation>
    </message>
    <message>
        <source>Minimises it</source>
        <translation>Verkleinert es</translation>
    </message>
    <message>
        <source>Quits</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Disconnect on quit</source>
        <translation>Beim Beenden trennen</translation>
    </message>
    <message>
        <source>Quitting leaves the meshes of the service too. Those of the built-in core always end with the program.</source>
        <translation>Beenden verlässt auch die Meshes des Dienstes. Die des eingebauten Kerns enden immer mit dem Programm.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>System follows the desktop. The window opens anew in the other language.</source>
        <translation>System richtet sich nach der Arbeitsfläche. Das Fenster öffnet sich neu in der anderen Sprache.</translation>
    </message>
    <message>
        <source>Units of bytes</source>
        <translation>Einheiten für Bytes</translation>
    </message>
    <message>
        <source>1 KiB is 1024 bytes, 1 kB is 1000 bytes.</source>
        <translation>1 KiB sind 1024 Bytes, 1 kB sind 1000 Bytes.</translation>
    </message>
    <message>
        <source>KiB, MiB</source>
        <translation>KiB, MiB</translation>
    </message>
    <message>
        <source>kB, MB</source>
        <translation>kB, MB</translation>
    </message>
</context>
<context>
    <name>GraphEmpty</name>
    <message>
        <source>Reading the members…</source>
        <translation>Die Mitglieder werden gelesen…</translation>
    </message>
    <message>
        <source>No nodes match</source>
        <translation>Kein Knoten passt</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>The graph of the mesh appears here once this node is connected.</source>
        <translation>Der Graph des Meshs erscheint hier, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>GraphFilters</name>
    <message>
        <source>Only</source>
        <translation>Nur</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Routers</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Exits</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Zone: %1</source>
        <translation>Zone: %1</translation>
    </message>
    <message>
        <source>Zone…</source>
        <translation>Zone…</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Farbe nach</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
</context>
<context>
    <name>GraphLegend</name>
    <message>
        <source>Both ways</source>
        <translation>In beide Richtungen</translation>
    </message>
    <message>
        <source>One-sided</source>
        <translation>Einseitig</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>libp2p</source>
        <translation>libp2p</translation>
    </message>
    <message>
        <source>No traffic</source>
        <translation>Kein Verkehr</translation>
    </message>
</context>
<context>
    <name>GraphNotes</name>
    <message>
        <source>Not current</source>
        <translation>Nicht aktuell</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>Das war zuletzt bekannt: Was jetzt geschieht, meldet niemand.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>Das war zuletzt bekannt: Der Knoten ist jetzt nicht im Mesh.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Being found out…</source>
        <translation>Wird ermittelt…</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Draw a line from one node to another to link them.</source>
        <translation>Ziehen Sie eine Linie von einem Knoten zum anderen, um beide zu verbinden.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>GraphPage</name>
    <message>
        <source>Connect first: links are kept by the mesh.</source>
        <translation>Verbinden Sie sich zuerst: Das Mesh verwahrt die Verbindungen.</translation>
    </message>
    <message>
        <source>The links are still being read.</source>
        <translation>Die Verbindungen werden noch gelesen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>You are alone in this mesh.</source>
        <translation>Sie sind allein in diesem Mesh.</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
</context>
<context>
    <name>GraphTools</name>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Members and what connects them</source>
        <translation>Mitglieder und was sie verbindet</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Search the graph</source>
        <translation>Graph durchsuchen</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>End the editing</source>
        <translation>Bearbeitung beenden</translation>
    </message>
    <message>
        <source>Edit the links</source>
        <translation>Verbindungen bearbeiten</translation>
    </message>
    <message>
        <source>View as picture</source>
        <translation>Als Bild ansehen</translation>
    </message>
    <message>
        <source>View as list</source>
        <translation>Als Liste ansehen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>Exportieren als</translation>
    </message>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>A drawing</source>
        <translation>Eine Zeichnung</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>DOT</source>
        <translation>DOT</translation>
    </message>
    <message>
        <source>For Graphviz</source>
        <translation>Für Graphviz</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>Für Programme</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Graph of the mesh, %1</source>
        <translation>Graph des Meshs, %1</translation>
    </message>
    <message>
        <source>Arrow keys go along links, Enter shows the details, L lists the neighbours. All of it stands under “View as list”.</source>
        <translation>Die Pfeiltasten folgen den Verbindungen, die Eingabetaste zeigt die Details, L nennt die Nachbarn. Alles steht auch unter „Als Liste ansehen“.</translation>
    </message>
</context>
<context>
    <name>GraphZoom</name>
    <message>
        <source>Zoom in (%1)</source>
        <translation>Vergrößern (%1)</translation>
    </message>
    <message>
        <source>Zoom out (%1)</source>
        <translation>Verkleinern (%1)</translation>
    </message>
    <message>
        <source>Show all of it (%1)</source>
        <translation>Alles zeigen (%1)</translation>
    </message>
</context>
<context>
    <name>GroupForm</name>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>People who sign in without being a member.</source>
        <translation>Personen, die sich anmelden, ohne Mitglied zu sein.</translation>
    </message>
    <message>
        <source>A list can be pasted: lines, or with commas.</source>
        <translation>Eine Liste lässt sich einfügen: Zeilen oder mit Kommas.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Group name</source>
        <translation>Name der Gruppe</translation>
    </message>
</context>
<context>
    <name>GroupRename</name>
    <message>
        <source>Another name</source>
        <translation>Anderer Name</translation>
    </message>
    <message>
        <source>Rules, bindings and groups that name it follow, all in the draft. Tests of the mesh do not.</source>
        <translation>Regeln, Bindungen und Gruppen, die sie nennen, folgen, alles im Entwurf. Tests des Meshs nicht.</translation>
    </message>
    <message>
        <source>Rename in the draft</source>
        <translation>Im Entwurf umbenennen</translation>
    </message>
</context>
<context>
    <name>HealthTab</name>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>The checks run once this node is in the mesh.</source>
        <translation>Die Prüfungen laufen, sobald dieser Knoten im Mesh ist.</translation>
    </message>
    <message>
        <source>No mesh yet</source>
        <translation>Noch kein Mesh</translation>
    </message>
    <message>
        <source>The checks of each mesh appear here once this computer has joined one.</source>
        <translation>Die Prüfungen jedes Meshs erscheinen hier, sobald dieser Rechner einem beigetreten ist.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>a certificate</source>
        <translation>ein Zertifikat</translation>
    </message>
    <message>
        <source>a password</source>
        <translation>ein Passwort</translation>
    </message>
    <message>
        <source>an address of the mesh</source>
        <translation>eine Adresse des Mesh</translation>
    </message>
    <message>
        <source>an address that was passed on</source>
        <translation>eine weitergereichte Adresse</translation>
    </message>
    <message>
        <source>being the node itself</source>
        <translation>den Knoten selbst</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Member removed</source>
        <translation>Mitglied entfernt</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Angewendet</translation>
    </message>
    <message>
        <source>Took back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Taken back by itself</source>
        <translation>Von selbst zurückgenommen</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>Niemand Bekanntes</translation>
    </message>
    <message>
        <source>%1, known by %2</source>
        <comment>who, the proof</comment>
        <translation>%1, erkannt durch %2</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <comment>who, the address</comment>
        <translation>%1, von %2</translation>
    </message>
    <message>
        <source>%1, passed on by %2</source>
        <comment>who, a member</comment>
        <translation>%1, weitergereicht durch %2</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n Objekt</numerusform>
            <numerusform>%n Objekte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <comment>what was done, by whom, to what</comment>
        <translation>%1 durch %2: %3</translation>
    </message>
    <message>
        <source>nobody known</source>
        <translation>niemand Bekanntes</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Only to look</source>
        <translation>Nur ansehen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Take back the rest</source>
        <translation>Den Rest zurücknehmen</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <source>Something is being taken back just now.</source>
        <translation>Gerade wird etwas zurückgenommen.</translation>
    </message>
    <message>
        <source>Show older changes</source>
        <translation>Ältere Änderungen zeigen</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>Noch wurde nichts geändert</translation>
    </message>
    <message>
        <source>Each change of rules, groups, roles and routes appears here, with the way back.</source>
        <translation>Jede Änderung an Regeln, Gruppen, Rollen und Routen erscheint hier, mit dem Weg zurück.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>The history appears here once this node is connected.</source>
        <translation>Der Verlauf erscheint hier, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>InviteCode</name>
    <message>
        <source>The invitation code as a QR code</source>
        <translation>Der Einladungscode als QR-Code</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Invitation code</source>
        <translation>Einladungscode</translation>
    </message>
    <message>
        <source>Whoever has this code can join once. It is not shown again after this window is closed.</source>
        <translation>Wer diesen Code hat, kann einmal beitreten. Nach dem Schließen wird er nicht mehr gezeigt.</translation>
    </message>
    <message>
        <source>Make another</source>
        <translation>Noch einen erstellen</translation>
    </message>
    <message>
        <source>Authority of this mesh, for comparing: %1</source>
        <translation>Zertifizierungsstelle dieses Meshs, zum Vergleichen: %1</translation>
    </message>
</context>
<context>
    <name>InviteForm</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Office phone</source>
        <translation>Bürotelefon</translation>
    </message>
    <message>
        <source>For you, to know later whom it was for.</source>
        <translation>Für Sie, um später zu wissen, für wen er war.</translation>
    </message>
    <message>
        <source>Name in the mesh</source>
        <translation>Name im Mesh</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Set, only a device with this name can use the code.</source>
        <translation>Nur ein Gerät mit diesem Namen kann den Code dann verwenden.</translation>
    </message>
    <message>
        <source>Can be used for</source>
        <translation>Verwendbar für</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>Make a code</source>
        <translation>Code erstellen</translation>
    </message>
</context>
<context>
    <name>InviteList</name>
    <message>
        <source>No invitations yet</source>
        <translation>Noch keine Einladungen</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>%1 widerrufen</translation>
    </message>
</context>
<context>
    <name>InviteSheet</name>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>New code</source>
        <translation>Neuer Code</translation>
    </message>
    <message>
        <source>All invitations</source>
        <translation>Alle Einladungen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>JoinForm</name>
    <message>
        <source>Join with a code</source>
        <translation>Mit einem Code beitreten</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Invitation code</source>
        <translation>Einladungscode</translation>
    </message>
    <message>
        <source>Made by a member of the mesh. It works once.</source>
        <translation>Von einem Mitglied des Meshs erstellt. Er gilt einmal.</translation>
    </message>
    <message>
        <source>What the code says</source>
        <translation>Was der Code sagt</translation>
    </message>
    <message>
        <source>Mesh at</source>
        <translation>Mesh unter</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>Compare the authority with what the other side shows if the code came by a way you do not trust.</source>
        <translation>Kam der Code auf einem Weg, dem Sie nicht trauen, vergleichen Sie die Zertifizierungsstelle mit der Anzeige der anderen Seite.</translation>
    </message>
    <message>
        <source>Name of this computer in the mesh</source>
        <translation>Name dieses Computers im Mesh</translation>
    </message>
    <message>
        <source>Empty takes the one shown, or the one that the invitation is for.</source>
        <translation>Leer gilt der gezeigte oder der, für den die Einladung ist.</translation>
    </message>
    <message>
        <source>Join the mesh</source>
        <translation>Dem Mesh beitreten</translation>
    </message>
    <message>
        <source>Enter a code that can be used.</source>
        <translation>Geben Sie einen verwendbaren Code ein.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei …</translation>
    </message>
    <message>
        <source>File with the code</source>
        <translation>Datei mit dem Code</translation>
    </message>
    <message>
        <source>A path on this computer. Return reads it.</source>
        <translation>Ein Pfad auf diesem Computer. Die Eingabetaste liest sie.</translation>
    </message>
</context>
<context>
    <name>LintList</name>
    <message>
        <source>Check of the rules: %1</source>
        <translation>Prüfung der Regeln: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The fix: %1</source>
        <translation>Die Abhilfe: %1</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Fix in the draft: %1</source>
        <translation>Im Entwurf beheben: %1</translation>
    </message>
</context>
<context>
    <name>LockdownSheet</name>
    <message>
        <source>Turn on the lockdown of %1?</source>
        <translation>Die Sperre von %1 einschalten?</translation>
    </message>
    <message>
        <source>From connecting this mesh to disconnecting it, nothing leaves this computer but into the mesh and to networks beside it: no web page, no mail, no update, unless a member leads to the Internet. It stays so while the mesh cannot be reached.</source>
        <translation>Vom Verbinden bis zum Trennen dieses Meshs verlässt nichts diesen Computer außer ins Mesh und in Netze neben ihm: keine Webseite, keine Mail, keine Aktualisierung, es sei denn, ein Mitglied führt ins Internet. Das bleibt so, während das Mesh nicht zu erreichen ist.</translation>
    </message>
    <message>
        <source>Turn it on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>To get out, turn this switch off or disconnect the mesh. Without this window:</source>
        <translation>Heraus kommen Sie, indem Sie diesen Schalter ausschalten oder das Mesh trennen. Ohne dieses Fenster:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>A mesh that is joined by a name may not be found then: names are looked up outside. Give it addresses.</source>
        <translation>Ein Mesh, dem über einen Namen beigetreten wird, wird dann vielleicht nicht gefunden: Namen werden außerhalb nachgeschlagen. Geben Sie ihm Adressen.</translation>
    </message>
</context>
<context>
    <name>LogRow</name>
    <message>
        <source>%1, %2, %3: %4</source>
        <translation>%1, %2, %3: %4</translation>
    </message>
</context>
<context>
    <name>LogTab</name>
    <message>
        <source>Filter the log</source>
        <translation>Protokoll filtern</translation>
    </message>
    <message>
        <source>Text, part</source>
        <translation>Text, Teil</translation>
    </message>
    <message>
        <source>Level and parts (set)</source>
        <translation>Stufe und Teile (gewählt)</translation>
    </message>
    <message>
        <source>Level and parts</source>
        <translation>Stufe und Teile</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Put a mark below the last line</source>
        <translation>Eine Marke unter die letzte Zeile setzen</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>Angezeigtes kopieren</translation>
    </message>
    <message>
        <source>the log</source>
        <translation>das Protokoll</translation>
    </message>
    <message>
        <source>Clear the view; the service keeps its log</source>
        <translation>Ansicht leeren; der Dienst behält sein Protokoll</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Parts of the service</source>
        <translation>Teile des Dienstes</translation>
    </message>
    <message>
        <source>The service writes</source>
        <translation>Der Dienst schreibt</translation>
    </message>
    <message>
        <source>Until the service ends; its configuration says how it starts.</source>
        <translation>Bis der Dienst endet; seine Konfiguration sagt, wie er beginnt.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Log of the service</source>
        <translation>Protokoll des Dienstes</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>No line passes the filter</source>
        <translation>Keine Zeile passt zum Filter</translation>
    </message>
    <message>
        <source>Nothing was written yet</source>
        <translation>Noch nichts geschrieben</translation>
    </message>
    <message>
        <source>The service has written other lines.</source>
        <translation>Der Dienst hat andere Zeilen geschrieben.</translation>
    </message>
    <message>
        <source>Lines appear here as the service writes them.</source>
        <translation>Zeilen erscheinen hier, sobald der Dienst sie schreibt.</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>Alle Zeilen zeigen</translation>
    </message>
    <message>
        <source>The log is not for this account</source>
        <translation>Das Protokoll ist nicht für dieses Konto</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1: %2 – Weft</source>
        <translation>%1: %2 – Weft</translation>
    </message>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
    <message>
        <source>Connect or disconnect</source>
        <translation>Verbinden oder trennen</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>Mit einem Sandkasten erkunden</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>Sandkasten verlassen</translation>
    </message>
</context>
<context>
    <name>MapWords</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n Verbindung</numerusform>
            <numerusform>%n Verbindungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>a member, its state, how many links it has</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <comment>a member, its state, its way, how many links</comment>
        <translation>%1, %2, %3, %4</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>Voter</source>
        <translation>Wähler</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
</context>
<context>
    <name>MemberField</name>
    <message>
        <source>Name of a member</source>
        <translation>Name eines Mitglieds</translation>
    </message>
</context>
<context>
    <name>MembersCard</name>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>The newest members</source>
        <translation>Die neuesten Mitglieder</translation>
    </message>
    <message>
        <source>You are alone in this mesh. Invite a device and it appears here.</source>
        <translation>Sie sind allein in diesem Mesh. Laden Sie ein Gerät ein, und es erscheint hier.</translation>
    </message>
    <message>
        <source>The members appear once this node is in the mesh.</source>
        <translation>Die Mitglieder erscheinen, sobald dieser Knoten im Mesh ist.</translation>
    </message>
    <message>
        <source>See all members</source>
        <translation>Alle Mitglieder zeigen</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>Meshes</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Add mesh…</source>
        <translation>Mesh hinzufügen…</translation>
    </message>
    <message>
        <source>Exit node</source>
        <translation>Ausgangsknoten</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1, %2 (%3)</source>
        <translation>%1, %2 (%3)</translation>
    </message>
    <message>
        <source>Copy address %1</source>
        <translation>Adresse %1 kopieren</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>All members…</source>
        <translation>Alle Mitglieder…</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <source>A change waits for you</source>
        <translation>Eine Änderung wartet auf dich</translation>
    </message>
    <message>
        <source>Keep the changes</source>
        <translation>Änderungen behalten</translation>
    </message>
    <message>
        <source>Take them back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Show changes…</source>
        <translation>Änderungen zeigen…</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>Konsole öffnen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Disconnect and quit</source>
        <translation>Trennen und beenden</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>MenuRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>MeshCard</name>
    <message>
        <source>Mesh</source>
        <translation>Mesh</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Domain</translation>
    </message>
    <message>
        <source>IPv4 range</source>
        <translation>IPv4-Bereich</translation>
    </message>
    <message>
        <source>IPv6 range</source>
        <translation>IPv6-Bereich</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>Lauscht auf</translation>
    </message>
</context>
<context>
    <name>MeshRoutesPage</name>
    <message>
        <source>What the mesh tells all its members. A node uses and offers of it what its own user wants.</source>
        <translation>Was das Mesh allen Mitgliedern sagt. Ein Knoten benutzt und bietet davon an, was sein eigener Benutzer will.</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>New route</source>
        <translation>Neue Route</translation>
    </message>
    <message>
        <source>No routes</source>
        <translation>Keine Routen</translation>
    </message>
    <message>
        <source>A route leads to a network behind a member: an office, a lab, the Internet.</source>
        <translation>Eine Route führt zu einem Netz hinter einem Mitglied: einem Büro, einem Labor, dem Internet.</translation>
    </message>
</context>
<context>
    <name>MeshSwitcher</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Mesh: %1</source>
        <translation>Mesh: %1</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>Meshs</translation>
    </message>
    <message>
        <source>Add a mesh…</source>
        <translation>Mesh hinzufügen…</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Stays as it is later: rules, bindings and people use it.</source>
        <translation>Bleibt später so: Regeln, Bindungen und Personen benutzen ihn.</translation>
    </message>
</context>
<context>
    <name>NamesTab</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The name service</source>
        <translation>Der Namensdienst</translation>
    </message>
    <message>
        <source>Look a name up</source>
        <translation>Einen Namen nachschlagen</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Name oder Adresse</translation>
    </message>
    <message>
        <source>nas, nas.home.internal, 172.16.0.2</source>
        <translation>nas, nas.home.internal, 172.16.0.2</translation>
    </message>
    <message>
        <source>A name without a dot is one of the mesh.</source>
        <translation>Ein Name ohne Punkt ist einer des Meshs.</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Nachschlagen</translation>
    </message>
    <message>
        <source>Connect first: a server of the mesh is asked.</source>
        <translation>Zuerst verbinden: gefragt wird ein Server des Meshs.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>Names of the mesh can be looked up once this node is connected.</source>
        <translation>Namen des Meshs lassen sich nachschlagen, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>NeighbourMenu</name>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
</context>
<context>
    <name>NetworkTab</name>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Connect first: the node checks its own network.</source>
        <translation>Zuerst verbinden: der Knoten prüft sein eigenes Netzwerk.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The network beneath the mesh</source>
        <translation>Das Netzwerk unter dem Mesh</translation>
    </message>
    <message>
        <source>By what this node knows; nothing is sent to anybody.</source>
        <translation>Nach dem, was dieser Knoten weiß; es wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>The network can be checked once this node is connected.</source>
        <translation>Das Netzwerk lässt sich prüfen, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>NodeCard</name>
    <message>
        <source>This node</source>
        <translation>Dieser Knoten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Schnittstelle</translation>
    </message>
</context>
<context>
    <name>NodeList</name>
    <message>
        <source>Nodes of the graph</source>
        <translation>Knoten des Graphen</translation>
    </message>
</context>
<context>
    <name>NodeMenu</name>
    <message>
        <source>Open the details</source>
        <translation>Details öffnen</translation>
    </message>
    <message>
        <source>What if it were gone</source>
        <translation>Was, wenn er fehlte</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>Name kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Link it to another…</source>
        <translation>Mit einem anderen verbinden…</translation>
    </message>
    <message>
        <source>What to do with %1</source>
        <translation>Was mit %1 geschehen soll</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Show its permissions</source>
        <translation>Seine Rechte zeigen</translation>
    </message>
    <message>
        <source>Who may reach it…</source>
        <translation>Wer ihn erreichen darf…</translation>
    </message>
</context>
<context>
    <name>NotificationBell</name>
    <message numerus="yes">
        <source>Notifications: %n new</source>
        <translation>
            <numerusform>Benachrichtigungen: %n neue</numerusform>
            <numerusform>Benachrichtigungen: %n neue</numerusform>
        </translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Mark all read</source>
        <translation>Alle als gelesen markieren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
</context>
<context>
    <name>NotificationGroup</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Weft notifies only while nobody sees its window.</source>
        <translation>Weft benachrichtigt nur, während niemand sein Fenster sieht.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>A mesh was lost, is back, or could not be connected.</source>
        <translation>Ein Mesh ging verloren, ist zurück oder ließ sich nicht verbinden.</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>A member joined, left, or was not heard of for long.</source>
        <translation>Ein Mitglied kam, ging oder war lange nicht zu hören.</translation>
    </message>
    <message>
        <source>Rules and access</source>
        <translation>Regeln und Zugang</translation>
    </message>
    <message>
        <source>Somebody changed who reaches whom, or a change waits for a yes.</source>
        <translation>Jemand hat geändert, wer wen erreicht, oder eine Änderung wartet auf ein Ja.</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>A node offers a network or a way to the Internet, and asks for consent.</source>
        <translation>Ein Knoten bietet ein Netz oder einen Weg ins Internet an und bittet um Zustimmung.</translation>
    </message>
</context>
<context>
    <name>NotificationRow</name>
    <message>
        <source>New, %1: %2, %3. %4</source>
        <translation>Neu, %1: %2, %3. %4</translation>
    </message>
    <message>
        <source>%1: %2, %3. %4</source>
        <translation>%1: %2, %3. %4</translation>
    </message>
    <message>
        <source>%1 · new</source>
        <translation>%1 · neu</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>A desktop node and console for Webmesh networks.</source>
        <translation>Ein Knoten und eine Konsole für Webmesh-Netze auf dem Desktop.</translation>
    </message>
    <message>
        <source>Start in the tray, without the window.</source>
        <translation>Im Infobereich starten, ohne Fenster.</translation>
    </message>
    <message>
        <source>Attach to the service at this socket.</source>
        <translation>An den Dienst unter diesem Socket anschließen.</translation>
    </message>
    <message>
        <source>Use the built-in core even when a service runs.</source>
        <translation>Den eingebauten Kern verwenden, auch wenn ein Dienst läuft.</translation>
    </message>
    <message>
        <source>Configuration of the built-in core: YAML, JSON or TOML.</source>
        <translation>Einstellungen des eingebauten Kerns: YAML, JSON oder TOML.</translation>
    </message>
    <message>
        <source>Where the built-in core keeps keys and data.</source>
        <translation>Wo der eingebaute Kern Schlüssel und Daten ablegt.</translation>
    </message>
    <message>
        <source>trace, debug, info, warn, error or off.</source>
        <translation>trace, debug, info, warn, error oder off.</translation>
    </message>
    <message>
        <source>Open with overview, peers, settings, create, join or attach.</source>
        <translation>Mit overview, peers, settings, create, join oder attach öffnen.</translation>
    </message>
    <message>
        <source>Forget place and size of the window.</source>
        <translation>Ort und Größe des Fensters vergessen.</translation>
    </message>
    <message>
        <source>Print the time to the first frame and the memory, and end.</source>
        <translation>Die Zeit bis zum ersten Bild und den Speicherbedarf ausgeben und enden.</translation>
    </message>
    <message>
        <source>Start in a simulated mesh, where nothing is real.</source>
        <translation>In einem simulierten Mesh beginnen, in dem nichts echt ist.</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Choose another service…</source>
        <translation>Anderen Dienst wählen…</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>OverviewSkeleton</name>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Still waiting for the service.</source>
        <translation>Der Dienst lässt noch auf sich warten.</translation>
    </message>
    <message>
        <source>It was found but has not answered yet. Nothing is lost: the window goes on by itself when it does.</source>
        <translation>Er wurde gefunden, hat aber noch nicht geantwortet. Nichts ist verloren: Antwortet er, geht es von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>PairWords</name>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>denied, because no rule is about it</source>
        <translation>verweigert, weil keine Regel davon handelt</translation>
    </message>
    <message>
        <source>allowed by the rule %1</source>
        <translation>erlaubt durch die Regel %1</translation>
    </message>
    <message>
        <source>denied by the rule %1</source>
        <translation>verweigert durch die Regel %1</translation>
    </message>
</context>
<context>
    <name>PaletteRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>PathWords</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>At a place that is not known</source>
        <translation>An einem unbekannten Ort</translation>
    </message>
    <message>
        <source>The member</source>
        <translation>Das Mitglied</translation>
    </message>
    <message>
        <source>Passes packets on</source>
        <translation>Leitet weiter</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht genutzt</translation>
    </message>
    <message>
        <source>Directly</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Over other members</source>
        <translation>Über andere Mitglieder</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Cannot be reached: %1</source>
        <translation>Nicht erreichbar: %1</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>The two ends have no kind of address in common.</source>
        <translation>Die beiden Enden haben keine gemeinsame Adressart.</translation>
    </message>
    <message>
        <source>The member says of no place where it can be called.</source>
        <translation>Das Mitglied nennt keinen Ort, an dem es erreichbar ist.</translation>
    </message>
    <message>
        <source>Nobody answers: UDP does not get through.</source>
        <translation>Niemand antwortet: UDP kommt nicht durch.</translation>
    </message>
    <message>
        <source>Both ends are behind routers that change ports.</source>
        <translation>Beide Enden stehen hinter Routern, die Ports ändern.</translation>
    </message>
    <message>
        <source>The rules accept one direction alone.</source>
        <translation>Die Regeln erlauben nur eine Richtung.</translation>
    </message>
    <message>
        <source>The rules do not let the two talk.</source>
        <translation>Die Regeln lassen die beiden nicht miteinander reden.</translation>
    </message>
    <message>
        <source>It was called and did not answer.</source>
        <translation>Es wurde angerufen und hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>There is no link between the two.</source>
        <translation>Zwischen den beiden gibt es keine Verbindung.</translation>
    </message>
    <message>
        <source>No links lead there over members that both may reach.</source>
        <translation>Keine Verbindungen führen dorthin über Mitglieder, die beide erreichen dürfen.</translation>
    </message>
    <message>
        <source>Another way costs less.</source>
        <translation>Ein anderer Weg kostet weniger.</translation>
    </message>
    <message>
        <source>Another place answers.</source>
        <translation>Ein anderer Ort antwortet.</translation>
    </message>
    <message>
        <source>Members on the way would take another one.</source>
        <translation>Mitglieder auf dem Weg würden einen anderen nehmen.</translation>
    </message>
    <message>
        <source>This node has no tunnel at the moment.</source>
        <translation>Dieser Knoten hat zurzeit keinen Tunnel.</translation>
    </message>
    <message>
        <source>For a reason that this window does not know.</source>
        <translation>Aus einem Grund, den dieses Fenster nicht kennt.</translation>
    </message>
    <message>
        <source>Give both an address of the same kind.</source>
        <translation>Geben Sie beiden eine Adresse derselben Art.</translation>
    </message>
    <message>
        <source>Give the member or this node an endpoint that the other can call.</source>
        <translation>Geben Sie dem Mitglied oder diesem Knoten einen Endpunkt, den der andere erreichen kann.</translation>
    </message>
    <message>
        <source>Let UDP through to WireGuard&apos;s port on one of the two sides.</source>
        <translation>Lassen Sie UDP auf einer der beiden Seiten zum Port von WireGuard durch.</translation>
    </message>
    <message>
        <source>Forward a port on one of the routers, or link both to a third member.</source>
        <translation>Leiten Sie an einem der Router einen Port weiter, oder verbinden Sie beide mit einem dritten Mitglied.</translation>
    </message>
    <message>
        <source>Add a rule that accepts both directions.</source>
        <translation>Fügen Sie eine Regel hinzu, die beide Richtungen erlaubt.</translation>
    </message>
    <message>
        <source>Check that the member runs and that UDP gets through to it.</source>
        <translation>Prüfen Sie, ob das Mitglied läuft und UDP bis zu ihm durchkommt.</translation>
    </message>
    <message>
        <source>Add a link between the two.</source>
        <translation>Fügen Sie eine Verbindung zwischen den beiden hinzu.</translation>
    </message>
    <message>
        <source>Accept the members on the way for both ends, or add a link.</source>
        <translation>Erlauben Sie beiden Enden die Mitglieder auf dem Weg, oder fügen Sie eine Verbindung hinzu.</translation>
    </message>
    <message>
        <source>The checks on the overview say what keeps it away.</source>
        <translation>Die Prüfungen in der Übersicht sagen, was fehlt.</translation>
    </message>
</context>
<context>
    <name>PeerDrawer</name>
    <message>
        <source>Close the details</source>
        <translation>Einzelheiten schließen</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>This member has left the mesh. Below is what was last known.</source>
        <translation>Dieses Mitglied hat das Mesh verlassen. Unten steht, was zuletzt bekannt war.</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>Wer erreicht wen?</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
</context>
<context>
    <name>PeerFigures</name>
    <message>
        <source>%1, now %2</source>
        <translation>%1, jetzt %2</translation>
    </message>
    <message>
        <source>received twice</source>
        <translation>doppelt empfangen</translation>
    </message>
    <message>
        <source>from an address that is not the member&apos;s</source>
        <translation>von einer Adresse, die nicht dem Mitglied gehört</translation>
    </message>
    <message>
        <source>damaged or forged</source>
        <translation>beschädigt oder gefälscht</translation>
    </message>
    <message>
        <source>no IP packet</source>
        <translation>kein IP-Paket</translation>
    </message>
    <message>
        <source>of a session that had ended</source>
        <translation>aus einer Sitzung, die beendet war</translation>
    </message>
    <message>
        <source>not sent: nobody knows where the member is</source>
        <translation>nicht gesendet: wo das Mitglied ist, weiß niemand</translation>
    </message>
    <message>
        <source>not sent: the member did not answer</source>
        <translation>nicht gesendet: das Mitglied hat nicht geantwortet</translation>
    </message>
    <message>
        <source>not allowed by the rules</source>
        <translation>von den Regeln nicht erlaubt</translation>
    </message>
</context>
<context>
    <name>PeerFilters</name>
    <message>
        <source>No headings</source>
        <translation>Ohne Überschriften</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>Nur</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a filter and how many it shows</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter aufheben</translation>
    </message>
    <message>
        <source>Headings: %1</source>
        <translation>Überschriften: %1</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>End the selection</source>
        <translation>Auswahl beenden</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>Überschriften</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
</context>
<context>
    <name>PeerMenu</name>
    <message>
        <source>What to do with %1</source>
        <translation>Was mit %1 geschehen soll</translation>
    </message>
    <message>
        <source>Open the details</source>
        <translation>Details öffnen</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>Name kopieren</translation>
    </message>
    <message>
        <source>Copy the IPv4 address</source>
        <translation>IPv4-Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy the IPv6 address</source>
        <translation>IPv6-Adresse kopieren</translation>
    </message>
    <message>
        <source>Show it in the graph</source>
        <translation>Im Graphen zeigen</translation>
    </message>
    <message>
        <source>Whom it may reach…</source>
        <translation>Wen er erreichen darf…</translation>
    </message>
    <message>
        <source>Who may reach it…</source>
        <translation>Wer ihn erreichen darf…</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>IPv4 address</source>
        <translation>IPv4-Adresse</translation>
    </message>
    <message>
        <source>IPv6 address</source>
        <translation>IPv6-Adresse</translation>
    </message>
</context>
<context>
    <name>PeerPairs</name>
    <message>
        <source>Search the other members</source>
        <translation>Andere Mitglieder suchen</translation>
    </message>
    <message>
        <source>Name, address, key, service</source>
        <translation>Name, Adresse, Schlüssel</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Who may reach whom</source>
        <translation>Wer wen erreichen darf</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>PeerPath</name>
    <message>
        <source>This is this computer</source>
        <translation>Das ist dieser Rechner</translation>
    </message>
    <message>
        <source>There is no way to go.</source>
        <translation>Es gibt keinen Weg zu gehen.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>This account may look, not change.</source>
        <translation>Dieses Konto darf ansehen, aber nichts ändern.</translation>
    </message>
    <message>
        <source>Last answer: %1</source>
        <translation>Letzte Antwort: %1</translation>
    </message>
    <message>
        <source>Handshake</source>
        <translation>Handshake</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>Was versucht wurde</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>Stationen</translation>
    </message>
</context>
<context>
    <name>PeerRaw</name>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>JSON of the member</source>
        <translation>JSON des Mitglieds</translation>
    </message>
</context>
<context>
    <name>PeerRoutes</name>
    <message>
        <source>This node sends to this member what goes to these addresses.</source>
        <translation>Was an diese Adressen geht, sendet dieser Knoten an das Mitglied.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Nothing goes to this member</source>
        <translation>Nichts geht an dieses Mitglied</translation>
    </message>
    <message>
        <source>This is this computer.</source>
        <translation>Das ist dieser Rechner.</translation>
    </message>
    <message>
        <source>This node has no tunnel to it; the path says how packets get there.</source>
        <translation>Dieser Knoten hat keinen Tunnel dorthin; unter Weg steht, wie Pakete dorthin kommen.</translation>
    </message>
</context>
<context>
    <name>PeerRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>%1, closed</source>
        <translation>%1, geschlossen</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1, offen</translation>
    </message>
</context>
<context>
    <name>PeerSelection</name>
    <message>
        <source>Select members first: click them, or press Space.</source>
        <translation>Zuerst Mitglieder auswählen: anklicken oder die Leertaste drücken.</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Copy the addresses</source>
        <translation>Adressen kopieren</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Copy the names</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Export as a table</source>
        <translation>Als Tabelle exportieren</translation>
    </message>
    <message>
        <source>To a group…</source>
        <translation>In eine Gruppe…</translation>
    </message>
    <message>
        <source>Add to a group</source>
        <translation>Zu einer Gruppe hinzufügen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>End the selection</source>
        <translation>Auswahl beenden</translation>
    </message>
</context>
<context>
    <name>PeerSummary</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Beigetreten</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>Wege</translation>
    </message>
    <message>
        <source>A member is a device of the mesh, not somebody on this computer.</source>
        <translation>Ein Mitglied ist ein Gerät des Meshs, nicht jemand an diesem Computer.</translation>
    </message>
    <message>
        <source>Release the name…</source>
        <translation>Namen freigeben…</translation>
    </message>
    <message>
        <source>Release the name %1?</source>
        <translation>Den Namen %1 freigeben?</translation>
    </message>
    <message>
        <source>Another device may then take this name with a key of its own. Do this when the device was set up anew and has lost its key.</source>
        <translation>Ein anderes Gerät darf diesen Namen dann mit eigenem Schlüssel annehmen. Tun Sie das, wenn das Gerät neu eingerichtet wurde und seinen Schlüssel verloren hat.</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Freigeben</translation>
    </message>
</context>
<context>
    <name>PeerTraffic</name>
    <message>
        <source>Handshake</source>
        <translation>Handshake</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Now at</source>
        <translation>Jetzt bei</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
</context>
<context>
    <name>Peers</name>
    <message>
        <source>This node</source>
        <translation>Dieser Knoten</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Verknüpft</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>Kein Kontakt</translation>
    </message>
</context>
<context>
    <name>PeersExportSheet</name>
    <message>
        <source>Export as CSV</source>
        <translation>Als CSV exportieren</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Datei schreiben</translation>
    </message>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>Geben Sie an, wohin die Datei geschrieben werden soll.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
</context>
<context>
    <name>PeersPage</name>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Devices of this mesh, wherever they are</source>
        <translation>Geräte dieses Meshs, wo auch immer sie sind</translation>
    </message>
    <message>
        <source>Search members</source>
        <translation>Mitglieder suchen</translation>
    </message>
    <message>
        <source>Name, address, key, service</source>
        <translation>Name, Adresse, Schlüssel</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>Nicht aktuell</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>Das war zuletzt bekannt: Was jetzt geschieht, meldet niemand.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>Das war zuletzt bekannt: Der Knoten ist jetzt nicht im Mesh.</translation>
    </message>
    <message>
        <source>No members match</source>
        <translation>Kein Mitglied passt dazu</translation>
    </message>
    <message>
        <source>Reading the members…</source>
        <translation>Die Mitglieder werden gelesen…</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>The members of the mesh appear here once this node is connected.</source>
        <translation>Die Mitglieder des Meshs erscheinen hier, sobald dieser Knoten verbunden ist.</translation>
    </message>
    <message>
        <source>You are alone in this mesh.</source>
        <translation>Sie sind allein in diesem Mesh.</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>%1. A member is a device of the mesh, not somebody on this computer.</source>
        <translation>%1. Ein Mitglied ist ein Gerät des Mesh, nicht jemand an diesem Computer.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter aufheben</translation>
    </message>
</context>
<context>
    <name>PeersTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
</context>
<context>
    <name>PingTab</name>
    <message>
        <source>Member or address</source>
        <translation>Mitglied oder Adresse</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Either</source>
        <translation>Egal welche</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>Until stopped</source>
        <translation>Bis angehalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Nothing was answered</source>
        <translation>Es kam keine Antwort</translation>
    </message>
    <message>
        <source>The first answer appears here.</source>
        <translation>Die erste Antwort erscheint hier.</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Was herauskam</translation>
    </message>
    <message>
        <source>The way there, with three requests to each member on it</source>
        <translation>Der Weg dorthin, mit drei Anfragen an jedes Mitglied darauf</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>Members can be pinged once this node is connected.</source>
        <translation>Mitglieder lassen sich anpingen, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>PolicyDrawer</name>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Close the editor</source>
        <translation>Den Editor schließen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Deren übernehmen</translation>
    </message>
    <message>
        <source>Write mine over it</source>
        <translation>Meines darüberschreiben</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Add to draft</source>
        <translation>In den Entwurf</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Jetzt speichern</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
</context>
<context>
    <name>PolicyEmpty</name>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Die Suche leeren</translation>
    </message>
    <message>
        <source>Not to be seen from here</source>
        <translation>Von hier nicht zu sehen</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>The rules of the mesh appear here once this node is connected.</source>
        <translation>Die Regeln des Mesh erscheinen hier, sobald dieser Knoten verbunden ist.</translation>
    </message>
</context>
<context>
    <name>PolicyNotes</name>
    <message>
        <source>Not current</source>
        <translation>Nicht aktuell</translation>
    </message>
    <message>
        <source>This is the last that was known. What you type is kept until it can be saved.</source>
        <translation>Das ist der letzte bekannte Stand. Was Sie eingeben, bleibt erhalten, bis es gespeichert werden kann.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>There is no rule: no member reaches any other. Make one that allows it.</source>
        <translation>Es gibt keine Regel: Kein Mitglied erreicht ein anderes. Legen Sie eine an, die es erlaubt.</translation>
    </message>
    <message>
        <source>Roles are switched off in this mesh: every member may change everything.</source>
        <translation>Rollen sind in diesem Mesh ausgeschaltet: Jedes Mitglied darf alles ändern.</translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message>
        <source>Search %1</source>
        <translation>%1 durchsuchen</translation>
    </message>
    <message>
        <source>Name or content</source>
        <translation>Name oder Inhalt</translation>
    </message>
    <message>
        <source>Throw away what you typed?</source>
        <translation>Eingaben verwerfen?</translation>
    </message>
    <message>
        <source>%1 is not saved.</source>
        <translation>%1 ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>PolicyRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>Alt and the arrow keys move it.</source>
        <translation>Alt und die Pfeiltasten verschieben sie.</translation>
    </message>
</context>
<context>
    <name>PolicyTabs</name>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>Presentation</name>
    <message>
        <source>Background service is not running</source>
        <translation>Hintergrunddienst läuft nicht</translation>
    </message>
    <message>
        <source>Weft attaches again as soon as it answers.</source>
        <translation>Weft schließt sich wieder an, sobald er antwortet.</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>Wartet auf den Dienst</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>%1 (step %2 of %3)</source>
        <translation>%1 (Schritt %2 von %3)</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Connected, with a problem</source>
        <translation>Verbunden, mit einem Problem</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet erneut</translation>
    </message>
    <message>
        <source>Reconnecting in %1</source>
        <translation>Verbindet erneut in %1</translation>
    </message>
    <message>
        <source>Could not connect</source>
        <translation>Verbindung gescheitert</translation>
    </message>
    <message>
        <source>No mesh yet</source>
        <translation>Noch kein Mesh</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Disconnecting</source>
        <translation>Trennt</translation>
    </message>
    <message>
        <source>You can look, not change: this account is not in the group weft.</source>
        <translation>Nur ansehen, nicht ändern: Dieses Konto ist nicht in der Gruppe weft.</translation>
    </message>
    <message>
        <source>Packets of the mesh go through %1.</source>
        <translation>Die Pakete des Meshs gehen durch %1.</translation>
    </message>
    <message>
        <source>Member of the mesh, without a tunnel.</source>
        <translation>Mitglied des Meshs, ohne Tunnel.</translation>
    </message>
    <message>
        <source>Background service is not answering</source>
        <translation>Hintergrunddienst antwortet nicht</translation>
    </message>
    <message>
        <source>The window goes on by itself as soon as it answers.</source>
        <translation>Das Fenster macht von selbst weiter, sobald er antwortet.</translation>
    </message>
    <message>
        <source>No permission for the background service</source>
        <translation>Keine Berechtigung für den Hintergrunddienst</translation>
    </message>
    <message>
        <source>This account has to be in the group weft to use it.</source>
        <translation>Dieses Konto muss dafür in der Gruppe weft sein.</translation>
    </message>
    <message>
        <source>Internet through %1.</source>
        <translation>Internet über %1.</translation>
    </message>
    <message>
        <source>Traffic is blocked until the mesh is back.</source>
        <translation>Der Verkehr ist gesperrt, bis das Mesh wieder da ist.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>ProfileRow</name>
    <message>
        <source>%1 · %2 as %3</source>
        <translation>%1 · %2 als %3</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>You can look, not change.</source>
        <translation>Nur ansehen, nicht ändern.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Connect by itself</source>
        <translation>Selbst verbinden</translation>
    </message>
    <message>
        <source>When the service starts, and again after the mesh was lost.</source>
        <translation>Beim Start des Dienstes und wenn das Mesh verloren ging.</translation>
    </message>
    <message>
        <source>Connect %1 by itself</source>
        <translation>%1 selbst verbinden</translation>
    </message>
    <message>
        <source>Names of the mesh</source>
        <translation>Namen des Meshs</translation>
    </message>
    <message>
        <source>Programs on this computer find members by their names in %1. Holds from the next connect on.</source>
        <translation>Programme auf diesem Computer finden Mitglieder über ihre Namen in %1. Gilt ab dem nächsten Verbinden.</translation>
    </message>
    <message>
        <source>Programs on this computer find members by their names. Holds from the next connect on.</source>
        <translation>Programme auf diesem Computer finden Mitglieder über ihre Namen. Gilt ab dem nächsten Verbinden.</translation>
    </message>
    <message>
        <source>Names of %1</source>
        <translation>Namen von %1</translation>
    </message>
    <message>
        <source>Lockdown</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>From connecting to disconnecting, nothing leaves this computer but into the mesh and to networks beside it.</source>
        <translation>Vom Verbinden bis zum Trennen verlässt nichts diesen Computer außer ins Mesh und in Netze neben ihm.</translation>
    </message>
    <message>
        <source>Let nothing leave this computer but into the mesh, while it is to be connected.</source>
        <translation>Nichts verlässt diesen Computer außer ins Mesh, während es verbunden sein soll.</translation>
    </message>
    <message>
        <source>Lockdown of %1</source>
        <translation>Sperre von %1</translation>
    </message>
</context>
<context>
    <name>ProfileSheet</name>
    <message>
        <source>Edit the mesh</source>
        <translation>Mesh bearbeiten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name ist nötig.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Shown on this computer only.</source>
        <translation>Nur auf diesem Computer zu sehen.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Only for meshes that ask for one. It is kept in the keychain of the desktop and handed over when you connect.</source>
        <translation>Nur für Meshs, die eines verlangen. Es liegt im Schlüsselbund des Desktops und wird beim Verbinden übergeben.</translation>
    </message>
    <message>
        <source>Remove the kept password</source>
        <translation>Gespeichertes Passwort entfernen</translation>
    </message>
</context>
<context>
    <name>ProfilesCard</name>
    <message>
        <source>Meshes</source>
        <translation>Meshs</translation>
    </message>
    <message>
        <source>Add a mesh</source>
        <translation>Mesh hinzufügen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>QuickPanel</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Internet through %1</source>
        <translation>Internet über %1</translation>
    </message>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>Entwurf: %n Änderung</numerusform>
            <numerusform>Entwurf: %n Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Recent members</source>
        <translation>Zuletzt gehört</translation>
    </message>
    <message>
        <source>%1. Copies the address.</source>
        <translation>%1. Kopiert die Adresse.</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>Konsole öffnen</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>Diagnose</translation>
    </message>
</context>
<context>
    <name>RemovalSheet</name>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Delete in the draft</source>
        <translation>Im Entwurf löschen</translation>
    </message>
    <message>
        <source>Delete now</source>
        <translation>Jetzt löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Nothing else changes by it.</source>
        <translation>Sonst ändert sich dadurch nichts.</translation>
    </message>
</context>
<context>
    <name>RemoveSheet</name>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>This computer leaves the mesh and no longer lists it. The other members stay as they are.</source>
        <translation>Dieser Computer verlässt das Mesh und führt es nicht mehr auf. Die anderen Mitglieder bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Remove and delete</source>
        <translation>Entfernen und löschen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Delete its key and data too</source>
        <translation>Auch Schlüssel und Daten löschen</translation>
    </message>
    <message>
        <source>Cannot be undone. To come back, this computer needs a new invitation; a mesh that was started here and has no other storage is lost.</source>
        <translation>Nicht rückgängig zu machen. Zur Rückkehr braucht dieser Computer eine neue Einladung; ein hier begonnenes Mesh ohne anderen Speicher ist verloren.</translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message>
        <source>There is nothing to restore.</source>
        <translation>Es gibt nichts wiederherzustellen.</translation>
    </message>
    <message>
        <source>Restore the rules to #%1?</source>
        <translation>Regeln bis #%1 wiederherstellen?</translation>
    </message>
    <message>
        <source>Put into the draft</source>
        <translation>In den Entwurf</translation>
    </message>
    <message>
        <source>Restore now</source>
        <translation>Jetzt wiederherstellen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Looking at how the rules were then…</source>
        <translation>Es wird nachgesehen, wie die Regeln damals waren…</translation>
    </message>
    <message>
        <source>The rules are like that already.</source>
        <translation>Die Regeln sind schon so.</translation>
    </message>
    <message numerus="yes">
        <source>This takes back %n object(s), all as one change.</source>
        <translation>
            <numerusform>Das nimmt %n Objekt als eine Änderung zurück.</numerusform>
            <numerusform>Das nimmt %n Objekte zurück, alle als eine Änderung.</numerusform>
        </translation>
    </message>
    <message>
        <source>What a restore would change</source>
        <translation>Was eine Wiederherstellung ändern würde</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>no traffic</source>
        <translation>kein Verkehr</translation>
    </message>
    <message>
        <source>permitted, but no way leads there</source>
        <translation>erlaubt, aber kein Weg führt hin</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>one-sided: %1 may reach %2, not the other way round</source>
        <translation>einseitig: %1 darf %2 erreichen, nicht umgekehrt</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>two members</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>before, after</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>One-sided: no tunnel</source>
        <translation>Einseitig: kein Tunnel</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>a pair of members</comment>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a pair of members</comment>
        <translation>Gewonnen</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a pair of members</comment>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>no way</source>
        <translation>kein Weg</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>a member, a network</comment>
        <translation>%1 nach %2</translation>
    </message>
    <message>
        <source>Moved</source>
        <comment>a route</comment>
        <translation>Verlegt</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a route</comment>
        <translation>Gewonnen</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a route</comment>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a right</comment>
        <translation>Gewonnen</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a right</comment>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>New voters: %1</source>
        <translation>Neue Wähler: %1</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>voters</comment>
        <translation>Gewonnen</translation>
    </message>
    <message>
        <source>No longer voters: %1</source>
        <translation>Keine Wähler mehr: %1</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>voters</comment>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>The voters %1 and %2 would not reach each other</source>
        <translation>Die Wähler %1 und %2 würden einander nicht erreichen</translation>
    </message>
    <message>
        <source>Separated</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>Gefahr</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>%1 would be cut off from all others</source>
        <translation>%1 wäre von allen anderen abgeschnitten</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>Abgeschnitten</translation>
    </message>
    <message>
        <source>%1 would vanish for %2</source>
        <translation>%1 würde für %2 verschwinden</translation>
    </message>
    <message>
        <source>Its route %1 is denied, and reference nodes then drop it altogether.</source>
        <translation>Seine Route %1 ist verboten, und Referenzknoten lassen es dann ganz weg.</translation>
    </message>
    <message>
        <source>Vanishes</source>
        <translation>Verschwindet</translation>
    </message>
    <message>
        <source>Access to the leader %1</source>
        <translation>Zugang zum Leiter %1</translation>
    </message>
    <message>
        <source>Access to the server %1</source>
        <translation>Zugang zum Server %1</translation>
    </message>
    <message>
        <source>The right of this node to change: %1</source>
        <translation>Das Recht dieses Knotens zu ändern: %1</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Besteht</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Scheitert</translation>
    </message>
    <message>
        <source>No pair of members gains or loses its connection</source>
        <translation>Kein Paar von Mitgliedern gewinnt oder verliert seine Verbindung</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) gained</source>
        <translation>
            <numerusform>%n Paar gewonnen</numerusform>
            <numerusform>%n Paare gewonnen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>pairs gained, pairs lost</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n route(s) gained</source>
        <translation>
            <numerusform>%n Route gewonnen</numerusform>
            <numerusform>%n Routen gewonnen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>routes gained, lost, moved</comment>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) fail</source>
        <translation>
            <numerusform>%n Test scheitert</numerusform>
            <numerusform>%n Tests scheitern</numerusform>
        </translation>
    </message>
    <message>
        <source>and %1 more</source>
        <comment>lines that are left out</comment>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <comment>pairs of members</comment>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <comment>routes</comment>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>%1 moved</source>
        <comment>routes</comment>
        <translation>%1 verlegt</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) pass</source>
        <translation>
            <numerusform>%n Test besteht</numerusform>
            <numerusform>%n Tests bestehen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>What the draft would do</source>
        <translation>Was der Entwurf bewirken würde</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>What a draft would do is seen while this node is connected.</source>
        <translation>Was ein Entwurf bewirken würde, ist zu sehen, solange dieser Knoten verbunden ist.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nodes that are cut off or vanish</source>
        <translation>Knoten, die abgeschnitten werden oder verschwinden</translation>
    </message>
    <message>
        <source>Access and votes</source>
        <translation>Zugang und Stimmen</translation>
    </message>
    <message>
        <source>Tests of the mesh: %1</source>
        <translation>Tests des Mesh: %1</translation>
    </message>
</context>
<context>
    <name>RightsTab</name>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Betrachtet</translation>
    </message>
    <message>
        <source>As both</source>
        <translation>Als beides</translation>
    </message>
    <message>
        <source>As a member</source>
        <translation>Als Mitglied</translation>
    </message>
    <message>
        <source>As a user</source>
        <translation>Als Benutzer</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>Befehl ausblenden</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>Befehl zeigen</translation>
    </message>
    <message>
        <source>Rights of %1</source>
        <translation>Rechte von %1</translation>
    </message>
    <message>
        <source>The mesh says</source>
        <translation>Das Mesh sagt</translation>
    </message>
    <message>
        <source>Who may change what?</source>
        <translation>Wer darf was ändern?</translation>
    </message>
    <message>
        <source>Name a member or a user: you see what each may read, change and delete in the mesh, and which binding and role give it.</source>
        <translation>Ein Mitglied oder einen Benutzer nennen: Zu sehen ist, was er im Mesh lesen, ändern und löschen darf und welche Bindung und Rolle es gibt.</translation>
    </message>
</context>
<context>
    <name>RoleForm</name>
    <message>
        <source>Add a right</source>
        <translation>Ein Recht hinzufügen</translation>
    </message>
</context>
<context>
    <name>RoleRight</name>
    <message>
        <source>Right %1</source>
        <translation>Recht %1</translation>
    </message>
    <message>
        <source>Take away right %1</source>
        <translation>Recht %1 wegnehmen</translation>
    </message>
    <message>
        <source>What may be done</source>
        <translation>Was getan werden darf</translation>
    </message>
    <message>
        <source>With what</source>
        <translation>Womit</translation>
    </message>
    <message>
        <source>Only those named</source>
        <translation>Nur die mit Namen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Empty: all of them.</source>
        <translation>Leer: alle.</translation>
    </message>
</context>
<context>
    <name>RouteConsentSheet</name>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>Sein Schlüssel</translation>
    </message>
    <message>
        <source>Your answer holds for the key that the member has now; with another key you are asked again. You can take it back under “In use” at any time.</source>
        <translation>Ihre Antwort gilt für den Schlüssel, den das Mitglied jetzt hat; bei einem anderen Schlüssel werden Sie wieder gefragt. Unter „In Gebrauch“ können Sie sie jederzeit zurücknehmen.</translation>
    </message>
    <message>
        <source>Refuse it from everybody</source>
        <translation>Von allen ablehnen</translation>
    </message>
    <message>
        <source>A refusal then holds for each member of this mesh that offers it, now and later.</source>
        <translation>Eine Ablehnung gilt dann für jedes Mitglied dieses Meshs, das sie anbietet, jetzt und später.</translation>
    </message>
</context>
<context>
    <name>RouteForm</name>
    <message>
        <source>Member that leads there</source>
        <translation>Mitglied, das dorthin führt</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>Nächster Knoten</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Kept with the route; reference nodes do not use it.</source>
        <translation>Wird mit der Route aufbewahrt; Referenzknoten benutzen ihn nicht.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
</context>
<context>
    <name>RouteList</name>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Copy the network</source>
        <translation>Netz kopieren</translation>
    </message>
    <message>
        <source>Copy the member</source>
        <translation>Mitglied kopieren</translation>
    </message>
    <message>
        <source>What to copy</source>
        <translation>Was kopiert wird</translation>
    </message>
</context>
<context>
    <name>RouteRow</name>
    <message>
        <source>%1, %2. %3</source>
        <translation>%1, %2. %3</translation>
    </message>
    <message>
        <source>Ask me again</source>
        <translation>Wieder fragen</translation>
    </message>
    <message>
        <source>Ask me again about %1</source>
        <translation>Wieder nach %1 fragen</translation>
    </message>
    <message>
        <source>Stop using it</source>
        <translation>Nicht mehr benutzen</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Stop using %1</source>
        <translation>%1 nicht mehr benutzen</translation>
    </message>
    <message>
        <source>Refuse %1</source>
        <translation>%1 ablehnen</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>Annehmen…</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>%1 annehmen</translation>
    </message>
</context>
<context>
    <name>RoutesPage</name>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>No routes in use</source>
        <translation>Keine Routen in Gebrauch</translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation>Nichts angeboten</translation>
    </message>
    <message>
        <source>Nothing is refused</source>
        <translation>Nichts abgelehnt</translation>
    </message>
    <message>
        <source>This node offers no networks</source>
        <translation>Dieser Knoten bietet keine Netze an</translation>
    </message>
    <message>
        <source>Networks of the mesh and behind its members appear here once packets for them go into the tunnel.</source>
        <translation>Netze des Meshs und hinter seinen Mitgliedern stehen hier, sobald Pakete an sie in den Tunnel gehen.</translation>
    </message>
    <message>
        <source>What members offer besides the routes in use waits here for your answer, a way to the Internet first of all.</source>
        <translation>Was Mitglieder außer den Routen in Gebrauch anbieten, wartet hier auf Ihre Antwort, vor allem ein Weg ins Internet.</translation>
    </message>
    <message>
        <source>What you have refused stands here, and can still be accepted.</source>
        <translation>Was Sie abgelehnt haben, steht hier und kann noch angenommen werden.</translation>
    </message>
    <message>
        <source>Add a route under “Whole mesh”, and name its network in the configuration of this node (mesh.routes).</source>
        <translation>Legen Sie unter „Ganzes Mesh“ eine Route an und nennen Sie ihr Netz in der Konfiguration dieses Knotens (mesh.routes).</translation>
    </message>
    <message>
        <source>Connect first: an answer is for what members offer now.</source>
        <translation>Verbinden Sie zuerst: Eine Antwort gilt dem, was Mitglieder jetzt anbieten.</translation>
    </message>
    <message>
        <source>Your last answer is being kept.</source>
        <translation>Ihre letzte Antwort wird gerade gespeichert.</translation>
    </message>
    <message>
        <source>Networks that this computer reaches through the mesh, or offers to it</source>
        <translation>Netze, die dieser Computer über das Mesh erreicht oder ihm anbietet</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Offered (%1)</source>
        <translation>Angeboten (%1)</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Angeboten</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Offered here</source>
        <translation>Hier angeboten</translation>
    </message>
    <message>
        <source>Whole mesh</source>
        <translation>Ganzes Mesh</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>Nicht aktuell</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>Das war zuletzt bekannt: Was jetzt geschieht, meldet niemand.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>Das war zuletzt bekannt: Der Knoten ist jetzt nicht im Mesh.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>Nicht im Mesh</translation>
    </message>
    <message>
        <source>Routes appear here once this node is connected.</source>
        <translation>Routen stehen hier, sobald dieser Knoten verbunden ist.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Search routes</source>
        <translation>Routen suchen</translation>
    </message>
    <message>
        <source>Network, member, state</source>
        <translation>Netz, Mitglied, Zustand</translation>
    </message>
    <message>
        <source>No routes match</source>
        <translation>Keine Route passt</translation>
    </message>
    <message>
        <source>What was found in the other parts stands behind their names.</source>
        <translation>Was in den anderen Teilen gefunden wurde, steht hinter deren Namen.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>What the rule does</source>
        <translation>Was die Regel tut</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Verbieten</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Member or group</source>
        <translation>Mitglied oder Gruppe</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Only from networks</source>
        <translation>Nur aus Netzen</translation>
    </message>
    <message>
        <source>Empty: from everywhere.</source>
        <translation>Leer: von überall.</translation>
    </message>
    <message>
        <source>Only to networks</source>
        <translation>Nur in Netze</translation>
    </message>
    <message>
        <source>Empty: to everywhere.</source>
        <translation>Leer: überallhin.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Higher numbers are asked first. %1.</source>
        <translation>Höhere Zahlen werden zuerst gefragt. %1.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>No rule allows the way back. A tunnel needs both ways, so nothing will pass.</source>
        <translation>Keine Regel erlaubt den Rückweg. Ein Tunnel braucht beide Wege, also kommt nichts durch.</translation>
    </message>
    <message>
        <source>Allow the way back too</source>
        <translation>Auch den Rückweg erlauben</translation>
    </message>
    <message>
        <source>Makes a second rule beside this one.</source>
        <translation>Legt neben dieser eine zweite Regel an.</translation>
    </message>
</context>
<context>
    <name>SandboxBanner</name>
    <message>
        <source>Sandbox: nothing here is real</source>
        <translation>Sandkasten: Nichts hier ist echt</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>Sandkasten verlassen</translation>
    </message>
</context>
<context>
    <name>SearchButton</name>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search everything (Ctrl+K)</source>
        <translation>Alles durchsuchen (Strg+K)</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>No zone</source>
        <translation>Keine Zone</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>In keiner Gruppe</translation>
    </message>
</context>
<context>
    <name>SecurityGroup</name>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>What you may do here</source>
        <translation>Was hier erlaubt ist</translation>
    </message>
    <message>
        <source>Local access group</source>
        <translation>Gruppe für den Zugang</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Over the network</source>
        <translation>Über das Netzwerk</translation>
    </message>
    <message>
        <source>Weft never talks to its service over the network. To see another computer, run the window there.</source>
        <translation>Weft spricht nie über das Netzwerk mit seinem Dienst. Um einen anderen Computer zu sehen, dort das Fenster starten.</translation>
    </message>
</context>
<context>
    <name>Segmented</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>Meshes</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Invite a device</source>
        <translation>Gerät einladen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>The background service is not answering.</source>
        <translation>Der Hintergrunddienst antwortet nicht.</translation>
    </message>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>Entwurf: %n Änderung</numerusform>
            <numerusform>Entwurf: %n Änderungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShortcutTable</name>
    <message>
        <source>Connect or disconnect</source>
        <translation>Verbinden oder trennen</translation>
    </message>
    <message>
        <source>Choose a mesh</source>
        <translation>Mesh wählen</translation>
    </message>
    <message>
        <source>Next mesh</source>
        <translation>Nächstes Mesh</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Between rail and page</source>
        <translation>Zwischen Leiste und Seite</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation>Fenster verbergen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Search the list</source>
        <translation>Die Liste durchsuchen</translation>
    </message>
    <message>
        <source>New: a device, a rule, a route</source>
        <translation>Neu: ein Gerät, eine Regel, eine Route</translation>
    </message>
    <message>
        <source>Copy the member&apos;s name</source>
        <translation>Namen des Mitglieds kopieren</translation>
    </message>
    <message>
        <source>Copy the address or network</source>
        <translation>Adresse oder Netz kopieren</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>Wer erreicht wen?</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Enlarge the graph</source>
        <translation>Graph vergrößern</translation>
    </message>
    <message>
        <source>Shrink the graph</source>
        <translation>Graph verkleinern</translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation>Ganzen Graphen zeigen</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Review the draft</source>
        <translation>Entwurf prüfen</translation>
    </message>
    <message>
        <source>Apply the draft</source>
        <translation>Entwurf anwenden</translation>
    </message>
    <message>
        <source>Take back the last edit under Access</source>
        <translation>Letzte Änderung unter Zugriff zurücknehmen</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Ping the member</source>
        <translation>Das Mitglied anpingen</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SimulatorSheet</name>
    <message>
        <source>Who reaches whom?</source>
        <translation>Wer erreicht wen?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Write a rule that allows it</source>
        <translation>Eine Regel schreiben, die es erlaubt</translation>
    </message>
    <message>
        <source>Write a rule that denies it</source>
        <translation>Eine Regel schreiben, die es verbietet</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>Umgekehrt</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Wie sie sind</translation>
    </message>
    <message>
        <source>With my draft</source>
        <translation>Mit meinem Entwurf</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Asking the rules…</source>
        <translation>Die Regeln werden befragt…</translation>
    </message>
    <message>
        <source>Choose two members. The answer comes from the rules that set up the tunnels, for both directions.</source>
        <translation>Wählen Sie zwei Mitglieder. Die Antwort kommt von den Regeln, die auch die Tunnel einrichten, für beide Richtungen.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>Verboten</translation>
    </message>
    <message>
        <source>No rule is about it, and so it is denied</source>
        <translation>Keine Regel handelt davon, deshalb ist es verboten</translation>
    </message>
    <message>
        <source>The rule %1 decides</source>
        <translation>Die Regel %1 entscheidet</translation>
    </message>
    <message>
        <source>One of them has no address of this kind</source>
        <translation>Eines von beiden hat keine solche Adresse</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht benutzt</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 nach %2</translation>
    </message>
    <message>
        <source>Not about it</source>
        <translation>Nicht betroffen</translation>
    </message>
    <message numerus="yes">
        <source>%n more rules are not about it</source>
        <translation>
            <numerusform>%n weitere Regel handelt nicht davon</numerusform>
            <numerusform>%n weitere Regeln handeln nicht davon</numerusform>
        </translation>
    </message>
    <message>
        <source>The network %1 behind it</source>
        <translation>Das Netz %1 dahinter</translation>
    </message>
</context>
<context>
    <name>SortHeader</name>
    <message>
        <source>%1, sorted, ascending</source>
        <translation>%1, sortiert, aufsteigend</translation>
    </message>
    <message>
        <source>%1, sorted, descending</source>
        <translation>%1, sortiert, absteigend</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Working</source>
        <translation>Arbeitet</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Node: %1</source>
        <translation>Knoten: %1</translation>
    </message>
    <message>
        <source>Leader: %1</source>
        <translation>Leiter: %1</translation>
    </message>
    <message>
        <source>Receiving %1</source>
        <translation>Empfang %1</translation>
    </message>
    <message>
        <source>Sending %1</source>
        <translation>Senden %1</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
</context>
<context>
    <name>TestDrawer</name>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Close the editor</source>
        <translation>Den Editor schließen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Deren übernehmen</translation>
    </message>
    <message>
        <source>Write mine over it</source>
        <translation>Meines darüberschreiben</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>First choose which one holds.</source>
        <translation>Erst wählen, was gilt.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>TestForm</name>
    <message>
        <source>On the rules as they are</source>
        <translation>Mit den Regeln, wie sie sind</translation>
    </message>
    <message>
        <source>With your draft</source>
        <translation>Mit dem Entwurf</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Member or group</source>
        <translation>Mitglied oder Gruppe</translation>
    </message>
    <message>
        <source>What must be</source>
        <translation>Was gelten muss</translation>
    </message>
    <message>
        <source>Must reach</source>
        <translation>Muss erreichen</translation>
    </message>
    <message>
        <source>Must not reach</source>
        <translation>Darf nicht erreichen</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Empty: through whoever leads there.</source>
        <translation>Leer: über jeden, der dorthin führt.</translation>
    </message>
    <message>
        <source>Network behind them</source>
        <translation>Netz dahinter</translation>
    </message>
    <message>
        <source>Empty: the members themselves.</source>
        <translation>Leer: die Mitglieder selbst.</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>Either</source>
        <translation>Egal welche</translation>
    </message>
</context>
<context>
    <name>TestRow</name>
    <message>
        <source>%1, %2, now: %3, with the draft: %4</source>
        <translation>%1, %2, jetzt: %3, mit dem Entwurf: %4</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>TestWords</name>
    <message>
        <source>everybody</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>Gruppe %1</translation>
    </message>
    <message>
        <source>IPv4 or IPv6</source>
        <translation>IPv4 oder IPv6</translation>
    </message>
    <message>
        <source>They have no addresses of one family</source>
        <translation>Sie haben keine Adressen einer gemeinsamen Familie</translation>
    </message>
    <message>
        <source>No rule is about it, and so it is denied</source>
        <translation>Keine Regel handelt davon, deshalb ist es verboten</translation>
    </message>
    <message>
        <source>The rule %1 allows it</source>
        <translation>Die Regel %1 erlaubt es</translation>
    </message>
    <message>
        <source>The rule %1 denies it</source>
        <translation>Die Regel %1 verbietet es</translation>
    </message>
    <message>
        <source>%1 through %2</source>
        <comment>a network and who leads there</comment>
        <translation>%1 über %2</translation>
    </message>
    <message>
        <source>%1 must reach %2</source>
        <translation>%1 muss %2 erreichen</translation>
    </message>
    <message>
        <source>%1 must not reach %2</source>
        <translation>%1 darf %2 nicht erreichen</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>a sentence and IPv4 or IPv6</comment>
        <translation>%1 mit %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1: yours is %2, theirs is %3</source>
        <comment>a field of a test</comment>
        <translation>%1: deins ist %2, deren ist %3</translation>
    </message>
    <message>
        <source>must reach</source>
        <translation>muss erreichen</translation>
    </message>
    <message>
        <source>must not reach</source>
        <translation>darf nicht erreichen</translation>
    </message>
    <message>
        <source>What must be</source>
        <translation>Was gelten muss</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>%1. The way back: %2</source>
        <comment>two verdicts of rules</comment>
        <translation>%1. Der Rückweg: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n pass</source>
        <translation>
            <numerusform>%n besteht</numerusform>
            <numerusform>%n bestehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fail</source>
        <translation>
            <numerusform>%n schlägt fehl</numerusform>
            <numerusform>%n schlagen fehl</numerusform>
        </translation>
    </message>
    <message>
        <source>The background service ran them %1: %2, %3</source>
        <translation>Der Hintergrunddienst ließ sie laufen, %1: %2, %3</translation>
    </message>
    <message>
        <source>The background service ran them: %1, %2</source>
        <translation>Der Hintergrunddienst ließ sie laufen: %1, %2</translation>
    </message>
</context>
<context>
    <name>TestsTab</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Now: %1. With your draft: %2.</source>
        <translation>Jetzt: %1. Mit dem Entwurf: %2.</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>Befehl ausblenden</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>Befehl zeigen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>With my draft</source>
        <translation>Mit meinem Entwurf</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>Tests</translation>
    </message>
    <message>
        <source>No tests yet</source>
        <translation>Noch keine Tests</translation>
    </message>
    <message>
        <source>This mesh keeps no tests</source>
        <translation>Dieses Mesh bewahrt keine Tests auf</translation>
    </message>
    <message>
        <source>A test says who must reach whom, or must not: “laptops must reach the nas”. It is run on each draft before it is applied, and by every node when the rules change, so that a mistake is seen before somebody misses something.</source>
        <translation>Ein Test sagt, wer wen erreichen muss oder nicht darf: „Laptops müssen das NAS erreichen“. Er läuft mit jedem Entwurf, bevor dieser gilt, und auf jedem Knoten, wenn sich die Regeln ändern: So fällt ein Fehler auf, bevor jemandem etwas fehlt.</translation>
    </message>
    <message>
        <source>A newer service keeps tests of who must reach whom with the mesh, and runs them on each draft.</source>
        <translation>Ein neuerer Dienst bewahrt Tests, wer wen erreichen muss, beim Mesh auf und lässt sie mit jedem Entwurf laufen.</translation>
    </message>
    <message>
        <source>Write the first test</source>
        <translation>Den ersten Test schreiben</translation>
    </message>
</context>
<context>
    <name>TogglePill</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>TrafficCard</name>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
</context>
<context>
    <name>UndoSheet</name>
    <message>
        <source>Undo %1?</source>
        <translation>%1 zurücknehmen?</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It is made in the mesh at once, as a change of its own that can be undone as well. It is refused when others have changed the same since.</source>
        <translation>Es gilt sofort im Mesh, als eigene Änderung, die sich ebenso zurücknehmen lässt. Es wird abgelehnt, wenn andere seither dasselbe geändert haben.</translation>
    </message>
</context>
<context>
    <name>WaitingBanner</name>
    <message>
        <source>A change waits to be kept</source>
        <translation>Eine Änderung wartet auf Bestätigung</translation>
    </message>
    <message>
        <source>Take back now</source>
        <translation>Jetzt zurücknehmen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>WayWords</name>
    <message>
        <source>no common family</source>
        <translation>keine gemeinsame Adressart</translation>
    </message>
    <message>
        <source>One of the two is known under IPv4 addresses alone, the other under IPv6 addresses.</source>
        <translation>Von dem einen sind nur IPv4-Adressen bekannt, von dem anderen nur IPv6-Adressen.</translation>
    </message>
    <message>
        <source>Give both nodes the same family of addresses, or one of them both.</source>
        <translation>Geben Sie beiden Knoten dieselbe Adressart, oder einem von ihnen beide.</translation>
    </message>
    <message>
        <source>no public endpoint</source>
        <translation>kein öffentlicher Endpunkt</translation>
    </message>
    <message>
        <source>Nobody has seen yet where one of the two can be called.</source>
        <translation>Noch niemand hat gesehen, wo einer der beiden erreichbar ist.</translation>
    </message>
    <message>
        <source>Wait until both have talked to a member that is reachable from outside; else set an endpoint for one of them.</source>
        <translation>Warten Sie, bis beide mit einem von außen erreichbaren Mitglied gesprochen haben; sonst geben Sie einem von ihnen einen Endpunkt.</translation>
    </message>
    <message>
        <source>symmetric NAT</source>
        <translation>symmetrisches NAT</translation>
    </message>
    <message>
        <source>Forward the WireGuard port on one of the routers and set it as the node&apos;s endpoint, or switch the router from symmetric to cone translation.</source>
        <translation>Leiten Sie an einem der Router den Port von WireGuard weiter und tragen Sie ihn als Endpunkt des Knotens ein, oder stellen Sie den Router von symmetrischer auf Cone-Übersetzung um.</translation>
    </message>
    <message>
        <source>handshake timeout</source>
        <translation>keine Antwort auf Handshakes</translation>
    </message>
    <message>
        <source>Both nodes have called each other, and nothing came through.</source>
        <translation>Beide Knoten haben einander gerufen, und nichts kam durch.</translation>
    </message>
    <message>
        <source>rules for one direction alone</source>
        <translation>Regeln nur in einer Richtung</translation>
    </message>
    <message>
        <source>The access rules let packets pass in one direction only.</source>
        <translation>Die Zugriffsregeln lassen Pakete nur in einer Richtung durch.</translation>
    </message>
    <message>
        <source>Add a rule for the other direction.</source>
        <translation>Fügen Sie eine Regel für die andere Richtung hinzu.</translation>
    </message>
    <message>
        <source>does not take part</source>
        <translation>nimmt nicht teil</translation>
    </message>
    <message>
        <source>The node does not take part in finding direct ways.</source>
        <translation>Der Knoten nimmt an der Suche nach direkten Wegen nicht teil.</translation>
    </message>
    <message>
        <source>Run Weft with a tunnel on both nodes, or give one of them an endpoint.</source>
        <translation>Lassen Sie auf beiden Knoten Weft mit einem Tunnel laufen, oder geben Sie einem von ihnen einen Endpunkt.</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Being tried</source>
        <translation>Wird versucht</translation>
    </message>
    <message>
        <source>Relayed</source>
        <translation>Weitergeleitet</translation>
    </message>
    <message>
        <source>Relayed: %1</source>
        <translation>Weitergeleitet: %1</translation>
    </message>
    <message>
        <source>Packets go over other members while a direct way is tried.</source>
        <translation>Pakete gehen über andere Mitglieder, während ein direkter Weg versucht wird.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>A router gives each destination another port, so that a node cannot be called where others see it.</source>
        <translation>Ein Router gibt jedem Ziel einen anderen Port, sodass ein Knoten nicht dort erreichbar ist, wo andere ihn sehen.</translation>
    </message>
    <message>
        <source>Let UDP through between the two, or forward the WireGuard port on one of the routers; it is tried again by itself. That a router gives each destination another port is known once two members see the node.</source>
        <translation>Lassen Sie UDP zwischen den beiden durch, oder leiten Sie an einem der Router den Port von WireGuard weiter; es wird von selbst wieder versucht. Dass ein Router jedem Ziel einen anderen Port gibt, ist bekannt, sobald zwei Mitglieder den Knoten sehen.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The background service does not answer. Weft goes on trying; try again then.</source>
        <translation>Der Hintergrunddienst antwortet nicht. Weft versucht es weiter; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>No answer came in time. It may still have happened: look before you repeat it.</source>
        <translation>Es kam rechtzeitig keine Antwort. Es kann trotzdem geschehen sein: Sehen Sie nach, bevor Sie es wiederholen.</translation>
    </message>
    <message>
        <source>This account may not do that. An administrator can.</source>
        <translation>Dieses Konto darf das nicht. Ein Verwalter darf es.</translation>
    </message>
    <message>
        <source>The mesh did not accept who we are.</source>
        <translation>Das Mesh hat unseren Ausweis nicht angenommen.</translation>
    </message>
    <message>
        <source>The service that runs here cannot do that.</source>
        <translation>Der Dienst, der hier läuft, kann das nicht.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This is an error in Weft. The log says more.</source>
        <translation>Das ist ein Fehler in Weft. Das Protokoll sagt mehr.</translation>
    </message>
    <message>
        <source>Stored data is damaged.</source>
        <translation>Gespeicherte Daten sind beschädigt.</translation>
    </message>
    <message>
        <source>There is no room for it.</source>
        <translation>Dafür ist kein Platz.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 %2 min</source>
        <translation>%1 %2 min</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>Voter</source>
        <translation>Wähler</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>Beobachter</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
</context>
<context>
    <name>weft::app::Application</name>
    <message>
        <source>Built-in core</source>
        <translation>Eingebauter Kern</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandkasten</translation>
    </message>
    <message>
        <source>The mesh is left</source>
        <translation>Das Mesh wird verlassen</translation>
    </message>
    <message>
        <source>Its core ends with this program.</source>
        <translation>Sein Kern endet mit diesem Programm.</translation>
    </message>
    <message>
        <source>The mesh stays connected</source>
        <translation>Das Mesh bleibt verbunden</translation>
    </message>
    <message>
        <source>The background service goes on without this window.</source>
        <translation>Der Hintergrunddienst läuft ohne dieses Fenster weiter.</translation>
    </message>
</context>
<context>
    <name>weft::app::DesktopNotifier</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>weft::app::Tray</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>weft::app::WindowKeeper</name>
    <message>
        <source>Weft goes on in the panel</source>
        <translation>Weft läuft in der Leiste weiter</translation>
    </message>
    <message>
        <source>Its icon brings the window back. What closing does can be chosen in the settings.</source>
        <translation>Das Symbol holt das Fenster zurück. Was Schließen tut, lässt sich in den Einstellungen wählen.</translation>
    </message>
    <message>
        <source>Weft goes on without its window</source>
        <translation>Weft läuft ohne Fenster weiter</translation>
    </message>
    <message>
        <source>No panel here shows its icon, so the window is only minimised. What closing does can be chosen in the settings.</source>
        <translation>Keine Leiste zeigt hier das Symbol, deshalb ist das Fenster nur minimiert. Was Schließen tut, lässt sich in den Einstellungen wählen.</translation>
    </message>
</context>
<context>
    <name>weft::qml::TimeChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::AccessViewModel</name>
    <message>
        <source>The rules could not be read</source>
        <translation>Die Regeln konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 And %2 more.</source>
        <comment>the first problem and how many more</comment>
        <translation>%1 Und %2 weitere.</translation>
    </message>
    <message>
        <source>Nothing was pasted: at most %1 names go in at once.</source>
        <translation>Nichts wurde eingefügt: Höchstens %1 Namen gehen auf einmal.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::AppViewModel</name>
    <message>
        <source>Weft goes on trying.</source>
        <translation>Weft versucht es weiter.</translation>
    </message>
    <message>
        <source>Weft goes on trying. The cause: %1.</source>
        <translation>Weft versucht es weiter. Die Ursache: %1.</translation>
    </message>
    <message>
        <source>You can look, not change. To change something, this account has to be in the group weft: sudo usermod -aG weft $USER</source>
        <translation>Nur ansehen, nicht ändern. Um etwas zu ändern, muss dieses Konto in der Gruppe weft sein: sudo usermod -aG weft $USER</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>Dienst %1</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1, Version %2</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>It is there and has not answered for some seconds. Nothing is lost: the window goes on by itself when it does.</source>
        <translation>Er ist da und hat seit einigen Sekunden nicht geantwortet. Nichts ist verloren: Das Fenster macht von selbst weiter, wenn er es tut.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::Appearance</name>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::BindingEditor</name>
    <message>
        <source>Choose the role that it gives.</source>
        <translation>Wählen Sie die Rolle, die sie gibt.</translation>
    </message>
    <message>
        <source>There is no role of that name.</source>
        <translation>Es gibt keine Rolle dieses Namens.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ChangesViewModel</name>
    <message>
        <source>The draft could not be read</source>
        <translation>Der Entwurf konnte nicht gelesen werden</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n Änderung</numerusform>
            <numerusform>%n Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, changed %2</source>
        <comment>edits of the draft, when</comment>
        <translation>%1, geändert %2</translation>
    </message>
    <message>
        <source>The background service does not answer.</source>
        <translation>Der Hintergrunddienst antwortet nicht.</translation>
    </message>
    <message>
        <source>The draft has no edits.</source>
        <translation>Der Entwurf enthält keine Änderungen.</translation>
    </message>
    <message>
        <source>Connect first: the draft is made in the mesh.</source>
        <translation>Zuerst verbinden: Der Entwurf wird im Mesh gemacht.</translation>
    </message>
    <message numerus="yes">
        <source>First decide about %n conflict(s).</source>
        <translation>
            <numerusform>Zuerst über %n Konflikt entscheiden.</numerusform>
            <numerusform>Zuerst über %n Konflikte entscheiden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another change waits to be kept or taken back.</source>
        <translation>Eine andere Änderung wartet darauf, behalten oder zurückgenommen zu werden.</translation>
    </message>
    <message>
        <source>The draft is applied; keep it before its time is over</source>
        <translation>Der Entwurf ist angewendet; behalten Sie ihn, bevor seine Zeit um ist</translation>
    </message>
    <message>
        <source>The draft is applied</source>
        <translation>Der Entwurf ist angewendet</translation>
    </message>
    <message>
        <source>Nobody knows whether the draft was applied: the background service was lost meanwhile. What you see here is kept; look at the history before you apply it again.</source>
        <translation>Niemand weiß, ob der Entwurf angewendet wurde: Der Hintergrunddienst ging unterdessen verloren. Was Sie hier sehen, bleibt erhalten; sehen Sie im Verlauf nach, bevor Sie ihn noch einmal anwenden.</translation>
    </message>
    <message>
        <source>The draft was not applied and is kept</source>
        <translation>Der Entwurf wurde nicht angewendet und bleibt erhalten</translation>
    </message>
    <message>
        <source>Nothing was applied: others have changed the same meanwhile. Your draft is kept; decide what holds.</source>
        <translation>Nichts wurde angewendet: Andere haben unterdessen dasselbe geändert. Ihr Entwurf bleibt erhalten; entscheiden Sie, was gilt.</translation>
    </message>
    <message>
        <source>Nothing was applied: the draft was changed in another window. This is how it is now; look at it once more.</source>
        <translation>Nichts wurde angewendet: Der Entwurf wurde in einem anderen Fenster geändert. So ist er jetzt; sehen Sie ihn noch einmal durch.</translation>
    </message>
    <message>
        <source>Nothing was applied and your draft is kept</source>
        <translation>Nichts wurde angewendet, und Ihr Entwurf bleibt erhalten</translation>
    </message>
    <message>
        <source>%1: the draft was changed in another window. This is how it is now.</source>
        <translation>%1: Der Entwurf wurde in einem anderen Fenster geändert. So ist er jetzt.</translation>
    </message>
    <message>
        <source>The edit was not discarded</source>
        <translation>Die Änderung wurde nicht verworfen</translation>
    </message>
    <message>
        <source>%1 is out of the draft</source>
        <translation>%1 ist nicht mehr im Entwurf</translation>
    </message>
    <message>
        <source>The draft was not discarded</source>
        <translation>Der Entwurf wurde nicht verworfen</translation>
    </message>
    <message>
        <source>The draft is discarded</source>
        <translation>Der Entwurf ist verworfen</translation>
    </message>
    <message>
        <source>The conflict is not decided</source>
        <translation>Der Konflikt ist nicht entschieden</translation>
    </message>
    <message>
        <source>%1: yours holds</source>
        <translation>%1: Ihre Fassung gilt</translation>
    </message>
    <message>
        <source>%1: theirs holds</source>
        <translation>%1: deren Fassung gilt</translation>
    </message>
    <message>
        <source>The fix is not in the draft</source>
        <translation>Die Abhilfe ist nicht im Entwurf</translation>
    </message>
    <message>
        <source>The fix is in the draft</source>
        <translation>Die Abhilfe ist im Entwurf</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ConflictModel</name>
    <message>
        <source>It did not exist</source>
        <translation>Es gab es nicht</translation>
    </message>
    <message>
        <source>Your draft removes it</source>
        <translation>Ihr Entwurf entfernt es</translation>
    </message>
    <message>
        <source>Somebody removed it</source>
        <translation>Jemand hat es entfernt</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ConnectionViewModel</name>
    <message>
        <source>Leader</source>
        <translation>Leiter</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>State of the mesh</source>
        <translation>Stand des Meshs</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Nicht benutzt</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Steht aus</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>This node</source>
        <translation>Dieser Knoten</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>Abgelaufen %1</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>Endet %1</translation>
    </message>
    <message>
        <source>Connect first: an invitation is made by the mesh.</source>
        <translation>Erst verbinden: Eine Einladung erstellt das Mesh.</translation>
    </message>
    <message>
        <source>This mesh does not keep invitations.</source>
        <translation>Dieses Mesh führt keine Einladungen.</translation>
    </message>
    <message>
        <source>Only an administrator of the mesh can invite.</source>
        <translation>Nur ein Verwalter des Meshs kann einladen.</translation>
    </message>
    <message>
        <source>You can look, not change.</source>
        <translation>Nur ansehen, nicht ändern.</translation>
    </message>
    <message>
        <source>Connecting failed</source>
        <translation>Das Verbinden ist gescheitert</translation>
    </message>
    <message>
        <source>Disconnecting failed</source>
        <translation>Das Trennen ist gescheitert</translation>
    </message>
    <message>
        <source>%1, UDP port %2</source>
        <translation>%1, UDP-Port %2</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Handshakes</source>
        <translation>Handshakes</translation>
    </message>
    <message>
        <source>Lockdown</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::DraftReview</name>
    <message>
        <source>The draft could not be reviewed</source>
        <translation>Der Entwurf konnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n Befund</numerusform>
            <numerusform>%n Befunde</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the mesh is so large that some checks were left out</source>
        <translation>%1; das Mesh ist so groß, dass einige Prüfungen ausgelassen wurden</translation>
    </message>
    <message>
        <source>The rules could not be checked</source>
        <translation>Die Regeln konnten nicht geprüft werden</translation>
    </message>
    <message>
        <source>The tests could not be run</source>
        <translation>Die Tests konnten nicht ausgeführt werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EdgeEditor</name>
    <message>
        <source>An edge connects two different members.</source>
        <translation>Eine Kante verbindet zwei verschiedene Mitglieder.</translation>
    </message>
    <message>
        <source>A whole number, 0 or more.</source>
        <translation>Eine ganze Zahl, 0 oder mehr.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EdgeReader</name>
    <message>
        <source>The links of the mesh could not be read</source>
        <translation>Die Verbindungen des Meshs konnten nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EditUndo</name>
    <message>
        <source>There is nothing to take back</source>
        <translation>Es gibt nichts zurückzunehmen</translation>
    </message>
    <message>
        <source>%1 is no longer in the draft as you put it there</source>
        <translation>%1 ist nicht mehr so im Entwurf, wie Sie es dort abgelegt haben</translation>
    </message>
    <message>
        <source>Undone: %1 in the draft</source>
        <translation>Zurückgenommen: %1 im Entwurf</translation>
    </message>
    <message>
        <source>%1 was not undone</source>
        <translation>%1 wurde nicht zurückgenommen</translation>
    </message>
    <message>
        <source>Undone: %1 is as it was before</source>
        <translation>Zurückgenommen: %1 ist wie zuvor</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ExitNodes</name>
    <message>
        <source>The way to the Internet was not changed</source>
        <translation>Der Weg ins Internet wurde nicht geändert</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::FirstRunViewModel</name>
    <message>
        <source>The background service does not answer yet.</source>
        <translation>Der Hintergrunddienst antwortet noch nicht.</translation>
    </message>
    <message>
        <source>The service that runs here is another implementation: Weft can show its state, but not make or join meshes with it.</source>
        <translation>Der Dienst, der hier läuft, ist ein anderes Programm: Weft kann seinen Zustand zeigen, aber mit ihm kein Mesh anlegen oder beitreten.</translation>
    </message>
    <message>
        <source>You can look, not change: this account is not in the group weft.</source>
        <translation>Nur ansehen, nicht ändern: Dieses Konto ist nicht in der Gruppe weft.</translation>
    </message>
    <message>
        <source>Ended %1. Ask for a new code.</source>
        <translation>Abgelaufen %1. Bitten Sie um einen neuen Code.</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>Endet %1</translation>
    </message>
    <message>
        <source>A mesh needs a domain, such as home.internal.</source>
        <translation>Ein Mesh braucht eine Domain, etwa home.internal.</translation>
    </message>
    <message>
        <source>A domain is made of letters, digits and hyphens, with dots between.</source>
        <translation>Eine Domain besteht aus Buchstaben, Ziffern und Bindestrichen, mit Punkten dazwischen.</translation>
    </message>
    <message>
        <source>A name is made of letters, digits and hyphens, at most 63.</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern und Bindestrichen, höchstens 63.</translation>
    </message>
    <message>
        <source>The mesh could not be created</source>
        <translation>Das Mesh konnte nicht angelegt werden</translation>
    </message>
    <message>
        <source>The code cannot be read</source>
        <translation>Der Code ist nicht lesbar</translation>
    </message>
    <message>
        <source>Joining failed</source>
        <translation>Der Beitritt ist gescheitert</translation>
    </message>
    <message>
        <source>Attaching failed</source>
        <translation>Das Anschließen ist gescheitert</translation>
    </message>
    <message>
        <source>The clipboard holds no invitation code: copy it first.</source>
        <translation>Die Zwischenablage enthält keinen Einladungscode: ihn zuerst kopieren.</translation>
    </message>
    <message>
        <source>There is no such file: %1</source>
        <translation>Es gibt keine solche Datei: %1</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>The file holds no invitation code.</source>
        <translation>Die Datei enthält keinen Einladungscode.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GraphExporter</name>
    <message>
        <source>The file could not be written</source>
        <translation>Die Datei konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>The picture could not be written. Choose a folder that you may write to.</source>
        <translation>Das Bild konnte nicht geschrieben werden. Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GraphViewModel</name>
    <message>
        <source>Cut off</source>
        <translation>Abgeschnitten</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a member and its links, and what becomes of it</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>how many members, how many links</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a group and how many are in it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>Die Regeln konnten nicht befragt werden</translation>
    </message>
    <message>
        <source>Choose a node to see whom it may reach, and who may reach it.</source>
        <translation>Wählen Sie einen Knoten, um zu sehen, wen er erreichen darf und wer ihn.</translation>
    </message>
    <message>
        <source>Shown is who %1 may reach and be reached by.</source>
        <translation>Gezeigt wird, wen %1 erreichen darf und von wem erreicht werden.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupDraft</name>
    <message>
        <source>The groups are not known: this account may not read the rules.</source>
        <translation>Die Gruppen sind nicht bekannt: Dieses Konto darf die Regeln nicht lesen.</translation>
    </message>
    <message>
        <source>This service keeps no drafts.</source>
        <translation>Dieser Dienst führt keine Entwürfe.</translation>
    </message>
    <message>
        <source>There is no group yet. Make one on the page Access.</source>
        <translation>Es gibt noch keine Gruppe. Auf der Seite Zugriff lässt sich eine anlegen.</translation>
    </message>
    <message>
        <source>There is no group %1 any more</source>
        <translation>Die Gruppe %1 gibt es nicht mehr</translation>
    </message>
    <message>
        <source>They are in the group %1 already</source>
        <translation>Sie sind schon in der Gruppe %1</translation>
    </message>
    <message numerus="yes">
        <source>In the draft: %n member(s) more in the group %1</source>
        <translation>
            <numerusform>Im Entwurf: %n Mitglied mehr in der Gruppe %1</numerusform>
            <numerusform>Im Entwurf: %n Mitglieder mehr in der Gruppe %1</numerusform>
        </translation>
    </message>
    <message>
        <source>They could not be added to the group</source>
        <translation>Sie konnten der Gruppe nicht hinzugefügt werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupEditor</name>
    <message>
        <source>No rule and no binding names it.</source>
        <translation>Keine Regel und keine Bindung nennt sie.</translation>
    </message>
    <message>
        <source>As source and as target</source>
        <translation>Als Quelle und als Ziel</translation>
    </message>
    <message>
        <source>As source</source>
        <translation>Als Quelle</translation>
    </message>
    <message>
        <source>As target</source>
        <translation>Als Ziel</translation>
    </message>
    <message numerus="yes">
        <source>Used by %n object(s)</source>
        <translation>
            <numerusform>Von %n Objekt verwendet</numerusform>
            <numerusform>Von %n Objekten verwendet</numerusform>
        </translation>
    </message>
    <message>
        <source>The mesh stands on it: it keeps its name.</source>
        <translation>Das Mesh beruht darauf: Der Name bleibt.</translation>
    </message>
    <message>
        <source>This service keeps no drafts: make a new group instead.</source>
        <translation>Dieser Dienst führt keine Entwürfe: stattdessen eine neue Gruppe anlegen.</translation>
    </message>
    <message>
        <source>First save what you typed, or add it to the draft.</source>
        <translation>Erst das Getippte speichern oder in den Entwurf legen.</translation>
    </message>
    <message>
        <source>There is a group of that name already.</source>
        <translation>Eine Gruppe dieses Namens gibt es schon.</translation>
    </message>
    <message numerus="yes">
        <source>In the draft: %1 is called %2, and %n object(s) follow</source>
        <translation>
            <numerusform>Im Entwurf: %1 heißt %2, und %n Objekt folgt</numerusform>
            <numerusform>Im Entwurf: %1 heißt %2, und %n Objekte folgen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HealthModel</name>
    <message>
        <source>No problem is known.</source>
        <translation>Kein Problem bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HistoryModel</name>
    <message>
        <source>It was too large to be kept with its objects: it cannot be taken back.</source>
        <translation>Sie war zu groß, um mit ihren Objekten aufbewahrt zu werden: Sie lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>at a time that nobody knows</source>
        <translation>zu unbekannter Zeit</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HistoryViewModel</name>
    <message numerus="yes">
        <source>The %n edit(s) in your draft would be replaced.</source>
        <translation>
            <numerusform>Die %n Änderung in Ihrem Entwurf würde ersetzt.</numerusform>
            <numerusform>Die %n Änderungen in Ihrem Entwurf würden ersetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The history is for administrators of the mesh, and this node lacks a role that gives it every right. An administrator can bind one to it. The mesh says: %1</source>
        <translation>Der Verlauf ist Administratoren des Mesh vorbehalten, und diesem Knoten fehlt eine Rolle mit allen Rechten. Ein Administrator kann ihm eine geben. Das Mesh sagt: %1</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>Der Verlauf konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>It was not taken back</source>
        <translation>Es wurde nicht zurückgenommen</translation>
    </message>
    <message>
        <source>%1 Nothing was changed.</source>
        <translation>%1 Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>This was left as it is: %1</source>
        <translation>Dies blieb, wie es ist: %1</translation>
    </message>
    <message>
        <source>Everything is so already</source>
        <translation>Alles ist schon so</translation>
    </message>
    <message>
        <source>Done: change #%1 of the history</source>
        <translation>Erledigt: Änderung #%1 im Verlauf</translation>
    </message>
    <message>
        <source>It could not be found out how the rules were then</source>
        <translation>Es ließ sich nicht feststellen, wie die Regeln damals waren</translation>
    </message>
    <message>
        <source>The rules were not restored</source>
        <translation>Die Regeln wurden nicht wiederhergestellt</translation>
    </message>
    <message>
        <source>The way back to change #%1 is in the draft</source>
        <translation>Der Weg zurück zu Änderung #%1 ist im Entwurf</translation>
    </message>
    <message>
        <source>It is not in the draft</source>
        <translation>Es ist nicht im Entwurf</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::InvitationsModel</name>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Invitation %1</source>
        <translation>Einladung %1</translation>
    </message>
    <message>
        <source>%1 joined %2</source>
        <translation>%1 ist %2 beigetreten</translation>
    </message>
    <message>
        <source>%1 joined</source>
        <translation>%1 ist beigetreten</translation>
    </message>
    <message>
        <source>Nobody can use it any more</source>
        <translation>Niemand kann sie mehr verwenden</translation>
    </message>
    <message>
        <source>For %1, ends %2</source>
        <translation>Für %1, endet %2</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>Endet %1</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>Abgelaufen %1</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::InviteViewModel</name>
    <message>
        <source>The invitation could not be made</source>
        <translation>Die Einladung konnte nicht erstellt werden</translation>
    </message>
    <message>
        <source>Works once, ends %1</source>
        <translation>Gilt einmal, endet %1</translation>
    </message>
    <message>
        <source>Works once</source>
        <translation>Gilt einmal</translation>
    </message>
    <message>
        <source>For any new device</source>
        <translation>Für jedes neue Gerät</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>Für %1</translation>
    </message>
    <message>
        <source>The invitations could not be read</source>
        <translation>Die Einladungen konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>The invitation could not be revoked</source>
        <translation>Die Einladung konnte nicht widerrufen werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LintModel</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LogModel</name>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LogView</name>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n neue Zeile</numerusform>
            <numerusform>%n neue Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>The service writes no log at the moment.</source>
        <translation>Der Dienst schreibt zurzeit kein Protokoll.</translation>
    </message>
    <message>
        <source>The service writes %1 and above.</source>
        <translation>Der Dienst schreibt %1 und höher.</translation>
    </message>
    <message>
        <source>Only who administers this computer&apos;s service can change that.</source>
        <translation>Das kann nur ändern, wer den Dienst dieses Rechners verwaltet.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) came too fast and are missing here</source>
        <translation>
            <numerusform>%n Zeile kam zu schnell und fehlt hier</numerusform>
            <numerusform>%n Zeilen kamen zu schnell und fehlen hier</numerusform>
        </translation>
    </message>
    <message>
        <source>The log is not for this account</source>
        <translation>Das Protokoll ist nicht für dieses Konto</translation>
    </message>
    <message>
        <source>The log could not be read</source>
        <translation>Das Protokoll konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Mark %1</source>
        <translation>Marke %1</translation>
    </message>
    <message>
        <source>The service writes %1 and above until it ends</source>
        <translation>Der Dienst schreibt %1 und höher, bis er endet</translation>
    </message>
    <message>
        <source>The level was not changed</source>
        <translation>Die Stufe wurde nicht geändert</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LoginStart</name>
    <message>
        <source>Not available on this system yet.</source>
        <translation>Auf diesem System noch nicht verfügbar.</translation>
    </message>
    <message>
        <source>The settings of the desktop have turned it off.</source>
        <translation>Die Einstellungen der Arbeitsfläche haben es abgeschaltet.</translation>
    </message>
    <message>
        <source>The entry starts %1, which is not this program. Turn it off and on to mend it.</source>
        <translation>Der Eintrag startet %1, was nicht dieses Programm ist. Aus- und Einschalten behebt es.</translation>
    </message>
    <message>
        <source>The entry cannot be read</source>
        <translation>Der Eintrag lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The entry cannot be changed</source>
        <translation>Der Eintrag lässt sich nicht ändern</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LossPreview</name>
    <message>
        <source>If %1 were gone</source>
        <translation>Wenn %1 fehlte</translation>
    </message>
    <message>
        <source>It could not be foreseen</source>
        <translation>Es konnte nicht vorausgesehen werden</translation>
    </message>
    <message>
        <source>Nobody is cut off: every other member still has a way.</source>
        <translation>Niemand wird abgeschnitten: Jedes andere Mitglied hat noch einen Weg.</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>, </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) would be cut off</source>
        <translation>
            <numerusform>%n Mitglied würde abgeschnitten</numerusform>
            <numerusform>%n Mitglieder würden abgeschnitten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names, and how many others</comment>
        <translation>
            <numerusform>%1 und %n weiteres</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>how many are cut off, and who</comment>
        <translation>%1: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of members could no longer talk.</source>
        <translation>
            <numerusform>%n Paar von Mitgliedern könnte nicht mehr miteinander sprechen.</numerusform>
            <numerusform>%n Paare von Mitgliedern könnten nicht mehr miteinander sprechen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The mesh would fall into %n part(s).</source>
        <translation>
            <numerusform>Das Mesh zerfiele in %n Teil.</numerusform>
            <numerusform>Das Mesh zerfiele in %n Teile.</numerusform>
        </translation>
    </message>
    <message>
        <source>The voters would have no majority: nothing could be changed.</source>
        <translation>Die Wähler hätten keine Mehrheit: Nichts könnte geändert werden.</translation>
    </message>
    <message>
        <source>The voters keep their majority.</source>
        <translation>Die Wähler behalten ihre Mehrheit.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::MeshNews</name>
    <message>
        <source>A change waits for you</source>
        <translation>Eine Änderung wartet auf dich</translation>
    </message>
    <message>
        <source>%1 offers a way to the Internet</source>
        <translation>%1 bietet einen Weg ins Internet an</translation>
    </message>
    <message>
        <source>It is used only after you agree.</source>
        <translation>Er wird erst nach Zustimmung benutzt.</translation>
    </message>
    <message>
        <source>%1 is well again</source>
        <translation>%1 ist wieder in Ordnung</translation>
    </message>
    <message>
        <source>%1 is connected</source>
        <translation>%1 ist verbunden</translation>
    </message>
    <message>
        <source>This node is a member again.</source>
        <translation>Dieser Knoten ist wieder Mitglied.</translation>
    </message>
    <message>
        <source>%1 has a problem</source>
        <translation>%1 hat ein Problem</translation>
    </message>
    <message>
        <source>%1 could not connect</source>
        <translation>%1 konnte sich nicht verbinden</translation>
    </message>
    <message>
        <source>%1 is disconnected</source>
        <translation>%1 ist getrennt</translation>
    </message>
    <message>
        <source>%1 is lost and goes on trying</source>
        <translation>%1 ist verloren und versucht es weiter</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) joined</source>
        <translation>
            <numerusform>%n Mitglied ist beigetreten</numerusform>
            <numerusform>%n Mitglieder sind beigetreten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) left</source>
        <translation>
            <numerusform>%n Mitglied ist gegangen</numerusform>
            <numerusform>%n Mitglieder sind gegangen</numerusform>
        </translation>
    </message>
    <message>
        <source>An invitation was used</source>
        <translation>Eine Einladung wurde benutzt</translation>
    </message>
    <message>
        <source>%1 is a member of %2 now.</source>
        <translation>%1 ist jetzt Mitglied von %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) of the rules fail</source>
        <translation>
            <numerusform>%n Test der Regeln schlägt fehl</numerusform>
            <numerusform>%n Tests der Regeln schlagen fehl</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate for %1 ends soon</source>
        <translation>Das Zertifikat für %1 läuft bald ab</translation>
    </message>
    <message>
        <source>It has ended.</source>
        <translation>Es ist abgelaufen.</translation>
    </message>
    <message>
        <source>It ends %1.</source>
        <translation>Es läuft %1 ab.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NameLook</name>
    <message>
        <source>Server of this node</source>
        <translation>Server dieses Knotens</translation>
    </message>
    <message>
        <source>This node answers for no names.</source>
        <translation>Dieser Knoten antwortet für keine Namen.</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Nicht in Gebrauch</translation>
    </message>
    <message>
        <source>%1, for the mesh and this host</source>
        <translation>%1, für das Mesh und diesen Rechner</translation>
    </message>
    <message>
        <source>%1, for this host alone</source>
        <translation>%1, nur für diesen Rechner</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Answered %1</source>
        <translation>Antwortete %1</translation>
    </message>
    <message>
        <source>Programs of this host</source>
        <translation>Programme dieses Rechners</translation>
    </message>
    <message>
        <source>They do not look for names of the mesh. The profile can switch that on.</source>
        <translation>Sie suchen keine Namen des Meshs. Das Profil kann das einschalten.</translation>
    </message>
    <message>
        <source>They find names of the mesh by /etc/resolv.conf.</source>
        <translation>Sie finden Namen des Meshs über /etc/resolv.conf.</translation>
    </message>
    <message>
        <source>They find names of the mesh by systemd-resolved.</source>
        <translation>Sie finden Namen des Meshs über systemd-resolved.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>%1 in all, %2 dropped, %3 asked of others, %4 known from before, %5 in vain</source>
        <translation>%1 insgesamt, %2 verworfen, %3 bei anderen erfragt, %4 schon bekannt, %5 vergeblich</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>Domäne</translation>
    </message>
    <message>
        <source>%1 · %2, %3 without a name</source>
        <translation>%1 · %2, %3 ohne Namen</translation>
    </message>
    <message>
        <source>%1, for %2 s</source>
        <translation>%1, für %2 s</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>The state of the names could not be read</source>
        <translation>Der Stand der Namen konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Write a name, or an address.</source>
        <translation>Einen Namen oder eine Adresse eingeben.</translation>
    </message>
    <message>
        <source>A name has %1 characters at most.</source>
        <translation>Ein Name hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>The name could not be looked up</source>
        <translation>Der Name konnte nicht nachgeschlagen werden</translation>
    </message>
    <message>
        <source>There is no %1.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>The server says %1 to %2.</source>
        <translation>Der Server sagt %1 zu %2.</translation>
    </message>
    <message>
        <source>%1 has no records of type %2.</source>
        <translation>%1 hat keine Einträge vom Typ %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n record(s) of type %2.</source>
        <translation>
            <numerusform>%1 hat %n Eintrag vom Typ %2.</numerusform>
            <numerusform>%1 hat %n Einträge vom Typ %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered after %2 ms</source>
        <translation>%1 hat nach %2 ms geantwortet</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NetworkLook</name>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>Packet size</source>
        <translation>Paketgröße</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>Firewall</translation>
    </message>
    <message>
        <source>Forwarding</source>
        <translation>Weiterleitung</translation>
    </message>
    <message>
        <source>Colliding networks</source>
        <translation>Überschneidungen von Netzen</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Nicht in Gebrauch</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Checked %1</source>
        <translation>Geprüft: %1</translation>
    </message>
    <message>
        <source>The network could not be checked</source>
        <translation>Das Netzwerk konnte nicht geprüft werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NotificationCentre</name>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PaletteModel</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Show the mesh %1</source>
        <translation>Das Mesh %1 zeigen</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>%1 trennen</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>%1 verbinden</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Copy the IP address of %1</source>
        <translation>Die IP-Adresse von %1 kopieren</translation>
    </message>
    <message>
        <source>Copy the name of %1</source>
        <translation>Den Namen von %1 kopieren</translation>
    </message>
    <message>
        <source>Path to %1</source>
        <translation>Pfad zu %1</translation>
    </message>
    <message>
        <source>open copy ip address name path way who may reach access</source>
        <translation>open öffnen copy kopieren ip address adresse name path pfad weg who wer darf erreichen reach access zugang</translation>
    </message>
    <message>
        <source>Who may reach %1?</source>
        <translation>Wer darf %1 erreichen?</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PathViewModel</name>
    <message>
        <source>The way could not be read</source>
        <translation>Der Weg konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Packets go there directly.</source>
        <translation>Pakete gehen direkt dorthin.</translation>
    </message>
    <message numerus="yes">
        <source>Packets go there over %n other member(s).</source>
        <translation>
            <numerusform>Pakete gehen über %n anderes Mitglied dorthin.</numerusform>
            <numerusform>Pakete gehen über %n andere Mitglieder dorthin.</numerusform>
        </translation>
    </message>
    <message>
        <source>The ping did not work</source>
        <translation>Der Ping hat nicht funktioniert</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%1 von %2 beantwortet</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1, %2 to %3, %4 on average</source>
        <translation>%1, %2 bis %3, im Mittel %4</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerAccess</name>
    <message>
        <source>The rules could not be asked</source>
        <translation>Die Regeln konnten nicht befragt werden</translation>
    </message>
    <message>
        <source>Being asked</source>
        <translation>Wird gefragt</translation>
    </message>
    <message>
        <source>To it: %1</source>
        <translation>Zu ihm: %1</translation>
    </message>
    <message>
        <source>From it: %1</source>
        <translation>Von ihm: %1</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>In beide Richtungen</translation>
    </message>
    <message>
        <source>One-sided</source>
        <translation>Einseitig</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>Gar nicht</translation>
    </message>
    <message>
        <source>%1 both ways, %2 one-sided, %3 not at all</source>
        <translation>%1 in beide Richtungen, %2 einseitig, %3 gar nicht</translation>
    </message>
    <message numerus="yes">
        <source>%n more: search for the ones that are meant.</source>
        <translation>
            <numerusform>Noch %n: nach dem suchen, das gemeint ist.</numerusform>
            <numerusform>Noch %n: nach denen suchen, die gemeint sind.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerActions</name>
    <message>
        <source>The file could not be written</source>
        <translation>Die Datei konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerColumns</name>
    <message>
        <source>No room</source>
        <translation>Kein Platz</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Handshake</source>
        <translation>Handshake</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Beigetreten</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerDetails</name>
    <message>
        <source>No longer a member</source>
        <translation>Kein Mitglied mehr</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) to other members</source>
        <translation>
            <numerusform>%n Verbindung zu einem anderen Mitglied</numerusform>
            <numerusform>%n Verbindungen zu anderen Mitgliedern</numerusform>
        </translation>
    </message>
    <message>
        <source>The name may now be used with another key.</source>
        <translation>Der Name darf jetzt mit einem anderen Schlüssel verwendet werden.</translation>
    </message>
    <message>
        <source>The name could not be released</source>
        <translation>Der Name konnte nicht freigegeben werden</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keiner</translation>
    </message>
    <message>
        <source>Direct, over UDP</source>
        <translation>Direkt, über UDP</translation>
    </message>
    <message numerus="yes">
        <source>%n handshake(s)</source>
        <translation>
            <numerusform>%n Handshake</numerusform>
            <numerusform>%n Handshakes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerFacets</name>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>Kein Kontakt</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Relayed</source>
        <translation>Weitergeleitet</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>This zone</source>
        <translation>Diese Zone</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerList</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>None selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PingView</name>
    <message>
        <source>Connect first: requests go through the mesh.</source>
        <translation>Zuerst verbinden: Anfragen gehen durch das Mesh.</translation>
    </message>
    <message>
        <source>You can look, not send anything.</source>
        <translation>Nur Ansehen ist möglich, nicht Senden.</translation>
    </message>
    <message>
        <source>Write whom to ask: a member, or an address.</source>
        <translation>Eingeben, wer gefragt wird: ein Mitglied oder eine Adresse.</translation>
    </message>
    <message>
        <source>The ping did not work</source>
        <translation>Der Ping hat nicht funktioniert</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>%1 sent, %2 lost (%3 %)</source>
        <translation>%1 gesendet, %2 verloren (%3 %)</translation>
    </message>
    <message>
        <source>%1 to %2, %3 on average, deviation %4</source>
        <translation>%1 bis %2, im Mittel %3, Abweichung %4</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyEditor</name>
    <message>
        <source>New role</source>
        <translation>Neue Rolle</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>Neue Bindung</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>New route</source>
        <translation>Neue Route</translation>
    </message>
    <message>
        <source>New edge</source>
        <translation>Neue Kante</translation>
    </message>
    <message>
        <source>The mesh stands on it: it cannot be changed or deleted.</source>
        <translation>Das Mesh beruht darauf: Es lässt sich weder ändern noch löschen.</translation>
    </message>
    <message>
        <source>There is one of that name already. Choose another name, or write yours over it.</source>
        <translation>Es gibt schon eines dieses Namens. Wählen Sie einen anderen Namen oder schreiben Sie Ihres darüber.</translation>
    </message>
    <message>
        <source>Somebody deleted it meanwhile. Save it to make it again.</source>
        <translation>Jemand hat es inzwischen gelöscht. Speichern legt es wieder an.</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. What you typed is kept; choose which one holds.</source>
        <translation>Jemand hat es inzwischen geändert. Ihre Eingaben sind noch da; wählen Sie, was gilt.</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 ist gespeichert</translation>
    </message>
    <message>
        <source>It is not saved; what you typed is kept</source>
        <translation>Es ist nicht gespeichert; Ihre Eingaben sind noch da</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 ist gelöscht</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. Look at it again before you delete it.</source>
        <translation>Jemand hat es inzwischen geändert. Sehen Sie es noch einmal an, bevor Sie es löschen.</translation>
    </message>
    <message>
        <source>It is not deleted</source>
        <translation>Es ist nicht gelöscht</translation>
    </message>
    <message>
        <source>Your draft removes it. It is there until the draft is applied.</source>
        <translation>Ihr Entwurf entfernt es. Es bleibt, bis der Entwurf angewendet ist.</translation>
    </message>
    <message>
        <source>This is how your draft wants it. It is not so in the mesh yet.</source>
        <translation>So will es Ihr Entwurf. Im Mesh ist es noch nicht so.</translation>
    </message>
    <message>
        <source>Your draft makes it. It is not in the mesh yet.</source>
        <translation>Ihr Entwurf legt es an. Im Mesh gibt es das noch nicht.</translation>
    </message>
    <message>
        <source>%1 is in the draft</source>
        <translation>%1 ist im Entwurf</translation>
    </message>
    <message>
        <source>%1 is removed by the draft</source>
        <translation>%1 wird durch den Entwurf entfernt</translation>
    </message>
    <message>
        <source>The draft was changed in another window meanwhile. What you typed is kept: add it once more.</source>
        <translation>Der Entwurf wurde unterdessen in einem anderen Fenster geändert. Ihre Eingabe bleibt erhalten: Fügen Sie sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>It is not in the draft; what you typed is kept</source>
        <translation>Es ist nicht im Entwurf; Ihre Eingabe bleibt erhalten</translation>
    </message>
    <message>
        <source>%1 is out of the draft</source>
        <translation>%1 ist nicht mehr im Entwurf</translation>
    </message>
    <message>
        <source>It is still in the draft</source>
        <translation>Es ist noch im Entwurf</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyModel</name>
    <message>
        <source>first</source>
        <comment>of all rules</comment>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>last</source>
        <comment>of all rules</comment>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>Nobody is in it</source>
        <translation>Niemand ist darin</translation>
    </message>
    <message>
        <source>It gives no right</source>
        <translation>Sie gibt kein Recht</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>a role for somebody</comment>
        <translation>%1 für %2</translation>
    </message>
    <message>
        <source>%1 behind %2</source>
        <comment>networks behind a member</comment>
        <translation>%1 hinter %2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>the two ends of an edge</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Weight %1</source>
        <translation>Gewicht %1</translation>
    </message>
    <message>
        <source>Removed by the draft</source>
        <translation>Im Entwurf entfernt</translation>
    </message>
    <message>
        <source>Changed in the draft</source>
        <translation>Im Entwurf geändert</translation>
    </message>
    <message>
        <source>New in the draft</source>
        <translation>Neu im Entwurf</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyTestsViewModel</name>
    <message>
        <source>The tests could not be read</source>
        <translation>Die Tests konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>The tests could not be run</source>
        <translation>Die Tests konnten nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Scheitert</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>Die Regeln konnten nicht befragt werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ProfilesModel</name>
    <message>
        <source>Started on this computer</source>
        <translation>Auf diesem Computer begonnen</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Beigetreten</translation>
    </message>
    <message>
        <source>Connecting failed</source>
        <translation>Das Verbinden ist gescheitert</translation>
    </message>
    <message>
        <source>Disconnecting failed</source>
        <translation>Das Trennen ist gescheitert</translation>
    </message>
    <message>
        <source>The mesh could not be changed</source>
        <translation>Das Mesh konnte nicht geändert werden</translation>
    </message>
    <message>
        <source>The mesh could not be removed</source>
        <translation>Das Mesh konnte nicht entfernt werden</translation>
    </message>
    <message>
        <source>The mesh was removed.</source>
        <translation>Das Mesh wurde entfernt.</translation>
    </message>
    <message>
        <source>The password was removed from the keychain.</source>
        <translation>Das Passwort wurde aus dem Schlüsselbund entfernt.</translation>
    </message>
    <message>
        <source>The password is in the keychain.</source>
        <translation>Das Passwort liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The keychain did not take the password</source>
        <translation>Der Schlüsselbund hat das Passwort nicht angenommen</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RightsViewModel</name>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Some</source>
        <translation>Einige</translation>
    </message>
    <message>
        <source>Role %1 by the binding %2</source>
        <translation>Rolle %1 durch die Bindung %2</translation>
    </message>
    <message>
        <source>%1, through group %2</source>
        <comment>a role and a binding</comment>
        <translation>%1, über die Gruppe %2</translation>
    </message>
    <message>
        <source>%1, only for %2</source>
        <comment>a role and names</comment>
        <translation>%1, nur für %2</translation>
    </message>
    <message>
        <source>Roles are switched off</source>
        <translation>Rollen sind ausgeschaltet</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a verb and yes or no</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The mesh could not be asked</source>
        <translation>Das Mesh konnte nicht gefragt werden</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoleEditor</name>
    <message>
        <source>A role gives at least one right.</source>
        <translation>Eine Rolle gibt mindestens ein Recht.</translation>
    </message>
    <message>
        <source>Right %1 says not yet what may be done, or with what.</source>
        <translation>Recht %1 sagt noch nicht, was getan werden darf oder womit.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RouteEditor</name>
    <message>
        <source>Say which member leads there.</source>
        <translation>Nennen Sie das Mitglied, das dorthin führt.</translation>
    </message>
    <message>
        <source>Write the network itself, such as 10.1.0.0/24.</source>
        <translation>Schreiben Sie das Netz selbst, etwa 10.1.0.0/24.</translation>
    </message>
    <message>
        <source>Name at least one network.</source>
        <translation>Nennen Sie mindestens ein Netz.</translation>
    </message>
    <message>
        <source>All traffic to the Internet could go this way. Members take it only when they agree.</source>
        <translation>Aller Verkehr ins Internet könnte diesen Weg nehmen. Mitglieder nehmen ihn nur, wenn sie zustimmen.</translation>
    </message>
    <message>
        <source>%1 overlaps %2 of the route %3.</source>
        <translation>%1 überschneidet sich mit %2 der Route %3.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoutesModel</name>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Other key</source>
        <translation>Anderer Schlüssel</translation>
    </message>
    <message>
        <source>Overlaps</source>
        <translation>Überschneidet</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht benutzt</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Angeboten</translation>
    </message>
    <message>
        <source>Not offered</source>
        <translation>Nicht angeboten</translation>
    </message>
    <message>
        <source>The members reach it through this node.</source>
        <translation>Die Mitglieder erreichen es über diesen Knoten.</translation>
    </message>
    <message>
        <source>A network of the mesh itself.</source>
        <translation>Ein Netz des Meshs selbst.</translation>
    </message>
    <message>
        <source>Through %1.</source>
        <translation>Über %1.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Reach the Internet through %1?</source>
        <translation>Das Internet über %1 erreichen?</translation>
    </message>
    <message>
        <source>Reach %1 through the mesh?</source>
        <translation>%1 über das Mesh erreichen?</translation>
    </message>
    <message>
        <source>Reach %1 through %2?</source>
        <translation>%1 über %2 erreichen?</translation>
    </message>
    <message>
        <source>You agreed while the member had another key. Make sure that it is still the same machine.</source>
        <translation>Sie haben zugestimmt, als das Mitglied einen anderen Schlüssel hatte. Prüfen Sie, dass es noch dieselbe Maschine ist.</translation>
    </message>
    <message>
        <source>This computer reaches this network, or a part of it, in another way now, which may be lost to it. %1</source>
        <translation>Dieser Computer erreicht dieses Netz oder einen Teil davon jetzt auf einem anderen Weg, der ihm dann fehlen kann. %1</translation>
    </message>
    <message>
        <source>What this computer sends to the Internet goes to %1 first. Who runs it can see where you go, and what is not encrypted.</source>
        <translation>Was dieser Computer ins Internet sendet, geht zuerst zu %1. Wer es betreibt, sieht, wohin Sie gehen, und was nicht verschlüsselt ist.</translation>
    </message>
    <message>
        <source>Networks beside this computer are reached as before. Whoever calls it from the Internet may get no answer meanwhile.</source>
        <translation>Netze neben diesem Computer werden wie bisher erreicht. Wer ihn aus dem Internet anspricht, bekommt so lange vielleicht keine Antwort.</translation>
    </message>
    <message>
        <source>Names are asked where they are asked now: of a server beside this computer as before, of one in the Internet through %1.</source>
        <translation>Namen werden gefragt, wo sie jetzt gefragt werden: bei einem Server neben diesem Computer wie bisher, bei einem im Internet über %1.</translation>
    </message>
    <message>
        <source>The Internet (%1)</source>
        <translation>Das Internet (%1)</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoutesViewModel</name>
    <message>
        <source>%1 is accepted</source>
        <translation>%1 ist angenommen</translation>
    </message>
    <message>
        <source>%1 is refused</source>
        <translation>%1 ist abgelehnt</translation>
    </message>
    <message>
        <source>Your answer to %1 is forgotten</source>
        <translation>Ihre Antwort zu %1 ist vergessen</translation>
    </message>
    <message>
        <source>The routes could not be read</source>
        <translation>Die Routen konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Your answer was not kept</source>
        <translation>Ihre Antwort wurde nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RuleEditor</name>
    <message>
        <source>A whole number between %1 and %2.</source>
        <translation>Eine ganze Zahl zwischen %1 und %2.</translation>
    </message>
    <message>
        <source>Say from whom, or choose everybody.</source>
        <translation>Nennen Sie, von wem, oder wählen Sie alle.</translation>
    </message>
    <message>
        <source>Say to whom, or choose everybody.</source>
        <translation>Nennen Sie, zu wem, oder wählen Sie alle.</translation>
    </message>
    <message>
        <source>After %1, before %2</source>
        <translation>Nach %1, vor %2</translation>
    </message>
    <message>
        <source>After %1, the last</source>
        <translation>Nach %1, die letzte</translation>
    </message>
    <message>
        <source>Before %1, the first</source>
        <translation>Vor %1, die erste</translation>
    </message>
    <message>
        <source>The only rule</source>
        <translation>Die einzige Regel</translation>
    </message>
    <message>
        <source>The rule %1 for the way back is not saved</source>
        <translation>Die Regel %1 für den Rückweg ist nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RuleOrder</name>
    <message>
        <source>This service keeps no drafts: change the priority of a rule instead.</source>
        <translation>Dieser Dienst führt keine Entwürfe: stattdessen die Priorität einer Regel ändern.</translation>
    </message>
    <message>
        <source>The draft removes that rule: there is no place beside it.</source>
        <translation>Der Entwurf entfernt diese Regel: Neben ihr ist kein Platz.</translation>
    </message>
    <message>
        <source>No rule can be put there: rules of the mesh itself stay first and last.</source>
        <translation>Dorthin lässt sich keine Regel legen: Regeln des Meshs selbst bleiben am Anfang und am Ende.</translation>
    </message>
    <message>
        <source>In the draft: %1 before %2</source>
        <comment>two rules</comment>
        <translation>Im Entwurf: %1 vor %2</translation>
    </message>
    <message>
        <source>In the draft: %1 after %2</source>
        <comment>two rules</comment>
        <translation>Im Entwurf: %1 nach %2</translation>
    </message>
    <message>
        <source>The order stays as it was</source>
        <translation>Die Reihenfolge bleibt, wie sie war</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SettingsViewModel</name>
    <message>
        <source>Not known while the service does not answer</source>
        <translation>Nicht bekannt, solange der Dienst nicht antwortet</translation>
    </message>
    <message>
        <source>Administer: look, connect, and change everything</source>
        <translation>Verwalten: ansehen, verbinden und alles ändern</translation>
    </message>
    <message>
        <source>Operate: look, connect, and change meshes</source>
        <translation>Bedienen: ansehen, verbinden und Meshes ändern</translation>
    </message>
    <message>
        <source>Observe: look, and change nothing</source>
        <translation>Beobachten: ansehen und nichts ändern</translation>
    </message>
    <message>
        <source>Nothing: the service lets this account do nothing</source>
        <translation>Nichts: Der Dienst erlaubt diesem Konto nichts</translation>
    </message>
    <message>
        <source>A sandbox belongs to who started it.</source>
        <translation>Ein Sandkasten gehört dem, der ihn gestartet hat.</translation>
    </message>
    <message>
        <source>The built-in core belongs to the account that runs this window.</source>
        <translation>Der eingebaute Kern gehört dem Konto, unter dem dieses Fenster läuft.</translation>
    </message>
    <message>
        <source>The service runs for this account, or grants it everything.</source>
        <translation>Der Dienst läuft für dieses Konto oder gewährt ihm alles.</translation>
    </message>
    <message>
        <source>The service decides by the groups of the account, at the time it connects.</source>
        <translation>Der Dienst entscheidet beim Verbinden nach den Gruppen des Kontos.</translation>
    </message>
    <message>
        <source>Members of the group weft may use the service of this computer. After joining it, log out and in again.</source>
        <translation>Mitglieder der Gruppe weft dürfen den Dienst dieses Computers benutzen. Nach dem Beitritt ab- und wieder anmelden.</translation>
    </message>
    <message>
        <source>There is no keychain here: passwords are asked for each time.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Nach Passwörtern wird jedes Mal gefragt.</translation>
    </message>
    <message>
        <source>Passwords of meshes are kept in the keychain of the desktop (Secret Service or KWallet) and nowhere else.</source>
        <translation>Passwörter von Meshes liegen im Schlüsselbund der Arbeitsfläche (Secret Service oder KWallet) und nirgends sonst.</translation>
    </message>
    <message>
        <source>The keychain answers and can keep passwords.</source>
        <translation>Der Schlüsselbund antwortet und kann Passwörter aufbewahren.</translation>
    </message>
    <message>
        <source>No password can be kept now</source>
        <translation>Jetzt lässt sich kein Passwort aufbewahren</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SimulatorViewModel</name>
    <message>
        <source>There is no member of that name</source>
        <translation>Es gibt kein Mitglied mit diesem Namen</translation>
    </message>
    <message>
        <source>A member always reaches itself. Choose two different ones.</source>
        <translation>Ein Mitglied erreicht sich selbst immer. Wählen Sie zwei verschiedene.</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>Die Regeln konnten nicht befragt werden</translation>
    </message>
    <message>
        <source>They may talk</source>
        <translation>Sie dürfen miteinander reden</translation>
    </message>
    <message>
        <source>One-sided: no tunnel</source>
        <translation>Einseitig: kein Tunnel</translation>
    </message>
    <message>
        <source>They may not talk</source>
        <translation>Sie dürfen nicht miteinander reden</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 zu %2: %3</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SubjectsEditor</name>
    <message>
        <source>Name at least one.</source>
        <translation>Nennen Sie mindestens eines.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TestEditor</name>
    <message>
        <source>New test</source>
        <translation>Neuer Test</translation>
    </message>
    <message>
        <source>There is a test of that name already.</source>
        <translation>Einen Test dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Say who: a member, a group, or everybody.</source>
        <translation>Sagen, wer: ein Mitglied, eine Gruppe oder alle.</translation>
    </message>
    <message>
        <source>Say whom: a member, a group, everybody, or a network below.</source>
        <translation>Sagen, wen: ein Mitglied, eine Gruppe, alle oder unten ein Netz.</translation>
    </message>
    <message>
        <source>It is not of the addresses chosen above.</source>
        <translation>Es passt nicht zu den gewählten Adressen.</translation>
    </message>
    <message>
        <source>A mesh keeps at most %1 tests. Delete one first.</source>
        <translation>Ein Mesh bewahrt höchstens %1 Tests auf. Erst einen löschen.</translation>
    </message>
    <message>
        <source>Somebody made a test of that name meanwhile. Choose another name, or write yours over it.</source>
        <translation>Inzwischen hat jemand einen Test dieses Namens angelegt. Einen anderen Namen wählen oder deinen darüberschreiben.</translation>
    </message>
    <message>
        <source>Somebody deleted it meanwhile. Write yours to keep it again.</source>
        <translation>Inzwischen hat ihn jemand gelöscht. Deinen schreiben, um ihn wieder aufzubewahren.</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. What you typed is kept; choose which one holds.</source>
        <translation>Jemand hat es inzwischen geändert. Ihre Eingaben sind noch da; wählen Sie, was gilt.</translation>
    </message>
    <message>
        <source>It is not saved; what you typed is kept</source>
        <translation>Es ist nicht gespeichert; Ihre Eingaben sind noch da</translation>
    </message>
    <message>
        <source>It is not deleted</source>
        <translation>Es ist nicht gelöscht</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 ist gespeichert</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>%1 ist gelöscht</translation>
    </message>
    <message>
        <source>Others change the tests just now. What you typed is kept: save it once more.</source>
        <translation>Andere ändern die Tests gerade. Das Getippte bleibt: noch einmal speichern.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TestsModel</name>
    <message>
        <source>Not run</source>
        <translation>Nicht gelaufen</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Besteht</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>Scheitert</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TraceRun</name>
    <message>
        <source>The way could not be read</source>
        <translation>Der Weg konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>It could not be asked</source>
        <translation>Er konnte nicht gefragt werden</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TrafficViewModel</name>
    <message>
        <source>5 min</source>
        <translation>5 Min.</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 Std.</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 Std.</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Reading the traffic…</source>
        <translation>Der Datenverkehr wird gelesen …</translation>
    </message>
    <message>
        <source>The background service is not answering.</source>
        <translation>Der Hintergrunddienst antwortet nicht.</translation>
    </message>
    <message>
        <source>No traffic yet</source>
        <translation>Noch kein Datenverkehr</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>%1 received and %2 sent in this time.</source>
        <translation>%1 empfangen und %2 gesendet in dieser Zeit.</translation>
    </message>
    <message>
        <source>%1 The background service is not answering: this is what was last known.</source>
        <translation>%1 Der Hintergrunddienst antwortet nicht: Das war zuletzt bekannt.</translation>
    </message>
    <message>
        <source>%1 Not connected: this is what was last known.</source>
        <translation>%1 Nicht verbunden: Das war zuletzt bekannt.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::WaitingChange</name>
    <message>
        <source>The time is over: the mesh takes these changes back by itself</source>
        <translation>Die Zeit ist um: Das Mesh nimmt diese Änderungen von selbst zurück</translation>
    </message>
    <message>
        <source>The time is over: these changes are being taken back</source>
        <translation>Die Zeit ist um: Diese Änderungen werden zurückgenommen</translation>
    </message>
    <message>
        <source>Keep these changes? They are taken back in %1</source>
        <translation>Diese Änderungen behalten? Sie werden zurückgenommen in %1</translation>
    </message>
    <message>
        <source>The background service does not answer, so they cannot be kept from here now. This counts on by the time that was told last.</source>
        <translation>Der Hintergrunddienst antwortet nicht, deshalb lassen sie sich gerade nicht von hier aus behalten. Dies zählt mit der zuletzt genannten Zeit weiter.</translation>
    </message>
    <message>
        <source>The background service does not answer.</source>
        <translation>Der Hintergrunddienst antwortet nicht.</translation>
    </message>
    <message>
        <source>This node is not in the mesh.</source>
        <translation>Dieser Knoten ist nicht im Mesh.</translation>
    </message>
    <message>
        <source>The changes are kept</source>
        <translation>Die Änderungen bleiben</translation>
    </message>
    <message>
        <source>The changes were taken back</source>
        <translation>Die Änderungen wurden zurückgenommen</translation>
    </message>
    <message>
        <source>The changes could not be kept</source>
        <translation>Die Änderungen konnten nicht behalten werden</translation>
    </message>
    <message>
        <source>The changes could not be taken back</source>
        <translation>Die Änderungen konnten nicht zurückgenommen werden</translation>
    </message>
    <message>
        <source>The changes are taken back</source>
        <translation>Die Änderungen sind zurückgenommen</translation>
    </message>
</context>
</TS>
