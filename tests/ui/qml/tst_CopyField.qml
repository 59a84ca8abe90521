// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Weft

Item {
    width: 400
    height: 200

    CopyField {
        id: field

        width: 300
        label: "IPv4"
        value: "172.16.0.1"
    }
    SignalSpy {
        id: spy

        target: field
        signalName: "copied"
    }
    TestCase {
        name: "CopyField"
        when: windowShown

        function test_theWholeRowCopies() {
            mouseClick(field, 5, 5);
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], "172.16.0.1");
            compare(spy.signalArguments[0][1], "IPv4");
        }
        function test_isNotThereWithoutAValue() {
            field.value = "";
            verify(!field.visible);
            field.value = "172.16.0.1";
            verify(field.visible);
        }
        function test_saysLabelAndValue() {
            compare(field.Accessible.name, "IPv4: 172.16.0.1");
        }
    }
}
