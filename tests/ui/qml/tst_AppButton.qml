// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    width: 400
    height: 200

    AppButton {
        id: button

        text: "Connect"
    }
    SignalSpy {
        id: spy

        target: button
        signalName: "pressedAllowed"
    }
    TestCase {
        name: "AppButton"
        when: windowShown

        function init() {
            button.hint = "";
            button.busy = false;
            spy.clear();
        }
        function test_clickActs() {
            mouseClick(button);
            compare(spy.count, 1);
        }
        function test_returnActs() {
            button.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
        }
        function test_aHintBlocksAndExplains() {
            button.hint = "Connect first.";
            mouseClick(button);
            compare(spy.count, 0);
            compare(button.Accessible.description, "Connect first.");
        }
        function test_busyBlocks() {
            button.busy = true;
            mouseClick(button);
            compare(spy.count, 0);
        }
        function test_holdsItsText() {
            verify(button.width > 60);
            compare(button.Accessible.name, "Connect");
        }
    }
}
