// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    width: 400
    height: 300

    AppLabel {
        id: label

        text: "<b>bold</b>"
    }
    Chip {
        id: chip

        y: 50
        text: "<i>x</i>"
    }
    AppTextField {
        id: field

        y: 100
        name: "Search"
    }
    Stepper {
        id: steps

        y: 200
        current: 3
        count: 6
    }
    TestCase {
        name: "Text"
        when: windowShown

        function test_markupIsText() {
            compare(label.textFormat, Text.PlainText);
            verify(label.implicitWidth > 60);
        }
        function test_textGrowsWithTheScale() {
            const before = label.font.pixelSize;
            Theme.textScale = 1.5;
            compare(label.font.pixelSize, Math.round(before * 1.5));
            Theme.textScale = 1;
        }
        function test_coloursFollowTheTheme() {
            Theme.dark = true;
            compare(label.color, Theme.text);
            verify(label.color.hslLightness > 0.8);
            Theme.dark = false;
            verify(label.color.hslLightness < 0.2);
        }
        function test_aFieldIsNamed() {
            compare(field.Accessible.name, "Search");
        }
        function test_stepsAreSaid() {
            compare(steps.Accessible.name, "Step 3 of 6");
        }
    }
}
