// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    width: 400
    height: 300

    ListView {
        id: list

        anchors.fill: parent
        cacheBuffer: 0
        model: 4
        activeFocusOnTab: true
        delegate: Item {
            id: row

            required property int index
            property alias button: button

            width: ListView.view.width
            height: 50

            AppButton {
                id: button

                text: "Forget"
                onActiveFocusChanged: if (button.activeFocus) { follower.follow(row.index); }
            }
        }
        RowFollower { id: follower; list: list }
    }
    TestCase {
        name: "RowFollower"
        when: windowShown

        function init() { list.currentIndex = 0; }
        function test_theRowOfTheButtonBecomesCurrentAndTheButtonKeepsTheKeyboard() {
            const button = list.itemAtIndex(2).button;
            button.forceActiveFocus();
            tryCompare(list, "currentIndex", 2);
            verify(button.activeFocus);
        }
        function test_whoGotTheKeyboardMeanwhileKeepsIt() {
            list.itemAtIndex(1).button.forceActiveFocus();
            list.itemAtIndex(3).button.forceActiveFocus();
            tryCompare(list, "currentIndex", 3);
            verify(list.itemAtIndex(3).button.activeFocus);
        }
    }
}
