// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    width: 800
    height: 600

    AppButton {
        id: opener

        text: "Open"
        onPressedAllowed: sheet.open()
    }
    ConfirmSheet {
        id: sheet

        heading: "Remove Home?"
        text: "It cannot be undone."
        confirmText: "Remove"
    }
    SignalSpy {
        id: confirmed

        target: sheet
        signalName: "confirmed"
    }
    TestCase {
        name: "Sheet"
        when: windowShown

        function openSheet() {
            confirmed.clear();
            opener.forceActiveFocus();
            keyClick(Qt.Key_Space);
            tryVerify(() => sheet.opened, 3000);
        }
        function test_escapeClosesAndGivesTheFocusBack() {
            openSheet();
            verify(!opener.activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet.visible, 3000);
            compare(confirmed.count, 0);
            verify(opener.activeFocus);
        }
        function test_tabStaysInside() {
            openSheet();
            for (let i = 0; i < 12; ++i) {
                keyClick(Qt.Key_Tab);
                verify(!opener.activeFocus);
            }
            keyClick(Qt.Key_Escape);
            tryVerify(() => !sheet.visible, 3000);
        }
    }
}
