// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    id: root

    property int index: 0

    width: 400
    height: 200

    Segmented {
        id: choice

        name: "Theme"
        options: ["System", "Light", "Dark"]
        currentIndex: root.index
        onChosen: index => root.index = index
    }
    AppSwitch {
        id: toggle

        y: 100
        name: "Reduce motion"
        on: false
    }
    SignalSpy {
        id: asked

        target: toggle
        signalName: "asked"
    }
    TestCase {
        name: "Choices"
        when: windowShown

        function test_aClickChooses() {
            root.index = 0;
            mouseClick(choice, choice.width - 10, choice.height / 2);
            compare(root.index, 2);
            mouseClick(choice, 10, choice.height / 2);
            compare(root.index, 0);
        }
        function test_aSwitchAsksAndWaits() {
            asked.clear();
            mouseClick(toggle);
            compare(asked.count, 1);
            compare(asked.signalArguments[0][0], true);
            compare(toggle.on, false);
        }
        function test_spaceTogglesASwitch() {
            asked.clear();
            toggle.forceActiveFocus();
            keyClick(Qt.Key_Space);
            compare(asked.count, 1);
        }
    }
}
