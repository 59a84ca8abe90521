// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Weft

/// Where the graph is to be written.
Sheet {
    id: root

    required property GraphViewModel graph
    property int format: GraphExporter.Svg
    readonly property GraphExporter exporter: root.graph.exporter
    readonly property var formats: [qsTr("SVG"), qsTr("PNG"), qsTr("DOT"), qsTr("JSON")]

    /// The canvas paints it.
    signal pictureAsked(string path)

    function ask(format: int) {
        root.format = format;
        root.exporter.forget();
        path.text = root.exporter.suggestedPath(format);
        root.open();
    }
    function write() {
        if (root.format === GraphExporter.Png) { root.pictureAsked(root.exporter.fileAt(path.text)); }
        else { root.exporter.write(root.format, path.text); }
        if (root.exporter.errorText.length === 0) { root.close(); }
    }

    heading: qsTr("Export as %1").arg(root.formats[root.format])
    widest: 560
    firstFocus: path.field
    footer: [
        AppButton {
            kind: AppButton.Primary
            text: qsTr("Write the file")
            hint: path.text.trim().length > 0 ? "" : qsTr("Say where the file is to be written.")
            onPressedAllowed: root.write()
        },
        AppButton {
            text: qsTr("Cancel")
            onPressedAllowed: root.close()
        },
        Item { Layout.fillWidth: true }
    ]

    Banner {
        Layout.fillWidth: true
        visible: root.exporter.errorText.length > 0
        tone: Look.Error
        word: qsTr("Error")
        text: root.exporter.errorText
    }
    FormField {
        id: path

        Layout.fillWidth: true
        label: qsTr("File")
        help: root.exporter.noteFor(path.text)
        onAccepted: if (path.text.trim().length > 0) { root.write(); }
    }
}
